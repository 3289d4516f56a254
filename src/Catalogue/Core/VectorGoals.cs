// SPDX-License-Identifier: MIT
using Cmma.Catalogue.Bugs;
using Cmma.Judging;
using Cmma.Kernels.Bugs;
using Cmma.Mutants;
using Cmma.Optimized;
using Cmma.Traces;

namespace Cmma.Catalogue.Core;

/// <summary>What a set of vectors is for: clauses that they name, classes that their operations are of, bugs that they catch.</summary>
public static class VectorGoals
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<VectorGoal> Of(IReadOnlyList<Vector> vectors) => [.. Clauses(vectors), .. Classes(vectors), .. Bugs(vectors)];

    /// <summary>A goal for each clause that a vector names.</summary>
    public static IReadOnlyList<VectorGoal> Clauses(IReadOnlyList<Vector> vectors) => Goals("clause", vectors, vector => vector.Clauses);

    /// <summary>A goal for each class (<see cref="OutcomeClass"/>) of a vector's operations.</summary>
    public static IReadOnlyList<VectorGoal> Classes(IReadOnlyList<Vector> vectors) => Goals(
        "class",
        vectors,
        vector => OutcomeClass.Of(vector.Trace, Implementations.Find("optimized")).Select(each => each.Class).OfType<string>());

    /// <summary>A goal for each pair of checks of an operation that a vector names: it shows which of the two wins.</summary>
    public static IReadOnlyList<VectorGoal> Pairs(IReadOnlyList<Vector> vectors) => Goals(
        "pair",
        vectors,
        vector => from one in Checks(vector) from other in Checks(vector) where string.CompareOrdinal(one, other) < 0 && Call(one) == Call(other) select $"{one}, {other}");

    /// <summary>A goal for each known bug that a vector catches: the machine with the bug fails it, and the kernel that had the bug passes.</summary>
    public static IReadOnlyList<VectorGoal> Bugs(IReadOnlyList<Vector> vectors) => [.. BugMatrix.Of(vectors, KnownBugs.All).Rows
        .Where(row => row.CaughtBy.Count > 0)
        .Select(row => new VectorGoal($"bug {row.Bug.Id}", row.CaughtBy.Select(sign => sign.Vector.Id).ToHashSet(StringComparer.Ordinal)))];

    /// <summary>A goal for the mutant of each clause that a vector catches.</summary>
    public static IReadOnlyList<VectorGoal> Mutants(IReadOnlyList<Vector> vectors) => [.. ClauseMutants.All.AsParallel().AsOrdered()
        .Select(mutant => new VectorGoal($"mutant {mutant.Id}", CheckResult.Of(vectors, Implementations.Mutant(mutant)).Verdicts
            .Where(verdict => verdict.Kind == VerdictKind.Failed).Select(verdict => verdict.Vector.Id).ToHashSet(StringComparer.Ordinal)))
        .Where(goal => goal.Vectors.Count > 0)];

    private static IEnumerable<string> Checks(Vector vector) => vector.Clauses.Where(clause => clause.Contains("-CHECK-", StringComparison.Ordinal));

    // PEEK is a GET with a flag, and has its checks.
    private static string Call(string check) => check.Split("-CHECK-")[0].Replace("PEEK", "GET", StringComparison.Ordinal);

    private static IReadOnlyList<VectorGoal> Goals(string kind, IReadOnlyList<Vector> vectors, Func<Vector, IEnumerable<string>> names) => [.. vectors
        .SelectMany(vector => names(vector).Distinct(StringComparer.Ordinal).Select(name => (Name: $"{kind} {name}", vector.Id)))
        .GroupBy(each => each.Name, StringComparer.Ordinal)
        .Select(group => new VectorGoal(group.Key, group.Select(each => each.Id).ToHashSet(StringComparer.Ordinal)))];
}
