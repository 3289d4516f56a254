using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Traces.Clauses;

namespace Cmma.Reports;

/// <summary>The square of traceability, for people and programs.</summary>
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
    public static IReadOnlyList<string> Pretty(IReadOnlyList<CoverageRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<string> lines = ["How many checks of each kind show the clause; --format json names them.", string.Concat($"{"clause",-26}", string.Concat(Coverage.Kinds.Select(kind => $"{kind,10}")))];
        lines.AddRange(rows.Select(row => string.Concat($"{row.Clause.Id,-26}", string.Concat(row.Cells.Select(cell => $"{Text(cell),10}")))));
        lines.Add("");
        lines.AddRange(Reasons(rows));
        lines.Add("");
        lines.Add(Totals(rows));
        return lines;
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
