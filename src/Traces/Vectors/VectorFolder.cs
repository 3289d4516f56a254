// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Traces.Json;

namespace Cmma.Traces.Vectors;

/// <summary>The conformance vectors of a folder: schema.json, manifest.json, and files of vectors in folders.</summary>
public sealed partial class VectorFolder
{
    private const string SchemaFile = "schema.json";
    private const string ShownFolder = "spec/vectors/";

    private readonly string path;

    /// <summary>Takes the folder.</summary>
    public VectorFolder(string path) => this.path = path;

    /// <summary>The schema of the vectors, and of what belongs to them.</summary>
    /// <exception cref="InputException">There is no valid schema.</exception>
    public JsonSchemaFile Schema => new(FullPath(SchemaFile), Shown(SchemaFile));

    /// <summary>What the schema says against the files and the manifest, one line each.</summary>
    public IEnumerable<string> Breaches()
    {
        JsonSchemaFile schema = Schema;
        return Files().Select(file => (File: file, Definition: (string?)null)).Append((File: Manifest.FileName, Definition: "manifest"))
            .Select(each => (each.File, Reason: schema.Breach(JsonInput.Bytes(FullPath(each.File), Shown(each.File)), each.Definition)))
            .Where(each => each.Reason != null)
            .Select(each => $"{Shown(each.File)}: {each.Reason}");
    }

    /// <summary>The files of vectors, relative to the folder, with forward slashes, sorted. None is skipped silently.</summary>
    /// <exception cref="InputException">The folder cannot be read, or a JSON file in it does not have the name of a file of vectors.</exception>
    public IReadOnlyList<string> Files()
    {
        List<string> files = JsonEntries();
        files.RemoveAll(file => file is SchemaFile or Manifest.FileName);
        files.Sort(StringComparer.Ordinal);
        if (files.Find(file => !FileName().IsMatch(file)) is { } other)
        {
            throw new InputException(Shown(other), "a file of vectors is named FOLDER/FILE.json, lower-case words joined by hyphens");
        }

        return files;
    }

    /// <summary>A file of the folder as messages name it: from the root of the checkout, where users are.</summary>
    public static string Shown(string file) => ShownFolder + file;

    /// <summary>The full path of a file of vectors.</summary>
    public string FullPath(string file) => Path.Combine(path, file);

    /// <summary>Every vector, file by file.</summary>
    /// <exception cref="InputException">A file is malformed, or two vectors have the same id.</exception>
    public IReadOnlyList<Vector> All()
    {
        List<Vector> vectors = [.. Files().SelectMany(File)];
        RequireUniqueIds(vectors, Shown);
        return vectors;
    }

    /// <summary>The vectors of one file.</summary>
    /// <exception cref="InputException">The file is malformed.</exception>
    public IReadOnlyList<Vector> File(string file) =>
        [.. TraceReader.Vectors(JsonInput.Bytes(FullPath(file), Shown(file)), Shown(file)).Select(vector => vector with { File = file })];

    /// <summary>The traces of a file that is a trace or a file of vectors, each with the name to show.</summary>
    /// <exception cref="InputException">The file is malformed.</exception>
    public static IReadOnlyList<Vector> Traces(string fullPath)
    {
        IReadOnlyList<Vector> traces = ReadTraces(fullPath);
        RequireUniqueIds(traces, file => file);
        if (traces.Select(vector => VectorLint.Malformed(vector.Trace)).FirstOrDefault(reason => reason != null) is { } malformed)
        {
            throw new InputException(fullPath, malformed);
        }

        return traces;
    }

    private static IReadOnlyList<Vector> ReadTraces(string fullPath)
    {
        byte[] json = JsonInput.Bytes(fullPath, fullPath);
        if (TraceReader.HoldsVectors(json, fullPath))
        {
            return [.. TraceReader.Vectors(json, fullPath).Select(vector => vector with { Capabilities = Capabilities.NeededBy(vector.Trace) })];
        }

        Trace trace = TraceReader.Trace(json, fullPath);
        string id = Path.GetFileNameWithoutExtension(fullPath);
        return [new Vector(id, [], "", [], "", Capabilities.NeededBy(trace), trace, fullPath, Line: 1)];
    }

    /// <summary>The manifest: which vectors each file holds, and which ids are no longer used.</summary>
    /// <exception cref="InputException">It is malformed.</exception>
    public Manifest ReadManifest() => JsonInput.ReadFile(FullPath(Manifest.FileName), Shown(Manifest.FileName), TraceReader.ReadManifest);

    private List<string> JsonEntries()
    {
        EnumerationOptions deep = new()
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = 2,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.Hidden,
        };
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(path, "*.json", deep)
                .Select(entry => Path.GetRelativePath(path, entry).Replace(Path.DirectorySeparatorChar, '/'))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    [GeneratedRegex(@"^[a-z-]+/[a-z0-9-]+\.json\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FileName();

    private static void RequireUniqueIds(IReadOnlyList<Vector> vectors, Func<string, string> shown)
    {
        Dictionary<string, Vector> seen = new(StringComparer.Ordinal);
        foreach (Vector vector in vectors)
        {
            if (!seen.TryAdd(vector.Id, vector))
            {
                Vector first = seen[vector.Id];
                throw new InputException(shown(vector.File), vector.Line, $"id '{vector.Id}' is used already, at {shown(first.File)}:{first.Line}");
            }
        }
    }
}
