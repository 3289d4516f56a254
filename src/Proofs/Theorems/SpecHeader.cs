// SPDX-License-Identifier: MIT
namespace Cmma.Proofs.Theorems;

/// <summary>The comment that a file of spec/smt begins with: lines "; key: value" (spec/README.md, "What a driver does").</summary>
internal sealed class SpecHeader
{
    private readonly List<(string Key, string Value)> lines = [];

    /// <summary>Reads the header of a text.</summary>
    public SpecHeader(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            if (!line.StartsWith(';'))
            {
                break;
            }

            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && line.StartsWith("; ", StringComparison.Ordinal))
            {
                lines.Add((line[2..colon], line[(colon + 2)..]));
            }
        }
    }

    /// <summary>The value of a key, or nothing.</summary>
    public string this[string key] => lines.Find(line => line.Key == key).Value ?? "";

    /// <summary>The words of a key's value.</summary>
    public IReadOnlyList<string> Words(string key) => this[key].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The values of a key that is there several times.</summary>
    public IReadOnlyList<string> All(string key) => lines.FindAll(line => line.Key == key).ConvertAll(line => line.Value);

    /// <summary>The values of the keys that begin with a word, each with its key, in their order.</summary>
    public IReadOnlyList<(string Key, string Value)> Beginning(string word) =>
        lines.FindAll(line => line.Key.StartsWith(word, StringComparison.Ordinal));
}
