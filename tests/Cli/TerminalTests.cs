// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Cmma.Cli.Tests;

/// <summary>Every command that draws, on terminals of several kinds.</summary>
public sealed class TerminalTests
{
    private const string Gap = "15-clean-pages-after-the-first-page-are-bridged";

    private static readonly (string Arguments, int ExitCode)[] Commands =
    [
        ("check kernel:4.13 --suite core", 1), // lines in green, red and grey
        ("smoke reference", 0),
        ("explain " + Gap, 0),
        ("fuzz optimized --against reference --steps 20000 --seed 3", 0),
        ("fuzz optimized --threads 2 --steps 1000 --seed 3", 0),
        ("clauses --coverage", 0),
        ("prove --only peek_changes_nothing", 0),
        ("profiles", 0),
        ("check --help", 0),
    ];

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    [InlineData(80, "dumb")]
    [InlineData(80, "xterm-256color", true)]
    public async Task Every_command_that_draws_keeps_to_the_screen(int columns, string type = "xterm-256color", bool noColor = false)
    {
        Terminal terminal = new(columns, type, noColor);
        foreach ((string arguments, int exitCode) in Commands)
        {
            Screen screen = await terminal.Run(arguments);

            Assert.True(exitCode == screen.ExitCode, $"{arguments} ends with {screen.ExitCode} and shows\n{screen.Text}");
            Assert.DoesNotContain("internal error", screen.Text, StringComparison.Ordinal);
            Assert.Empty(screen.TooWide(terminal.Columns));
            Assert.False(screen.CursorIsHidden, arguments);
            Assert.False(screen.HasColours && (terminal.NoColor || terminal.Type == "dumb"), arguments);
            Assert.False(screen.Drawn.Contains('\e', StringComparison.Ordinal) && terminal.Type == "dumb", arguments);
        }
    }

    [Fact]
    public async Task Good_and_bad_news_have_colours_and_identify_and_bugs_keep_to_the_screen()
    {
        foreach ((string arguments, int exitCode) in ((string, int)[])[("check kernel:4.13 --only " + Gap, 0), ("bugs", 0), ("identify bug:B14", 0)])
        {
            Screen screen = await new Terminal(80).Run(arguments);

            Assert.Equal((exitCode, []), (screen.ExitCode, screen.TooWide(80)));
            Assert.DoesNotContain("internal error", screen.Text, StringComparison.Ordinal);
            Assert.True(screen.HasColours || arguments.StartsWith("identify", StringComparison.Ordinal), arguments);
        }
    }

    [Theory]
    [InlineData(40, 16)]
    [InlineData(80, 32)]
    [InlineData(200, 64)]
    public async Task A_picture_has_as_many_pages_in_a_row_as_fit(int columns, int pages)
    {
        Screen screen = await new Terminal(columns).Run("explain " + Gap);

        Assert.All(
            screen.Lines.Where(line => line.Contains(" usage ..", StringComparison.Ordinal) || line.Contains(" usage   ..", StringComparison.Ordinal)),
            line => Assert.EndsWith(" " + new string('.', pages), line, StringComparison.Ordinal));
        Assert.Contains(screen.Lines, line => line.EndsWith(" " + new string('.', pages), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fuzz optimized --seed 3", " a second)", 0, "0 differences")]
    [InlineData("fuzz optimized --seed 3 --threads 2", " a second)", 0, "every promise was kept")]
    [InlineData("bench", "GET, SET and PEEK", 130, "")]
    [InlineData("prove", "microsoft.z3", 130, "")]
    [InlineData("check reference --suite core", "reference: starts", 130, "")]
    public async Task Ctrl_C_ends_a_command_and_leaves_the_screen_usable(string arguments, string at, int exitCode, string says)
    {
        Screen screen = await new Terminal(80).Run(arguments, interruptAt: at);

        Assert.True(exitCode == screen.ExitCode, $"{arguments} ends with {screen.ExitCode} and shows\n{screen.Text}");
        Assert.Contains(says, screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", screen.Text, StringComparison.Ordinal);
        Assert.Empty(screen.TooWide(80));
        Assert.False(screen.CursorIsHidden);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("identify")]
    public async Task A_slow_program_is_seen_at_work_and_goes_with_Ctrl_C(string command)
    {
        string mark = $"{Random.Shared.Next(100_000, 1_000_000)}.5";
        string program = $$"""exec:read hello; echo "{\"hello\":1,\"capabilities\":[\"vcpu\"]}"; exec sleep {{mark}}""";
        Screen screen = await new Terminal(80).Run($"{command} '{program}' --timeout 60", interruptAt: " runs answered");

        Assert.Equal((130, false, []), (screen.ExitCode, screen.CursorIsHidden, screen.TooWide(80)));
        for (int attempt = 0; attempt < 50 && IsAsleep(mark); attempt++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken); // a signal takes its time
        }

        Assert.False(IsAsleep(mark), "the program under test is left behind");
    }

    private static bool IsAsleep(string mark) => Process.GetProcessesByName("sleep").Any(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(mark, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // it has gone meanwhile
        }
    });
}

/// <summary>Progress where there is no terminal.</summary>
public sealed class ProgressTests
{
    [Fact]
    public void A_slow_program_has_a_line_after_ten_seconds()
    {
        Invocation run = Invocation.Run("check", "exec:sleep 11", "--timeout", "20");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("exec:sleep 11: starts\nexec:sleep 11 could not be run: it ends with exit code 0\n  asked: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fast_one_has_none() => Assert.Equal("", Invocation.Run("smoke", "reference").Error);
}
