// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cmma.Traces;

namespace Cmma.Mutation;

/// <summary>A mistake in the example in C, made by somebody who knew the clauses and the example, and neither the vectors nor the other mutants.</summary>
/// <param name="Name">Its name.</param>
/// <param name="What">What is wrong then.</param>
/// <param name="Changes">Texts of the source that occur once, and what stands there instead.</param>
public sealed record Stranger(string Name, string What, IReadOnlyList<(string Old, string New)> Changes)
{
    private const string File = "mutation/strangers.json";

    /// <summary>The source that they are mistakes in.</summary>
    public const string Source = "harness/c/cmma_impl.c";

    /// <summary>All of them.</summary>
    /// <exception cref="InputException">A name stands there twice, or a text that is to be replaced does not occur exactly once.</exception>
    public static IReadOnlyList<Stranger> Read(string root)
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(root, File)));
        Stranger[] all = [.. document.RootElement.GetProperty("mistakes").EnumerateArray().Select(each => new Stranger(
            each.GetProperty("name").GetString()!,
            each.GetProperty("what").GetString()!,
            [.. each.GetProperty("changes").EnumerateArray().Select(change => (change.GetProperty("old").GetString()!, change.GetProperty("new").GetString()!))]))];
        string source = System.IO.File.ReadAllText(Path.Combine(root, Source));
        return all.GroupBy(each => each.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice ? throw new InputException($"{File}: '{twice.Key}' stands there twice")
            : Array.Find(all, each => each.Changes.Any(change => source.Split(change.Old).Length != 2)) is { } lost ? throw new InputException($"{File}: '{lost.Name}' changes a text that does not occur once in {Source}")
            : all;
    }

    /// <summary>The source with the mistake.</summary>
    public string In(string source) => Changes.Aggregate(source, (text, change) => text.Replace(change.Old, change.New, StringComparison.Ordinal));
}

/// <summary>The vectors that fail with a stranger's mistake.</summary>
/// <param name="Stranger">The mistake.</param>
/// <param name="Failed">The ids of the vectors that fail.</param>
/// <param name="InCore">Whether one of the core suite does.</param>
public sealed record StrangerFate(Stranger Stranger, IReadOnlyList<string> Failed, bool InCore)
{
    /// <summary>The fewest that the core suite may catch of a hundred.</summary>
    public const int LeastInCore = 95;

    /// <summary>The section of docs/mutation.md.</summary>
    public static string Markdown(IReadOnlyList<StrangerFate> fates)
    {
        ArgumentNullException.ThrowIfNull(fates);
        StringBuilder text = new("## Mistakes of strangers\n\n");
        text.Append(CultureInfo.InvariantCulture, $"mutation/strangers.json: {fates.Count} mistakes in the example in C, made by someone who had read the clauses and the example and nothing else.\n");
        text.Append(CultureInfo.InvariantCulture, $"All vectors catch {fates.Count(fate => fate.Failed.Count > 0)} of them, the core suite {fates.Count(fate => fate.InCore)}.\n");
        foreach (StrangerFate fate in fates.Where(fate => !fate.InCore))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n- {fate.Stranger.Name}: {(fate.Failed.Count > 0 ? $"not by the core suite, but by {fate.Failed[0]}" : "by none")}. {fate.Stranger.What}");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>What must not be: a mistake that no vector catches, or more than a few that the core suite does not.</summary>
    public static IReadOnlyList<string> Holes(IReadOnlyList<StrangerFate> fates)
    {
        ArgumentNullException.ThrowIfNull(fates);
        int inCore = fates.Count(fate => fate.InCore);
        IEnumerable<string> missed = fates.Where(fate => fate.Failed.Count == 0).Select(fate => $"stranger {fate.Stranger.Name}: no vector fails");
        return inCore * 100 >= fates.Count * LeastInCore ? [.. missed]
            : [.. missed, $"the core suite catches {inCore} of {fates.Count}, not {LeastInCore} of a hundred: it misses {string.Join(", ", fates.Where(fate => !fate.InCore).Select(fate => fate.Stranger.Name))}"];
    }
}
