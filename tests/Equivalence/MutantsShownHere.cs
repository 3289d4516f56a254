// SPDX-License-Identifier: MIT
using System.Text.Json;
using Cmma.Traces;

namespace Cmma.Equivalence.Tests;

/// <summary>The mutants of src/Optimized that ./mutate leaves to tests of this project; it believes mutation/equivalent.json, which is held to it here.</summary>
internal static class MutantsShownHere
{
    private static readonly string Root = Path.Combine(SpecFolder.Find().Path, "..");

    /// <summary>File, line, the text in it that is replaced and what replaces it, of each mutant that this class of tests is to see.</summary>
    public static TheoryData<string, string, string, string> By(string tests)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "mutation/equivalent.json")));
        return [.. document.RootElement.GetProperty("mutants").EnumerateArray()
            .Where(mutant => mutant.GetProperty("shown_by").ValueEquals($"tests/Equivalence/{tests}.cs"))
            .Select(mutant => (Text(mutant, "file"), Text(mutant, "line"), Text(mutant, "old"), Text(mutant, "new")))];
    }

    /// <summary>A machine for each place where the file has the line, together with other changes in other files.</summary>
    public static IReadOnlyList<PlantedMachine> Planted(IReadOnlyList<string> symbols, string file, string line, string old, string wrong, params Planted[] beside)
    {
        string text = File.ReadAllText(Path.Combine(Root, file));
        int[] places = [.. Enumerable.Range(0, text.Length).Where(at => text.AsSpan(at).StartsWith(line) && text[(text.LastIndexOf('\n', at) + 1)..at].Trim().Length == 0)];
        Assert.NotEmpty(places);
        return [.. places.Select(place => text.IndexOf(old, place, StringComparison.Ordinal))
            .Select(at => new PlantedMachine(symbols, [new Planted(Path.GetFileName(file), text, text[..at] + wrong + text[(at + old.Length)..]), .. beside]))];
    }

    private static string Text(JsonElement mutant, string name) => mutant.GetProperty(name).GetString()!;
}
