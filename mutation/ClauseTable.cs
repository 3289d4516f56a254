// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cmma.Mutation;

/// <summary>What became of the mutant of a clause.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Vectors">What the vectors made of it.</param>
/// <param name="Failed">The vectors that failed.</param>
/// <param name="Naming">All vectors that name the clause.</param>
/// <param name="Properties">What the properties that name the clause made of it.</param>
/// <param name="Paths">What the proof of the reference's paths made of it; not tested if the paths do not run through the file.</param>
public sealed record ClauseFate(string Clause, Fate Vectors, IReadOnlyList<string> Failed, IReadOnlyList<string> Naming, Fate Properties, Fate Paths)
{
    /// <summary>How many vectors that name the clause failed.</summary>
    public int FailedNaming => Failed.Intersect(Naming, StringComparer.Ordinal).Count();
}

/// <summary>The table of the clauses' mutants, and the reasons where a kind of check cannot see one.</summary>
public static class ClauseTable
{
    /// <summary>The file of reasons: "unseen" in mutation/clauses.json, from "CLAUSE by KIND" to why.</summary>
    public static IReadOnlyDictionary<string, string> Reasons(string root)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, ClauseMutants.File)));
        return document.RootElement.GetProperty("unseen").EnumerateObject().ToDictionary(reason => reason.Name, reason => reason.Value.GetString()!, StringComparer.Ordinal);
    }

    /// <summary>The cells that neither saw the mutant nor have a reason, and the reasons for what was seen: there must be none of either.</summary>
    public static IReadOnlyList<string> Holes(IReadOnlyList<ClauseFate> fates, IReadOnlyDictionary<string, string> reasons)
    {
        ArgumentNullException.ThrowIfNull(fates);
        HashSet<string> missed = [.. fates.SelectMany(fate => Cells(fate).Where(cell => !cell.Seen).Select(cell => cell.Name))];
        return [.. missed.Where(cell => !reasons.ContainsKey(cell)).Select(cell => $"{cell}: not seen, and no reason"),
            .. reasons.Keys.Where(cell => !missed.Contains(cell)).Select(cell => $"{cell}: has a reason, but was seen or not tried")];
    }

    /// <summary>The section of docs/mutation.md.</summary>
    public static string Markdown(IReadOnlyList<ClauseFate> fates, IReadOnlyDictionary<string, string> reasons)
    {
        ArgumentNullException.ThrowIfNull(fates);
        ArgumentNullException.ThrowIfNull(reasons);
        StringBuilder text = new();
        text.Append("## Each clause switched off\n\nFor each clause a change that switches its effect off (mutation/clauses.json); `./cmma clauses --coverage` says why a clause has none.\n");
        text.Append("Vectors: how many fail, and how many of those that name the clause. Properties: whether one that names the clause fails. Paths: whether the\n");
        text.Append("proof of the reference's paths fails; \"outside\": they do not run through the changed file.\n\n");
        text.Append("| clause | vectors | that name it | properties | paths |\n|---|---:|---:|---|---|\n");
        foreach (ClauseFate fate in fates)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {fate.Clause} | {Word(fate.Vectors, fate.Failed.Count)} | {fate.FailedNaming} of {fate.Naming.Count} | {Word(fate.Properties, 0)} | {(fate.Paths == Fate.NotTested ? "outside" : Word(fate.Paths, 0))} |\n");
        }

        text.Append("\nNot seen, and why:\n\n");
        return text.Append(string.Concat(reasons.OrderBy(reason => reason.Key, StringComparer.Ordinal).Select(reason => $"- {reason.Key}: {reason.Value}\n"))).ToString();
    }

    // How long a proof takes says nothing, unlike a vector that has no end.
    private static IEnumerable<(string Name, bool Seen)> Cells(ClauseFate fate) =>
        [($"{fate.Clause} by vectors", Saw(fate.Vectors)),
            ($"{fate.Clause} by its own vectors", fate.FailedNaming > 0 || fate.Naming.Count == 0 || !Saw(fate.Vectors)),
            ($"{fate.Clause} by properties", Saw(fate.Properties)),
            ($"{fate.Clause} by paths", fate.Paths == Fate.Killed)];

    private static bool Saw(Fate fate) => fate is Fate.Killed or Fate.TimedOut;

    private static string Word(Fate fate, int failed) => fate switch
    {
        Fate.Killed => failed > 0 ? failed.ToString(CultureInfo.InvariantCulture) : "killed",
        Fate.TimedOut => "time limit",
        _ => "not seen",
    };
}
