// SPDX-License-Identifier: MIT
using System.CommandLine;

namespace Cmma.Cli;

/// <summary>The option --format.</summary>
internal static class Format
{
    public const string Pretty = "pretty";
    public const string Json = "json";
    public const string Ktap = "ktap";
    public const string Markdown = "markdown";

    /// <summary>The option with the forms that a command can write; the first is the default.</summary>
    public static Option<string> Option(params string[] forms)
    {
        Option<string> option = new("--format")
        {
            Description = "The form of the output",
            HelpName = string.Join('|', forms),
            DefaultValueFactory = _ => forms[0],
        };
        option.AcceptOnlyFromAmong(forms);
        return option;
    }
}
