// SPDX-License-Identifier: MIT
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Generators;

/// <summary>Random ways to begin: mostly up to migration mode, sometimes with a part of it left out or too early.</summary>
public static class SetUps
{
    /// <summary>Operations that create the slots of a layout, enable CMMA, use it, and start migration.</summary>
    public static Gen<Operation[]> Any(Layout layout) =>
        from create in Gen.Shuffle(Create(layout, dirtyLogs: false))
        from early in Optional(16, layout.Slots.Count == 0 ? Gen.Constant<Operation[]>([]) : Early(layout))
        from enable in Left(20, new Operation.EnableCmma())
        from twice in Optional(12, Gen.Constant<Operation[]>([new Operation.EnableCmma()]))
        from use in Gen.Frequency((11, from gfn in Gen.Frequency((7, Gfns.Page(layout)), (1, Gfns.Any(layout))) from orc in Gen.Elements(1U, 2U)
            select (Operation[])[new Operation.Essa(gfn, orc)]), (1, Gen.Constant<Operation[]>([])))
        from set in Gen.Frequency((3, Operations.Set(layout).Select(set => (Operation[])[set])), (1, Gen.Constant<Operation[]>([])))
        from start in Left(8, new Operation.StartMigration())
        from marks in Gen.Frequency((2, Drained(layout)), (1, Gen.Constant<Operation[]>([])))
        select (Operation[])[.. create, .. early, .. enable, .. twice, .. use, .. set, .. start, .. marks];

    /// <summary>The slots of a layout, by ascending base.</summary>
    /// <param name="layout">The slots.</param>
    /// <param name="dirtyLogs">Every slot has a dirty log, also if the layout says otherwise.</param>
    public static IEnumerable<Operation> Create(Layout layout, bool dirtyLogs) =>
        layout.Slots.Select(slot => new Operation.CreateSlot(slot.Id, slot.BaseGfn, slot.Pages, slot.DirtyLog || dirtyLogs));

    // Before CMMA is enabled (H4), with changes of slots while migrating.
    private static Gen<Operation[]> Early(Layout layout) =>
        from changes in Operations.Slot(layout).ListOf().Resize(4)
        select (Operation[])[new Operation.StartMigration(), .. changes.SelectMany(change => change)];

    private static Gen<Operation[]> Drained(Layout layout) =>
        from drain in Operations.Drain(layout) from marks in Operations.MarksWithGaps(layout) select (Operation[])[.. drain, .. marks];

    private static Gen<Operation[]> Optional(int onceIn, Gen<Operation[]> operations) =>
        Gen.Frequency((1, operations), (onceIn - 1, Gen.Constant<Operation[]>([])));

    private static Gen<Operation[]> Left(int outOnceIn, Operation operation) =>
        Gen.Frequency((outOnceIn - 1, Gen.Constant<Operation[]>([operation])), (1, Gen.Constant<Operation[]>([])));
}
