// SPDX-License-Identifier: MIT
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Catalogue.Bugs;
using Cmma.Traces;

namespace Cmma.Reports;

/// <summary>What an implementation was found to be, written down.</summary>
public static class IdentificationReport
{
    private const int ShownVectors = 3;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lines for people.</summary>
    public static IReadOnlyList<string> Pretty(Identification found)
    {
        ArgumentNullException.ThrowIfNull(found);
        List<string> lines = [Profile(found)];
        if (found.PassesAnew is { } alone)
        {
            lines.Add($"does not answer the same each time: {alone.Id} fails, and passes in a new process; check says what is left from which runs, and what follows may come of that");
        }

        lines.Add(found.Documentation.Count == 0
            ? $"documentation of 2017: allows all {(found.Broken == 0 ? "of it" : "that it answered")}"
            : $"documentation of 2017: {found.Documentation.Count} vector{(found.Documentation.Count == 1 ? " contradicts" : "s contradict")} it: {Shown(found.Documentation)}");
        lines.AddRange(found.Bugs.Select(match => Line("bug", match)));
        lines.AddRange(found.LooksLike.Select(match => Line("looks like bug", match)));
        if (found.Bugs.Count + found.LooksLike.Count == 0)
        {
            lines.Add("no known bug");
        }

        lines.AddRange(found.Mutants.Select(match => $"{match.Clause}, as mutant:{match.Clause}: explains {match.Explained.Count} of {match.Failures} failures"
            + (match.Denied.Count == 0 ? "" : $", but fails {match.Denied.Count} vector{(match.Denied.Count == 1 ? "" : "s")} that pass{(match.Denied.Count == 1 ? "es" : "")}")));
        int all = found.NotAsked + found.Asked;
        if (found.Lacking > 0)
        {
            lines.Add($"{found.Lacking} of {all} vectors were not asked: they need what it does not offer");
        }

        lines.AddRange(found.NeverAsked.CountBy(Unanswered, StringComparer.Ordinal).Select(each => $"{each.Value} of {all} vectors {each.Key}"));
        if (found.Broken > 0)
        {
            lines.Add($"{found.Broken} run{(found.Broken == 1 ? "" : "s")} broke off, the first since it {found.BrokenWhy}; nothing is known of what would have come behind that");
        }

        return lines;
    }

    /// <summary>JSON: everything.</summary>
    public static string Json(Identification found)
    {
        ArgumentNullException.ThrowIfNull(found);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("implementation", found.Implementation);
            writer.WriteNumber("asked", found.Asked);
            writer.WriteNumber("not_asked", found.NotAsked);
            writer.WriteNumber("lacking", found.Lacking);
            writer.WriteNumber("broken_off", found.Broken);
            writer.WriteBoolean("exactly", found.Nearest.Count > 0 && found.Nearest[0].Contradicting.Count == 0);
            writer.WriteString("passes_anew", found.PassesAnew?.Id);
            WriteList(writer, "profiles", found.Nearest.Select(match => match.Name));
            WriteList(writer, "differing", found.Nearest.Take(1).SelectMany(match => match.Contradicting).Select(vector => vector.Id));
            WriteList(writer, "contradicting_documentation", found.Documentation.Select(vector => vector.Id));
            WriteMatches(writer, "bugs", found.Bugs);
            WriteMatches(writer, "looks_like", found.LooksLike);
            writer.WriteStartArray("mutants");
            foreach (MutantMatch match in found.Mutants)
            {
                writer.WriteStartObject();
                writer.WriteString("clause", match.Clause);
                writer.WriteNumber("failures", match.Failures);
                WriteList(writer, "explained", match.Explained.Select(vector => vector.Id));
                WriteList(writer, "denied", match.Denied.Select(vector => vector.Id));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string Unanswered(string reason) => reason.StartsWith("not asked", StringComparison.Ordinal) ? $"were {reason}" : FailureSummary.NotInTheRecording;

    private static string Profile(Identification found)
    {
        if (found.Nearest.Count == 0)
        {
            return $"follows none: each of {found.Asked} vectors contradicts every profile";
        }

        string names = string.Join(" or ", found.Nearest.Select(match => match.Name));
        ProfileMatch nearest = found.Nearest[0];
        return nearest.Contradicting.Count == 0
            ? $"profile {names}: exactly, in {nearest.Asked.Count} vectors"
            : $"nearest profile {names}: {nearest.Contradicting.Count} of {nearest.Asked.Count} vectors differ: {Shown(nearest.Contradicting)}";
    }

    private static string Line(string how, BugMatch match) =>
        $"{how} {match.Ids} ({match.Bugs[0].Versions}): {match.Bugs[0].What}\n    {match.Telling.Count} of {match.Signs} vectors show it: {Shown(match.Telling)}"
        + (match.Within.Count == 0 ? "" : $"\n    so do those of {string.Join(", ", match.Within)}, which are among them");

    private static void WriteMatches(Utf8JsonWriter writer, string name, IReadOnlyList<BugMatch> matches)
    {
        writer.WriteStartArray(name);
        foreach (BugMatch match in matches)
        {
            writer.WriteStartObject();
            WriteList(writer, "ids", match.Bugs.Select(bug => bug.Id));
            WriteList(writer, "telling", match.Telling.Select(vector => vector.Id));
            writer.WriteNumber("signs", match.Signs);
            WriteList(writer, "within", match.Within);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
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

    private static string Shown(IReadOnlyList<Vector> vectors)
    {
        string shown = string.Join(", ", vectors.Take(ShownVectors).Select(vector => vector.Id));
        return vectors.Count > ShownVectors ? $"{shown} and {vectors.Count - ShownVectors} more" : shown;
    }
}
