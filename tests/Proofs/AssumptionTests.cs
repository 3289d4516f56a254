// SPDX-License-Identifier: MIT
using Cmma.Proofs.Theorems;

namespace Cmma.Proofs.Tests;

/// <summary>What a theorem assumes of another one is named in its header, and was proved.</summary>
public sealed class AssumptionTests
{
    private const string Assumed = "; expect: unsat\n; uses:\n; breakage: itself: \"(not b)\" -> \"b\"\n(declare-const b Bool)\n; refute\n(assert (and b (not b)))\n(check-sat)\n";

    [Fact]
    public void Those_of_the_spec_are_as_they_have_to_be()
    {
        Theorem[] all = [.. new SmtFolder(Spec.Smt).Theorems()];
        Assumptions assumptions = new(all);
        Assert.All(all, theorem => Assert.Equal("", assumptions.Wrong(theorem)));
        Assert.Contains(all, theorem => assumptions.Of(theorem).Count > 1);
    }

    [Theory]
    [InlineData("no_such_theorem", "as no_such_theorem proves", "there is no such theorem")]
    [InlineData("", "as the_other_one proves", "and not in its line '; assumes:'")]
    [InlineData("the_other_one", "", "no comment says where it assumes the_other_one")]
    [InlineData("theorem", "as theorem proves", "assumes it in turn")]
    public void A_wrong_one_fails(string assumes, string comment, string reason)
    {
        using TempFolder folder = new TempFolder().WithModel();
        folder.Write("theorems/the_other_one.smt2", Assumed);
        folder.Write("theorems/theorem.smt2", $"; assumes: {assumes}\n{Assumed}; {comment}\n");
        ProofResult result = folder.ProveAll().Single(one => one.Name == "theorem");

        Assert.Equal(ProofVerdict.Failed, result.Verdict);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Assumed, ProofVerdict.Proved)]
    [InlineData("; expect: unsat\n; uses:\n; breakage: itself: \"(not b)\" -> \"b\"\n(declare-const b Bool)\n; refute\n(assert b)\n(check-sat)\n", ProofVerdict.Unknown)]
    public void It_is_proved_only_with_what_it_assumes(string other, ProofVerdict verdict)
    {
        using TempFolder folder = new TempFolder().WithModel();
        folder.Write("theorems/the_other_one.smt2", other);
        folder.Write("theorems/theorem.smt2", $"; assumes: the_other_one\n{Assumed}; as the_other_one proves\n");

        ProofResult[] results = [.. folder.ProveAll()];

        Assert.Equal(["the_other_one", "theorem"], results.Select(one => one.Name)); // it is proved too
        Assert.Equal(verdict, results[1].Verdict);
        Assert.Equal(verdict == ProofVerdict.Proved ? "" : "theorems/theorem.smt2: it assumes the_other_one, which is not proved", results[1].Reason);
    }
}
