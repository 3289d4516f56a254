// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Proofs.Tests;

/// <summary>A theorem that is false, or that says nothing, fails, and the message says why.</summary>
public sealed class WrongTheoremTests
{
    private const string Header = "; guarantee: G4\n; claim: A block's first page is dirty.\n; expect: unsat\n; uses: get\n";
    private const string Breakage = "; breakage: get.smt2: \"(and (select (dirty s) first)\" -> \"(and true\"\n";
    private const string Names = "(declare-const s State)\n(declare-const first Gfn)\n(declare-const last Gfn)\n";
    private const string Small =
        ";? (assert (= s (large-vm (store (store no-page #x0000000000000001 true) #x0000000000000004 true))))\n";
    private const string Hypothesis = "(assert (block s #x0000000000000000 #x0000000000000003 first last))\n; refute\n";
    private const string Claim = "(assert (not (select (dirty s) first)))\n(check-sat)\n";

    private const string Two = "; expect: unsat\n; uses:\n; breakage: itself: \"(not b)\" -> \"b\"\n(declare-const b Bool)\n"
        + "(push 1)\n; refute\n(assert (and b (not b)))\n(check-sat)\n(pop 1)\n(check-sat)\n";

    public static TheoryData<string, string, string> Wrong { get; } = new()
    {
        { "false", Header + Breakage + Names + Small + Hypothesis + "(assert (select (dirty s) first))\n(check-sat)\n", "it can be false" },
        { "half false", Two, "answer 2 of 2" },
        { "vacuous", Header + Breakage + Names + "(assert (not (= s s)))\n" + Hypothesis + Claim, "may say nothing" },
        { "not broken", Header + "; breakage: get.smt2: \"(bvule first last)\" -> \"true\"\n" + Names + Small + Hypothesis + Claim, "breakage 1" },
        { "no breakage", Header + Names + Small + Hypothesis + Claim, "no breakage" },
        { "nothing to break", Header + "; breakage: get.smt2: \"no such text\" -> \"true\"\n" + Names + Small + Hypothesis + Claim, "no text no such text" },
        { "two places", Header + "; breakage: get.smt2: \"Bool\" -> \"true\"\n" + Names + Small + Hypothesis + Claim, "more than one text" },
        { "another file", Header + "; breakage: set.smt2: \"Bool\" -> \"true\"\n" + Names + Small + Hypothesis + Claim, "does not use" },
        { "no such model", Header.Replace("get", "got", StringComparison.Ordinal) + Breakage + Names + Hypothesis + Claim, "model/got.smt2" },
        { "no question", Header + Breakage + Names + Small + Hypothesis, "asks nothing" },
        { "no expectation", Names + Hypothesis + Claim, "; expect:" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void It_fails(string what, string theorem, string reason)
    {
        _ = what;
        using TempFolder folder = new TempFolder().WithModel();
        folder.Write("theorems/theorem.smt2", theorem);
        ProofResult result = folder.Prove();

        Assert.Equal(ProofVerdict.Failed, result.Verdict);
        Assert.Contains("theorems/theorem.smt2", result.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_theorem_without_a_mistake_is_proved()
    {
        using TempFolder folder = new TempFolder().WithModel();
        folder.Write("theorems/theorem.smt2", Header + Breakage + Names + Small + Hypothesis + Claim);

        Assert.Equal("", folder.Prove().Reason);
    }

    [Fact]
    public void An_error_in_the_text_is_unknown()
    {
        using TempFolder folder = new TempFolder().WithModel();
        folder.Write("theorems/theorem.smt2", Header + Breakage + Names + "(assert (no-such-function s))\n" + Hypothesis + Claim);
        ProofResult result = folder.Prove();

        Assert.Equal(ProofVerdict.Unknown, result.Verdict);
        Assert.Contains("no-such-function", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_witness_whose_trace_the_reference_does_not_show_fails()
    {
        using TempFolder folder = new TempFolder().WithModel();
        folder.Write("witnesses/theorem.smt2", "; claim: Migration starts without a slot.\n; expect: sat\n; uses:\n"
            + "; trace: {\"op\":\"start_migration\",\"expect\":{\"result\":\"ok\"}}\n(check-sat)\n");
        ProofResult result = folder.Prove();

        Assert.Equal(ProofVerdict.Failed, result.Verdict);
        Assert.Contains("expected ok, got EINVAL", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_nothing_has_is_an_error()
    {
        using TempFolder folder = new TempFolder().WithModel();
        Assert.Throws<InputException>(() => folder.Prove());
    }
}
