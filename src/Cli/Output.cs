using System;
using System.Diagnostics;
using System.IO;
using Spectre.Console;

namespace Cmma.Cli;

/// <summary>Where a command writes. Colours only on a terminal; lines are never broken.</summary>
/// <param name="output">The result.</param>
/// <param name="error">What went wrong.</param>
internal sealed class Output(TextWriter output, TextWriter error)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private IAnsiConsole? console;

    public TextWriter Result => output;

    public TextWriter Error => error;

    public void Line(string text = "") => output.Write(text + "\n");

    public void Good(string text) => Coloured(text, "green");

    public void Bad(string text) => Coloured(text, "red");

    public void Dim(string text) => Coloured(text, "grey");

    /// <summary>Does something that takes long, with a bar on a terminal; elsewhere the line of every tenth second.</summary>
    /// <param name="work">Given what is to be told from time to time: how much is done, from 0 to 1 or unknown, and a line.</param>
    public T WithProgress<T>(Func<Action<double?, string>, T> work)
    {
        IAnsiConsole bar = CreateConsole(error);
        if (bar.Profile.Out.IsTerminal)
        {
            return bar.Progress().AutoClear(enabled: true).Columns(new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn()).Start(context =>
            {
                ProgressTask task = context.AddTask("", maxValue: 1);
                return work((done, line) =>
                {
                    task.IsIndeterminate = done == null;
                    task.Value = done ?? 0;
                    task.Description = Markup.Escape(line);
                });
            });
        }

        Stopwatch watch = Stopwatch.StartNew();
        return work((_, line) =>
        {
            if (watch.Elapsed >= BetweenLines)
            {
                watch.Restart();
                error.WriteLine(line);
            }
        });
    }

    private void Coloured(string text, string colour)
    {
        console ??= CreateConsole(output);
        console.MarkupLine($"[{colour}]{Markup.Escape(text)}[/]");
    }

    private static IAnsiConsole CreateConsole(TextWriter writer)
    {
        WideOutput wide = new(writer);
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = wide,
            Ansi = wide.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = wide.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
    }

    // Spectre breaks lines at the terminal's width; a line here is a line.
    private sealed class WideOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        private readonly AnsiConsoleOutput inner = new(writer);

        public TextWriter Writer => inner.Writer;

        public bool IsTerminal => inner.IsTerminal;

        public int Width => short.MaxValue;

        public int Height => inner.Height;

        public void SetEncoding(System.Text.Encoding encoding) => inner.SetEncoding(encoding);
    }
}
