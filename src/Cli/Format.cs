// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>The options --format and --output: in which form a command reports, and where to.</summary>
internal sealed class Format
{
    public const string Pretty = "pretty";
    public const string Json = "json";
    public const string Ktap = "ktap";
    public const string JUnit = "junit";
    public const string GitHub = "github";
    public const string Markdown = "markdown";
    public const string Svg = "svg";

    private const string StepSummary = "GITHUB_STEP_SUMMARY";

    private readonly Option<string> form;
    private readonly Option<string?> file = new("--output")
    {
        Description = "Writes the report in this form to a file, whole or not at all, and the pretty form to standard output",
        HelpName = "FILE",
    };

    private Format(string[] forms)
    {
        form = new("--format") { Description = "The form of the report", HelpName = string.Join('|', forms), DefaultValueFactory = _ => forms[0] };
        form.AcceptOnlyFromAmong(forms);
        file.Validators.Add(result =>
        {
            try
            {
                VectorFormat.RequireWritable(result.GetValueOrDefault<string>() ?? "");
            }
            catch (InputException e)
            {
                result.AddError(e.Message); // before the run that it is to report
            }
        });
    }

    /// <summary>Both options, for those that exclude them.</summary>
    public IReadOnlyList<Option> Options => [form, file];

    /// <summary>Adds both options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="forms">The forms that it can write; the first is the default, and is for people.</param>
    public static Format AddTo(Command command, params string[] forms)
    {
        Format format = new(forms);
        command.Add(format.form);
        command.Add(format.file);
        return format;
    }

    /// <summary>The form that was asked for, while the command line is being checked and has no defaults yet.</summary>
    public string Of(CommandResult result) => result.GetResult(form) is { Tokens: [var asked, ..] } ? asked.Value : Pretty;

    /// <summary>Whether standard output is for a program, so that nothing but the report may be there.</summary>
    public bool IsForPrograms(ParseResult parsed) => parsed.GetValue(form) != Pretty && parsed.GetValue(file) == null;

    /// <summary>Writes a report where it is to be.</summary>
    /// <param name="to">For what goes to standard output.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="write">Writes it in a form.</param>
    public void Write(Output to, ParseResult parsed, Action<Output, string> write)
    {
        string asked = parsed.GetValue(form)!;
        if (parsed.GetValue(file) is not { } path)
        {
            write(to, asked);
            return;
        }

        using StringWriter text = new();
        write(new Output(text, to.Error), asked);
        VectorFormat.WriteWhole(path, text.ToString());
        if (asked == Pretty)
        {
            to.Result.Write(text.ToString());
        }
        else
        {
            write(to, Pretty);
        }
    }

    /// <summary>Writes what stands where a report was to be; in the pretty form only to a file, since standard error has it already.</summary>
    /// <param name="to">For what goes to standard output.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="write">Writes it in a form.</param>
    public void WriteInstead(Output to, ParseResult parsed, Action<Output, string> write)
    {
        string asked = parsed.GetValue(form)!;
        if (parsed.GetValue(file) is { } path)
        {
            using StringWriter text = new();
            write(new Output(text, to.Error), asked);
            VectorFormat.WriteWhole(path, text.ToString());
        }
        else if (asked != Pretty)
        {
            write(to, asked);
        }
    }

    /// <summary>Writes a report for a CI system: KTAP, JUnit, or GitHub's annotations, which have their summary as Markdown.</summary>
    public static void WriteTests(Output to, string form, TestReport tests, Func<string> markdown)
    {
        to.Result.Write(form switch
        {
            Ktap => tests.Ktap(),
            JUnit => tests.JUnit(),
            _ => tests.GitHub(),
        });
        if (form == GitHub && Environment.GetEnvironmentVariable(StepSummary) is { Length: > 0 } summary)
        {
            File.AppendAllText(summary, markdown()); // steps share the file
        }
    }
}
