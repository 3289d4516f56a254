// SPDX-License-Identifier: MIT
using Cmma.Abi;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Generators;

/// <summary>Random gfns relative to a layout.</summary>
public static class Gfns
{
    // What no page has, up to the largest number.
    private static readonly ulong[] OutsideMemory = [
        Limits.EndOfMemoryGfn - 1, Limits.EndOfMemoryGfn, Limits.EndOfMemoryGfn + 1, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue];

    /// <summary>A page of a slot.</summary>
    public static Gen<ulong> Page(Layout layout) =>
        from slot in Gen.Elements<Memslot>(layout.Slots)
        from page in Numbers.Below(slot.Pages)
        select slot.BaseGfn + page;

    /// <summary>Mostly a page, often at or next to an edge of a slot, sometimes in a hole, after the last page, or one that memory cannot have.</summary>
    public static Gen<ulong> Any(Layout layout) => Gen.Frequency(
        (9, Page(layout)),
        (4, Edge(layout)),
        (2, Hole(layout)),
        (1, Numbers.Below(20).Select(distance => layout.EndGfn + distance)),
        (1, Gen.Constant(0UL)),
        (1, Gen.Elements(OutsideMemory)));

    // The last page before a slot, its first and second, its last two and the one after it; at gfn 0 the page before it is 2^64 - 1.
    private static Gen<ulong> Edge(Layout layout) =>
        from slot in Gen.Elements<Memslot>(layout.Slots)
        from atEnd in Numbers.OneIn(2)
        from distance in Gen.Choose(-1, 1)
        select unchecked((atEnd ? Layout.End(slot) - 1 : slot.BaseGfn) + (ulong)(long)distance);

    private static Gen<ulong> Hole(Layout layout) => layout.Holes.Count == 0
        ? Edge(layout)
        : from hole in Gen.Elements<(ulong From, ulong To)>(layout.Holes)
          from gfn in Gen.OneOf(Gen.Constant(hole.From), Gen.Constant(hole.To - 1), Numbers.Below(hole.To - hole.From).Select(page => hole.From + page))
          select gfn;
}
