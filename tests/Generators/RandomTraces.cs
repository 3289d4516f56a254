// SPDX-License-Identifier: MIT
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Generators;

/// <summary>Random traces: a layout, a way into migration mode, then operations, more of them the larger FsCheck's size is.</summary>
public static class RandomTraces
{
    private const int MaxSlots = 5;
    private const int MaxSlotPages = 96;
    private const int DrainingCalls = 32;

    /// <summary>Slots and pages as most traces have them.</summary>
    public static Gen<Layout> Layouts { get; } = Generators.Layouts.Of(MaxSlots, MaxSlotPages);

    /// <summary>Every operation, and every way to begin.</summary>
    public static Gen<Trace> Ordinary { get; } = Of(Layouts, Operations.Any);

    /// <summary>Ordinary, but shorter, then GET after GET from any start (G9).</summary>
    public static Gen<Trace> Draining { get; } =
        from layout in Layouts
        from begin in SetUps.Any(layout)
        from operations in Many(Operations.Any(layout)).ScaleSize(size => size / 4)
        from gets in Operations.GetThatSucceeds(layout).ArrayOf(DrainingCalls)
        from hostLacksCmma in Numbers.OneIn(40)
        select WellFormed.Trace(!hostLacksCmma, [.. begin, .. operations, .. gets]);

    /// <summary>A migration of which nothing gets lost: the guest runs, GETs succeed, in the end all is drained (G10).</summary>
    public static Gen<Trace> Migration { get; } =
        from layout in Layouts
        from before in Many(Operations.Guest(layout)).ScaleSize(size => size / 4)
        from set in Operations.Set(layout)
        from during in Many(Gen.OneOf(Operations.Guest(layout), Operations.GetThatSucceeds(layout).Select(get => (Operation[])[get]))).ScaleSize(size => size / 2)
        from gets in Operations.GetThatSucceeds(layout).ArrayOf(DrainingCalls)
        select WellFormed.Trace(hostHasCmma: true, [
            .. SetUps.Create(layout, dirtyLogs: true),
            new Operation.EnableCmma(), new Operation.CreateVcpu(),
            .. before, set,
            new Operation.StartMigration(),
            .. during, .. gets]);

    /// <summary>What no trace must hold: ESSA without a vCPU, and slots under ids in use.</summary>
    public static Gen<Trace> Malformed { get; } =
        from layout in Layouts
        from begin in SetUps.Any(layout)
        from operations in Many(Gen.Frequency((3, Operations.Any(layout)), (1, Operations.Slot(layout))))
        from vcpu in Numbers.OneIn(2)
        select new Trace(HostHasCmma: true, [
            .. begin.Concat(operations).Where(operation => vcpu || operation is not Operation.CreateVcpu).Select(operation => new Step(operation))]);

    /// <summary>Ordinary, with ESSA in two steps that do not overlap (ESSA-STEPS-1, ESSA-STEPS-2).</summary>
    public static Gen<Trace> InSteps { get; } = LooseSteps.Select(trace => WellFormed.Trace(trace.HostHasCmma, trace.Steps.Select(step => step.Operation)));

    /// <summary>The same with such as no trace must hold: one begun before the end of another, an end alone.</summary>
    public static Gen<Trace> LooseSteps =>
        from trace in Ordinary
        from begins in Numbers.OneIn(2).ArrayOf(trace.Steps.Count)
        from ends in Numbers.OneIn(3).ArrayOf(trace.Steps.Count)
        select trace with { Steps = [.. trace.Steps.SelectMany((step, index) => Stepped(step, begins[index], ends[index]))] };

    /// <summary>Slots that come, go, move and change their dirty log (CREATE-SLOT, MOVE-SLOT, DELETE-SLOT, SET-SLOT-FLAGS).</summary>
    public static Gen<Trace> SlotChanges { get; } = Of(Layouts, layout => Gen.Frequency((2, Operations.Slot(layout)), (1, Operations.Any(layout))));

    /// <summary>Marks with gaps in slots of a few words, and GETs from anywhere with any count (GET-BLOCK).</summary>
    public static Gen<Trace> Blocks { get; } = Of(
        Generators.Layouts.Of(maxSlots: 3, maxSlotPages: 300),
        layout => Gen.Frequency((3, Operations.MarksWithGaps(layout)), (2, One(Operations.Get(layout))), (1, Operations.Drain(layout)), (1, Operations.Any(layout))));

    /// <summary>Attributes and content: SET with any mask and values, every ESSA, and PEEK to see them.</summary>
    public static Gen<Trace> PageStates { get; } = Of(Layouts, layout => Gen.Frequency(
        (3, One(Operations.Set(layout))), (3, Operations.PageOut(layout)), (2, One(Operations.Essa(layout))), (2, One(Operations.Peek(layout))),
        (1, One(Operations.TouchOrEvict(layout))), (1, One(Operations.Mode))));

    /// <summary>GET, PEEK and SET of which most fail: memory of the caller, allocation, flags.</summary>
    public static Gen<Trace> Faults { get; } = Of(Layouts, layout => Gen.Frequency((3, One(Operations.Faulty(layout))), (1, Operations.Any(layout))));

    /// <summary>What every other trace has seldom: a host without CMMA, a VM without slots.</summary>
    public static Gen<Trace> Refusals { get; } =
        from layout in Layouts
        from begin in SetUps.Any(layout)
        from operations in Many(Gen.Frequency((2, One(Operations.Mode)), (1, Operations.Slot(layout))))
        from hasNoSlots in Numbers.OneIn(2)
        from hostLacksCmma in Numbers.OneIn(2)
        select WellFormed.Trace(!hostLacksCmma, [.. hasNoSlots ? [] : begin, .. operations]);

    /// <summary>Slots of more than one stripe of 4096 pages.</summary>
    public static Gen<Trace> LongSlots { get; } = Of(Generators.Layouts.Of(maxSlots: 3, maxSlotPages: 9000), Operations.Any);

    /// <summary>Traces on such layouts of such operations.</summary>
    public static Gen<Trace> Of(Gen<Layout> layouts, Func<Layout, Gen<Operation[]>> operations) =>
        from layout in layouts
        from begin in SetUps.Any(layout)
        from rest in Many(operations(layout))
        from hostLacksCmma in Numbers.OneIn(40)
        select WellFormed.Trace(!hostLacksCmma, [.. begin, .. rest]);

    private static Gen<Operation[]> One(Gen<Operation> operation) => operation.Select(each => (Operation[])[each]);

    private static IEnumerable<Step> Stepped(Step step, bool begins, bool ends)
    {
        yield return begins && step.Operation is Operation.Essa { Pages: 1 } essa ? new Step(new Operation.EssaBegin(essa.Gfn, essa.Orc)) : step;
        if (ends)
        {
            yield return new Step(new Operation.EssaEnd());
        }
    }

    // From half of FsCheck's size to all of it.
    private static Gen<IEnumerable<Operation>> Many(Gen<Operation[]> some) => Gen.Sized(size =>
        from count in Gen.Choose(size / 2, size)
        from parts in some.ArrayOf(count)
        select parts.SelectMany(part => part));
}
