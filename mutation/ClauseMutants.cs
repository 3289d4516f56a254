// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cmma.Mutation;

/// <summary>mutation/clauses.json: for each clause a change of the sources that switches its effect off.</summary>
public static class ClauseMutants
{
    /// <summary>The file, from the root of the project.</summary>
    public const string File = "mutation/clauses.json";

    /// <summary>The mutants, named by their clauses, in the order of the file.</summary>
    /// <exception cref="FormatException">A changed text does not occur exactly once in its source.</exception>
    public static IReadOnlyList<SourceChange> Read(string root)
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(root, File)));
        return [.. document.RootElement.GetProperty("mutants").EnumerateArray().Select(mutant => One(root, mutant))];
    }

    /// <summary>The file without the mutants of a source that is changed already, which they would not fit.</summary>
    public static string Without(string root, string source)
    {
        JsonNode all = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(root, File)))!;
        all["mutants"] = new JsonArray([.. all["mutants"]!.AsArray().Where(mutant => (string?)mutant!["file"] != source).Select(mutant => mutant!.DeepClone())]);
        return all.ToJsonString();
    }

    private static SourceChange One(string root, JsonElement mutant)
    {
        string Field(string name) => mutant.GetProperty(name).GetString()!;
        string file = Field("file");
        return SourceChange.Of(Field("clause"), file, System.IO.File.ReadAllText(Path.Combine(root, file)), Field("old"), Field("new"));
    }
}
