// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Reports.Html;

/// <summary>What went in, what must come out and what came out, one field per row: the result, for GET and SET the struct, and the bytes.</summary>
internal static class OutcomeTable
{
    private const int MostCharacters = 300;
    private const string Nothing = "";
    private const string NotSent = "not sent";

    /// <summary>The table of an operation; without an outcome the last column says so.</summary>
    public static Markup Of(Step step, Outcome? actual)
    {
        IReadOnlyList<Expected> allowed = step.Expect?.Alternatives ?? [];
        IReadOnlyList<string>[] expected = [.. allowed.Select(each => Column(step.Operation, new Outcome(each) { Breach = null }, each.Values?.ToString()))];
        IReadOnlyList<string> got = actual == null ? [] : Got(step.Operation, actual, ByteRuns.Of(actual.Values.Span).ToString());
        IReadOnlyList<(string Name, string In)> fields = Fields(step.Operation);
        return Markup.Of($"""
            <div class="wide"><table><tr><th></th>{(HasStruct(step.Operation) ? Markup.Of($"<th>in</th>") : Markup.Empty)}{Markup.Each(allowed, each =>
                Markup.Of($"<th>{(ReferenceEquals(each, allowed[0]) ? "expected" : "or")}</th>"))}<th>got</th></tr>
            {Markup.Each(Enumerable.Range(0, fields.Count), index => Row(step, actual, fields[index], [.. expected.Select(column => column[index])],
                index < got.Count ? got[index] : "no answer"))}</table></div>

            """);
    }

    private static Markup Row(Step step, Outcome? actual, (string Name, string In) field, IReadOnlyList<string> expected, string got)
    {
        if (expected.All(text => text.Length == 0) && got.Length == 0 && field.In.Length == 0)
        {
            return Markup.Empty;
        }

        bool right = got == NotSent || expected.Contains(got, StringComparer.Ordinal) || (field.Name == "bytes" && BytesFit(step, actual));
        return Markup.Of($"""
            <tr{(right ? Markup.Empty : Markup.Of($""" class="wrong" """))}><th>{field.Name}</th>{(
                HasStruct(step.Operation) ? Markup.Of($"<td>{field.In}</td>") : Markup.Empty)}{Markup.Each(expected, text =>
                Markup.Of($"<td>{Short(text)}</td>"))}<td>{Short(got)}</td></tr>

            """);
    }

    // Some bytes may be of any value.
    private static bool BytesFit(Step step, Outcome? actual) => actual != null && (step.Expect?.Alternatives ?? []).Any(each =>
        each.Values is { } values && values.Length == actual.Values.Length && values.FirstMismatch(actual.Values.Span) < 0);

    private static bool HasStruct(Operation operation) => operation is Operation.Get or Operation.Set;

    private static IReadOnlyList<(string Name, string In)> Fields(Operation operation)
    {
        string address = TraceWriter.Hex(Runner.ValuesAddress);
        return operation switch
        {
            Operation.Get get =>
            [
                ("result", Nothing), ("start_gfn", TraceWriter.Hex(get.StartGfn)), ("count", $"{get.Count}"), ("flags", TraceWriter.Hex(get.Flags)),
                ("remaining", TraceWriter.Hex(get.Remaining)), ("values", address), ("bytes", Nothing), ("breach", Nothing),
            ],
            Operation.Set set =>
            [
                ("result", Nothing), ("start_gfn", TraceWriter.Hex(set.StartGfn)), ("count", $"{set.Count}"), ("flags", TraceWriter.Hex(set.Flags)),
                ("mask", TraceWriter.Hex(set.Mask)), ("values", address), ("bytes", set.Values.ToString()), ("breach", Nothing),
            ],
            Operation.Essa or Operation.EssaEnd => [("result", Nothing), ("r1", Nothing), ("breach", Nothing)],
            Operation.MigrationStatus => [("result", Nothing), ("migrating", Nothing), ("breach", Nothing)],
            _ => [("result", Nothing), ("breach", Nothing)],
        };
    }

    // In the order of the fields; a struct that is not written is as it went in.
    private static IReadOnlyList<string> Column(Operation operation, Outcome outcome, string? bytes)
    {
        string breach = outcome.Breach ?? Nothing;
        string[] structIn = [.. Fields(operation).Skip(1).Select(field => field.In)];
        return operation switch
        {
            Operation.Get when outcome.Zeroed => [outcome.Result, "0x0", "0", "0x0", "0x0", "0x0", Nothing, breach],
            Operation.Get when outcome.StartGfn is { } startGfn =>
                [outcome.Result, TraceWriter.Hex(startGfn), $"{outcome.Count}", structIn[2], TraceWriter.Hex(outcome.Remaining ?? 0), structIn[4], bytes ?? Nothing, breach],
            Operation.Get => [outcome.Result, .. structIn.Take(5), Nothing, breach],
            Operation.Set => [outcome.Result, .. structIn.Take(6), breach],
            Operation.Essa or Operation.EssaEnd => [outcome.Result, outcome.R1 is { } r1 ? TraceWriter.Hex(r1) : Nothing, breach],
            Operation.MigrationStatus => [outcome.Result, outcome.Migrating switch { true => "yes", false => "no", null => Nothing }, breach],
            _ => [outcome.Result, breach],
        };
    }

    // What came back: of the struct what was seen of it, or told.
    private static IReadOnlyList<string> Got(Operation operation, Outcome outcome, string bytes)
    {
        if (!HasStruct(operation) || outcome.Zeroed)
        {
            return Column(operation, outcome, bytes);
        }

        string[] fields = outcome.Struct is { } log
            ? [TraceWriter.Hex(log.StartGfn), $"{log.Count}", TraceWriter.Hex(log.Flags), TraceWriter.Hex(log.RemainingOrMask), TraceWriter.Hex(log.Values)]
            : operation is Operation.Get && outcome.Result == Outcome.Ok
                ? [Told(outcome.StartGfn), $"{outcome.Count}", NotSent, Told(outcome.Remaining), NotSent]
                : [NotSent, NotSent, NotSent, NotSent, NotSent];
        return [outcome.Result, .. fields, operation is not Operation.Set set ? bytes : outcome is { Struct: not null, Breach: null } ? set.Values.ToString() : NotSent, outcome.Breach ?? Nothing];
    }

    private static string Told(ulong? number) => number is { } told ? TraceWriter.Hex(told) : Nothing;

    private static string Short(string text) => text.Length <= MostCharacters ? text : $"{text[..MostCharacters]} ... ({text.Length} characters)";
}
