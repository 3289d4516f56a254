using System.Collections.Generic;
using System.CommandLine;
using Cmma.Measures;

namespace Cmma.Cli;

/// <summary>cmma bench: the figures of the optimized machine, each against something measured in the same run.</summary>
internal static class BenchCommand
{
    public static Command Create(Output to)
    {
        Option<string> format = Format.Option(Format.Pretty, Format.Json, Format.Markdown);
        Command command = new("bench", "Measures the optimized machine against copying and against the kernels' way; takes a minute") { format };
        command.SetAction(parsed =>
        {
            Write(to, Measure(to), parsed.GetValue(format)!);
            return ExitCode.Conforms; // a figure that misses its reach is a figure
        });
        return command;
    }

    private static List<Figure> Measure(Output to) => to.WithProgress<List<Figure>>(tell =>
    {
        List<Figure> figures = [];
        for (int index = 0; index < Measurement.All.Count; index++)
        {
            tell((double)index / Measurement.All.Count, Measurement.All[index].Name);
            figures.AddRange(Measurement.All[index].Run());
        }

        return figures;
    });

    private static void Write(Output to, List<Figure> figures, string format)
    {
        switch (format)
        {
            case Format.Json:
                to.Line(FigureTable.Json(figures, Measurement.Machine));
                break;
            case Format.Markdown:
                WriteEach(to, FigureTable.Markdown(figures));
                to.Line("\n" + Measurement.Machine);
                break;
            default:
                WriteEach(to, FigureTable.Pretty(figures));
                to.Dim(Measurement.Machine);
                break;
        }
    }

    private static void WriteEach(Output to, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            to.Line(line);
        }
    }
}
