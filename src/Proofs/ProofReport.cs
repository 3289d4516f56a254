// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cmma.Proofs;

/// <summary>Proofs in the formats for programs: JSON and Markdown; and the lines of the pretty form.</summary>
public sealed class ProofReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A report of these results.</summary>
    /// <param name="solver">The solver and its version.</param>
    /// <param name="results">In order.</param>
    public ProofReport(string solver, IReadOnlyList<ProofResult> results)
    {
        Solver = solver;
        Results = results;
    }

    /// <summary>The solver and its version.</summary>
    public string Solver { get; }

    /// <summary>The result of each proof.</summary>
    public IReadOnlyList<ProofResult> Results { get; }

    /// <summary>How many are proved.</summary>
    public int Proved => Count(ProofVerdict.Proved);

    /// <summary>How many do not hold.</summary>
    public int Failed => Count(ProofVerdict.Failed);

    /// <summary>For how many the solver had no answer.</summary>
    public int Unknown => Count(ProofVerdict.Unknown);

    /// <summary>How many of those that are proved were so before, and were not asked again.</summary>
    public int Kept => Results.Count(result => result.IsKept);

    /// <summary>The line that ends a report.</summary>
    public string Totals => $"{Proved} proved, {Failed} failed, {Unknown} unknown{(Kept > 0 ? $"; {Kept} of them kept from before" : "")}";

    /// <summary>How many both solvers prove, where z3 was asked in addition to another.</summary>
    public int? ProvedByBoth => Results.Any(result => result.ByZ3 is not null)
        ? Results.Count(result => result.Verdict == ProofVerdict.Proved && result.ByZ3 == ProofVerdict.Proved)
        : null;

    /// <summary>The line before the totals, where two solvers were asked; otherwise nothing.</summary>
    public string Agreement => ProvedByBoth is int both ? $"z3 and cvc5 both prove {both} of {Results.Count}" : "";

    /// <summary>
    /// A line for each file, and one for all that a template was filled in with: how many are proved, what is said of them, and the time
    /// if it is over a second.
    /// </summary>
    public IEnumerable<string> Lines() =>
        Results.GroupBy(result => result.Name.Split(':')[0], StringComparer.Ordinal).Select(group =>
        {
            List<ProofResult> all = [.. group];
            int proved = all.Count(result => result.Verdict == ProofVerdict.Proved);
            string count = all.Count == 1 ? "" : $"  {proved} of {all.Count}";
            string reason = all.Count == 1 && proved == 1 && all[0].Reason.Length > 0 ? $"  {all[0].Reason}" : "";
            string guarantee = all[0].Guarantee.Length > 0 ? $"  {all[0].Guarantee}" : "";
            string time = Seconds(all) is { Length: > 0 } seconds ? $"  {seconds}" : "";
            return $"{(proved == all.Count ? "proved" : "NOT PROVED")}  {group.Key}{guarantee}{count}{reason}{time}";
        });

    /// <summary>Markdown: the totals, a table of files, a table of what is not proved.</summary>
    public string Markdown()
    {
        bool isSecondOpinion = ProvedByBoth is not null;
        List<string> lines = [$"# Proofs by {Solver}", ""];
        lines.AddRange(isSecondOpinion ? [Agreement, "", Totals, ""] : [Totals, ""]);
        lines.Add($"| | proof | guarantee | claim | time |{(isSecondOpinion ? " z3 |" : "")}");
        lines.Add($"|---|---|---|---|---|{(isSecondOpinion ? "---|" : "")}");
        lines.AddRange(Results.Where(result => !result.Name.Contains(':', StringComparison.Ordinal)).Select(result =>
            $"| {Name(result.Verdict)} | {result.Name} | {result.Guarantee} | {Cell(result.Claim)} | {Seconds([result])} |"
            + (isSecondOpinion ? $" {Name(result.ByZ3)} |" : "")));
        lines.AddRange(Results.Where(result => result.Name.Contains(':', StringComparison.Ordinal))
            .GroupBy(result => result.Name.Split(':')[0], StringComparer.Ordinal)
            .Select(group => $"| {group.Count(result => result.Verdict == ProofVerdict.Proved)} of {group.Count()} proved "
                + $"| {group.Key} | {group.First().Guarantee} | | {Seconds(group)} |"
                + (isSecondOpinion ? $" {group.Count(result => result.ByZ3 == ProofVerdict.Proved)} of {group.Count()} proved |" : "")));
        if (Proved < Results.Count)
        {
            lines.AddRange(["", "| not proved | reason |", "|---|---|"]);
            lines.AddRange(Results.Where(result => result.Verdict != ProofVerdict.Proved).Select(result => $"| {result.Name} | {Cell(result.Reason)} |"));
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>JSON: the solver, the counts, and every result.</summary>
    public string Json()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("solver", Solver);
            writer.WriteNumber("proved", Proved);
            writer.WriteNumber("failed", Failed);
            writer.WriteNumber("unknown", Unknown);
            writer.WriteNumber("kept", Kept);
            if (ProvedByBoth is int both)
            {
                writer.WriteNumber("both", both);
            }

            writer.WriteStartArray("proofs");
            foreach (ProofResult result in Results)
            {
                writer.WriteStartObject();
                writer.WriteString("name", result.Name);
                writer.WriteString("file", result.File);
                writer.WriteString("guarantee", result.Guarantee);
                writer.WriteString("claim", result.Claim);
                writer.WriteString("verdict", Name(result.Verdict));
                if (result.ByZ3 is not null)
                {
                    writer.WriteString("z3", Name(result.ByZ3));
                }

                writer.WriteNumber("milliseconds", (long)result.Time.TotalMilliseconds);
                writer.WriteString("reason", result.Reason);
                writer.WriteString("detail", result.Detail);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    // Nothing for what is done within a second.
    private static string Seconds(IEnumerable<ProofResult> results)
    {
        double seconds = results.Sum(result => result.Time.TotalSeconds);
        return seconds > 1 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : "";
    }

    private static string Name(ProofVerdict? verdict) => verdict switch
    {
        ProofVerdict.Proved => "proved",
        ProofVerdict.Failed => "failed",
        _ => "unknown",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private int Count(ProofVerdict verdict) => Results.Count(result => result.Verdict == verdict);
}
