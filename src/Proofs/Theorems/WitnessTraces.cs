using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using Cmma.Conformance;
using Cmma.Conformance.Json;
using Cmma.Conformance.Running;
using Cmma.Conformance.Traces;
using Cmma.Proofs.Model;

namespace Cmma.Proofs.Theorems;

/// <summary>Makes a trace of what a solver found for a witness, and runs it on the reference.</summary>
internal sealed partial class WitnessTraces
{
    private readonly TraceReader reader;

    /// <summary>Reads the schema of traces.</summary>
    /// <param name="vectors">The folder spec/vectors.</param>
    public WitnessTraces(string vectors)
    {
        string schema = Path.Combine(vectors, "schema.json");
        reader = new TraceReader(new JsonSchema(JsonDocumentText.ReadFile(schema, schema), schema));
    }

    /// <summary>What is wrong with the trace of a witness: nothing if it has none, or if the reference does what it expects.</summary>
    public string Check(Theorem witness, string values)
    {
        if (Trace(witness, values) is not { } trace)
        {
            return "";
        }

        IRun run = Implementations.Find("reference").NewVm(trace.HostHasCmma);
        for (int index = 0; index < trace.Steps.Count; index++)
        {
            Outcome outcome = run.Do(trace.Steps[index].Operation);
            if (Judge.Difference(trace.Steps[index].Expect, outcome) is { } reason)
            {
                return $"{witness.File}: the reference does not show it: operation {index + 1}: {reason}";
            }
        }

        return "";
    }

    /// <summary>The trace of a witness with the solver's values in it; null if it has none.</summary>
    /// <exception cref="InputException">The lines of the header are no trace.</exception>
    public Trace? Trace(Theorem witness, string values)
    {
        IReadOnlyList<string> lines = witness.Header.All("trace");
        if (lines.Count == 0)
        {
            return null;
        }

        Dictionary<string, ulong> numbers = Numbers(values);
        StringBuilder text = new("{\n  \"operations\": [\n");
        for (int index = 0; index < lines.Count; index++)
        {
            string filled = Hole.Replace(lines[index], match => Written(match, numbers, witness));
            text.Append("    ").Append(filled).Append(index + 1 < lines.Count ? ",\n" : "\n");
        }

        return reader.Trace(JsonDocumentText.Parse(Encoding.UTF8.GetBytes(text.Append("  ]\n}\n").ToString()), witness.File), witness.File);
    }

    [GeneratedRegex("<(?<form>hex|number|byte) (?<name>[^>]+)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole { get; }

    private static string Written(Match hole, Dictionary<string, ulong> numbers, Theorem witness)
    {
        string name = hole.Groups["name"].Value;
        if (!numbers.TryGetValue(name, out ulong number))
        {
            throw new InputException(witness.File, $"the trace needs the value of {name}, which the file does not ask for");
        }

        return hole.Groups["form"].Value switch
        {
            "hex" => TraceWriter.Hex(number),
            "byte" => number.ToString("x2", CultureInfo.InvariantCulture),
            _ => number.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static Dictionary<string, ulong> Numbers(string values)
    {
        Dictionary<string, ulong> numbers = new(StringComparer.Ordinal);
        foreach (SExpression list in SExpression.ReadAll(values))
        {
            foreach (SExpression pair in list.Items)
            {
                if (pair.Items.Count == 2 && pair.Items[1].Atom is string value && Number(value) is ulong number)
                {
                    numbers[pair.Items[0].ToString()] = number;
                }
            }
        }

        return numbers;
    }

    private static ulong? Number(string value)
    {
        if (value.StartsWith("#x", StringComparison.Ordinal))
        {
            return ulong.Parse(value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        if (value.StartsWith("#b", StringComparison.Ordinal))
        {
            return ulong.Parse(value.AsSpan(2), NumberStyles.BinaryNumber, CultureInfo.InvariantCulture);
        }

        return ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong number) ? number : null;
    }
}
