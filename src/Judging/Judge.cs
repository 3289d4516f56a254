// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>Compares what came back with what must come back.</summary>
public static class Judge
{
    /// <summary>The first difference in one line, or null if the outcome is one of the allowed ones.</summary>
    public static string? Difference(Expectation? expectation, Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (expectation == null || (outcome.Breach != null && !expectation.Alternatives.Any(each => each.Breach == outcome.Breach)))
        {
            // What was written before a fault is the lesser fault where another result is right.
            bool isOfAFault = outcome is { Result: nameof(Abi.Errno.EFAULT), Breach: not null } && expectation?.Alternatives.All(each => each.Result != outcome.Result) == true;
            return isOfAFault ? $"{Difference(expectation, outcome with { Breach = null })}, and {outcome.Breach}" : outcome.Breach;
        }

        List<string> differences = [];
        foreach (Expected expected in expectation.Alternatives)
        {
            string? difference = Difference(expected, outcome);
            if (difference == null)
            {
                return null;
            }

            differences.Add(difference);
        }

        return string.Join("; and not allowed either: ", differences.Distinct(StringComparer.Ordinal));
    }

    private static string? Difference(Expected expected, Outcome outcome) =>
        Field("result", expected.Result, outcome.Result, text => text)
        ?? Field("zeroed struct", expected.Zeroed, outcome.Zeroed, value => Text(value))
        ?? Field("r1", expected.R1, outcome.R1, Text)
        ?? Field("migrating", expected.Migrating, outcome.Migrating, Text)
        ?? Field("start_gfn", expected.StartGfn, outcome.StartGfn, Text)
        ?? Field("count", expected.Count, outcome.Count, Text)
        ?? Field("remaining", expected.Remaining, outcome.Remaining, Text)
        ?? Values(expected.Values, outcome.Values.Span)
        ?? (expected.Breach == outcome.Breach ? null : outcome.Breach ?? $"expected: {expected.Breach}");

    // Text is made of a difference only: most of what is compared is equal.
    private static string? Field<T>(string name, T expected, T actual, Func<T, string> text) =>
        EqualityComparer<T>.Default.Equals(expected, actual) ? null : $"{name}: expected {text(expected)}, got {text(actual)}";

    private static string? Values(ByteRuns? expected, ReadOnlySpan<byte> actual)
    {
        if (expected == null)
        {
            return null;
        }

        int index = expected.FirstMismatch(actual);
        if (index >= 0)
        {
            return $"values[{index}]: expected {expected.At(index)}, got {actual[index]:x2}";
        }

        return expected.Length == actual.Length ? null : $"values: expected {expected.Length} bytes, got {actual.Length}";
    }

    private static string Text(bool? value) => value switch { null => "none", true => "yes", false => "no" };

    private static string Text(ulong? value) => value == null ? "none" : TraceWriter.Hex(value.Value);

    private static string Text(uint? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none";
}
