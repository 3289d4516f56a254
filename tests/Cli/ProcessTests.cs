// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Cmma.Cli.Tests;

/// <summary>The command as the shell runs it.</summary>
public sealed class ProcessTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "cmma.dll");

    [Fact]
    public async Task The_launcher_answers_help_from_any_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the launcher is a bash script");

        Invocation run = await Start(Path.Combine(Invocation.Root, "cmma"), "--help");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("cmma [command] [options]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkout_that_cannot_be_built_says_so_in_one_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the launcher is a bash script");
        string folder = Directory.CreateTempSubdirectory("cmma checkout ").FullName;
        File.Copy(Path.Combine(Invocation.Root, "cmma"), Path.Combine(folder, "cmma"));
        await File.WriteAllTextAsync(Path.Combine(folder, "artifacts"), "no folder, as good as read-only: root may write anywhere", TestContext.Current.CancellationToken);

        Invocation run = await Start(Path.Combine(folder, "cmma"), "--help");

        Assert.Equal(new Invocation(3, "", $"cmma: must be built, and cannot write to {folder}/artifacts: build in a checkout that can be written to\n"), run);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task There_are_no_colours_where_there_is_no_terminal()
    {
        Invocation run = await Start("dotnet", Program, "check", "reference");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain('\e', run.Output);
        Assert.EndsWith(" skipped\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_goes_to_stderr_in_words()
    {
        Invocation run = await Start("dotnet", Program, "replay", "/", "reference");

        Assert.Equal(new Invocation(2, "", "/: is a directory, not a file\n"), run);
    }

    // With the variables by which programs decide to colour, and from a folder that is not the checkout.
    private static async Task<Invocation> Start(string command, params string[] args)
    {
        ProcessStartInfo start = new(command, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
            Environment = { ["TERM"] = "xterm-256color", ["GITHUB_ACTIONS"] = "true", ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Invocation(process.ExitCode, await output, await error);
    }
}
