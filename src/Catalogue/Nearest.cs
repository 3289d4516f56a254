// SPDX-License-Identifier: MIT
namespace Cmma.Catalogue;

/// <summary>The name that somebody may have meant.</summary>
public static class Nearest
{
    /// <summary>" (did you mean 'reference'?)", or nothing if no name is near.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="names">What there is.</param>
    public static string Suggestion(string word, IEnumerable<string> names) => Of(word, names) is { } name ? $" (did you mean '{name}'?)" : "";

    /// <summary>The name that takes the fewest changes of a letter, at most one in three; null if there is none.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="names">What there is.</param>
    public static string? Of(string word, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(word);
        const int LettersForAChange = 3;
        (string Name, int Changes)[] near = [.. names.Distinct(StringComparer.Ordinal)
            .Select(name => (name, Changes(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(each => each.Item2 <= Math.Max(1, (word.Length + 1) / LettersForAChange))];
        return near.Length == 0 ? null : near.MinBy(each => each.Changes).Name;
    }

    // Letters put in, left out or replaced: row by row of the usual table.
    private static int Changes(string one, string other)
    {
        int[] above = [.. Enumerable.Range(0, other.Length + 1)];
        for (int row = 1; row <= one.Length; row++)
        {
            int[] here = new int[other.Length + 1];
            here[0] = row;
            for (int column = 1; column <= other.Length; column++)
            {
                int replaced = above[column - 1] + (one[row - 1] == other[column - 1] ? 0 : 1);
                here[column] = Math.Min(replaced, Math.Min(above[column], here[column - 1]) + 1);
            }

            above = here;
        }

        return above[other.Length];
    }
}
