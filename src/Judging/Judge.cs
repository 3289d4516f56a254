using System;
using System.Collections.Generic;
using System.Linq;
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
            return outcome.Breach;
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
        Field("result", expected.Result, outcome.Result)
        ?? Field("zeroed struct", Text(expected.Zeroed), Text(outcome.Zeroed))
        ?? Field("r1", Text(expected.R1), Text(outcome.R1))
        ?? Field("migrating", Text(expected.Migrating), Text(outcome.Migrating))
        ?? Field("start_gfn", Text(expected.StartGfn), Text(outcome.StartGfn))
        ?? Field("count", Text(expected.Count), Text(outcome.Count))
        ?? Field("remaining", Text(expected.Remaining), Text(outcome.Remaining))
        ?? Values(expected.Values, outcome.Values.Span)
        ?? (expected.Breach == outcome.Breach ? null : outcome.Breach ?? $"expected: {expected.Breach}");

    private static string? Field(string name, string expected, string actual) =>
        string.Equals(expected, actual, StringComparison.Ordinal) ? null : $"{name}: expected {expected}, got {actual}";

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
