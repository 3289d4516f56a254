// SPDX-License-Identifier: MIT
using System.Text.Json;
using Cmma.Catalogue;
using Cmma.Catalogue.Bugs;
using Cmma.Judging;
using Cmma.Mutants;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Kernels.Tests;

/// <summary>The reference with one clause switched off, as an implementation.</summary>
public sealed class MutantTests
{
    private static readonly SpecFolder Spec = SpecFolder.Find();
    private static readonly IReadOnlyList<Vector> Vectors = new VectorFolder(Spec.Vectors).All();

    [Fact]
    public void Every_mutant_of_the_reference_and_its_numbers_is_a_machine()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Spec.Path)!, "mutation/clauses.json")));
        IEnumerable<string> expected = document.RootElement.GetProperty("mutants").EnumerateArray()
            .Where(mutant => mutant.GetProperty("file").GetString() is { } file && !file.StartsWith("src/Optimized/", StringComparison.Ordinal) && file != "src/Abi/IoctlNumber.cs")
            .Select(mutant => mutant.GetProperty("clause").GetString()!);

        Assert.Equal(expected, ClauseMutants.All.Select(mutant => mutant.Id));
    }

    [Fact]
    public void A_mutant_fails_vectors_of_its_clause()
    {
        CheckResult result = CheckResult.Of([.. Vectors.Where(vector => vector.Clauses.Contains("GET-BLOCK-4", StringComparer.Ordinal))], Implementations.Find("mutant:GET-BLOCK-4"));

        Assert.True(result.Failed > 0, result.Totals);
        Assert.True(result.Passed > 0, result.Totals); // it is no other machine
    }

    [Fact]
    public void What_fails_as_a_mutant_does_is_traced_to_its_clause()
    {
        using IImplementation mutant = Implementations.Find("mutant:GET-BLOCK-4");
        Vector[] asked = [.. Vectors.Where(vector => Verdict.Skipped(vector, mutant) == null)];
        Dictionary<string, Answer> answered = asked.Zip(mutant.Ask([.. asked.Select(vector => Question.Of(vector.Trace))])).ToDictionary(each => each.First.Id, each => each.Second, StringComparer.Ordinal);
        MutantMatch best = MutantMatch.Best(asked, answered)[0];

        Assert.Equal(("GET-BLOCK-4", 0), (best.Clause, best.Denied.Count));
        Assert.Equal(best.Failures, best.Explained.Count);
        Assert.NotEqual(0, best.Failures);
    }

    [Theory]
    [InlineData(20, 0, 19, 0, "GET-BLOCK-4 G4")] // about as much
    [InlineData(20, 0, 20, 1, "GET-BLOCK-4 G4")]
    [InlineData(20, 0, 17, 0, "G4 GET-BLOCK-4")]
    [InlineData(20, 0, 20, 9, "G4 GET-BLOCK-4")]
    public void The_clause_of_an_operation_comes_before_a_guarantee_that_explains_about_as_much(int explained, int denied, int explainedByOperation, int deniedByOperation, string order)
    {
        static MutantMatch Match(string clause, int explained, int denied) => new(clause, [.. Vectors.Take(explained)], Failures: 20, [.. Vectors.Take(denied)]);
        IReadOnlyList<MutantMatch> ordered = MutantMatch.Ordered([Match("G4", explained, denied), Match("GET-BLOCK-4", explainedByOperation, deniedByOperation)]);

        Assert.Equal(order, string.Join(' ', ordered.Select(match => match.Clause)));
    }

    [Theory]
    [InlineData("mutant:GET-BLOCK-44", "there is no machine of GET-BLOCK-44 (did you mean 'GET-BLOCK-4'?): ")]
    [InlineData("mutant:CONCURRENCY-1", "there is no machine of CONCURRENCY-1")]
    public void A_clause_without_a_machine_is_refused(string name, string says) =>
        Assert.StartsWith(says, Assert.Throws<InputException>(() => Implementations.Find(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_scenarios_of_the_selftest_kill_as_many_as_the_page_says()
    {
        MutantScore score = MutantScore.Of([.. Vectors.Where(vector => vector.File.StartsWith("selftest/", StringComparison.Ordinal))]);

        Assert.Contains($"`{score.Totals}`", File.ReadAllText(Path.Combine(Path.GetDirectoryName(Spec.Path)!, "docs/scoring.md")), StringComparison.Ordinal);
        Assert.Equal(ClauseMutants.All.Count, score.Killed.Count + score.Survived.Count);
        Assert.Equal($"killed 0 of {ClauseMutants.All.Count}", MutantScore.Of([]).Totals);
    }
}
