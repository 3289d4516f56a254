// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Reports.Pictures;

/// <summary>An outcome or an expectation in a few words.</summary>
public static class OutcomeText
{
    /// <summary>What came back.</summary>
    public static string Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        List<string> parts = [outcome.Result];
        AddIf(parts, outcome.R1 is { }, $"r1 {TraceWriter.Hex(outcome.R1 ?? 0)}");
        AddIf(parts, outcome.Migrating is { }, outcome.Migrating == true ? "migrating" : "not migrating");
        AddIf(parts, outcome.Zeroed, "32 zero bytes");
        AddAnswer(parts, outcome.StartGfn, outcome.Count, outcome.Remaining, ByteRuns.Of(outcome.Values.Span));
        AddIf(parts, outcome.Breach != null, outcome.Breach ?? "");
        return string.Join(", ", parts);
    }

    /// <summary>What must come back.</summary>
    public static string Of(Expectation? expectation) =>
        expectation == null ? "anything" : string.Join(" or ", expectation.Alternatives.Select(Of));

    private static string Of(Expected expected)
    {
        List<string> parts = [expected.Result];
        AddIf(parts, expected.R1 is { }, $"r1 {TraceWriter.Hex(expected.R1 ?? 0)}");
        AddIf(parts, expected.Migrating is { }, expected.Migrating == true ? "migrating" : "not migrating");
        AddIf(parts, expected.Zeroed, "32 zero bytes");
        AddAnswer(parts, expected.StartGfn, expected.Count, expected.Remaining, expected.Values);
        return string.Join(", ", parts);
    }

    private static void AddAnswer(List<string> parts, ulong? startGfn, uint? count, ulong? remaining, ByteRuns? values)
    {
        if (startGfn is { } gfn)
        {
            parts.Add($"start_gfn {TraceWriter.Hex(gfn)}, count {count}, remaining {TraceWriter.Hex(remaining ?? 0)}, values [{values}]");
        }
    }

    private static void AddIf(List<string> parts, bool condition, string part)
    {
        if (condition)
        {
            parts.Add(part);
        }
    }
}
