// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Reports.Pictures;
using Cmma.Traces;

namespace Cmma.Reports.Html;

/// <summary>A vector step by step: each operation, what must come back, and the rows of memory that it changes.</summary>
internal static class VectorHtml
{
    /// <summary>Renders a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="contract">What keeps the contract and shows its state, in memory of any size.</param>
    public static Markup Of(Vector vector, IImplementation contract)
    {
        using IRun machine = contract.NewVm(vector.Trace.HostHasCmma);
        List<Markup> steps = [];
        foreach (Step step in vector.Trace.Steps)
        {
            IReadOnlyList<PageRange> ranges = FailureHtml.Ranges(step, null);
            ulong[] ends = [.. ranges.SelectMany(range => range.Ends)];
            IReadOnlyList<MemoryRow> before = MemoryRow.Of(machine.State!, ends);
            machine.Do(step.Operation);
            IReadOnlyList<MemoryRow> after = MemoryRow.Of(machine.State!, ends);
            steps.Add(Markup.Of($"""
                <li><code>{TraceWriter.Step(step with { Expect = null })}</code>
                <p>must be {OutcomeText.Of(step.Expect)}</p>
                <p class="faint">{MemoryPicture.Flags(machine.State!)}</p>
                {FailureHtml.Rows(before, after, ranges, ends)}</li>

                """));
        }

        return Markup.Of($"""
            {FailureHtml.Legend}<ol class="steps">
            {Markup.Each(steps, step => step)}</ol>
            """);
    }
}
