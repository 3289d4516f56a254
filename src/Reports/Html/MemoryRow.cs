// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reports.Html;

/// <summary>The states of up to 64 pages side by side, all of one slot.</summary>
/// <param name="Gfn">The first page.</param>
/// <param name="Pages">Their states.</param>
internal sealed record MemoryRow(ulong Gfn, IReadOnlyList<PageState> Pages)
{
    private const ulong RowPages = 64;
    private const ulong MostPagesToLookAt = 1 << 16;

    /// <summary>The rows of memory; where it is large only those that hold one of these pages.</summary>
    public static IReadOnlyList<MemoryRow> Of(IMachineState state, IReadOnlyList<ulong> gfns)
    {
        bool all = state.Slots.Aggregate(0UL, (sum, slot) => sum + slot.Pages) <= MostPagesToLookAt;
        List<MemoryRow> rows = [];
        foreach (Memslot slot in state.Slots)
        {
            IEnumerable<ulong> offsets = all
                ? Enumerable.Range(0, (int)((slot.Pages + RowPages - 1) / RowPages)).Select(row => (ulong)row * RowPages)
                : gfns.Where(gfn => gfn >= slot.BaseGfn && gfn - slot.BaseGfn < slot.Pages)
                    .Select(gfn => (gfn - slot.BaseGfn) / RowPages * RowPages).Distinct().Order();
            rows.AddRange(offsets.Select(offset => Row(state, slot, offset)));
        }

        return rows;
    }

    /// <summary>Whether a row shows the same.</summary>
    public bool Same(MemoryRow? other) => other != null && Gfn == other.Gfn && Pages.SequenceEqual(other.Pages);

    private static MemoryRow Row(IMachineState state, Memslot slot, ulong offset)
    {
        int pages = (int)Math.Min(RowPages, slot.Pages - offset);
        return new MemoryRow(slot.BaseGfn + offset, [.. Enumerable.Range(0, pages).Select(page => state.Page(slot.BaseGfn + offset + (ulong)page))]);
    }
}

/// <summary>Pages that are marked below a picture.</summary>
/// <param name="Label">What they are.</param>
/// <param name="Kind">The class of the mark.</param>
/// <param name="First">The first page.</param>
/// <param name="Count">How many.</param>
internal sealed record PageRange(string Label, string Kind, ulong First, ulong Count)
{
    /// <summary>The first and the last page.</summary>
    public IReadOnlyList<ulong> Ends => Count == 0 ? [First] : [First, unchecked(First + Count - 1)];

    /// <summary>Whether a page belongs to it.</summary>
    public bool Holds(ulong gfn) => gfn >= First && gfn - First < Count;
}
