// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Exploring.Generators;

/// <summary>How large the memory of a random trace may be.</summary>
/// <param name="MaxSlots">At least 1.</param>
/// <param name="MaxSlotPages">At least 1.</param>
public sealed record LayoutSize(int MaxSlots, int MaxSlotPages);

/// <summary>The slots that a random trace begins with, and the gfns that are worth trying on them.</summary>
public sealed class Layout
{
    private Layout(IReadOnlyList<Memslot> slots) => Slots = slots;

    /// <summary>By ascending base; ids in a random order.</summary>
    public IReadOnlyList<Memslot> Slots { get; }

    /// <summary>The pages of all slots together.</summary>
    public ulong Pages => Slots.Aggregate(0UL, (sum, slot) => sum + slot.Pages);

    /// <summary>Slots side by side or with holes, at gfn 0, somewhere, or up to the end of memory.</summary>
    public static Layout Random(RandomNumbers random, LayoutSize size)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(size);
        int count = random.OneIn(3) ? random.Between(1, size.MaxSlots) : random.Between(1, Math.Min(3, size.MaxSlots));
        ulong next = random.OneIn(2) ? 0 : random.Of<ulong>(1, 255, 256, 4096, (1UL << 32) - 8, 1UL << 40);
        List<Memslot> slots = [];
        for (int index = 0; index < count; index++)
        {
            next += index == 0 || random.OneIn(2) ? 0 : random.Of<ulong>(1, 2, 15, 16, 17, 64, 256, 100_000);
            ulong pages = SlotPages(random, size);
            slots.Add(new Memslot((uint)index, next, pages, DirtyLog: !random.OneIn(24)));
            next += pages;
        }

        // now and then the last page is the last that memory can have
        ulong shift = random.OneIn(6) ? Limits.EndOfMemoryGfn - next : 0;
        return new Layout([.. slots.Select(slot => slot with { BaseGfn = slot.BaseGfn + shift })]);
    }

    /// <summary>A gfn: mostly of a page, often at an edge, sometimes outside memory.</summary>
    public ulong Gfn(RandomNumbers random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Memslot slot = Slots[(int)random.Below((ulong)Slots.Count)];
        ulong end = slot.BaseGfn + slot.Pages;
        return random.Between(0, 19) switch
        {
            < 9 => slot.BaseGfn + random.Below(slot.Pages),
            9 => slot.BaseGfn,
            10 => end - 1,
            11 => end,
            12 => end + random.Below(20),
            13 => unchecked(slot.BaseGfn - 1),
            14 => 0,
            15 => random.Of(ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63, Limits.EndOfMemoryGfn, Limits.EndOfMemoryGfn - 1),
            16 => Hole(random) ?? end,
            _ => slot.BaseGfn + Math.Min(slot.Pages - 1, random.Of<ulong>(63, 64, 65, 127, 128, 4095, 4096, 4097) + random.Below(2)),
        };
    }

    /// <summary>A page of a slot.</summary>
    public ulong Page(RandomNumbers random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Memslot slot = Slots[(int)random.Below((ulong)Slots.Count)];
        return slot.BaseGfn + random.Below(slot.Pages);
    }

    private ulong? Hole(RandomNumbers random)
    {
        for (int index = 1; index < Slots.Count; index++)
        {
            ulong end = Slots[index - 1].BaseGfn + Slots[index - 1].Pages;
            if (end < Slots[index].BaseGfn)
            {
                return end + random.Below(Slots[index].BaseGfn - end);
            }
        }

        return null;
    }

    private static ulong SlotPages(RandomNumbers random, LayoutSize size)
    {
        ulong pages = random.Between(0, 3) switch
        {
            0 => random.Of<ulong>(1, 2, 16, 17, 18, 63, 64, 65),
            1 => 1 + random.Below(40),
            _ => 1 + random.Below((ulong)size.MaxSlotPages),
        };
        return Math.Min(pages, (ulong)size.MaxSlotPages);
    }
}
