// SPDX-License-Identifier: MIT
namespace Cmma.Cli.Tests;

/// <summary>cmma migrate. What is lost, and by what, is for tests/Migrating.</summary>
public sealed class MigrateTests
{
    [Fact]
    public async Task A_loss_is_told_with_its_cause_and_a_script_that_shows_it_again_and_overwrites_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("cmma migrate ").FullName;
        string mine = Path.Combine(folder, "migrate-careful-1-1.json");
        await File.WriteAllTextAsync(mine, "mine", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(folder, "migrate-careful-1-2.json"));

        (int exitCode, string output) = await InFolder.Run(folder, "migrate", "kernel:7.2", "kernel:7.2", "--consumer", "careful");
        (_, string again) = await InFolder.Run(folder, "migrate", "kernel:7.2", "kernel:7.2", "--consumer", "careful");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("stale by L6: page ", output, StringComparison.Ordinal);
        Assert.EndsWith(
            "  written: migrate-careful-1-3.json\n  again:   ./cmma migrate kernel:7.2 kernel:7.2 --consumer careful --trace migrate-careful-1-3.json\n\n400 migrations, 1 kind of loss\n",
            output,
            StringComparison.Ordinal);
        Assert.Equal(output, again); // the file that it wrote is there already
        Assert.Equal("mine", await File.ReadAllTextAsync(mine, TestContext.Current.CancellationToken));
        Assert.Equal(["migrate-careful-1-1.json", "migrate-careful-1-3.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        Invocation shown = Invocation.Run("migrate", "kernel:7.2", "kernel:7.2", "--consumer", "careful", "--trace", Path.Combine(folder, "migrate-careful-1-3.json"));
        Assert.Equal(1, shown.ExitCode);
        Assert.StartsWith(output.Split("  written: ")[0], shown.Output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Nothing_lost_is_code_0()
    {
        Invocation run = Invocation.Run("migrate", "reference", "reference", "--consumer", "careful", "--time", "0.001s"); // one is run in any time

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("^[0-9,]+ migrations?, nothing lost$", run.LastLine);
    }
}
