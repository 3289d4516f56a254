// SPDX-License-Identifier: MIT
using Cmma.Proofs.Solving;
using Cmma.Proofs.Theorems;

namespace Cmma.Proofs.Tests;

/// <summary>
/// Every theorem and every witness is asked all that `cmma prove` asks of it: that it holds, that it is not vacuous, that each mutation
/// breaks it, that its trace runs. Of a template's fillings there are too many: some of them.
/// </summary>
public sealed class AllTheoremsTests
{
    /// <summary>The operation whose failures, successes and invariants are asked in full.</summary>
    private const string Operation = "delete-slot";

    [Fact]
    public void All_are_proved()
    {
        SmtFolder folder = new(Spec.Smt);
        TheoremProof runner = new(new Joiner(folder), SolverKind.MicrosoftZ3, SolverLimits.Theorem);
        List<Theorem> chosen = 
        [
            .. folder.Theorems().Where(one => !one.File.StartsWith("classes/", StringComparison.Ordinal)) // ClassTests
                .GroupBy(one => one.File, StringComparer.Ordinal).SelectMany(Some),
        ];
        Assert.Equal(Files(), chosen.Select(one => one.File).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        ProofResult[] results = new ProofResult[chosen.Count];
        ParallelOptions cores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, chosen.Count, cores, index => results[index] = runner.Run(chosen[index]));

        Assert.Empty(results.Where(result => result.Verdict != ProofVerdict.Proved).Select(result => result.Reason));
    }

    private static IEnumerable<string> Files() => ((string[])["theorems", "matrix", "witnesses"])
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Spec.Smt, folder), "*", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Spec.Smt, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    // A file that is not a template is one; of a template the fillings with one operation, and of pairs of checks the first of each operation
    // that can strike together.
    private static IEnumerable<Theorem> Some(IGrouping<string, Theorem> file) => file.First().Fillings.Select(one => one.Name).ToArray() switch
    {
        ["OPERATION", "FIRST", "SECOND"] => file.OrderBy(one => one.NeverBoth).DistinctBy(one => one.Fillings[0].Value, StringComparer.Ordinal),
        ["OPERATION", ..] => file.Where(one => one.Fillings[0].Value == Operation),
        _ => file,
    };
}
