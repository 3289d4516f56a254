// SPDX-License-Identifier: MIT
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Catalogue.Core;

/// <summary>
/// The core suite: few vectors that together catch what all catch of the known bugs, of the clauses' mutants and of Stryker's of the reference. ./mutate finds
/// them and writes spec/vectors/core: one id per line.
/// </summary>
public static class CoreSuite
{
    /// <summary>What --suite calls it, and its file in the folder of vectors.</summary>
    public const string Name = "core";

    /// <summary>Its vectors, in the order of all. Reads no file without one of them: the manifest says which those are.</summary>
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
        if (unknown >= 0 && folder.All().Any(vector => vector.Id == named[unknown]))
        {
            throw new InputException(VectorFolder.Shown(Manifest.FileName), $"does not list the vector '{named[unknown]}' (cmma vectors fmt)");
        }

        return unknown < 0 ? suite : throw new InputException(shown, unknown + 1, $"unknown vector '{named[unknown]}'; ./mutate core writes this file");
    }

    /// <summary>What is wrong with the file: that it cannot be used, or names its vectors differently from what <see cref="Text"/> would.</summary>
    public static IEnumerable<string> Findings(VectorFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string? reason = null;
        try
        {
            string text = Text(Of(folder));
            if (File.ReadAllText(folder.FullPath(Name)) != text)
            {
                reason = $"{VectorFolder.Shown(Name)}: is not one id a line, each once, in the order of the vectors; ./mutate core writes this file";
            }
        }
        catch (InputException e)
        {
            reason = e.Message;
        }

        return reason == null ? [] : [reason];
    }

    /// <summary>The file's text for these vectors.</summary>
    public static string Text(IEnumerable<Vector> vectors) => string.Concat(vectors.Select(vector => vector.Id + "\n"));

    private static string[] Lines(string path, string shown)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (FileNotFoundException)
        {
            throw new InputException(shown, "no such file; ./mutate core writes it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(shown, $"cannot be read: {e.Message}");
        }
    }
}
