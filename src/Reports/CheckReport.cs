using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Reports.Pictures;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Reports;

/// <summary>A check written down for machines: JSON, KTAP, Markdown. The pretty form belongs to the command line.</summary>
public static class CheckReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>KTAP version 1, as the kernel's own tools read it: version, plan, a line a vector, totals.</summary>
    public static string Ktap(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        List<string> lines = ["KTAP version 1", $"1..{result.Verdicts.Count}"];
        int number = 0;
        foreach (Verdict verdict in result.Verdicts)
        {
            number++;
            if (verdict.Kind == VerdictKind.Failed)
            {
                // before the result line: the kernel's parser counts a diagnostic as part of the result that follows
                lines.Add(verdict.FailedStep < 0 ? $"# {verdict.Reason}" : $"# operation {verdict.FailedStep + 1}: {verdict.Reason}");
            }

            lines.Add(verdict.Kind switch
            {
                VerdictKind.Passed => $"ok {number} {verdict.Vector.Id}",
                VerdictKind.Skipped => $"ok {number} {verdict.Vector.Id} # SKIP {verdict.Reason}",
                VerdictKind.ExpectedFailure => $"ok {number} {verdict.Vector.Id} # XFAIL {verdict.Reason}",
                _ => $"not ok {number} {verdict.Vector.Id}",
            });
        }

        lines.Add($"# Totals: pass:{result.Passed} fail:{result.Failed} xfail:{result.ExpectedFailures} xpass:0 skip:{result.Skipped} error:0");
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>JSON: the counts and every verdict.</summary>
    public static string Json(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("implementation", result.Implementation);
            writer.WriteNumber("passed", result.Passed);
            writer.WriteNumber("failed", result.Failed);
            writer.WriteNumber("skipped", result.Skipped);
            writer.WriteNumber("expected_failures", result.ExpectedFailures);
            if (result.Rate is { } rate)
            {
                writer.WriteNumber("operations_per_second", Math.Round(rate.PerSecond));
            }

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

    /// <summary>Markdown: the counts, then a table of what failed and what was skipped.</summary>
    public static string Markdown(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        List<string> lines = [$"# {result.Implementation}", "", result.Totals];
        AddTable(lines, result, VerdictKind.Failed, "failed");
        AddTable(lines, result, VerdictKind.Skipped, "skipped");
        AddTable(lines, result, VerdictKind.ExpectedFailure, "failed as expected");
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>One failure, told for people: where, which clauses, the operation, expected beside actual, how to see it again.</summary>
    public static IReadOnlyList<string> Failure(Verdict verdict, IReadOnlyList<Clause> clauses, string implementation, string profile = Profile.ContractName)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        Vector vector = verdict.Vector;
        Step? step = verdict.FailedStep < 0 ? null : vector.Trace.Steps[verdict.FailedStep];
        List<string> lines = [$"{VectorFolder.Shown(vector.File)}:{(step is null or { Line: 0 } ? vector.Line : step.Line)}"];
        lines.AddRange(clauses.Where(clause => vector.Clauses.Contains(clause.Id, StringComparer.Ordinal))
            .Select(clause => $"clause {clause.Id}: {clause.Title}"));
        if (step != null)
        {
            lines.Add($"operation {verdict.FailedStep + 1} of {vector.Trace.Steps.Count}: {TraceWriter.Step(step with { Expect = null })}");
            lines.Add($"must be: {OutcomeText.Of(step.Expect)}");
        }

        lines.Add(verdict.Reason);
        lines.Add($"see it: ./cmma explain {vector.Id}");
        lines.Add($"again:  {Again(implementation, vector, profile)}");
        return lines;
    }

    /// <summary>The command that runs one vector again.</summary>
    public static string Again(string implementation, Vector vector, string profile = Profile.ContractName)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(vector);
        return $"./cmma check {Quoted(implementation)} --only {vector.Id}{(profile == Profile.ContractName ? "" : $" --profile {profile}")}";
    }

    /// <summary>A word for a shell, in quotes where it needs them.</summary>
    public static string Quoted(string name) =>
        name.All(each => char.IsAsciiLetterOrDigit(each) || "-_./:=".Contains(each, StringComparison.Ordinal))
            ? name
            : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";

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
