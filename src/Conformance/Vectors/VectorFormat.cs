using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Cmma.Conformance.Traces;

namespace Cmma.Conformance.Vectors;

/// <summary>Brings files of vectors into their canonical form. Every file is read and checked before the first is written.</summary>
public static class VectorFormat
{
    /// <summary>The canonical text of a file in the folder; capabilities are filled in.</summary>
    public static string Canonical(VectorFolder folder, string file)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Canonical(folder.File(file));
    }

    /// <summary>Rewrites what is not canonical, the manifest included, where ids that no file holds any more are retired; answers the files that were written.</summary>
    /// <exception cref="InputException">A file is malformed; nothing was written.</exception>
    public static IReadOnlyList<string> Rewrite(VectorFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        IReadOnlyList<Vector> vectors = folder.All();
        IReadOnlyList<string> retired = File.Exists(folder.FullPath(Manifest.FileName)) ? folder.ReadManifest().RetiredWithout(vectors) : [];
        List<(string File, string Text)> wanted = [.. folder.Files().Select(file => (file, Canonical(folder, file)))];
        wanted.Add((Manifest.FileName, Manifest.Of(vectors, retired).ToJson()));

        List<string> written = [];
        foreach ((string file, string text) in wanted)
        {
            string path = folder.FullPath(file);
            if (!File.Exists(path) || !Holds(path, text))
            {
                WriteWhole(path, text);
                written.Add(file);
            }
        }

        return written;
    }

    /// <summary>Whether a file holds exactly this text, without a byte order mark.</summary>
    public static bool Holds(string path, string text) => File.ReadAllBytes(path).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file whole or not at all: beside it first, then in its place.</summary>
    public static void WriteWhole(string path, string text)
    {
        string beside = path + ".new";
        try
        {
            File.WriteAllText(beside, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            DeleteFile(beside);
            throw new InputException($"{path}: cannot be written: {e.Message}", e);
        }
    }

    // What is left behind is no harm, and the first reason is the one to tell.
    private static void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private static string Canonical(IReadOnlyList<Vector> vectors) =>
        TraceWriter.Vectors([.. vectors.Select(vector => vector with { Capabilities = Capabilities.NeededBy(vector.Trace) })]);
}
