// SPDX-License-Identifier: MIT
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Catalogue.Bugs;
using Cmma.Kernels.Bugs;

namespace Cmma.Reports;

/// <summary>The matrix of bugs and vectors, written down.</summary>
public static class BugReport
{
    private const int ShownVectors = 3;

    private const string Introduction = """
        <!-- SPDX-License-Identifier: MIT -->
        # Known bugs

        Written by `./cmma bugs --format markdown`; do not edit. Bugs B are in the history of Linux; bugs L were found by reading and have no fix of their own, though some ended with a rewrite. The facts
        come from reading the kernels and from running their own functions in user space; nothing was run on s390 hardware.

        ## Bugs with a machine

        `bug:ID` is an implementation for every command: the machine of a kernel that had the bug, with nothing else changed. A vector catches a
        bug if the machine with the bug fails it and the machine without the bug passes it; `./cmma bugs --format json` names all of them.

        | bug | what a caller sees | versions | fixed by | clauses | guarantee | machine | caught by |
        |---|---|---|---|---|---|---|---|
        """;

    private const string Others = """

        ## Bugs without a machine

        | bug | versions | fixed by | why not |
        |---|---|---|---|
        """;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lines for people: one bug per line.</summary>
    public static IReadOnlyList<string> Pretty(BugMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        List<string> lines = [];
        foreach (BugRow row in matrix.Rows)
        {
            lines.Add($"{row.Bug.Id,-5} {row.Bug.Versions,-18} {string.Join(", ", row.Bug.Clauses)}");
            lines.Add($"      {row.Bug.What}");
            lines.Add($"      {Vectors(row, id => id)}");
        }

        return lines;
    }

    /// <summary>Markdown: the whole of docs/bugs.md.</summary>
    public static string Markdown(BugMatrix matrix, IReadOnlyList<OtherBug> others)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        List<string> lines = [Introduction];
        lines.AddRange(matrix.Rows.Select(row => Row(
            $"{row.Bug.Id} {row.Bug.Name}",
            row.Bug.What,
            row.Bug.Versions,
            Commit(row.Bug.Commit),
            string.Join(", ", row.Bug.Clauses),
            row.Bug.Guarantee,
            row.Bug.Home,
            Vectors(row, id => $"`{id}`"))));
        lines.AddRange(["", $"{matrix.Totals}.", Others]);
        lines.AddRange(others.Select(bug => Row($"{bug.Id} {bug.Name}", bug.Versions, Commit(bug.Commit), bug.Reason)));
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>JSON: each bug with all vectors that catch it, then those of which there is no machine.</summary>
    public static string Json(BugMatrix matrix, IReadOnlyList<OtherBug> others)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(others);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteNumber("caught", matrix.Caught);
            writer.WriteStartArray("bugs");
            foreach (BugRow row in matrix.Rows)
            {
                WriteRow(writer, row);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("without_machine");
            foreach (OtherBug bug in others)
            {
                WriteOther(writer, bug);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteRow(Utf8JsonWriter writer, BugRow row)
    {
        writer.WriteStartObject();
        WriteHead(writer, row.Bug.Id, row.Bug.Name, row.Bug.Versions, row.Bug.Commit);
        writer.WriteString("what", row.Bug.What);
        writer.WriteString("machine", row.Bug.Home);
        WriteList(writer, "clauses", row.Bug.Clauses);
        writer.WriteString("guarantee", row.Bug.Guarantee);
        WriteList(writer, "caught_by", row.CaughtBy.Select(sign => sign.Vector.Id));
        writer.WriteEndObject();
    }

    private static void WriteOther(Utf8JsonWriter writer, OtherBug bug)
    {
        writer.WriteStartObject();
        WriteHead(writer, bug.Id, bug.Name, bug.Versions, bug.Commit);
        writer.WriteString("reason", bug.Reason);
        writer.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter writer, string id, string name, string versions, string commit)
    {
        writer.WriteString("id", id);
        writer.WriteString("name", name);
        writer.WriteString("versions", versions);
        writer.WriteString("commit", commit);
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static string Vectors(BugRow row, Func<string, string> written)
    {
        int more = row.CaughtBy.Count - ShownVectors;
        string shown = string.Join(", ", row.CaughtBy.Take(ShownVectors).Select(sign => written(sign.Vector.Id)));
        return row.CaughtBy.Count == 0 ? "NOT CAUGHT" : more > 0 ? $"{shown} and {more} more" : shown;
    }

    private static string Commit(string commit) => commit.Length == 0 ? "-" : commit;

    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Length == 0 ? "-" : cell))} |";
}
