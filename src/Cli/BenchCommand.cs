// SPDX-License-Identifier: MIT
using System.Collections.Generic;
using System.CommandLine;
using Cmma.Measures;

namespace Cmma.Cli;

/// <summary>cmma bench: the figures of the optimized machine, each against a baseline measured in the same run.</summary>
internal static class BenchCommand
{
    public static Command Create(Output to)
    {
        Command command = new("bench", "Measures the optimized machine against baselines: copying, and the kernels' way; takes a minute");
        Format format = Format.AddTo(command, Format.Pretty, Format.Json, Format.Markdown);
        command.SetAction(parsed =>
        {
            List<Figure> figures = Measure(to);
            format.Write(to, parsed, (output, form) => Write(output, figures, form));
            return ExitCode.Conforms; // a figure that misses its target is still a figure
        });
        return command;
    }

    private static List<Figure> Measure(Output to) => to.WithProgress<List<Figure>>(Measurement.All[0].Name, tell =>
    {
        List<Figure> figures = [];
        for (int index = 0; index < Measurement.All.Count; index++)
        {
            tell((double)index / Measurement.All.Count, Measurement.All[index].Name);
            figures.AddRange(Measurement.All[index].Run());
        }

        return figures;
    });

    private static void Write(Output to, List<Figure> figures, string form)
    {
        switch (form)
        {
            case Format.Json:
                to.Result.Write(FigureTable.Json(figures, Measurement.Machine) + "\n");
                break;
            case Format.Markdown:
                to.Result.Write($"{string.Join('\n', FigureTable.Markdown(figures))}\n\n{Measurement.Machine}\n");
                break;
            default:
                foreach (string line in FigureTable.Pretty(figures, to.Width))
                {
                    to.Line(line);
                }

                to.Dim(Measurement.Machine);
                break;
        }
    }
}
