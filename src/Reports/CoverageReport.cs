// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Traces.Clauses;

namespace Cmma.Reports;

/// <summary>The traceability matrix, for people and programs.</summary>
public static class CoverageReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every cell that holds neither a check nor a reason: "GET-BLOCK-4: no vector". There must be none.</summary>
    public static IReadOnlyList<string> Empty(IReadOnlyList<CoverageRow> rows) =>
        [.. rows.SelectMany(row => row.Cells.Where(cell => cell.IsEmpty).Select(cell => $"{row.Clause.Id}: no {cell.Kind}, and no reason"))];

    /// <summary>Every cell that holds a reason instead of a check.</summary>
    public static IReadOnlyList<string> Reasons(IReadOnlyList<CoverageRow> rows) =>
        [.. rows.SelectMany(row => row.Cells.Where(IsReason).Select(cell => $"{row.Clause.Id}: no {cell.Kind}: {cell.Reason}"))];

    /// <summary>Lines for people: how many checks of each kind a clause has, the reasons, and the totals.</summary>
    /// <param name="rows">A row for each clause.</param>
    /// <param name="width">How many characters fit into a line: where a row does not, its clause has a line of its own.</param>
    public static IReadOnlyList<string> Pretty(IReadOnlyList<CoverageRow> rows, int width = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<string> lines = ["How many checks of each kind show the clause; --format json names them."];
        AddRow(lines, "clause", Coverage.Kinds, width);
        foreach (CoverageRow row in rows)
        {
            AddRow(lines, row.Clause.Id, row.Cells.Select(Text), width);
        }

        lines.Add("");
        lines.AddRange(Reasons(rows));
        lines.Add("");
        lines.Add(Totals(rows));
        return lines;
    }

    private static void AddRow(List<string> lines, string clause, IEnumerable<string> cells, int width)
    {
        string counts = string.Concat(cells.Select(cell => $"{cell,10}"));
        string whole = $"{clause,-26}{counts}";
        lines.AddRange(whole.Length <= width ? [whole] : [clause, counts]);
    }

    /// <summary>Markdown: a table, then the reasons.</summary>
    public static string Markdown(IReadOnlyList<CoverageRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        StringBuilder text = new();
        text.Append("| clause | ").AppendJoin(" | ", Coverage.Kinds).Append(" |\n|---|").Insert(text.Length, "---|", Coverage.Kinds.Count).Append('\n');
        foreach (CoverageRow row in rows)
        {
            text.Append("| ").Append(row.Clause.Id).Append(" | ").AppendJoin(" | ", row.Cells.Select(Text)).Append(" |\n");
        }

        text.Append('\n').AppendJoin("", Reasons(rows).Select(reason => $"- {reason}\n")).Append('\n').Append(Totals(rows)).Append('\n');
        return text.ToString();
    }

    /// <summary>JSON: for each clause and kind the checks, or the reason.</summary>
    public static string Json(IReadOnlyList<CoverageRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            writer.WriteStartArray();
            foreach (CoverageRow row in rows)
            {
                writer.WriteStartObject();
                writer.WriteString("id", row.Clause.Id);
                foreach (CoverageCell cell in row.Cells)
                {
                    WriteCell(writer, cell);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteCell(Utf8JsonWriter writer, CoverageCell cell)
    {
        if (IsReason(cell))
        {
            writer.WriteString($"no_{cell.Kind}", cell.Reason);
            return;
        }

        writer.WriteStartArray(cell.Kind);
        foreach (string check in cell.Shows)
        {
            writer.WriteStringValue(check);
        }

        writer.WriteEndArray();
    }

    private static bool IsReason(CoverageCell cell) => cell.Shows.Count == 0 && cell.Reason != null;

    private static string Text(CoverageCell cell) => cell.IsEmpty ? "EMPTY" : IsReason(cell) ? "reason" : cell.Shows.Count.ToString(CultureInfo.InvariantCulture);

    private static string Totals(IReadOnlyList<CoverageRow> rows)
    {
        int cells = rows.Count * Coverage.Kinds.Count;
        int reasons = Reasons(rows).Count;
        string percent = (100.0 * reasons / cells).ToString("0.0", CultureInfo.InvariantCulture);
        return $"{rows.Count} clauses, {cells} cells: {Empty(rows).Count} empty, {reasons} ({percent} %) hold a reason instead of a check";
    }
}
