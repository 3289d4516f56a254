// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;
using Cmma.Proofs;
using Cmma.Reports;

namespace Cmma.Cli.Tests;

/// <summary>cmma prove, on a theorem or two; tests/Proofs tests what it does.</summary>
public sealed class ProveTests
{
    private const string Theorem = "peek_changes_nothing";

    [Fact]
    public void What_was_proved_is_kept_only_where_somebody_asks_for_it()
    {
        using TempSpec spec = new();
        string cache = spec.At("cache");
        string[] Proved(params string[] options) =>
            [.. Enumerable.Range(0, 2).Select(_ => Invocation.RunWith(null, cache, ["prove", "--only", "peek_changes_nothing", .. options]).LastLine)];

        Assert.Equal(["1 proved, 0 failed, 0 unknown", "1 proved, 0 failed, 0 unknown"], Proved());
        Assert.Equal(["1 proved, 0 failed, 0 unknown", "1 proved, 0 failed, 0 unknown; 1 of them kept from before"], Proved("--changed"));
        Assert.Equal("1 proved, 0 failed, 0 unknown", Proved()[0]);
        Assert.Equal(2, Invocation.Run("prove", "--changed", "--steps", "1").ExitCode);
    }

    [Fact]
    public void A_theorem_is_proved_and_the_solver_is_named()
    {
        Invocation run = Invocation.Run("prove", "--only", Theorem);

        Assert.Equal(0, run.ExitCode); // on standard error may be how far it is
        Assert.StartsWith("solver: Z3 version", run.Output, StringComparison.Ordinal);
        Assert.Contains($"proved  {Theorem}  G6", run.Output, StringComparison.Ordinal);
        Assert.Equal("1 proved, 0 failed, 0 unknown", run.LastLine);
    }

    [Fact]
    public void Every_form_says_the_same()
    {
        using JsonDocument json = JsonDocument.Parse(Invocation.Run("prove", "--only", Theorem, "--format", "json").Output);
        Assert.Equal(1, json.RootElement.GetProperty("proved").GetInt32());
        Assert.Contains($"ok 1 {Theorem}\n", Invocation.Run("prove", "--only", Theorem, "--format", "ktap").Output, StringComparison.Ordinal);
        Assert.Contains($"| proved | {Theorem} | G6 |", Invocation.Run("prove", "--only", Theorem, "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void For_a_CI_system_each_proof_is_a_case()
    {
        ProofReport report = new("a solver",
        [
            new ProofResult("one", "theorems/one.smt2", ProofVerdict.Proved, "One.") { Reason = "3 paths" },
            new ProofResult("many: b", "matrix/many.smt2", ProofVerdict.Failed, "Many.") { Reason = "it can be false" },
            new ProofResult("two", "theorems/two.smt2", ProofVerdict.Unknown, "Two.") { Reason = "unknown" },
        ]);
        TestReport tests = ProveCommand.Tests(report);

        Assert.Equal(
            "KTAP version 1\n1..3\n# solver: a solver\nok 1 one\n# it can be false\nnot ok 2 many: b\n# unknown\nnot ok 3 two\n"
            + "# Totals: pass:1 fail:1 xfail:0 xpass:0 skip:0 error:1\n",
            tests.Ktap());
        Assert.Contains("<failure message=\"it can be false\">Many.\nagain: ./cmma prove --only 'many: b'</failure>", tests.JUnit(), StringComparison.Ordinal);
        Assert.Contains("::error file=spec/smt/theorems/two.smt2,line=1,title=two::unknown%0ATwo.%0Aagain: ./cmma prove --only 'two'\n1 proved, 1 failed, 1 unknown\n", tests.GitHub(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_nothing_has_is_a_mistake_of_the_user()
    {
        Invocation run = Invocation.Run("prove", "--only", "no_such_theorem");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("no proof 'no_such_theorem'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_theorems_is_named()
    {
        using TempSpec spec = new();
        Invocation run = Invocation.RunOn(spec, "prove");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(Path.Combine("smt", "model"), run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_command_is_needed()
    {
        (int exitCode, string output, _) = await Prove(("PATH", ""), "--only", Theorem);

        Assert.Equal(0, exitCode);
        Assert.EndsWith("1 proved, 0 failed, 0 unknown\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("z3")]
    [InlineData("cvc5")]
    public async Task A_missing_command_is_one_line_that_says_how_to_install_it(string solver)
    {
        (int exitCode, string output, string error) = await Prove(("PATH", ""), "--solver", solver);

        Assert.Equal((3, ""), (exitCode, output));
        Assert.Equal($"the solver {solver} cannot be run: install it (Debian: apt-get install {solver})\n", error);
    }

    [Fact]
    public async Task Where_no_library_loads_one_line_says_what_to_install()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere the library comes with the package Microsoft.Z3");
        using TempSpec folder = new();
        folder.Write("lib/libz3.so.4", "not a library");
        folder.Write("lib/libz3.so", "not a library");
        (int exitCode, string output, string error) = await Prove(("LD_LIBRARY_PATH", folder.At("lib")));

        Assert.Equal((3, ""), (exitCode, output));
        Assert.Equal("the solver Microsoft.Z3 finds no Z3 library: install libz3 (Debian: apt-get install libz3-4)\n", error);
    }

    [Fact]
    public void Steps_of_a_seed_are_steps_of_the_model()
    {
        Invocation run = Invocation.Run("prove", "--steps", "12", "--seed", "3");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("steps of reference and optimized", run.Output, StringComparison.Ordinal);
        Assert.EndsWith(" 0 failed, 0 unknown", run.LastLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--steps 0", "--steps needs a number from 1 to 2147483647")]
    [InlineData("--steps many", "--steps needs a number from 1 to 2147483647")]
    [InlineData("--seed 3", "prove takes --seed with --steps only")]
    [InlineData("--steps 3 --only paths", "prove takes --steps or --only, not both")]
    [InlineData("--steps 3 --solver cvc5", "prove takes --steps with microsoft.z3 or z3")]
    public void Options_that_do_not_fit_are_refused(string arguments, string reason)
    {
        Invocation run = Invocation.Run(["prove", .. arguments.Split(' ')]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"cmma prove: {reason}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_does_not_show_the_solver_s_verb()
    {
        Assert.DoesNotContain("\n  solver", Invocation.Run("--help").Output, StringComparison.Ordinal);
        Assert.Contains("<microsoft.z3|z3|cvc5>", Invocation.Run("prove", "--help").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--memory", "0")]
    [InlineData("--time", "-1")]
    [InlineData("--time", "soon")]
    public void A_limit_that_is_none_is_a_mistake_of_the_user(string option, string value)
    {
        Invocation run = Invocation.Run("solver", option, value);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"cmma solver: {option} takes a whole number from 1 to 2147483647, not '{value}'", run.Error, StringComparison.Ordinal);
    }

    // In a process of its own, with another environment.
    private static async Task<(int ExitCode, string Output, string Error)> Prove((string Name, string Value) variable, params string[] arguments)
    {
        string host = Environment.ProcessPath!;
        Assert.SkipWhen(Path.GetFileNameWithoutExtension(host) != "dotnet", "these tests do not run by the command dotnet");
        ProcessStartInfo start = new(host, [Path.Combine(AppContext.BaseDirectory, "cmma.dll"), "prove", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { [variable.Name] = variable.Value },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, error);
    }
}
