// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security;
using System.Text;
using Cmma.Migrating;
using Cmma.Traces;

namespace Cmma.Reports.Migrations;

/// <summary>One loss as a picture: passes from left to right, gfns from top to bottom.</summary>
public static class LossPicture
{
    private const int MostRows = 12;
    private const int LabelWidth = 120;
    private const int ColumnWidth = 90;
    private const int RowHeight = 26;

    /// <summary>Lines for people.</summary>
    public static IReadOnlyList<string> Lines(Loss loss)
    {
        string[][] rows = [.. Rows(loss)];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return [.. rows.Select(row => "  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())];
    }

    /// <summary>A whole SVG file.</summary>
    public static string Svg(Loss loss)
    {
        string[][] rows = [.. Rows(loss)];
        int width = LabelWidth + ((rows[0].Length - 1) * ColumnWidth);
        int height = rows.Length * RowHeight;
        string title = MigrationReport.Headline(loss);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<title>{SecurityElement.Escape(title)}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n");
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < rows[row].Length; column++)
            {
                AppendCell(text, rows[row][column], column, row);
            }
        }

        return text.Append("</svg>\n").ToString();
    }

    private static void AppendCell(StringBuilder text, string cell, int column, int row)
    {
        int x = column == 0 ? 0 : LabelWidth + ((column - 1) * ColumnWidth);
        int y = row * RowHeight;
        if (Colour(cell) is { } colour)
        {
            text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x + 2}\" y=\"{y + 2}\" width=\"{ColumnWidth - 4}\" height=\"{RowHeight - 4}\" rx=\"3\" fill=\"{colour}\"/>\n");
        }

        if (cell.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 8}\" y=\"{y + 17}\">{SecurityElement.Escape(cell)}</text>\n");
        }
    }

    private static string? Colour(string cell) => cell switch
    {
        "sent" => "#cfe8cf",
        "same" => "#e8f4e8",
        "" or "." => null,
        _ when cell.StartsWith("essa ", StringComparison.Ordinal) || cell is "set" or "clear" => "#ffe9b0",
        _ when cell.StartsWith("LOST", StringComparison.Ordinal) || cell.StartsWith("STALE", StringComparison.Ordinal) || cell.StartsWith("WRONG", StringComparison.Ordinal) => "#f5b5b0",
        _ => null,
    };

    // A head, a row for each page, and what the passes began with and were told.
    private static IEnumerable<string[]> Rows(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        MigrationStep[] steps = [.. loss.Migration.Outgoing.Steps];
        int start = Array.FindLastIndex(steps, step => step is { ByConsumer: true, Operation: Operation.StartMigration });
        MigrationStep[] since = steps[(start + 1)..];
        int passes = loss.Migration.Outgoing.Parts.Count;
        yield return ["page", .. Enumerable.Range(1, passes).SelectMany(pass => (string[])["guest", pass == passes ? "final pass" : $"pass {pass}"]), "target"];
        ulong[] gfns = [.. since.Where(step => !step.ByConsumer).SelectMany(step => Pages(step.Operation)).Concat(loss.Gfn is { } gfn ? [gfn] : []).Distinct().Order().Take(MostRows)];
        foreach (ulong page in gfns)
        {
            yield return [TraceWriter.Hex(page), .. Enumerable.Range(1, passes).SelectMany(pass => (string[])[Guest(since, pass, page), Sent(loss, pass, page)]), AtTarget(loss, page)];
        }

        yield return ["GET from", .. Enumerable.Range(1, passes).SelectMany(pass => (string[])["", Gets(since, pass, first: true)]), ""];
        yield return ["remaining", .. Enumerable.Range(1, passes).SelectMany(pass => (string[])["", Gets(since, pass, first: false)]), ""];
    }

    private static ulong[] Pages(Operation operation) => operation switch
    {
        Operation.Essa { Orc: not 0 } essa => [essa.Gfn],
        Operation.Set set => [set.StartGfn],
        _ => [],
    };

    // What the guest did before a pass to a page; the last of it.
    private static string Guest(MigrationStep[] steps, int pass, ulong gfn) => steps.Where(step => !step.ByConsumer && step.Pass == pass - 1)
        .Select(step => step.Operation switch
        {
            Operation.ClearCmma => "clear",
            Operation.Essa { Orc: not 0 } essa when essa.Gfn == gfn => $"essa {essa.Orc.ToString(CultureInfo.InvariantCulture)}",
            Operation.Set set when set.StartGfn == gfn => "set",
            _ => "",
        })
        .LastOrDefault(word => word.Length > 0) ?? ".";

    private static string Sent(Loss loss, int pass, ulong gfn) => loss.Migration.Outgoing.Parts[pass - 1].Any(block => block.Holds(gfn)) ? "sent" : ".";

    private static string AtTarget(Loss loss, ulong gfn) =>
        loss.Migration.Pages.FirstOrDefault(page => page.Gfn == gfn) is { } page ? MigrationReport.Word(page.Kind).ToUpperInvariant() : "same";

    private static string Gets(MigrationStep[] steps, int pass, bool first)
    {
        MigrationStep[] gets = [.. steps.Where(step => step is { ByConsumer: true, Operation: Operation.Get { Flags: 0 } } && step.Pass == pass)];
        return gets.Length == 0 ? ""
            : first ? TraceWriter.Hex(((Operation.Get)gets[0].Operation).StartGfn)
            : gets[^1].Outcome.Zeroed ? "0x0" : TraceWriter.Hex(gets[^1].Outcome.Remaining ?? 0);
    }
}
