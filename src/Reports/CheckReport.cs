// SPDX-License-Identifier: MIT
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Reports.Pictures;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Reports;

/// <summary>A check in the formats for programs. The pretty form belongs to the command line.</summary>
public static class CheckReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The check for a CI system: a case for each vector.</summary>
    /// <param name="result">The result.</param>
    /// <param name="command">What was run, such as "check optimized".</param>
    /// <param name="shown">The name to show of a vector's file.</param>
    /// <param name="details">The lines that explain a failure.</param>
    public static TestReport Tests(CheckResult result, string command, Func<string, string> shown, Func<Verdict, IReadOnlyList<string>> details)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(shown);
        return new TestReport(command, [.. result.Verdicts.Select(Case)])
        {
            Notes =
            [
                .. result.Tested is { } tested ? [$"tested: {tested}"] : Array.Empty<string>(),
                .. result.BreachesAreSelfReported ? ["breaches are self-reported"] : Array.Empty<string>(),
                .. result.Leak is { } leak ? [leak.Text] : Array.Empty<string>(),
            ],
            Totals = result.Totals,
        };

        TestCase Case(Verdict verdict)
        {
            Vector vector = verdict.Vector;
            bool isLocated = verdict is { Kind: VerdictKind.Failed, FailedStep: >= 0 };
            return new TestCase(Suite(vector.File), vector.Id, verdict.Kind, isLocated ? $"operation {verdict.FailedStep + 1}: {verdict.Reason}" : verdict.Reason)
            {
                File = shown(vector.File),
                Line = LineOf(verdict),
                Details = verdict.Kind == VerdictKind.Failed ? details(verdict) : [],
            };
        }
    }

    /// <summary>JSON: the counts, the clauses of what failed as in <see cref="FailureSummary"/>, and every verdict.</summary>
    /// <param name="result">The result.</param>
    /// <param name="order">The ids of the clauses in the order of the spec.</param>
    public static string Json(CheckResult result, IEnumerable<string> order)
    {
        ArgumentNullException.ThrowIfNull(result);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("implementation", result.Implementation);
            if (result.Tested is { } tested)
            {
                writer.WriteString("tested", tested);
            }

            writer.WriteBoolean("breaches_are_self_reported", result.BreachesAreSelfReported);
            writer.WriteNumber("passed", result.Passed);
            writer.WriteNumber("failed", result.Failed);
            writer.WriteNumber("skipped", result.Skipped);
            writer.WriteNumber("expected_failures", result.ExpectedFailures);
            if (result.Rate is { } rate)
            {
                writer.WriteNumber("operations_per_second", Math.Round(rate.PerSecond));
            }

            WriteLeak(writer, result.Leak);
            writer.WriteStartArray("failed_clauses");
            foreach (ClauseFailures clause in FailureSummary.Of(result, order).Clauses)
            {
                writer.WriteStartObject();
                writer.WriteString("clause", clause.Clause);
                writer.WriteNumber("failed", clause.Failed);
                writer.WriteNumber("of", clause.Judged);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("vectors");
            foreach (Verdict verdict in result.Verdicts)
            {
                WriteVerdict(writer, verdict);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Markdown: the counts, then tables of the clauses of what failed, of what failed and of what was skipped.</summary>
    /// <param name="result">The result.</param>
    /// <param name="order">The ids of the clauses in the order of the spec.</param>
    public static string Markdown(CheckResult result, IEnumerable<string> order)
    {
        ArgumentNullException.ThrowIfNull(result);
        List<string> lines = [$"# {result.Implementation}", "", .. result.Tested is { } tested ? [$"Tested: {tested}.", ""] : Array.Empty<string>(), result.Totals];
        lines.AddRange(result.Leak is { } leak ? ["", leak.Text] : []);
        IReadOnlyList<ClauseFailures> clauses = FailureSummary.Of(result, order).Clauses;
        if (clauses.Count > 1)
        {
            lines.AddRange(["", "| clause | failed | of its vectors |", "|---|---:|---:|"]);
            lines.AddRange(clauses.Select(clause => $"| {clause.Clause} | {clause.Failed} | {clause.Judged} |"));
        }

        AddTable(lines, result, VerdictKind.Failed, "failed");
        AddTable(lines, result, VerdictKind.Skipped, "skipped");
        AddTable(lines, result, VerdictKind.ExpectedFailure, "failed as expected");
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>One failure for people: where, which clauses, the operation, expected beside actual, how to see it again.</summary>
    /// <param name="verdict">The failure.</param>
    /// <param name="clauses">Every clause.</param>
    /// <param name="again">The command that runs the vector again.</param>
    public static IReadOnlyList<string> Failure(Verdict verdict, IReadOnlyList<Clause> clauses, string again)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        Vector vector = verdict.Vector;
        Step? step = verdict.FailedStep < 0 ? null : vector.Trace.Steps[verdict.FailedStep];
        List<string> lines = [$"{VectorFolder.Shown(vector.File)}:{LineOf(verdict)}"];
        lines.AddRange(clauses.Where(clause => vector.Clauses.Contains(clause.Id, StringComparer.Ordinal))
            .Select(clause => $"clause {clause.Id}: {clause.Title}"));
        if (step != null)
        {
            lines.Add($"operation {verdict.FailedStep + 1} of {vector.Trace.Steps.Count}: {TraceWriter.Step(step with { Expect = null })}");
            lines.Add($"must be:  {OutcomeText.Of(step.Expect)}");
            lines.AddRange(verdict.Actual is { } actual ? [$"answered: {OutcomeText.Of(actual)}", .. Changed(step.Operation, actual)] : []);
        }

        lines.Add(verdict.Reason);
        lines.AddRange(verdict.Actual is { Breach: null } answer && Meant(answer.Result) is { } meant ? [$"'{answer.Result}' is no known word (did you mean {meant}?)"] : []);
        lines.AddRange(verdict.ThenBrokeOff is { } end ? [$"and then it {end}"] : []);
        lines.AddRange(verdict.Hints);
        lines.Add($"see it: ./cmma explain {vector.Id}");
        lines.Add($"again:  {again}");
        return lines;
    }

    /// <summary>The command that runs vectors again, in one process.</summary>
    /// <param name="implementation">Its name, as the user gave it.</param>
    /// <param name="vectors">None: every vector.</param>
    /// <param name="options">The options that matter, each with a blank before it.</param>
    public static string Again(string implementation, IReadOnlyList<Vector> vectors, string options = "")
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(vectors);
        return $"./cmma check {Quoted(implementation)}{string.Concat(vectors.Select(vector => $" --only {vector.Id}"))}{options}";
    }

    /// <summary>A word for a shell, in quotes where it needs them.</summary>
    public static string Quoted(string name) =>
        name.All(each => char.IsAsciiLetterOrDigit(each) || "-_./:=".Contains(each, StringComparison.Ordinal))
            ? name
            : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // Which fields of a struct that may not be written, where that is what is wrong and the struct is known.
    private static IEnumerable<string> Changed(Operation operation, Outcome actual)
    {
        KvmS390CmmaLog? given = operation switch
        {
            Operation.Get get => AfterCall.Given(get, Runner.ValuesAddress),
            Operation.Set set => AfterCall.Given(set, Runner.ValuesAddress),
            _ => null,
        };
        if (given is not { } before || actual.Struct is not { } after || AfterCall.ClauseOf(operation, actual) is not ("GET-WRITE-1" or "SET-2"))
        {
            return [];
        }

        string last = operation is Operation.Set ? "mask" : "remaining";
        (string Name, ulong Before, ulong After)[] fields =
        [
            ("start_gfn", before.StartGfn, after.StartGfn), ("count", before.Count, after.Count), ("flags", before.Flags, after.Flags),
            (last, before.RemainingOrMask, after.RemainingOrMask), ("values", before.Values, after.Values),
        ];
        return [$"struct:   {string.Join(", ", fields.Where(field => field.Before != field.After).Select(field => $"{field.Name} was {TraceWriter.Hex(field.Before)}, is {TraceWriter.Hex(field.After)}"))}"];
    }

    // A word of the same letters as a known one, which no errno is that has no name here.
    private static string? Meant(string word) => ResultForm.AllFailures.Append(Outcome.Ok).Contains(word, StringComparer.Ordinal) ? null
        : Nearest.Of(word, ResultForm.AllFailures.Append(Outcome.Ok)) is { } near && near.ToHashSet().SetEquals(word) ? near : null;

    private static string Suite(string file) => Path.ChangeExtension(file, null).Replace(Path.DirectorySeparatorChar, '/');

    // Of the first wrong operation, where it is known.
    private static int LineOf(Verdict verdict) =>
        verdict.FailedStep >= 0 && verdict.Vector.Trace.Steps[verdict.FailedStep].Line is > 0 and int line ? line : verdict.Vector.Line;

    private static void WriteLeak(Utf8JsonWriter writer, StateLeak? leak)
    {
        if (leak != null)
        {
            writer.WriteStartObject("leak");
            writer.WriteString("vector", leak.Vector.Id);
            writer.WriteBoolean("by_chance", leak.IsChance);
            writer.WriteStartArray("before");
            foreach (Vector vector in leak.Before)
            {
                writer.WriteStringValue(vector.Id);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static void WriteVerdict(Utf8JsonWriter writer, Verdict verdict)
    {
        writer.WriteStartObject();
        writer.WriteString("id", verdict.Vector.Id);
        writer.WriteString("verdict", Name(verdict.Kind));
        writer.WriteStartArray("clauses");
        foreach (string clause in verdict.Vector.Clauses)
        {
            writer.WriteStringValue(clause);
        }

        writer.WriteEndArray();
        if (verdict.Kind != VerdictKind.Passed)
        {
            writer.WriteString("reason", verdict.Reason);
        }

        if (verdict.FailedStep >= 0)
        {
            writer.WriteNumber("operation", verdict.FailedStep + 1);
        }

        writer.WriteEndObject();
    }

    internal static string Name(VerdictKind kind) => kind switch
    {
        VerdictKind.Passed => "passed",
        VerdictKind.Failed => "failed",
        VerdictKind.Skipped => "skipped",
        _ => "expected_failure",
    };

    private static void AddTable(List<string> lines, CheckResult result, VerdictKind kind, string title)
    {
        Verdict[] verdicts = [.. result.Verdicts.Where(verdict => verdict.Kind == kind)];
        if (verdicts.Length == 0)
        {
            return;
        }

        lines.AddRange(["", $"| {title} | clauses | reason |", "|---|---|---|"]);
        lines.AddRange(verdicts.Select(verdict =>
            $"| {verdict.Vector.Id} | {string.Join(", ", verdict.Vector.Clauses)} | {verdict.Reason.Replace("|", "\\|", StringComparison.Ordinal)} |"));
    }
}
