// SPDX-License-Identifier: MIT
using Cmma.Proofs.Solving;

namespace Cmma.Proofs.Tests;

/// <summary>A solver that does not answer as a solver does never passes for one, and the message names the file.</summary>
public sealed class BrokenSolverTests
{
    private const string Theorem = "; guarantee: G1\n; claim: Nothing is false.\n; expect: unsat\n; uses:\n; breakage: itself: \"false\" -> \"true\"\n"
        + "(declare-const b Bool)\n; refute\n(assert (and b false))\n(check-sat)\n";

    public static TheoryData<string, string, string> Solvers { get; } = new()
    {
        { "dies at once", "exit 1", "without an answer" },
        { "dies after the text", "while read -r line; do case $line in *echo*) kill -9 $$;; esac; done", "without an answer" },
        { "says unknown", "while read -r line; do case $line in *check-sat*) echo unknown;; *echo*) echo every question is answered;; esac; done", "unknown" },
        { "says garbage", "while read -r line; do case $line in *check-sat*) echo maybe;; esac; done", "neither sat nor unsat but: maybe" },
        { "prints an error", "while read -r line; do case $line in *check-sat*) echo '(error \"no\")';; esac; done", "(error \"no\")" },
        { "hangs", "exec sleep 1000", "no answer within" },
        { "hangs after its answer", "while read -r line; do case $line in *check-sat*) echo unsat; exec sleep 1000;; esac; done", "no answer within" },
        { "closes its output", "exec 1>&-; sleep 1000", "without an answer" },
        { "answers twice", "while read -r line; do case $line in *check-sat*) echo unsat; echo unsat;; esac; done", "more than it was asked" },
    };

    [Theory]
    [MemberData(nameof(Solvers))]
    public void It_is_unknown_and_names_the_file(string what, string script, string reason)
    {
        _ = what;
        using TempFolder folder = new TempFolder().WithModel();
        folder.Write("theorems/theorem.smt2", Theorem);
        ProofResult result = folder.Prove(folder.Solver(script), seconds: 0.1);

        Assert.Equal(ProofVerdict.Unknown, result.Verdict);
        Assert.Contains("theorems/theorem.smt2", result.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solver_that_always_says_unsat_is_found_out()
    {
        using TempFolder folder = new TempFolder().WithModel();
        folder.Write("theorems/theorem.smt2", Theorem);
        const string Says = "while read -r line; do case $line in *check-sat*) echo unsat;; *echo*) echo 'every question is answered';; esac; done";
        ProofResult result = folder.Prove(folder.Solver(Says));

        Assert.Equal(ProofVerdict.Failed, result.Verdict);
        Assert.Contains("hypotheses", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solver_that_always_says_sat_is_found_out()
    {
        using TempFolder folder = new TempFolder().WithModel();
        folder.Write("theorems/theorem.smt2", Theorem);
        const string Says = "while read -r line; do case $line in *check-sat*) echo sat;; *echo*) echo 'every question is answered';; esac; done";

        Assert.Equal(ProofVerdict.Failed, folder.Prove(folder.Solver(Says)).Verdict);
    }

    [Fact]
    public void A_missing_solver_says_how_to_install_it()
    {
        SolverException missing = Assert.Throws<SolverException>(() => new SolverKind("no-such-solver").Version());
        Assert.Contains("apt-get install no-such-solver", missing.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', missing.Message);
    }

    [Fact]
    public void The_same_theorem_is_proved_by_the_real_solver()
    {
        using TempFolder folder = new TempFolder().WithModel();
        folder.Write("theorems/theorem.smt2", Theorem);
        ProofResult result = folder.Prove();

        Assert.Equal("", result.Reason);
        Assert.Equal(ProofVerdict.Proved, result.Verdict);
    }
}
