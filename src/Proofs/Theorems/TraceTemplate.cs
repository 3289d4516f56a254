// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;
using Cmma.Proofs.Model;
using Cmma.Traces;

namespace Cmma.Proofs.Theorems;

/// <summary>Values that a solver printed, put into the lines of a header: the notation that spec/README.md describes.</summary>
/// <param name="file">The file, for errors.</param>
/// <param name="values">The values as the solver wrote them, by their names.</param>
internal sealed partial class TraceTemplate(string file, IReadOnlyDictionary<string, string> values)
{
    /// <summary>Reads what (get-value (...)) answers.</summary>
    public static Dictionary<string, string> Values(string answer)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (SExpression pair in SExpression.ReadAll(answer).SelectMany(list => list.Items).Where(pair => pair.Items.Count == 2))
        {
            values[pair.Items[0].ToString()] = pair.Items[1].ToString();
        }

        return values;
    }

    /// <summary>The names in a line.</summary>
    public static IEnumerable<string> Names(string line) =>
        Hole.Matches(line).SelectMany(match => match.Groups["name"].Value.Split(' '));

    /// <summary>A line with its values.</summary>
    public string Fill(string line) => Hole.Replace(line, match => Written(match.Groups["form"].Value, match.Groups["name"].Value.Split(' ')));

    /// <summary>Whether a name is true.</summary>
    public bool Is(string name) => Value(name) == "true";

    /// <summary>The number that a name stands for.</summary>
    public ulong Number(string name)
    {
        string value = Value(name);
        return value.StartsWith("#x", StringComparison.Ordinal) ? ulong.Parse(value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : value.StartsWith("#b", StringComparison.Ordinal) ? ulong.Parse(value.AsSpan(2), NumberStyles.BinaryNumber, CultureInfo.InvariantCulture)
            : ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong number) ? number
            : throw new InputException(file, $"{name} is not a number: {value}");
    }

    [GeneratedRegex("<(?<form>hex|number|bytes|byte) (?<name>[^>]+)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole { get; }

    private string Written(string form, string[] names) => form switch
    {
        "hex" => Cmma.Traces.TraceWriter.Hex(Number(names[0])),
        "byte" => Number(names[0]).ToString("x2", CultureInfo.InvariantCulture),
        "bytes" => Bytes(Number(names[0]), Number(names[1])),
        _ => Value(names[0]) is "true" or "false" ? Value(names[0]) : Number(names[0]).ToString(CultureInfo.InvariantCulture),
    };

    private static string Bytes(ulong value, ulong count) =>
        count == 0 ? "" : count == 1 ? $"{value:x2}" : string.Create(CultureInfo.InvariantCulture, $"{value:x2}*{count}");

    private string Value(string name) =>
        values.TryGetValue(name, out string? value) ? value : throw new InputException(file, $"the trace needs the value of {name}");
}
