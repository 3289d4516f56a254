// SPDX-License-Identifier: MIT
using System.Text;

namespace Cmma.Traces.Vectors;

/// <summary>Which vectors there are, file by file; a vector that is lost or renamed shows here.</summary>
/// <param name="Files">Sorted by name.</param>
/// <param name="Retired">Ids that were used once and may not come back.</param>
public sealed record Manifest(IReadOnlyList<ManifestFile> Files, IReadOnlyList<string> Retired)
{
    /// <summary>Its file in the folder of vectors.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The manifest of these vectors.</summary>
    public static Manifest Of(IEnumerable<Vector> vectors, IReadOnlyList<string> retired) => new(
        [.. vectors.GroupBy(vector => vector.File, StringComparer.Ordinal)
            .Select(file => new ManifestFile(file.Key, [.. file.Select(vector => vector.Id)]))],
        retired);

    /// <summary>The retired ids, followed by those that were in use and no longer are: an id is never used again.</summary>
    public IReadOnlyList<string> RetiredWithout(IReadOnlyList<Vector> vectors) =>
        [.. Retired.Union(Files.SelectMany(file => file.Vectors).Except(vectors.Select(vector => vector.Id), StringComparer.Ordinal), StringComparer.Ordinal)];

    /// <summary>The canonical form.</summary>
    public string ToJson()
    {
        StringBuilder text = new("{\n  \"files\": [\n");
        text.AppendJoin(",\n", Files.Select(file =>
            $"    {{\n      \"file\": \"{file.File}\",\n      \"vectors\": [\n{Lines(file.Vectors, 8)}\n      ]\n    }}"));
        text.Append("\n  ],\n  \"retired\": [");
        text.Append(Retired.Count == 0 ? "" : $"\n{Lines(Retired, 4)}\n  ");
        return text.Append("]\n}\n").ToString();
    }

    private static string Lines(IReadOnlyList<string> ids, int indent) =>
        string.Join(",\n", ids.Select(id => $"{new string(' ', indent)}\"{id}\""));
}

/// <summary>One file of vectors.</summary>
/// <param name="File">Relative to the folder of vectors.</param>
/// <param name="Vectors">Ids in their order.</param>
public sealed record ManifestFile(string File, IReadOnlyList<string> Vectors);
