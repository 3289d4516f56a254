// SPDX-License-Identifier: MIT
using System.Text;

namespace Cmma.Traces.Vectors;

/// <summary>Brings files of vectors into their canonical form. Every file is read and checked before the first is written.</summary>
public static class VectorFormat
{
    private const string Devices = "/dev/";

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

    /// <summary>Writes a file whole or not at all: first next to it, then in its place.</summary>
    /// <exception cref="InputException">It cannot be written; what was there is still there.</exception>
    public static void WriteWhole(string path, string text) => Write(path, (target, beside) =>
    {
        File.WriteAllText(beside, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(beside, target, overwrite: true);
    });

    /// <summary>Writes a file of bytes whole or not at all, as <see cref="WriteWhole(string, string)"/> does.</summary>
    /// <exception cref="InputException">It cannot be written; what was there is still there.</exception>
    public static void WriteWhole(string path, byte[] bytes) => Write(path, (target, beside) =>
    {
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, target, overwrite: true);
    });

    /// <summary>Finds out whether <see cref="WriteWhole(string, string)"/> could write a file, before the work that it is to report.</summary>
    /// <exception cref="InputException">It could not.</exception>
    public static void RequireWritable(string path) => Write(path, (target, beside) =>
    {
        if (Directory.Exists(Path.GetFullPath(target)))
        {
            throw new IOException("is a directory");
        }

        File.WriteAllText(beside, "");
        File.Delete(beside);
    });

    private static void Write(string path, Action<string, string> write)
    {
        string beside = $"{path}.{Environment.ProcessId}.new"; // not a name that the user may have taken
        try
        {
            string target = Target(path);
            beside = $"{target}.{Environment.ProcessId}.new";
            write(target, beside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            DeleteFile(beside);
            throw new InputException($"{(path.Length == 0 ? "''" : path)}: cannot be written: {Reason(e, path, beside)}", e);
        }
    }

    // A link stays one, and what is not a file, such as a terminal or a pipe, is not put away for one.
    private static string Target(string path)
    {
        string target = new FileInfo(path).LinkTarget == null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        if (File.Exists(target) && (Path.GetFullPath(target).StartsWith(Devices, StringComparison.Ordinal) || !IsSeekable(target)))
        {
            throw new IOException("is no regular file");
        }

        return target;
    }

    private static bool IsSeekable(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite); // both, so that a pipe does not wait for its other end
        return stream.CanSeek;
    }

    // In the user's words: the file next to it is ours.
    private static string Reason(Exception e, string path, string beside) => e switch
    {
        ArgumentException => "is no name of a file",
        _ when Directory.Exists(path) => "is a directory, not a file",
        DirectoryNotFoundException => "there is no such folder",
        UnauthorizedAccessException => "not permitted",
        _ => e.Message.Replace(Path.GetFullPath(beside), path, StringComparison.Ordinal).Replace(beside, path, StringComparison.Ordinal).ReplaceLineEndings(" "),
    };

    // What is left behind is no harm, and the first reason is the one to report.
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
