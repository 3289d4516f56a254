// SPDX-License-Identifier: MIT
using System.Text.Json;
using Cmma.Proofs.Solving;
using Cmma.Symbolic;

namespace Cmma.Proofs.Tests;

/// <summary>What --only selects, of each kind one; and how a report says what came of it.</summary>
public sealed class SelectionTests
{
    [Theory]
    [InlineData("block_starts_and_ends_dirty", 1)]
    [InlineData("words/starts_of_16_are_where_16_bits_in_a_row_are_set", 1)]
    [InlineData("h4_after_start_before_enable_nothing_is_marked", 1)]
    [InlineData("a_failure_changes_nothing", 13)]
    [InlineData("paths/stop-migration", 3)]
    public void It_is_proved(string name, int proofs)
    {
        IReadOnlyList<ProofResult> results = new Prover(Spec.Folder, SolverKind.MicrosoftZ3, () => new SymbolicMachine()).Prove(name, Environment.ProcessorCount);

        Assert.Empty(results.Where(result => result.Verdict != ProofVerdict.Proved).Select(result => result.Reason));
        Assert.Equal(proofs, results.Count);
    }

    [Fact]
    public void A_second_opinion_says_what_both_solvers_prove()
    {
        Assert.SkipUnless(SolverKind.Cvc5.IsThere, "the solver cvc5 is not there");
        ProofReport report = new("cvc5", new Prover(Spec.Folder, SolverKind.Cvc5, () => new SymbolicMachine()).Prove("peek_changes_nothing", 1));

        Assert.Equal(ProofVerdict.Proved, Assert.Single(report.Results).ByZ3);
        Assert.Equal("z3 and cvc5 both prove 1 of 1", report.Agreement);
    }

    [Fact]
    public void What_only_one_of_two_solvers_proves_does_not_count_as_proved_by_both()
    {
        ProofReport report = new("cvc5",
        [
            new ProofResult("one", "theorems/one.smt2", ProofVerdict.Proved, "One.") { ByZ3 = ProofVerdict.Proved, Time = TimeSpan.FromSeconds(2.34) },
            new ProofResult("two", "theorems/two.smt2", ProofVerdict.Proved, "Two.") { ByZ3 = ProofVerdict.Unknown },
            new ProofResult("three", "theorems/three.smt2", ProofVerdict.Unknown, "Three.") { ByZ3 = ProofVerdict.Proved },
        ]);

        Assert.Equal("z3 and cvc5 both prove 1 of 3", report.Agreement);
        Assert.Equal(["proved  one  2.3 s", "proved  two", "NOT PROVED  three"], report.Lines());
        Assert.Contains("z3 and cvc5 both prove 1 of 3\n\n2 proved,", report.Markdown(), StringComparison.Ordinal);
        Assert.Contains("| proved | one |  | One. | 2.3 s | proved |\n| proved | two |  | Two. |  | unknown |", report.Markdown(), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(report.Json());
        Assert.Equal(1, json.RootElement.GetProperty("both").GetInt32());
        Assert.Equal("unknown", json.RootElement.GetProperty("proofs")[1].GetProperty("z3").GetString());
    }

    [Fact]
    public void A_report_says_what_is_proved_and_what_is_not()
    {
        ProofReport report = new("a solver",
        [
            new ProofResult("one", "theorems/one.smt2", ProofVerdict.Proved, "One | is.") { Guarantee = "G1" },
            new ProofResult("many: a", "matrix/many.smt2", ProofVerdict.Proved, "Many."),
            new ProofResult("many: b", "matrix/many.smt2", ProofVerdict.Failed, "Many.") { Reason = "it can be false" },
            new ProofResult("two", "theorems/two.smt2", ProofVerdict.Unknown, "Two.") { Reason = "unknown" },
        ]);

        Assert.Equal("2 proved, 1 failed, 1 unknown", report.Totals);
        Assert.Equal(["proved  one  G1", "NOT PROVED  many  1 of 2", "NOT PROVED  two"], report.Lines());
        Assert.Contains("| proved | one | G1 | One \\| is. |", report.Markdown(), StringComparison.Ordinal);
        Assert.Contains("| many: b | it can be false |", report.Markdown(), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(report.Json());
        Assert.Equal(1, json.RootElement.GetProperty("unknown").GetInt32());
        Assert.Equal("failed", json.RootElement.GetProperty("proofs")[2].GetProperty("verdict").GetString());
    }
}
