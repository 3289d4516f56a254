// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Cmma.Abi;

namespace Cmma.Optimized;

/// <summary>The slots of a moment, by ascending base; never changed after it is made.</summary>
internal sealed class SlotTable
{
    /// <summary>No slots.</summary>
    public static readonly SlotTable Empty = new([]);

    private readonly Slot[] ascending;

    private SlotTable(Slot[] ascending) => this.ascending = ascending;

    /// <summary>All slots.</summary>
    public ReadOnlySpan<Slot> Ascending => ascending;

    /// <summary>The slot that holds the page, or null.</summary>
    public Slot? Holding(ulong gfn)
    {
        int index = IndexEndingAbove(gfn);
        return index < ascending.Length && ascending[index].BaseGfn <= gfn ? ascending[index] : null;
    }

    /// <summary>The first slot that ends above the page: the one that holds it or the next one up; the number of slots if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexEndingAbove(ulong gfn)
    {
        int low = 0;
        int high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ascending[middle].EndGfn > gfn)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>The slot with this id, or null.</summary>
    public Slot? WithId(uint id) => Array.Find(ascending, slot => slot.Id == id);

    /// <summary>Whether these pages, which end at or below 2^52, would share one with a slot.</summary>
    public bool Overlaps(ulong baseGfn, ulong pages)
    {
        int index = IndexEndingAbove(baseGfn);
        return index < ascending.Length && ascending[index].BaseGfn < baseGfn + pages;
    }

    /// <summary>These slots and one more.</summary>
    public SlotTable With(Slot slot)
    {
        List<Slot> more = [.. ascending];
        more.Insert(IndexEndingAbove(slot.BaseGfn), slot);
        return new SlotTable([.. more]);
    }

    /// <summary>These slots without one of them.</summary>
    public SlotTable Without(Slot slot) => new(Array.FindAll(ascending, other => other != slot));

    /// <summary>The slots as the interface shows them.</summary>
    public IReadOnlyList<Memslot> ToMemslots() =>
        Array.ConvertAll(ascending, slot => new Memslot(slot.Id, slot.BaseGfn, slot.Pages, slot.DirtyLog));
}
