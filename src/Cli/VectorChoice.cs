// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.IO.Enumeration;
using Cmma.Catalogue;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>The vectors that the user names: by id, pattern, clause, folder or file.</summary>
internal static class VectorChoice
{
    /// <summary>The option --only.</summary>
    public static Option<string[]> Option() => new("--only")
    {
        Description = "Only these vectors: an id, a pattern such as touch-*, a clause or a folder; several separated by commas, or with --only repeated",
        HelpName = "WHICH",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Those of the vectors that a word names, in their order.</summary>
    /// <exception cref="InputException">A word names none.</exception>
    public static IReadOnlyList<Vector> Of(IReadOnlyList<Vector> vectors, IEnumerable<string> words)
    {
        HashSet<string> chosen = [];
        foreach (string word in words.SelectMany(each => each.Split(',', StringSplitOptions.TrimEntries)))
        {
            Vector[] named = [.. vectors.Where(vector => Names(word, vector))];
            chosen.UnionWith(named.Length > 0 ? named.Select(vector => vector.Id) : throw Unknown(vectors, word));
        }

        return [.. vectors.Where(vector => chosen.Contains(vector.Id))];
    }

    /// <summary>The vector with an id.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Vector Find(IReadOnlyList<Vector> vectors, string id) => vectors.FirstOrDefault(vector => vector.Id == id) ?? throw Unknown(vectors, id);

    private static bool Names(string word, Vector vector)
    {
        string place = VectorFolder.Shown(vector.File);
        string file = word.TrimEnd('/');
        return vector.Id == word
            || vector.Clauses.Contains(word, StringComparer.Ordinal)
            || (file.Length > 0 && (place == file || vector.File == file || place.StartsWith(file + "/", StringComparison.Ordinal) || vector.File.StartsWith(file + "/", StringComparison.Ordinal)))
            || (word.AsSpan().ContainsAny('*', '?') && FileSystemName.MatchesSimpleExpression(word, vector.Id, ignoreCase: false));
    }

    // Of a file without its ending, or of something that is thought to be in a folder.
    private static string? Place(IReadOnlyList<Vector> vectors, string word)
    {
        string[] places = [word + ".json", word.Split('/')[0]];
        return word.Contains('/', StringComparison.Ordinal) && Array.Find(places, place => vectors.Any(vector => Names(place, vector))) is { } found ? $" (did you mean '{found}'?)" : null;
    }

    private static bool IsClause(string word) => word.Length > 0 && char.IsAsciiLetterUpper(word[0]);

    private static InputException Unknown(IReadOnlyList<Vector> vectors, string word) => word.AsSpan().ContainsAny('*', '?')
        ? new InputException($"no vector has an id like '{word}'; cmma vectors list shows all")
        : new InputException($"unknown {(IsClause(word) ? "clause" : "vector")} '{word}'{Place(vectors, word) ?? Nearest.Suggestion(word, vectors.Select(vector => vector.Id).Concat(vectors.SelectMany(vector => vector.Clauses)))}; cmma vectors list shows all, cmma clauses the clauses");
}
