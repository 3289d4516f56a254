// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cmma.Measures;

/// <summary>The figures as a table.</summary>
public static class FigureTable
{
    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    private static readonly string[] Head = ["figure", "measured", "baseline", "ratio", "target", "met"];

    /// <summary>For people: columns side by side, a line each; where that does not fit, a line for each cell.</summary>
    /// <param name="figures">The rows.</param>
    /// <param name="width">How many characters fit into a line.</param>
    public static IEnumerable<string> Pretty(IEnumerable<Figure> figures, int width = int.MaxValue)
    {
        string[][] rows = [Head, .. figures.Select(Row)];
        int[] widths = [.. Head.Select((_, column) => rows.Max(row => row[column].Length))];
        string[] lines = [.. rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())];
        return lines.All(line => line.Length <= width) ? lines : rows.Skip(1).SelectMany(Stacked);
    }

    /// <summary>For a document.</summary>
    public static IEnumerable<string> Markdown(IEnumerable<Figure> figures) =>
        [$"| {string.Join(" | ", Head)} |", $"|{string.Concat(Head.Select(_ => "---|"))}", .. figures.Select(figure => $"| {string.Join(" | ", Row(figure))} |")];

    /// <summary>For programs.</summary>
    public static string Json(IEnumerable<Figure> figures, string machine) => JsonSerializer.Serialize(new { machine, figures }, SnakeCase);

    private static IEnumerable<string> Stacked(string[] row) =>
        row.Zip(Head, (cell, head) => head == Head[0] ? cell : cell.Length == 0 ? "" : $"  {head} {cell}").Where(line => line.Length > 0);

    private static string[] Row(Figure figure)
    {
        string ratio = figure.Against.Length > 0 ? Text.Number(figure.Value) : "";
        string reach = figure.Reach is { } bound ? $"{(bound.AtMost ? "at most" : "at least")} {Text.Number(bound.Bound)}{bound.Unit}" : "";
        return [figure.Name, figure.Measured, figure.Against, ratio, reach, figure.Met switch { true => "yes", false => "NO", null => "" }];
    }
}
