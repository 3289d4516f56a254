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

    /// <summary>Its vectors, in the order of all. Reads no file without one of them: the manifest tells which those are.</summary>
    /// <param name="folder">The folder of vectors.</param>
    /// <exception cref="InputException">The file cannot be read, or names a vector that does not exist, or none.</exception>
    public static IReadOnlyList<Vector> Of(VectorFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string shown = VectorFolder.Shown(Name);
        string[] named = Lines(folder.FullPath(Name), shown);
        if (named.Length == 0)
        {
            throw new InputException(shown, "names no vector");
        }

        IEnumerable<string> files = folder.ReadManifest().Files.Where(file => file.Vectors.Intersect(named, StringComparer.Ordinal).Any()).Select(file => file.File);
        List<Vector> suite = [.. files.SelectMany(folder.File).Where(vector => named.Contains(vector.Id, StringComparer.Ordinal))];
        int unknown = Array.FindIndex(named, id => !suite.Exists(vector => vector.Id == id));
        return unknown < 0 ? suite : throw new InputException(shown, unknown + 1, $"unknown vector '{named[unknown]}'; ./mutate core writes this file");
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
