// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli.Tests;

/// <summary>cmma fuzz. How much it finds is for tests/Equivalence.</summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData("--steps 2000")]
    [InlineData("--time 0.2s")]
    [InlineData("--time 0.2")]
    [InlineData("--against reference --steps 18446744073 --time 0.1s")]
    public void Two_that_do_the_same_end_with_0_differences(string options)
    {
        Invocation run = Invocation.Run(["fuzz", "optimized", "--seed", "7", .. options.Split(' ')]);

        Assert.Equal(0, run.ExitCode); // on a slow machine there are lines of progress on stderr
        Assert.StartsWith("seed 7, ", run.Output, StringComparison.Ordinal);
        Assert.EndsWith(" a second), 0 differences", run.LastLine, StringComparison.Ordinal);
        Assert.Contains("\nget ", run.Output, StringComparison.Ordinal); // the distribution
    }

    [Fact]
    public void A_seed_that_is_not_given_is_told()
    {
        string[] words = Invocation.Run("fuzz", "optimized", "--steps", "1").Output.Replace(',', ' ').Split(' ');

        Assert.Equal("seed", words[0]);
        Assert.True(ulong.TryParse(words[1], out _));
    }

    [Fact]
    public void The_help_is_the_same_each_time()
    {
        string help = Invocation.Run("fuzz", "--help").Output;

        Assert.Contains("[default: random]", help, StringComparison.Ordinal);
        Assert.Equal(help, Invocation.Run("fuzz", "--help").Output);
    }

    [Fact]
    public void Threads_of_which_every_promise_is_kept_end_with_that()
    {
        Invocation run = Invocation.Run("fuzz", "optimized", "--seed", "7", "--threads", "2", "--steps", "1000");

        Assert.Equal(0, run.ExitCode); // on a slow machine there are lines of progress on stderr
        Assert.EndsWith(" rounds, every promise was kept", run.LastLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_implementation_gave_is_not_overwritten()
    {
        string folder = Directory.CreateTempSubdirectory("cmma fuzz ").FullName;
        Task<(int ExitCode, string Output)> Fuzz(string name) => InFolder.Run(folder, "fuzz", name, "--seed", "1", "--steps", "100000");
        _ = await Fuzz("kernel:6.12");
        string first = Assert.Single(Directory.GetFiles(folder));
        string text = await File.ReadAllTextAsync(first, TestContext.Current.CancellationToken);
        string other = $"{Path.GetFileNameWithoutExtension(first)}-2.json";
        await File.WriteAllTextAsync(first, "another trace", TestContext.Current.CancellationToken);

        Assert.EndsWith($"  written: {other}\n  again:   ./cmma replay {other} kernel:6.12\n", (await Fuzz("kernel:6.12")).Output, StringComparison.Ordinal);
        Assert.EndsWith($"  written: {other}\n  again:   ./cmma replay {other} kernel:6.12\n", (await Fuzz("kernel:6.12")).Output, StringComparison.Ordinal); // the same trace has one file
        Assert.Equal("another trace", await File.ReadAllTextAsync(first, TestContext.Current.CancellationToken));
        Assert.Equal(text, await File.ReadAllTextAsync(Path.Combine(folder, other), TestContext.Current.CancellationToken));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_difference_is_shrunk_and_written_as_a_vector_that_replays_it()
    {
        string folder = Directory.CreateTempSubdirectory("cmma fuzz ").FullName;
        (int exitCode, string output) = await InFolder.Run(folder, "fuzz", "kernel:6.12", "--seed", "1", "--steps", "100000");
        string file = Path.GetFileName(Assert.Single(Directory.GetFiles(folder)));

        Assert.Equal(1, exitCode);
        Assert.StartsWith("fuzz-1-", file, StringComparison.Ordinal);
        Assert.EndsWith($"  written: {file}\n  again:   ./cmma replay {file} kernel:6.12\n", output, StringComparison.Ordinal);
        Assert.True(output.Split('\n').Count(line => line.StartsWith("  {\"op\":", StringComparison.Ordinal)) < 20, output);
        Assert.Equal(1, Invocation.Run("replay", Path.Combine(folder, file), "kernel:6.12").ExitCode);
        Assert.Equal(0, Invocation.Run("replay", Path.Combine(folder, file), "reference").ExitCode);
        Vector vector = Assert.Single(VectorFolder.Traces(Path.Combine(folder, file)));
        Assert.Equal(OutcomeClass.Of(vector.Trace, Implementations.Find("reference"))[^1].Class, Assert.Single(vector.Clauses));
        Directory.Delete(folder, recursive: true);
    }
}
