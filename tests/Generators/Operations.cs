// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Generators;

/// <summary>
/// Random operations on a layout, one or a few that belong together. They know nothing of those before them: <see cref="RandomTraces"/> makes the
/// whole a trace that is not malformed.
/// </summary>
public static class Operations
{
    // Ids of slots that a trace may begin with, and one that it never creates.
    private static readonly uint[] Ids = [0, 0, 1, 1, 2, 3, 4, 99];

    // Around the limit of a gap, and gaps within a word and beyond one.
    private static readonly ulong[] Gaps = [0, 1, 14, 15, 15, 16, 16, 17, 18, 62, 63, 64];

    // More pages than a slot may have, in number or up to the end of memory, and none.
    private static readonly ulong[] RefusedPages = [0, 1UL << 31, 1UL << 52, ulong.MaxValue];

    /// <summary>ESSA on one page.</summary>
    public static Gen<Operation> Essa(Layout layout) =>
        from gfn in Gfns.Any(layout) from orc in Arguments.Orcs select (Operation)new Operation.Essa(gfn, orc);

    /// <summary>GET with these flags; PEEK by its flag.</summary>
    public static Gen<Operation> Get(Layout layout, Gen<uint> flags) =>
        from start in Gfns.Any(layout)
        from count in Arguments.Counts(layout)
        from flag in flags
        from remaining in Gen.Frequency((3, Gen.Constant(0UL)), (1, Numbers.Any))
        from bytes in Arguments.Buffers(layout, count)
        from argument in Arguments.GetArgument
        from fails in Arguments.AllocationFailures
        select (Operation)new Operation.Get(start, count, flag, remaining, bytes, argument, fails);

    /// <summary>GET without a flag.</summary>
    public static Gen<Operation> Get(Layout layout) => Get(layout, Gen.Constant(0U));

    /// <summary>PEEK.</summary>
    public static Gen<Operation> Peek(Layout layout) => Get(layout, Gen.Constant((uint)CmmaFlags.Peek));

    /// <summary>SET.</summary>
    public static Gen<Operation> Set(Layout layout) =>
        from start in Gfns.Any(layout)
        from count in Gen.Frequency(
            (12, Numbers.Below(Math.Min(layout.Pages + 2, 80)).Select(pages => (uint)pages + 1)),
            (1, Gen.Elements(0U, 0U, Limits.MaxCount - 1, Limits.MaxCount, Limits.MaxCount + 1, uint.MaxValue)))
        from values in Arguments.Values((int)Math.Min(count, 96))
        from readable in Gen.Frequency((12, Gen.Constant(values.Length)), (1, Gen.Choose(0, Math.Max(0, values.Length - 1))))
        from flags in Gen.Frequency((20, Gen.Constant(0U)), (1, Gen.Constant((uint)CmmaFlags.Peek)), (1, Arguments.UnknownFlags))
        from mask in Arguments.Masks
        from argument in Arguments.SetArgument
        from fails in Arguments.AllocationFailures
        select (Operation)new Operation.Set(start, count, flags, mask, ByteRuns.Of(values.AsSpan(0, readable)), argument, fails);

    /// <summary>GET, PEEK or SET with something wrong: the struct, the buffer, the allocation, the flags.</summary>
    public static Gen<Operation> Faulty(Layout layout) => Gen.OneOf(
        from get in Gen.OneOf(Get(layout), Peek(layout)) from memory in Gen.Elements(ArgumentMemory.Unreadable, ArgumentMemory.ReadOnly)
        select (Operation)((Operation.Get)get with { Argument = memory }),
        from get in Gen.OneOf(Get(layout), Peek(layout)) from bytes in Gen.Choose(0, 20) select (Operation)((Operation.Get)get with { BufferBytes = (uint)bytes }),
        from get in Gen.OneOf(Get(layout), Peek(layout)) select (Operation)((Operation.Get)get with { AllocationFails = true }),
        Get(layout, Arguments.UnknownFlags),
        from set in Set(layout) select (Operation)((Operation.Set)set with { Argument = ArgumentMemory.Unreadable }),
        from set in Set(layout) select (Operation)((Operation.Set)set with { AllocationFails = true }),
        from set in Set(layout) from flags in Arguments.UnknownFlags select (Operation)((Operation.Set)set with { Flags = flags }),
        from set in Set(layout) select (Operation)((Operation.Set)set with { Values = ByteRuns.Of([]) }));

    /// <summary>SET of as many pages as a call can, of which few exist.</summary>
    public static Gen<Operation> LongestSet(Layout layout) =>
        from start in Gfns.Any(layout)
        from value in Gen.Choose(0, 255)
        from mask in Arguments.Masks
        select (Operation)new Operation.Set(start, Limits.MaxCount, 0, mask, ByteRuns.Parse($"{value:x2}*{Limits.MaxCount}")!);

    /// <summary>Touch or evict of one page.</summary>
    public static Gen<Operation> TouchOrEvict(Layout layout) =>
        from gfn in Gfns.Any(layout) from touch in Numbers.OneIn(2) select touch ? (Operation)new Operation.Touch(gfn) : new Operation.Evict(gfn);

    /// <summary>What changes a mode, or asks for it.</summary>
    public static Gen<Operation> Mode { get; } = Gen.Frequency(
        (4, Gen.Constant<Operation>(new Operation.StartMigration())),
        (2, Gen.Constant<Operation>(new Operation.StopMigration())),
        (1, Gen.Constant<Operation>(new Operation.MigrationStatus())),
        (2, Gen.Constant<Operation>(new Operation.ClearCmma())),
        (1, Gen.Constant<Operation>(new Operation.EnableCmma())),
        (1, Gen.Constant<Operation>(new Operation.CreateVcpu())));

    /// <summary>A stop and a new start with something between them: a counter or marks that outlive the stop show in the GETs after it (STOP-MIGRATION-2).</summary>
    public static Gen<Operation[]> Restart(Layout layout) =>
        from between in Gen.OneOf(Gen.Constant<Operation[]>([new Operation.ClearCmma()]), One(Set(layout)), One(Essa(layout)), Slot(layout))
        from drain in Drain(layout)
        select (Operation[])[new Operation.StopMigration(), .. between, new Operation.StartMigration(), .. drain];

    /// <summary>Creates, moves or deletes a slot or switches its dirty log, also such as does not exist.</summary>
    public static Gen<Operation[]> Slot(Layout layout) => Gen.OneOf(
        Gen.OneOf(
            from id in Gen.Elements(Ids) from log in Numbers.OneIn(2) select (Operation[])[new Operation.SetSlotFlags(id, log)],
            from slot in Gen.Elements<Memslot>(layout.Slots) select (Operation[])[new Operation.SetSlotFlags(slot.Id, !slot.DirtyLog)]),
        from slot in Gen.Elements<Memslot>(layout.Slots) from gfn in Base(layout, slot.Pages) from fails in Arguments.SlotAllocationFailures
        select (Operation[])[new Operation.MoveSlot(slot.Id, gfn, fails)],
        from id in Gen.Elements(Ids) from gfn in Base(layout, pages: 1) from fails in Arguments.SlotAllocationFailures
        select (Operation[])[new Operation.MoveSlot(id, gfn, fails)],
        DeleteAndPerhapsCreateAgain(layout),
        from create in CreateSlot(layout) select (Operation[])[create]);

    /// <summary>Dirty pages with gaps between them that are about as long as one may be (GET-BLOCK-4), and perhaps a GET.</summary>
    public static Gen<Operation[]> MarksWithGaps(Layout layout) =>
        from first in Gfns.Page(layout)
        from gaps in Gen.Elements(Gaps).ListOf().Resize(4)
        from orcs in Arguments.ChangingOrcs.ArrayOf(gaps.Count + 1)
        let gfns = gaps.Aggregate(new List<ulong> { first }, (gfns, gap) => [.. gfns, gfns[^1] + 1 + gap])
        from start in Gen.OneOf(Gen.Constant(first), Gfns.Any(layout))
        from count in Gen.OneOf(Gen.Constant(Limits.MaxCount), Gen.Choose(-2, 20).Select(more => (uint)Math.Max(1, (long)(gfns[^1] - first) + more)))
        from asks in Numbers.OneIn(2)
        select (Operation[])[
            .. gfns.Zip(orcs, (gfn, orc) => new Operation.Essa(gfn, orc)), .. asks ? [RoomyGet(layout, start, count)] : Array.Empty<Operation>()];

    /// <summary>A page that is paged out, perhaps discarded, and then used (ESSA-ORC-2 to ESSA-ORC-6).</summary>
    public static Gen<Operation[]> PageOut(Layout layout) =>
        from gfn in Gfns.Page(layout)
        from discarded in Numbers.OneIn(2)
        from discards in Gen.Elements(2U, 3U)
        from orc in Arguments.Orcs
        select (Operation[])[new Operation.Evict(gfn), .. discarded ? [new Operation.Essa(gfn, discards)] : Array.Empty<Operation>(), new Operation.Essa(gfn, orc)];

    /// <summary>GETs that find everything in a small memory, unless it is scattered.</summary>
    public static Gen<Operation[]> Drain(Layout layout) =>
        from calls in Gen.Choose(1, 4) select (Operation[])[.. Enumerable.Repeat<Operation>(RoomyGet(layout, 0, Limits.MaxCount), calls)];

    /// <summary>A GET from anywhere with a buffer that is large enough for its count.</summary>
    public static Gen<Operation> GetThatSucceeds(Layout layout) =>
        from start in Gfns.Any(layout)
        from count in Gen.OneOf(Gen.Choose(1, 40).Select(count => (uint)count), Gen.Constant(Limits.MaxCount), Gen.Constant(Limits.MaxCount))
        select (Operation)RoomyGet(layout, start, count);

    /// <summary>What a guest and its host do to pages: ESSA, touch, evict.</summary>
    public static Gen<Operation[]> Guest(Layout layout) => Gen.Frequency(
        (4, from essa in Essa(layout) select (Operation[])[essa]),
        (1, from access in TouchOrEvict(layout) select (Operation[])[access]),
        (2, PageOut(layout)),
        (2, from marks in MarksWithGaps(layout) select (Operation[])[.. marks.Where(operation => operation is Operation.Essa)]));

    /// <summary>Anything.</summary>
    public static Gen<Operation[]> Any(Layout layout) => Gen.Frequency(
        (40, One(Essa(layout))),
        (34, One(Get(layout))),
        (20, One(Peek(layout))),
        (4, One(Get(layout, Arguments.UnknownFlags))),
        (22, One(Set(layout))),
        (1, One(LongestSet(layout))),
        (12, One(TouchOrEvict(layout))),
        (8, PageOut(layout)),
        (18, One(Mode)),
        (2, Restart(layout)),
        (20, Slot(layout)),
        (16, MarksWithGaps(layout)),
        (3, Drain(layout)));

    private static Gen<Operation[]> One(Gen<Operation> operation) => operation.Select(each => (Operation[])[each]);

    private static Operation.Get RoomyGet(Layout layout, ulong start, uint count) =>
        new Operation.Get(start, count, BufferBytes: (uint)Math.Min(count, layout.Pages + 80));

    private static Gen<Operation> CreateSlot(Layout layout) =>
        from id in Gen.Elements(Ids)
        from pages in Gen.Frequency((3, Numbers.Below(70).Select(pages => pages + 1)), (1, Gen.Elements(RefusedPages)))
        from baseGfn in Base(layout, pages)
        from withoutLog in Numbers.OneIn(3)
        from fails in Arguments.SlotAllocationFailures
        select (Operation)new Operation.CreateSlot(id, baseGfn, pages, !withoutLog, fails);

    // One of the first slots, where it was (H5), or with another one in its place.
    private static Gen<Operation[]> DeleteAndPerhapsCreateAgain(Layout layout) =>
        from slot in Gen.Elements<Memslot>(layout.Slots)
        from again in Gen.Elements(0, 0, 1, 2)
        from other in CreateSlot(layout)
        from fails in Arguments.SlotAllocationFailures
        select (Operation[])[
            new Operation.DeleteSlot(slot.Id, fails),
            .. again switch { 0 => [], 1 => [new Operation.CreateSlot(slot.Id, slot.BaseGfn, slot.Pages, DirtyLog: true)], _ => new[] { other } }];

    // Where a slot was or within it, right after one or a little later, up to the end of memory or one page past it, or anywhere.
    private static Gen<ulong> Base(Layout layout, ulong pages) => Gen.OneOf(
        Gfns.Page(layout),
        Gen.Elements<Memslot>(layout.Slots).Select(slot => slot.BaseGfn),
        from slot in Gen.Elements<Memslot>(layout.Slots) from distance in Gen.Elements(0UL, 0UL, 1UL, 1000UL) select Layout.End(slot) + distance,
        Numbers.Below(2).Select(past => unchecked(Limits.EndOfMemoryGfn - pages + past)),
        Gfns.Any(layout));
}
