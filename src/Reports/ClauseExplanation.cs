// SPDX-License-Identifier: MIT
namespace Cmma.Reports;

/// <summary>A clause for people: its text and source, and everything that shows it.</summary>
public static class ClauseExplanation
{
    /// <summary>The lines.</summary>
    /// <param name="row">The clause with what shows it.</param>
    public static IReadOnlyList<string> Of(CoverageRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        List<string> lines = [$"{row.Clause.Id}: {row.Clause.Title}", .. row.Clause.Text.Split('\n').Select(line => $"  {line}".TrimEnd()), ""];
        lines.Add($"source: {row.Clause.Source}");
        lines.Add($"from:   {row.Clause.File}:{row.Clause.Line}");
        foreach (CoverageCell cell in row.Cells)
        {
            lines.Add("");
            lines.Add(cell.Shows.Count == 0 ? $"no {cell.Kind}: {cell.Reason ?? "and no reason"}" : $"{Many(cell)}:");
            lines.AddRange(cell.Shows.Select(shown => $"  {shown}"));
        }

        lines.Add("");
        lines.Add($"run its vectors: ./cmma check IMPL --only {row.Clause.Id}");
        return lines;
    }

    private static string Many(CoverageCell cell)
    {
        string plural = cell.Kind.EndsWith('y') ? $"{cell.Kind[..^1]}ies" : $"{cell.Kind}s";
        return cell.Shows.Count == 1 ? $"1 {cell.Kind}" : $"{cell.Shows.Count} {plural}";
    }
}
