// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Mutants;
using Cmma.Traces;

namespace Cmma.Catalogue;

/// <summary>How sharp a set of vectors is: which mutants of the clauses it kills.</summary>
/// <param name="Killed">The clauses whose mutants fail at least one vector, each with how many.</param>
/// <param name="Survived">The clauses whose mutants pass all.</param>
public sealed record MutantScore(IReadOnlyList<(string Clause, int Failed)> Killed, IReadOnlyList<string> Survived)
{
    /// <summary>As in "killed 31 of 148".</summary>
    public string Totals => $"killed {Killed.Count} of {Killed.Count + Survived.Count}";

    /// <summary>Runs the vectors on each mutant.</summary>
    public static MutantScore Of(IReadOnlyList<Vector> vectors)
    {
        (string Id, int Failed)[] all = [.. ClauseMutants.All.AsParallel().AsOrdered()
            .Select(mutant => (mutant.Id, CheckResult.Of(vectors, Implementations.Mutant(mutant)).Failed))];
        return new MutantScore([.. all.Where(each => each.Failed > 0)], [.. all.Where(each => each.Failed == 0).Select(each => each.Id)]);
    }
}
