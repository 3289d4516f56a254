// SPDX-License-Identifier: MIT
using Cmma.Proofs.Solving;
using Cmma.Symbolic;

namespace Cmma.Proofs.Tests;

/// <summary>What was proved is not asked again, and whatever it depends on, once changed, has it asked.</summary>
public sealed class KeptProofsTests : IDisposable
{
    private readonly TempFolder folder = new();

    private KeptProofs Kept => new(Path.Combine(folder.Path, "kept"));

    [Fact]
    public void What_is_proved_is_kept_for_exactly_what_was_asked()
    {
        ProofResult proved = new("one", "theorems/one.smt2", ProofVerdict.Proved, "One.") { Guarantee = "G1", Reason = "7 paths", Time = TimeSpan.FromSeconds(3) };
        Assert.Same(proved, Kept.Keep(proved, ["a", "bc"]));

        Assert.Equal(proved with { IsKept = true, Time = TimeSpan.Zero }, Kept.Find("one", ["a", "bc"]));
        Assert.Null(Kept.Find("one", ["ab", "c"])); // though it joins to the same
        Assert.Null(Kept.Find("one", ["a"]));
        Assert.Null(Kept.Find("two", ["a", "bc"]));
    }

    [Theory]
    [InlineData(ProofVerdict.Failed)]
    [InlineData(ProofVerdict.Unknown)]
    public void What_is_not_proved_is_asked_again(ProofVerdict verdict)
    {
        Kept.Keep(new ProofResult("one", "theorems/one.smt2", verdict, "One."), ["a"]);

        Assert.Null(Kept.Find("one", ["a"]));
    }

    [Fact]
    public void A_file_that_was_damaged_is_as_none()
    {
        Kept.Keep(new ProofResult("one", "theorems/one.smt2", ProofVerdict.Proved, "One."), ["a"]);
        string file = Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "kept")));
        File.WriteAllText(file, File.ReadAllText(file)[..20]);

        Assert.Null(Kept.Find("one", ["a"]));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_keeps_nothing_and_does_no_harm()
    {
        string file = folder.Write("file", "");
        KeptProofs nowhere = new(Path.Combine(file, "kept"));

        Assert.Equal("one", nowhere.Keep(new ProofResult("one", "theorems/one.smt2", ProofVerdict.Proved, "One."), ["a"]).Name);
        Assert.Null(nowhere.Find("one", ["a"]));
    }

    [Fact]
    public void A_theorem_is_asked_again_when_its_text_or_the_model_is_another()
    {
        folder.WithModel();
        string theorem = folder.Write("theorems/one.smt2", File.ReadAllText(Path.Combine(Spec.Smt, "theorems", "peek_changes_nothing.smt2")));
        Assert.Equal([false, true], Twice().Select(result => result.IsKept));

        File.AppendAllText(theorem, "(declare-const unused Bool)\n");
        Assert.Equal([false, true], Twice().Select(result => result.IsKept));
        File.AppendAllText(Path.Combine(folder.Path, "model", "peek.smt2"), "(define-fun another-one () Int 1)\n");
        Assert.Equal([false, true], Twice().Select(result => result.IsKept));

        IEnumerable<ProofResult> Twice() => [Prove("one"), Prove("one")];
    }

    [Fact]
    public void The_paths_of_an_operation_are_kept_and_asked_again_when_the_model_changes()
    {
        folder.WithModel();
        Assert.Equal([false, true], new[] { Prove("paths/stop-migration"), Prove("paths/stop-migration") }.Select(result => result.IsKept));

        string model = Path.Combine(folder.Path, "model", "stop-migration.smt2");
        File.AppendAllText(model, "; a remark\n");
        Assert.False(Prove("paths/stop-migration").IsKept);
    }

    [Fact]
    public void A_report_says_how_many_are_kept()
    {
        ProofReport report = new("a solver", [new ProofResult("one", "", ProofVerdict.Proved, "") { IsKept = true }, new ProofResult("two", "", ProofVerdict.Proved, "")]);

        Assert.Equal("2 proved, 0 failed, 0 unknown; 1 of them kept from before", report.Totals);
        Assert.Contains("\"kept\": 1", report.Json(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private ProofResult Prove(string name)
    {
        ProofResult result = new Prover(folder.Path, SolverKind.MicrosoftZ3, SolverLimits.Theorem, () => new SymbolicMachine()) { Kept = Kept }.Prove(name, 2)[0];
        Assert.Equal((ProofVerdict.Proved, name), (result.Verdict, result.Name));
        return result;
    }
}
