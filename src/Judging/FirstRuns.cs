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
        return answer.Misunderstanding.Count == 0
            ? answer
            : throw new CouldNotRunException($"{implementation.Name} could not be run: it {answer.Failure}") { Details = answer.Misunderstanding };
    }

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

        if (expected.Values is { } values && values.ToArray().Distinct().Skip(1).Any())
        {
            yield return "bytes"; // of several kinds, which are separated
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
