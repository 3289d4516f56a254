using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cmma.Conformance.Traces;

namespace Cmma.Conformance.Vectors;

/// <summary>
/// The core suite: few vectors that together catch every known bug, and every mutant of the reference, that all vectors catch. ./mutate finds
/// them and writes spec/vectors/core: an id a line.
/// </summary>
public static class CoreSuite
{
    /// <summary>What --suite calls it, and its file in the folder of vectors.</summary>
    public const string Name = "core";

    /// <summary>Those of the vectors that belong to it, in their order.</summary>
    /// <param name="folder">The folder of vectors.</param>
    /// <param name="vectors">All of its vectors.</param>
    /// <exception cref="InputException">The file cannot be read, or names a vector that does not exist, or none.</exception>
    public static IReadOnlyList<Vector> Of(string folder, IReadOnlyList<Vector> vectors)
    {
        string shown = VectorFolder.Shown(Name);
        HashSet<string> known = [.. vectors.Select(vector => vector.Id)];
        HashSet<string> named = new(StringComparer.Ordinal);
        string[] lines = Lines(Path.Combine(folder, Name), shown);
        for (int index = 0; index < lines.Length; index++)
        {
            if (!known.Contains(lines[index]))
            {
                throw new InputException(shown, index + 1, $"unknown vector '{lines[index]}'; ./mutate core writes this file");
            }

            named.Add(lines[index]);
        }

        return named.Count > 0 ? [.. vectors.Where(vector => named.Contains(vector.Id))] : throw new InputException(shown, "names no vector");
    }

    /// <summary>The file's text for these vectors.</summary>
    public static string Text(IEnumerable<Vector> vectors) => string.Concat(vectors.Select(vector => vector.Id + "\n"));

    private static string[] Lines(string path, string shown)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(shown, $"cannot be read: {e.Message}");
        }
    }
}
