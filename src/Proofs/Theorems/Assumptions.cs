// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Cmma.Proofs.Theorems;

/// <summary>
/// What the theorems assume of each other: the key "assumes" of their headers, and "as NAME proves" in their comments. Only names are compared: that
/// an assumption is what NAME says is for a reader to judge.
/// </summary>
internal sealed partial class Assumptions
{
    private readonly Dictionary<string, IReadOnlyList<Theorem>> byStem;

    /// <summary>Of all theorems.</summary>
    public Assumptions(IEnumerable<Theorem> theorems) =>
        byStem = theorems.Where(one => one.IsProof).GroupBy(one => one.Stem, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, IReadOnlyList<Theorem> (group) => [.. group], StringComparer.Ordinal);

    /// <summary>What a theorem assumes, and what that assumes itself, by their stems; a stem that there is not is left out.</summary>
    public IReadOnlySet<string> Of(Theorem theorem)
    {
        HashSet<string> all = new(StringComparer.Ordinal);
        Add(theorem, all);
        return all;
    }

    /// <summary>What is wrong with the assumptions of a theorem, in one line; nothing if they are as they have to be.</summary>
    public string Wrong(Theorem theorem)
    {
        IReadOnlyList<string> assumed = theorem.Header.Words("assumes");
        string comments = string.Join('\n', theorem.Text.Split('\n').Where(line => !line.StartsWith("; assumes: ", StringComparison.Ordinal)));
        return assumed.FirstOrDefault(name => !byStem.ContainsKey(name)) is { } missing ? $"{theorem.File}: it assumes {missing}, and there is no such theorem"
            : Named.Matches(theorem.Text).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !assumed.Contains(name, StringComparer.Ordinal)) is { } unsaid
                ? $"{theorem.File}: 'as {unsaid} proves' stands in it, and not in its line '; assumes:'"
            : assumed.FirstOrDefault(name => !comments.Contains(name, StringComparison.Ordinal)) is { } unused ? $"{theorem.File}: no comment says where it assumes {unused}"
            : Of(theorem).Contains(theorem.Stem) ? $"{theorem.File}: what it assumes assumes it in turn"
            : "";
    }

    [GeneratedRegex(@"\b[Aa]s (?<name>[a-z0-9]+(_[a-z0-9]+)+) proves", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named { get; }

    private void Add(Theorem theorem, HashSet<string> all)
    {
        foreach (string name in theorem.Header.Words("assumes"))
        {
            if (byStem.TryGetValue(name, out IReadOnlyList<Theorem>? assumed) && all.Add(name))
            {
                Add(assumed[0], all);
            }
        }
    }
}
