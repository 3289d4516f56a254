// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Proofs.Solving;

namespace Cmma.Proofs.Tests;

/// <summary>
/// What libz3 does when it is called as a library, and a solver must not: each trap has a text that springs it, and must come out as no answer,
/// with a reason, never as a proof. And a solver that is used again knows nothing of the text before.
/// </summary>
public sealed class SolverTrapTests
{
    private const string Good = "(declare-const b Bool)\n(assert (and b (not b)))\n(check-sat)\n";

    // The product of two 700-bit numbers: their 490,000 partial products alone do not fit into the memory below.
    private const string Big = "(declare-const x (_ BitVec 700))\n(declare-const y (_ BitVec 700))\n(declare-const z (_ BitVec 700))\n"
        + "(assert (= (bvmul x y z) (bvadd (bvudiv x z) (bvurem y x) (_ bv12345678901234567 700))))\n(assert (bvugt x y))\n(check-sat)\n";

    // 30 pigeons in 29 holes: no resolution proof is short.
    private static readonly string Hard = string.Concat(
        Enumerable.Range(0, 30).Select(pigeon => string.Concat(Enumerable.Range(0, 29).Select(hole => $"(declare-const p{pigeon}-{hole} Bool)"))))
        + string.Concat(Enumerable.Range(0, 30).Select(pigeon => $"(assert (or {string.Join(' ', Enumerable.Range(0, 29).Select(hole => $"p{pigeon}-{hole}"))}))\n"))
        + string.Concat(
            from hole in Enumerable.Range(0, 29)
            from one in Enumerable.Range(0, 30)
            from other in Enumerable.Range(one + 1, 29 - one)
            select $"(assert (not (and p{one}-{hole} p{other}-{hole})))\n")
        + "(check-sat)\n";

    [Fact]
    public void An_error_is_told_and_ends_no_process_without_a_word()
    {
        SolverException error = Assert.Throws<SolverException>(() => Ask("(declare-const b Bool)\n(assert undefined)\n(check-sat)\n"));

        Assert.StartsWith("a trap: microsoft.z3 says (error \"", error.Message, StringComparison.Ordinal);
        Assert.Contains("unknown constant undefined", error.Message, StringComparison.Ordinal);
        Assert.Contains("(assert undefined)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_does_not_stick_to_the_next_text()
    {
        Assert.Throws<SolverException>(() => Ask("(assert undefined)\n(check-sat)\n"));
        Assert.Equal(Answer.Unsatisfiable, Ask(Good));
    }

    [Theory]
    [InlineData("an unknown name", "(assert undefined)", "unknown constant undefined")]
    [InlineData("an unknown command", "(chekc-sat)", "unsupported")]
    [InlineData("a word outside of parentheses", "assert", "invalid command")]
    [InlineData("a parenthesis too many", ")", "invalid command")]
    [InlineData("a pop without a push", "(pop 1)", "pop")]
    public async Task Nothing_is_answered_after_an_error(string what, string wrong, string reason)
    {
        _ = what;
        (int exitCode, string output) = await Run($"(echo \"before\")\n{wrong}\n{Good}(echo \"after\")\n");

        string[] lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal("before", lines[0]);
        Assert.StartsWith("(error \"", lines[1], StringComparison.Ordinal);
        Assert.Contains(reason, lines[1], StringComparison.Ordinal);
        Assert.Equal(SolverProgram.WrongCommand, exitCode);
    }

    [Fact]
    public async Task A_text_that_ends_in_the_middle_of_a_command_is_an_error()
    {
        (int exitCode, string output) = await Run("(assert (and true");

        Assert.StartsWith("(error \"", output, StringComparison.Ordinal);
        Assert.Equal(SolverProgram.WrongCommand, exitCode);
    }

    [Fact]
    public void Exit_is_not_passed_over()
    {
        SolverException error = Assert.Throws<SolverException>(() => Ask("(exit)\n" + Good));
        Assert.Contains("died without an answer (exit code 0)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Out_of_memory_is_no_answer_and_the_next_text_gets_another_process()
    {
        SolverLimits limits = new(TimeSpan.FromSeconds(30), MemoryMegabytes: 40);
        Assert.Equal(Answer.Unknown, Ask(Big, limits));

        SolverException error = Assert.Throws<SolverException>(() => Ask(Big + "(declare-const q Bool)\n(assert (not q))\n(check-sat)\n", limits, questions: 2));
        Assert.Contains("died without an answer (exit code 101)", error.Message, StringComparison.Ordinal);
        Assert.Equal(Answer.Unsatisfiable, Ask(Good, limits));
    }

    [Fact]
    public void Out_of_time_is_no_answer()
    {
        SolverLimits limits = new(TimeSpan.FromSeconds(0.5), MemoryMegabytes: 1024);
        Assert.Equal(Answer.Unknown, Ask(Hard, limits));
        Assert.Equal(Answer.Unsatisfiable, Ask(Good, limits));
    }

    [Fact]
    public async Task A_process_that_is_killed_is_told_from_an_answer()
    {
        SolverLimits limits = new(TimeSpan.FromSeconds(20), MemoryMegabytes: 1000);
        using SolverProcess solver = new(SolverKind.MicrosoftZ3, limits, "a trap");
        using Process process = Process.GetProcessById(solver.ProcessId);
        Task<Answer> asked = Task.Run(() => solver.Run(Hard, 1).Answers[0], TestContext.Current.CancellationToken);
        process.Kill();

        SolverException error = await Assert.ThrowsAsync<SolverException>(() => asked);
        Assert.Contains("a trap: microsoft.z3 died without an answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warm_process_is_used_again_and_knows_nothing_of_the_text_before()
    {
        SolverLimits limits = new(TimeSpan.FromSeconds(10), MemoryMegabytes: 999); // nobody else's
        int first;
        using (SolverProcess solver = new(SolverKind.MicrosoftZ3, limits, "the first"))
        {
            first = solver.ProcessId;
            solver.Send("(declare-const b Bool)\n(assert false)\n(check-sat)\n(echo \"nobody reads this\")");
            Assert.Equal(Answer.Unsatisfiable, solver.Check());
        }

        using SolverProcess again = new(SolverKind.MicrosoftZ3, limits, "the second");
        again.Send("(declare-const b Int)"); // there is no b of before
        Assert.Equal(Answer.Satisfiable, again.Check());
        Assert.Equal(first, again.ProcessId);
        using SolverProcess beside = new(SolverKind.MicrosoftZ3, limits, "the third");
        Assert.NotEqual(first, beside.ProcessId);
    }

    [Fact]
    public void The_version_names_the_library_that_was_loaded()
    {
        string version = SolverKind.MicrosoftZ3.Version();

        Assert.Matches(@"^Z3 version [0-9.]+ from .*libz3.* through Microsoft\.Z3 4\.12\.2$", version);
        Assert.DoesNotContain('\n', version);
    }

    private static Answer Ask(string text, SolverLimits? limits = null, int questions = 1)
    {
        using SolverProcess solver = new(SolverKind.MicrosoftZ3, limits ?? SolverLimits.Theorem, "a trap");
        return solver.Run(text, questions).Answers[^1];
    }

    // The program itself, with nothing between.
    private static async Task<(int ExitCode, string Output)> Run(string text)
    {
        using Process process = SolverKind.MicrosoftZ3.Start(SolverLimits.Theorem);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output);
    }
}
