// SPDX-License-Identifier: MIT
using System.Text;
using Cmma.Judging;
using Cmma.Proofs.Traces;
using Cmma.Traces;

namespace Cmma.Proofs.Theorems;

/// <summary>Makes a trace of what a solver found for a witness, and runs it on the reference.</summary>
internal static class WitnessTraces
{
    /// <summary>What is wrong with the trace of a witness: nothing if it has none, or if the reference does what it expects.</summary>
    public static string Check(Theorem witness, string values)
    {
        if (Trace(witness, values) is not { } trace)
        {
            return "";
        }

        using IRun run = TraceBuilder.Reference.NewVm(trace.HostHasCmma);
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
    public static Trace? Trace(Theorem witness, string values)
    {
        IReadOnlyList<string> lines = witness.Header.All("trace");
        TraceTemplate template = new(witness.File, TraceTemplate.Values(values));
        return lines.Count == 0 ? null : Read(lines.Select(template.Fill), witness.File);
    }

    /// <summary>Reads the operations of a trace.</summary>
    /// <exception cref="InputException">They are none.</exception>
    public static Trace Read(IEnumerable<string> operations, string file)
    {
        string text = $"{{\n  \"operations\": [\n    {string.Join(",\n    ", operations)}\n  ]\n}}\n";
        return TraceReader.Trace(Encoding.UTF8.GetBytes(text), file);
    }
}
