// SPDX-License-Identifier: MIT
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Traces;
using Cmma.Traces.Clauses;

namespace Cmma.Reports;

/// <summary>The clauses with the vectors that show them.</summary>
public static class ClauseReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON: id, title, text, source, file, vectors, and the reason where there is no vector.</summary>
    public static string Json(IReadOnlyList<Clause> clauses, IReadOnlyList<Vector> vectors)
    {
        ArgumentNullException.ThrowIfNull(clauses);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            writer.WriteStartArray();
            foreach (Clause clause in clauses)
            {
                WriteClause(writer, clause, VectorsOf(clause, vectors));
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Markdown: a table, one row per clause.</summary>
    public static string Markdown(IReadOnlyList<Clause> clauses, IReadOnlyList<Vector> vectors)
    {
        List<string> lines = ["| clause | title | source | vectors |", "|---|---|---|---|"];
        lines.AddRange(clauses.Select(clause => $"| {clause.Id} | {clause.Title} | {clause.Source} | {VectorsText(clause, vectors)} |"));
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Lines for people: id and title, then how many vectors show it or why none does.</summary>
    public static IReadOnlyList<string> Pretty(IReadOnlyList<Clause> clauses, IReadOnlyList<Vector> vectors) =>
        [.. clauses.Select(clause => $"{clause.Id,-26} {clause.Title} [{clause.Source.Split(':')[0]}] ({VectorsText(clause, vectors)})")];

    /// <summary>The clauses that have neither a vector nor a reason: there must be none.</summary>
    public static IReadOnlyList<string> WithoutVector(IReadOnlyList<Clause> clauses, IReadOnlyList<Vector> vectors) =>
        [.. clauses.Where(clause => !clause.Reasons.ContainsKey("vector") && !VectorsOf(clause, vectors).Any()).Select(clause => clause.Id)];

    private static string VectorsText(Clause clause, IReadOnlyList<Vector> vectors)
    {
        int count = VectorsOf(clause, vectors).Count();
        return count == 0 && clause.Reasons.TryGetValue("vector", out string? reason) ? $"no vector: {reason}" : $"{count} vector{(count == 1 ? "" : "s")}";
    }

    private static IEnumerable<string> VectorsOf(Clause clause, IReadOnlyList<Vector> vectors) =>
        vectors.Where(vector => vector.Clauses.Contains(clause.Id, StringComparer.Ordinal)).Select(vector => vector.Id);

    private static void WriteClause(Utf8JsonWriter writer, Clause clause, IEnumerable<string> vectors)
    {
        writer.WriteStartObject();
        writer.WriteString("id", clause.Id);
        writer.WriteString("title", clause.Title);
        writer.WriteString("text", clause.Text);
        writer.WriteString("source", clause.Source);
        writer.WriteString("file", $"{clause.File}:{clause.Line}");
        writer.WriteStartArray("vectors");
        foreach (string vector in vectors)
        {
            writer.WriteStringValue(vector);
        }

        writer.WriteEndArray();
        foreach ((string kind, string reason) in clause.Reasons)
        {
            writer.WriteString($"no_{kind}", reason);
        }

        writer.WriteEndObject();
    }
}
