// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Clauses;

namespace Cmma.Reports.Pictures;

/// <summary>A vector step by step on a machine that keeps the contract: clauses, memory before and after each operation, the struct in and out.</summary>
public static class Explanation
{
    private const string PictureMargin = "     ";

    /// <summary>The lines of the explanation.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="clauses">All clauses, of which its own are quoted.</param>
    /// <param name="contract">What keeps the contract and shows its state.</param>
    /// <param name="width">How many characters fit into a line; only the pictures keep to it.</param>
    public static IReadOnlyList<string> Of(Vector vector, IReadOnlyList<Clause> clauses, IImplementation contract, int width = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(contract);
        List<string> lines = [vector.Id, $"  {vector.Why}", $"  from {Traces.Vectors.VectorFolder.Shown(vector.File)}:{vector.Line}, source {vector.Source}", ""];
        foreach (Clause clause in clauses.Where(clause => vector.Clauses.Contains(clause.Id, StringComparer.Ordinal)))
        {
            lines.Add($"{clause.Id}: {clause.Title}");
            lines.AddRange(clause.Text.Split('\n').Select(line => $"  {line}".TrimEnd()));
            lines.Add("");
        }

        lines.Add(MemoryPicture.Legend);
        if (vector.Capabilities.Except(contract.Capabilities).FirstOrDefault() is { } missing)
        {
            lines.Add($"no pictures, and what must come back instead of what came: the {contract.Name} does not offer {missing}");
            AddExpectations(lines, vector.Trace);
            return lines;
        }

        AddSteps(lines, vector.Trace, contract, width - PictureMargin.Length);
        return lines;
    }

    private static void AddExpectations(List<string> lines, Trace trace)
    {
        for (int index = 0; index < trace.Steps.Count; index++)
        {
            Step step = trace.Steps[index];
            lines.Add("");
            lines.Add($"{index + 1}. {TraceWriter.Step(step with { Expect = null })}");
            lines.Add($"   must be {OutcomeText.Of(step.Expect)}");
        }
    }

    private static void AddSteps(List<string> lines, Trace trace, IImplementation contract, int pictureWidth)
    {
        using IRun machine = contract.NewVm(trace.HostHasCmma);
        IReadOnlyList<string> before = MemoryPicture.Draw(machine.State!, pictureWidth);
        for (int index = 0; index < trace.Steps.Count; index++)
        {
            Step step = trace.Steps[index];
            Outcome outcome = machine.Do(step.Operation);
            IReadOnlyList<string> after = MemoryPicture.Draw(machine.State!, pictureWidth);
            lines.Add("");
            lines.Add($"{index + 1}. {TraceWriter.Step(step with { Expect = null })}");
            AddStruct(lines, step.Operation, outcome);
            if (before.SequenceEqual(after, StringComparer.Ordinal))
            {
                lines.Add("   memory unchanged");
            }
            else
            {
                lines.Add("   before:");
                lines.AddRange(before.Select(line => PictureMargin + line));
                lines.Add("   after:");
                lines.AddRange(after.Select(line => PictureMargin + line));
            }

            string verdict = Judge.Difference(step.Expect, outcome) is { } difference ? $"NOT as expected: {difference}" : "as expected";
            lines.Add($"   result {OutcomeText.Of(outcome)}: {verdict}");
            before = after;
        }
    }

    private static void AddStruct(List<string> lines, Operation operation, Outcome outcome)
    {
        string address = TraceWriter.Hex(Runner.ValuesAddress);
        switch (operation)
        {
            case Operation.Get get:
                string flags = TraceWriter.Hex(get.Flags);
                lines.Add($"   struct in:  {Struct(get.StartGfn, get.Count)}, flags {flags}, remaining {TraceWriter.Hex(get.Remaining)}, values {address}");
                lines.Add("   struct out: " + outcome switch
                {
                    { Zeroed: true } => "32 zero bytes",
                    { StartGfn: { } startGfn, Count: { } count, Remaining: { } remaining } =>
                        $"{Struct(startGfn, count)}, flags {flags}, remaining {TraceWriter.Hex(remaining)}, values {address}",
                    _ => "as it went in",
                });
                break;
            case Operation.Set set:
                lines.Add($"   struct in:  {Struct(set.StartGfn, set.Count)}, flags {TraceWriter.Hex(set.Flags)}, mask {TraceWriter.Hex(set.Mask)}, values {address}");
                lines.Add("   struct out: as it went in");
                break;
        }
    }

    private static string Struct(ulong startGfn, uint count) => $"start_gfn {TraceWriter.Hex(startGfn)}, count {count}";
}
