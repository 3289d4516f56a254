using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cmma.Measures;

namespace Cmma.Cli;

/// <summary>cmma bench: the figures of the optimized machine, each against something measured in the same run.</summary>
internal static class BenchCommand
{
    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    private static readonly string[] Head = ["figure", "measured", "against", "ratio", "reach", "met"];

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
        string machine = Measurement.Machine;
        string[][] rows = [.. figures.Select(Row)];
        switch (format)
        {
            case Format.Json:
                to.Line(JsonSerializer.Serialize(new { machine, figures }, SnakeCase));
                break;
            case Format.Markdown:
                to.Line($"| {string.Join(" | ", Head)} |\n|{string.Concat(Head.Select(_ => "---|"))}");
                Array.ForEach(rows, row => to.Line($"| {string.Join(" | ", row)} |"));
                to.Line($"\n{machine}");
                break;
            default:
                int[] widths = [.. Head.Select((word, column) => rows.Select(row => row[column].Length).Append(word.Length).Max())];
                foreach (string[] row in (string[][])[Head, .. rows])
                {
                    to.Line(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
                }

                to.Dim(machine);
                break;
        }
    }

    private static string[] Row(Figure figure)
    {
        string ratio = figure.Against.Length > 0 ? Text.Number(figure.Value) : "";
        string reach = figure.Reach is { } bound ? $"{(bound.AtMost ? "at most" : "at least")} {Text.Number(bound.Bound)}{bound.Unit}" : "";
        return [figure.Name, figure.Measured, figure.Against, ratio, reach, figure.Met switch { true => "yes", false => "NO", null => "" }];
    }
}
