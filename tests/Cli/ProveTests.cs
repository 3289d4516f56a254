using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace Cmma.Cli.Tests;

/// <summary>cmma prove, on a theorem or two; tests/Proofs tests what it does.</summary>
public sealed class ProveTests
{
    private const string Theorem = "peek_changes_nothing";

    [Fact]
    public void A_theorem_is_proved_and_the_solver_is_named()
    {
        Invocation run = Invocation.Run("prove", "--only", Theorem);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("solver: Z3 version", run.Output, StringComparison.Ordinal);
        Assert.Contains($"proved  {Theorem}  G6\n", run.Output, StringComparison.Ordinal);
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
    public async Task A_missing_solver_is_one_line_that_says_how_to_install_it()
    {
        string host = Environment.ProcessPath!;
        Assert.SkipWhen(Path.GetFileNameWithoutExtension(host) != "dotnet", "these tests do not run by the command dotnet");
        ProcessStartInfo start = new(host, [Path.Combine(AppContext.BaseDirectory, "cmma.dll"), "prove"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["PATH"] = "" },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((3, ""), (process.ExitCode, await output));
        Assert.Equal("the solver z3 cannot be run: install it (Debian: apt-get install z3)\n", error);
    }
}
