using System.IO;
using Spectre.Console;

namespace Cmma.Cli;

/// <summary>Where a command writes. Colours only on a terminal; lines are never broken.</summary>
/// <param name="output">The result.</param>
/// <param name="error">What went wrong.</param>
internal sealed class Output(TextWriter output, TextWriter error)
{
    private IAnsiConsole? console;

    public TextWriter Result => output;

    public TextWriter Error => error;

    public void Line(string text = "") => output.Write(text + "\n");

    public void Good(string text) => Coloured(text, "green");

    public void Bad(string text) => Coloured(text, "red");

    public void Dim(string text) => Coloured(text, "grey");

    private void Coloured(string text, string colour)
    {
        console ??= CreateConsole();
        console.MarkupLine($"[{colour}]{Markup.Escape(text)}[/]");
    }

    private IAnsiConsole CreateConsole()
    {
        WideOutput wide = new(output);
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
