// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>
/// The runs with which a check begins, one by one. What does not speak the protocol would fail hundreds of runs for one reason, or cost the whole
/// time limit in each: these few show it.
/// </summary>
public static class FirstRuns
{
    private const int Most = 5;
    private const string Required = "required: docs/protocol.md says in its table of results which fields come with ok, and of the caller's memory what is sent";

    /// <summary>The indexes of a few vectors that together have most operations, and most fields of results.</summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<Vector> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        IReadOnlyList<HashSet<string>> shows = [.. vectors.Select(Shows)];
        HashSet<string> seen = [];
        List<int> chosen = [];
        while (chosen.Count < Math.Min(Most, vectors.Count))
        {
            int best = Enumerable.Range(0, vectors.Count).Except(chosen).MaxBy(index => shows[index].Count(each => !seen.Contains(each)));
            chosen.Add(best);
            seen.UnionWith(shows[best]);
        }

        return chosen;
    }

    /// <summary>What comes back.</summary>
    /// <exception cref="CouldNotRunException">The implementation does not speak the protocol.</exception>
    public static Answer Ask(IImplementation implementation, Vector vector)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(vector);
        Answer answer = implementation.Ask([Question.Of(vector.Trace)])[0];
        return answer.Misunderstanding.Count > 0 ? throw CouldNotRun(answer.Failure!, answer.Misunderstanding)
            : IndexedOf(vector, answer).FirstOrDefault(each => Wrong(each.Operation, each.Outcome) != null) is { Outcome: { } outcome } found
                ? throw CouldNotRun($"answers {OperationForm.Of(found.Operation).Name} {Wrong(found.Operation, outcome)}", [$"asked:    {TraceWriter.Step(new Step(found.Operation))}", Required])
            : answer;

        CouldNotRunException CouldNotRun(string what, IReadOnlyList<string> details) =>
            new($"{implementation.Name} could not be run: it {what}") { Details = details };
    }

    private static IEnumerable<(Operation Operation, Outcome Outcome)> IndexedOf(Vector vector, Answer answer) =>
        vector.Trace.Steps.Zip(answer.Outcomes, (step, outcome) => (step.Operation, outcome));

    // What no answer of the protocol is, though each line can be read: it would be wrong in every run.
    private static string? Wrong(Operation operation, Outcome outcome) =>
        outcome.Breach is { } breach && breach.StartsWith(AfterCall.WrongByteOrder, StringComparison.Ordinal) ? $"with memory of another machine: it {breach}"
        : outcome.Result == Outcome.Ok && outcome.Breach == null && Lacking(operation, outcome) is { } field ? $"with ok and without {field}"
        : null;

    private static string? Lacking(Operation operation, Outcome outcome) => operation switch
    {
        Operation.Essa or Operation.EssaEnd when outcome.R1 == null => "r1",
        Operation.MigrationStatus when outcome.Migrating == null => "migrating",
        Operation.Get when outcome.Zeroed => null,
        Operation.Get when outcome.StartGfn == null => "start_gfn",
        Operation.Get when outcome.Count == null => "count",
        Operation.Get when outcome.Remaining == null => "remaining",
        Operation.Get when outcome.Count > 0 && outcome.Values.IsEmpty => "values",
        _ => null,
    };

    private static HashSet<string> Shows(Vector vector) => [.. vector.Trace.Steps.SelectMany(step =>
        (step.Expect?.Alternatives ?? []).SelectMany(Fields).Append("").Select(field => $"{OperationForm.Of(step.Operation).Name} {field}"))];

    private static IEnumerable<string> Fields(Expected expected)
    {
        if (expected.R1 != null)
        {
            yield return "r1";
        }

        if (expected.Migrating != null)
        {
            yield return "migrating";
        }

        if (expected.Zeroed)
        {
            yield return "zeroed";
        }

        if (expected.StartGfn is { } gfn)
        {
            yield return "start_gfn";
            if (gfn.ToString("x", CultureInfo.InvariantCulture).Any(char.IsAsciiLetter))
            {
                yield return "letters"; // which are lower case
            }
        }
    }
}
