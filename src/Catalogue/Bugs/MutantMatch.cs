// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Mutants;
using Cmma.Traces;

namespace Cmma.Catalogue.Bugs;

/// <summary>A clause whose mutant gives the same wrong answers as an implementation.</summary>
/// <param name="Clause">The clause that may be broken.</param>
/// <param name="Explained">The failures where the mutant gives the same wrong answer to the same operation.</param>
/// <param name="Failures">How many failures there are to explain.</param>
/// <param name="Denied">Vectors that the mutant fails and the implementation passes.</param>
public sealed record MutantMatch(string Clause, IReadOnlyList<Vector> Explained, int Failures, IReadOnlyList<Vector> Denied)
{
    private const int MostShown = 3;
    private const int MostLookedAt = 10; // of all vectors, which costs

    /// <summary>The clauses whose mutants explain most failures, and of these first those that nothing denies. None if no mutant explains any.</summary>
    /// <param name="vectors">The vectors that were asked.</param>
    /// <param name="answered">What came back, by the vector's id.</param>
    public static IReadOnlyList<MutantMatch> Best(IReadOnlyList<Vector> vectors, IReadOnlyDictionary<string, Answer> answered)
    {
        ArgumentNullException.ThrowIfNull(answered);
        return Best([.. vectors.Select(vector => Verdict.Of(vector, answered[vector.Id]))]);
    }

    /// <summary>The same, from verdicts.</summary>
    public static IReadOnlyList<MutantMatch> Best(IReadOnlyList<Verdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        Verdict[] failed = [.. verdicts.Where(verdict => verdict is { Kind: VerdictKind.Failed, Actual: not null })];
        Vector[] passed = [.. verdicts.Where(verdict => verdict.Kind == VerdictKind.Passed).Select(verdict => verdict.Vector)];
        return [.. Ordered([.. ClauseMutants.All.AsParallel().AsOrdered()
            .Select(mutant => (Mutant: mutant, Explained: ExplainedBy(mutant, failed)))
            .Where(each => each.Explained.Count > 0)
            .OrderByDescending(each => each.Explained.Count)
            .ThenBy(each => IsConsequence(each.Mutant.Id))
            .Take(MostLookedAt)
            .Select(each => new MutantMatch(each.Mutant.Id, each.Explained, failed.Length, FailedBy(each.Mutant, passed)))]).Take(MostShown)];
    }

    /// <summary>Those first that explain most and deny least; behind a clause of an operation that explains about as much a guarantee, which does not say where to look.</summary>
    public static IReadOnlyList<MutantMatch> Ordered(IReadOnlyList<MutantMatch> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        return [.. matches
            .OrderBy(match => IsConsequence(match.Clause) && matches.Any(other => !IsConsequence(other.Clause) && other.Balance * 10 >= match.Balance * 9))
            .ThenByDescending(match => match.Balance)
            .ThenByDescending(match => match.Explained.Count)
            .ThenBy(match => IsConsequence(match.Clause))];
    }

    private static bool IsConsequence(string clause) => Traces.Clauses.Clause.IsConsequence(clause);

    private int Balance => Explained.Count - Denied.Count;

    private static IReadOnlyList<Vector> ExplainedBy(ClauseMutant mutant, Verdict[] failed)
    {
        Dictionary<string, Verdict> byMutant = CheckResult.Of([.. failed.Select(verdict => verdict.Vector)], Implementations.Mutant(mutant))
            .Verdicts.ToDictionary(verdict => verdict.Vector.Id, StringComparer.Ordinal);
        return [.. failed.Where(verdict => Same(verdict, byMutant[verdict.Vector.Id])).Select(verdict => verdict.Vector)];
    }

    private static bool Same(Verdict one, Verdict other) => other.Actual != null && one.FailedStep == other.FailedStep
        && Judge.Difference(Expectations.Exactly(other.Actual) is var exactly && other.Actual.Breach == null ? exactly : With(exactly, other.Actual.Breach), one.Actual!) == null;

    private static Expectation With(Expectation exactly, string? breach) => new([exactly.Alternatives[0] with { Breach = breach }]);

    private static IReadOnlyList<Vector> FailedBy(ClauseMutant mutant, Vector[] vectors) =>
        [.. CheckResult.Of(vectors, Implementations.Mutant(mutant)).Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed).Select(verdict => verdict.Vector)];
}
