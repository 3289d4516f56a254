// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Reports.Pictures;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Reports.Html;

/// <summary>One failure: the first wrong operation, expected beside actual, memory before and after it.</summary>
internal static class FailureHtml
{
    private const int MostRows = 4;

    /// <summary>What the pictures show.</summary>
    public static Markup Legend { get; } = Markup.Of($"""
        <p class="faint">A square is a page. Memory is shown as the contract has it: what the implementation holds is not visible from outside.</p>
        <ul class="legend">
        {Sample("u0", "stable")}{Sample("u1", "u unused")}{Sample("u2", "p potentially volatile")}{Sample("u3", "v volatile")}<li>N U P V: the same with no-DAT</li>
        {Sample("dirty", "dirty", 14)}{Sample("evicted", "paged out", 1)}{Sample("zero", "logically zero", 1)}</ul>

        """);

    /// <summary>Renders a failure.</summary>
    /// <param name="verdict">What failed.</param>
    /// <param name="contract">What keeps the contract and shows its state, in memory of any size.</param>
    /// <param name="again">The command that runs it again.</param>
    public static Markup Of(Verdict verdict, IImplementation contract, string again)
    {
        Vector vector = verdict.Vector;
        Step? step = verdict.FailedStep < 0 ? null : vector.Trace.Steps[verdict.FailedStep];
        string place = $"{VectorFolder.Shown(vector.File)}:{(step is null or { Line: 0 } ? vector.Line : step.Line)}";
        return Markup.Of($"""
            <article data-clauses="{string.Join(' ', vector.Clauses)}" data-profiles="{string.Join(' ', vector.Profiles)}">
            <h3>{vector.Id}</h3>
            <p class="reason">{verdict.Reason}</p>
            <p>{vector.Why}</p>
            <p class="faint">{string.Join(", ", vector.Clauses)} · {string.Join(", ", vector.Profiles)} · {place}</p>
            {(step == null ? Markup.Empty : First(verdict, step, contract))}<pre>{again}</pre>
            </article>

            """);
    }

    private static Markup Sample(string kind, string what, int y = 8) => Markup.Of($"""
        <li><svg viewBox="0 0 10 16" aria-hidden="true"><path class="u0" d="M0 8h10"/><path class="{kind}" d="M0 {y}h10"/></svg>{what}</li>

        """);

    private static Markup First(Verdict verdict, Step step, IImplementation contract) => Markup.Of($"""
        <p>Operation {verdict.FailedStep + 1} of {verdict.Vector.Trace.Steps.Count} is the first that is wrong:</p>
        <pre>{TraceWriter.Step(step with { Expect = null })}</pre>
        {OutcomeTable.Of(step, verdict.Actual)}{Before(verdict)}{Memory(verdict, step, contract)}
        """);

    private static Markup Before(Verdict verdict) => verdict.FailedStep == 0 ? Markup.Empty : Markup.Of($"""
        <details><summary>the operations before it</summary><ol>{Markup.Each(verdict.Vector.Trace.Steps.Take(verdict.FailedStep), step =>
            Markup.Of($"<li><code>{TraceWriter.Step(step with { Expect = null })}</code></li>"))}</ol></details>

        """);

    private static Markup Memory(Verdict verdict, Step step, IImplementation contract)
    {
        using IRun machine = contract.NewVm(verdict.Vector.Trace.HostHasCmma);
        foreach (Step earlier in verdict.Vector.Trace.Steps.Take(verdict.FailedStep))
        {
            machine.Do(earlier.Operation);
        }

        IReadOnlyList<PageRange> ranges = Ranges(step, verdict.Actual);
        ulong[] ends = [.. ranges.SelectMany(range => range.Ends)];
        string stateBefore = MemoryPicture.Flags(machine.State!);
        IReadOnlyList<MemoryRow> before = MemoryRow.Of(machine.State!, ends);
        machine.Do(step.Operation);
        string stateAfter = MemoryPicture.Flags(machine.State!);
        IReadOnlyList<MemoryRow> after = MemoryRow.Of(machine.State!, ends);

        return Markup.Of($"""
            <p class="faint">{(stateBefore == stateAfter ? stateBefore : $"before: {stateBefore}; after: {stateAfter}")}</p>
            {Rows(before, after, ranges, ends)}
            """);
    }

    // The rows that hold an end of a range come first, since that is where answers differ.
    internal static Markup Rows(IReadOnlyList<MemoryRow> before, IReadOnlyList<MemoryRow> after, IReadOnlyList<PageRange> ranges, ulong[] ends)
    {
        Dictionary<ulong, MemoryRow> old = before.ToDictionary(row => row.Gfn);
        Dictionary<ulong, MemoryRow> now = after.ToDictionary(row => row.Gfn);
        bool HoldsOne(MemoryRow row) => Array.Exists(ends, gfn => gfn >= row.Gfn && gfn - row.Gfn < (ulong)row.Pages.Count);
        ulong[] gfns =
        [
            .. before.Concat(after).Where(HoldsOne).Select(row => row.Gfn),
            .. before.Where(row => !row.Same(now.GetValueOrDefault(row.Gfn))).Select(row => row.Gfn),
            .. after.Where(row => !old.ContainsKey(row.Gfn)).Select(row => row.Gfn),
        ];
        ulong[] distinct = [.. gfns.Distinct()];
        int more = Math.Max(0, distinct.Length - MostRows);
        return Markup.Of($"""
            {Markup.Each(distinct.Take(MostRows).Order(), gfn => MemorySvg.Draw(old.GetValueOrDefault(gfn), now.GetValueOrDefault(gfn), ranges))}{(
                more == 0 ? Markup.Empty : Markup.Of($"""<p class="faint">and {more} more rows that change</p>"""))}

            """);
    }

    internal static IReadOnlyList<PageRange> Ranges(Step step, Outcome? actual)
    {
        switch (step.Operation)
        {
            case Operation.Get get:
                PageRange[] expected = [.. (step.Expect?.Alternatives ?? []).Where(each => each.StartGfn != null)
                    .Select(each => new PageRange("expected", "expected", each.StartGfn ?? 0, each.Count ?? 0))];
                PageRange[] got = actual?.StartGfn is { } start ? [new PageRange("got", "got", start, actual.Count ?? 0)] : [];
                return expected.Length + got.Length > 0 ? [.. expected, .. got] : [new PageRange("asked", "asked", get.StartGfn, 1)];
            case Operation.Set set:
                return [new PageRange("asked", "asked", set.StartGfn, set.Count)];
            case Operation.Essa essa:
                return [new PageRange("asked", "asked", essa.Gfn, essa.Pages)];
            case Operation.EssaBegin begin:
                return [new PageRange("asked", "asked", begin.Gfn, 1)];
            case Operation.Touch touch:
                return [new PageRange("asked", "asked", touch.Gfn, 1)];
            case Operation.Evict evict:
                return [new PageRange("asked", "asked", evict.Gfn, 1)];
            default:
                return [];
        }
    }
}
