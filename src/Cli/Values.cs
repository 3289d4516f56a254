// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Cmma.Cli;

/// <summary>Values of options that several commands share.</summary>
internal static class Values
{
    private const double MaxSeconds = 3_600_000;

    public delegate bool TryParse<T>(string text, out T value);

    public static ulong Seed(ArgumentResult result) =>
        Parsed(result, "needs a number from 0 to 2^64 - 1", (string text, out ulong seed) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed));

    /// <summary>The option --time: a number, of seconds if no unit follows it.</summary>
    public static Option<TimeSpan?> Time(string description) => new("--time") { Description = description, HelpName = "T", CustomParser = Time };

    /// <summary>The value of an option, or an error that says what it needs.</summary>
    public static T Parsed<T>(ArgumentResult result, string needs, TryParse<T> tryParse)
    {
        string text = result.Tokens[0].Value;
        if (text.Length == 0 || !tryParse(text, out T? value))
        {
            result.AddError($"--{((OptionResult)result.Parent!).Option.Name.TrimStart('-')} {needs}");
            return default!;
        }

        return value;
    }

    private static TimeSpan? Time(ArgumentResult result) => Parsed(result, "needs a time such as 30, 30s, 5m or 1h, above 0 and at most 1000h", (string text, out TimeSpan time) =>
    {
        double unit = text[^1] switch { 'm' => 60, 'h' => 3600, _ => 1 };
        string digits = text[^1] is 's' or 'm' or 'h' ? text[..^1] : text;
        bool known = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number * unit is > 0 and <= MaxSeconds;
        time = known ? TimeSpan.FromSeconds(number * unit) : default;
        return known;
    });
}
