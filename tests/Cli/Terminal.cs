// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Cmma.Cli.Tests;

/// <summary>The command on a pseudo-terminal, which util-linux's script opens.</summary>
/// <param name="Columns">How wide it is.</param>
/// <param name="Type">TERM.</param>
/// <param name="NoColor">Whether NO_COLOR is set.</param>
internal sealed record Terminal(int Columns, string Type = "xterm-256color", bool NoColor = false)
{
    /// <summary>Runs a command to its end, or until Ctrl-C, which is pressed when a text is on the screen.</summary>
    public async Task<Screen> Run(string arguments, string? interruptAt = null)
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/script"), "needs the command script");
        string command = $"stty cols {Columns} rows 50; exec dotnet '{Path.Combine(AppContext.BaseDirectory, "cmma.dll")}' {arguments}";
        // a shell starts what runs in its background with SIGINT ignored, and that is inherited
        ProcessStartInfo start = new("/usr/bin/env", ["--default-signal", "/usr/bin/script", "-qefc", command, "/dev/null"])
        {
            RedirectStandardInput = true, // kept open: its end would be the terminal's
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (string name in (string[])["GITHUB_ACTIONS", "CI", "NO_COLOR", "SHELL"]) // which change what is drawn, or who runs the command
        {
            start.Environment.Remove(name);
        }

        start.Environment["TERM"] = Type;
        if (NoColor)
        {
            start.Environment["NO_COLOR"] = "1";
        }

        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        StringBuilder drawn = new();
        char[] buffer = new char[4096];
        try
        {
            int length;
            while ((length = await process.StandardOutput.ReadAsync(buffer, limit.Token)) > 0)
            {
                drawn.Append(buffer, 0, length);
                if (interruptAt != null && new Screen(0, drawn.ToString()).Text.Contains(interruptAt, StringComparison.Ordinal))
                {
                    interruptAt = null;
                    await process.StandardInput.WriteAsync("\x3".AsMemory(), limit.Token);
                    await process.StandardInput.FlushAsync(limit.Token);
                }
            }

            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{arguments} does not end; on the screen is\n{drawn}");
        }

        return new Screen(process.ExitCode, drawn.ToString());
    }
}

/// <summary>What a command did to a terminal.</summary>
/// <param name="ExitCode">What the shell would get.</param>
/// <param name="Drawn">Every byte.</param>
internal sealed partial record Screen(int ExitCode, string Drawn)
{
    /// <summary>Without what moves the cursor and colours.</summary>
    public string Text => Control().Replace(Drawn, "");

    /// <summary>What was written between one beginning of a line and the next.</summary>
    public string[] Lines => Text.Split("\r\n".ToCharArray());

    /// <summary>The colours that were set: 30 to 37, 90 to 97, and those of a palette.</summary>
    public bool HasColours => Colour().IsMatch(Drawn);

    /// <summary>Whether the bar hid the cursor and nobody showed it again.</summary>
    public bool CursorIsHidden => Drawn.LastIndexOf("\e[?25l", StringComparison.Ordinal) > Drawn.LastIndexOf("\e[?25h", StringComparison.Ordinal);

    /// <summary>Lines that the terminal breaks, though they have a blank at which they could have been; but commands and JSON, to be copied, stay whole.</summary>
    public string[] TooWide(int columns) =>
        [.. Lines.Where(line => line.Length > columns && !Cli.Lines.IsToBeCopied(line) && line.Trim(' ').Contains(' ', StringComparison.Ordinal))];

    [GeneratedRegex(@"\e\[[0-9;?]*[ -/]*[@-~]|\e[=>]|\e\][^\a]*\a", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Control();

    [GeneratedRegex(@"\e\[([0-9;]*;)?(3[0-8]|9[0-7])[;m]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Colour();
}
