// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Spectre.Console;

namespace Cmma.Cli;

/// <summary>
/// Where a command writes. Only on a terminal there are colours and a bar, and lines for people are broken between words where the screen ends.
/// </summary>
/// <param name="output">The result.</param>
/// <param name="error">What went wrong, and progress.</param>
internal sealed class Output(TextWriter output, TextWriter error)
{
    private const int BarWidth = 20;
    private const string EraseLineAndShowCursor = "\r\e[K\e[?25h";
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly AnsiConsoleOutput screen = new(output);
    private IAnsiConsole? console;

    public TextWriter Result => output;

    public TextWriter Error => error;

    /// <summary>How many characters fit into a line: those of the terminal, without end where there is none.</summary>
    public int Width => screen.IsTerminal ? screen.Width : int.MaxValue;

    /// <summary>Writes for people; what programs read goes to <see cref="Result"/>.</summary>
    public void Line(string text = "")
    {
        foreach (string line in Lines.Broken(text, Width))
        {
            output.Write(line + "\n");
        }
    }

    public void Good(string text) => Coloured(text, "green");

    public void Bad(string text) => Coloured(text, "red");

    public void Dim(string text) => Coloured(text, "grey");

    /// <summary>Does something that takes long, with a bar on a terminal; elsewhere the latest line every tenth second.</summary>
    /// <param name="what">What is done, which is the first line.</param>
    /// <param name="work">Its argument reports progress, from any thread: how much is done, from 0 to 1 or unknown, and a line.</param>
    /// <param name="cancellation">Where the work ends by it at Ctrl-C; work without it is broken off, and the command with it.</param>
    public T WithProgress<T>(string what, Func<Action<double?, string>, T> work, CancellationToken cancellation = default)
    {
        // Not the default, which would leave the cursor hidden and the program under test running.
        using PosixSignalRegistration? interrupt = cancellation.CanBeCanceled ? null : PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(ExitCode.Interrupted));
        IAnsiConsole bar = CreateConsole(new AnsiConsoleOutput(error));
        return bar.Profile.Out.IsTerminal && bar.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? WithBar(bar, what, work)
            : WithLines(what, work);
    }

    private T WithBar<T>(IAnsiConsole bar, string what, Func<Action<double?, string>, T> work)
    {
        void Restore(object? sender, EventArgs e) => error.Write(EraseLineAndShowCursor); // the bar hides the cursor
        AppDomain.CurrentDomain.ProcessExit += Restore;
        try
        {
            return Draw(bar, what, work);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= Restore;
        }
    }

    private static T Draw<T>(IAnsiConsole bar, string what, Func<Action<double?, string>, T> work)
    {
        ProgressColumn[] columns = [new SpinnerColumn(), new ProgressBarColumn { Width = Math.Min(BarWidth, bar.Profile.Width / 4) }, new TaskDescriptionColumn()];
        return bar.Progress().AutoClear(enabled: true).Columns(columns).Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(what), maxValue: 1);
            task.IsIndeterminate = true;
            return work((done, line) =>
            {
                task.IsIndeterminate = done == null;
                task.Value = done ?? 0;
                task.Description = Markup.Escape(line);
            });
        });
    }

    private T WithLines<T>(string what, Func<Action<double?, string>, T> work)
    {
        string latest = what;
        Lock writing = new();
        bool isDone = false;
        using Timer timer = new(
            _ =>
            {
                lock (writing)
                {
                    if (!isDone)
                    {
                        error.WriteLine(latest);
                    }
                }
            },
            state: null,
            BetweenLines,
            BetweenLines);
        try
        {
            return work((_, line) => Volatile.Write(ref latest, line));
        }
        finally
        {
            lock (writing)
            {
                isDone = true; // no line behind the result
            }
        }
    }

    private void Coloured(string text, string colour)
    {
        console ??= CreateConsole(new WholeLines(screen));
        foreach (string line in Lines.Broken(text, Width))
        {
            console.MarkupLine($"[{colour}]{Markup.Escape(line)}[/]");
        }
    }

    private static IAnsiConsole CreateConsole(IAnsiConsoleOutput target) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = target,
        Ansi = target.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = target.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    });

    // Lines come here broken as they are to be: Spectre would break those too that are to stay whole.
    private sealed class WholeLines(AnsiConsoleOutput inner) : IAnsiConsoleOutput
    {
        public TextWriter Writer => inner.Writer;

        public bool IsTerminal => inner.IsTerminal;

        public int Width => short.MaxValue;

        public int Height => inner.Height;

        public void SetEncoding(System.Text.Encoding encoding) => inner.SetEncoding(encoding);
    }
}
