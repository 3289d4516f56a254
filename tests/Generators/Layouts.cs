// SPDX-License-Identifier: MIT
using Cmma.Abi;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Generators;

/// <summary>The slots that a trace begins with.</summary>
/// <param name="Slots">By ascending base; at least one.</param>
public sealed record Layout(IReadOnlyList<Memslot> Slots)
{
    /// <summary>The pages of all slots together.</summary>
    public ulong Pages => Slots.Aggregate(0UL, (sum, slot) => sum + slot.Pages);

    /// <summary>One past the last page.</summary>
    public ulong EndGfn => End(Slots[^1]);

    /// <summary>The pages between neighbouring slots that do not exist: the first gfn of each hole and one past its last.</summary>
    public IReadOnlyList<(ulong From, ulong To)> Holes => [
        .. Slots.Zip(Slots.Skip(1)).Where(pair => End(pair.First) < pair.Second.BaseGfn).Select(pair => (End(pair.First), pair.Second.BaseGfn))];

    /// <summary>One past the last page of a slot.</summary>
    public static ulong End(Memslot slot) => slot.BaseGfn + slot.Pages;
}

/// <summary>Random layouts: slots side by side or with holes, at gfn 0, anywhere, or up to gfn 2^52.</summary>
public static class Layouts
{
    // Around the gap of 16 and the words of 64; pages in gfns are numbers without a bound of their own.
    private static readonly ulong[] EdgePages = [1, 2, 15, 16, 17, 18, 63, 64, 65];

    private static readonly ulong[] HolePages = [1, 2, 15, 16, 17, 64, 256, 100_000];

    /// <summary>Up to this many slots of up to this many pages each; both grow with FsCheck's size.</summary>
    public static Gen<Layout> Of(int maxSlots, int maxSlotPages) =>
        from size in Gen.Sized(Gen.Constant)
        from count in Gen.Choose(1, Grown(maxSlots, size))
        from pages in SlotPages(Grown(maxSlotPages, size)).ArrayOf(count)
        from holes in Hole.ArrayOf(count)
        from withoutLog in Numbers.OneIn(20).ArrayOf(count)
        from ids in Gen.Shuffle(Enumerable.Range(0, count))
        let slots = Placed(pages, holes, withoutLog, ids)
        from shift in Place(Layout.End(slots[^1]))
        select new Layout([.. slots.Select(slot => slot with { BaseGfn = slot.BaseGfn + shift })]);

    // At least 1; all of it from size 50 on, which is half of FsCheck's cases.
    private static int Grown(int most, int size) => Math.Clamp(most * size / 50, 1, most);

    private static Gen<ulong> SlotPages(int most) => Gen.Frequency(
        (2, Gen.Choose(1, most).Select(pages => (ulong)pages)),
        (1, Gen.Elements(EdgePages).Select(pages => Math.Min(pages, (ulong)most))));

    private static Gen<ulong> Hole => Gen.Frequency((1, Gen.Constant(0UL)), (1, Gen.Elements(HolePages)));

    // The slots one after the other from gfn 0 on. What lies before the first one is not a hole.
    private static Memslot[] Placed(ulong[] pages, ulong[] holes, bool[] withoutLog, int[] ids)
    {
        Memslot[] slots = new Memslot[pages.Length];
        ulong next = 0;
        for (int index = 0; index < slots.Length; index++)
        {
            next += index == 0 ? 0 : holes[index];
            slots[index] = new Memslot((uint)ids[index], next, pages[index], !withoutLog[index]);
            next += pages[index];
        }

        return slots;
    }

    private static Gen<ulong> Place(ulong end) => Gen.Frequency(
        (4, Gen.Constant(0UL)),
        (2, Numbers.Below(300)),
        (2, Numbers.NearPowerOf2(51)),
        (2, Numbers.Below(3).Select(pages => Limits.EndOfMemoryGfn - end - pages)));
}
