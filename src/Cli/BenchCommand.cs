// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Measures;

namespace Cmma.Cli;

/// <summary>cmma bench: the figures of the optimized machine, each against a baseline measured in the same run.</summary>
internal static class BenchCommand
{
    public static Command Create(Output to)
    {
        Option<bool> scaling = new("--scaling") { Description = "Instead: how the time of each call grows with pages, slots and threads" };
        Command command = new("bench", "Measures the optimized machine against baselines: copying, and the kernels' way; takes a minute") { scaling };
        Format format = Format.AddTo(command, Format.Pretty, Format.Json, Format.Markdown, Format.Svg);
        command.Validators.Add(result =>
        {
            if (format.Of(result) == Format.Svg && !result.GetValue(scaling))
            {
                result.AddError("only --scaling can be drawn as svg");
            }
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(scaling))
            {
                List<ScalingCurve> curves = Measure(to, Scaling.All.Select(each => (each.Name, (Func<IEnumerable<ScalingCurve>>)(() => [each.Measure()]))));
                format.Write(to, parsed, (output, form) => Write(output, curves, form));
                return ExitCode.Conforms; // a cost that grows too fast is still a figure
            }

            List<Figure> figures = Measure(to, Measurement.All.Select(each => (each.Name, (Func<IEnumerable<Figure>>)each.Run)));
            format.Write(to, parsed, (output, form) => Write(output, figures, form));
            return ExitCode.Conforms; // a figure that misses its target is still a figure
        });
        return command;
    }

    private static List<T> Measure<T>(Output to, IEnumerable<(string Name, Func<IEnumerable<T>> Run)> measures)
    {
        (string Name, Func<IEnumerable<T>> Run)[] all = [.. measures];
        return to.WithProgress<List<T>>(all[0].Name, tell =>
        {
            List<T> found = [];
            for (int index = 0; index < all.Length; index++)
            {
                tell((double)index / all.Length, all[index].Name);
                found.AddRange(all[index].Run());
            }

            return found;
        });
    }

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

    private static void Write(Output to, List<ScalingCurve> curves, string form)
    {
        switch (form)
        {
            case Format.Json:
                to.Result.Write(ScalingDrawing.Json(curves, Measurement.Machine) + "\n");
                break;
            case Format.Markdown:
                to.Result.Write($"{string.Join('\n', ScalingDrawing.Markdown(curves))}\n\n{Measurement.Machine}\n");
                break;
            case Format.Svg:
                to.Result.Write(ScalingDrawing.Svg(curves, Measurement.Machine));
                break;
            default:
                foreach (string line in ScalingDrawing.Pretty(curves))
                {
                    to.Line(line);
                }

                to.Dim(Measurement.Machine);
                break;
        }
    }
}
