using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cmma.Conformance.Json;
using Cmma.Conformance.Traces;

namespace Cmma.Conformance.Vectors;

/// <summary>The conformance vectors of a folder: schema.json, manifest.json, and files of vectors in folders.</summary>
public sealed class VectorFolder
{
    private readonly string path;
    private readonly JsonSchema schema;
    private readonly TraceReader reader;

    /// <summary>Takes the folder and reads its schema.</summary>
    /// <exception cref="InputException">There is no valid schema.</exception>
    public VectorFolder(string path)
    {
        this.path = path;
        schema = new JsonSchema(JsonDocumentText.ReadFile(Path.Combine(path, "schema.json"), "schema.json"), "schema.json");
        reader = new TraceReader(schema);
    }

    /// <summary>The files of vectors, relative to the folder, with forward slashes, sorted.</summary>
    public IReadOnlyList<string> Files()
    {
        List<string> files = [];
        foreach (string folder in Directory.EnumerateDirectories(path))
        {
            files.AddRange(Directory.EnumerateFiles(folder, "*.json").Select(file => $"{Path.GetFileName(folder)}/{Path.GetFileName(file)}"));
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>The full path of a file of vectors.</summary>
    public string FullPath(string file) => Path.Combine(path, file);

    /// <summary>Every vector, file by file.</summary>
    /// <exception cref="InputException">A file is malformed, or two vectors have the same id.</exception>
    public IReadOnlyList<Vector> All()
    {
        List<Vector> vectors = [.. Files().SelectMany(file => File(FullPath(file), file))];
        RequireUniqueIds(vectors);
        return vectors;
    }

    /// <summary>The vectors of one file.</summary>
    /// <exception cref="InputException">The file is malformed.</exception>
    public IReadOnlyList<Vector> File(string fullPath, string shownAs) => reader.Vectors(JsonDocumentText.ReadFile(fullPath, shownAs), shownAs);

    /// <summary>The traces of a file that is a trace or a file of vectors, each with the name to show.</summary>
    /// <exception cref="InputException">The file is malformed.</exception>
    public IReadOnlyList<Vector> Traces(string fullPath)
    {
        JsonValue json = JsonDocumentText.ReadFile(fullPath, fullPath);
        if (TraceReader.HoldsVectors(json))
        {
            return reader.Vectors(json, fullPath);
        }

        Trace trace = reader.Trace(json, fullPath);
        string id = Path.GetFileNameWithoutExtension(fullPath);
        return [new Vector(id, [], "", [], "", Capabilities.NeededBy(trace), trace, fullPath, json.Line)];
    }

    /// <summary>The manifest: which vectors each file holds, and which ids are no longer used.</summary>
    /// <exception cref="InputException">It is malformed.</exception>
    public Manifest ReadManifest()
    {
        JsonValue json = JsonDocumentText.ReadFile(FullPath(Manifest.FileName), Manifest.FileName);
        if (schema.Check(json, "manifest") is { } error)
        {
            throw new InputException(Manifest.FileName, error.Line, error.Reason);
        }

        return new Manifest(
            [.. json["files"]!.Items.Select(file => new ManifestFile(file["file"]!.Text, file["vectors"]!.Strings()))],
            json["retired"]!.Strings());
    }

    private static void RequireUniqueIds(List<Vector> vectors)
    {
        Dictionary<string, Vector> seen = new(StringComparer.Ordinal);
        foreach (Vector vector in vectors)
        {
            if (!seen.TryAdd(vector.Id, vector))
            {
                Vector first = seen[vector.Id];
                throw new InputException(vector.File, vector.Line, $"id '{vector.Id}' is used already, at {first.File}:{first.Line}");
            }
        }
    }
}
