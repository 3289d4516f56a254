// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Properties.Tests;

/// <summary>The slots of a machine and the state of their pages at one moment. It never changes; two are equal if everything in them is.</summary>
public sealed class Memory : IEquatable<Memory>
{
    private readonly PageState[][] pages; // for each slot
    private readonly Lazy<IReadOnlyList<ulong>> dirty;

    private Memory(IReadOnlyList<Memslot> slots, PageState[][] pages)
    {
        Slots = slots;
        this.pages = pages;
        dirty = new(() => [.. Gfns.Where(gfn => this[gfn].Dirty)]);
    }

    /// <summary>By ascending base.</summary>
    public IReadOnlyList<Memslot> Slots { get; }

    /// <summary>The dirty pages, ascending.</summary>
    public IReadOnlyList<ulong> Dirty => dirty.Value;

    /// <summary>Every page that exists, ascending.</summary>
    public IEnumerable<ulong> Gfns
    {
        get
        {
            foreach (Memslot slot in Slots)
            {
                for (ulong page = 0; page < slot.Pages; page++)
                {
                    yield return slot.BaseGfn + page;
                }
            }
        }
    }

    /// <summary>The state of a page; the default if it does not exist.</summary>
    public PageState this[ulong gfn]
    {
        get
        {
            int index = IndexOfSlot(gfn);
            return index < 0 ? default : pages[index][gfn - Slots[index].BaseGfn];
        }
    }

    public static Memory Of(IMachineState machine)
    {
        IReadOnlyList<Memslot> slots = machine.Slots;
        return new Memory(slots, [.. slots.Select(slot => PagesOf(machine, slot))]);
    }

    public bool Exists(ulong gfn) => IndexOfSlot(gfn) >= 0;

    /// <summary>One past the last of the pages that follow each other without a hole from <paramref name="gfn"/> on; the gfn itself if it does not exist.</summary>
    public ulong EndOfRun(ulong gfn)
    {
        foreach (Memslot slot in Slots) // ascending, so one pass is enough
        {
            gfn = Holds(slot, gfn) ? slot.BaseGfn + slot.Pages : gfn;
        }

        return gfn;
    }

    /// <summary>The same slots with other pages.</summary>
    public Memory Select(Func<ulong, PageState, PageState> change) => new(Slots, [.. Slots.Select((slot, index) => Changed(slot, pages[index], change))]);

    /// <summary>With a slot more, its pages as new.</summary>
    public Memory With(Memslot slot)
    {
        int index = Slots.Count(other => other.BaseGfn < slot.BaseGfn);
        return new Memory(
            [.. Slots.Take(index), slot, .. Slots.Skip(index)],
            [.. pages.Take(index), new PageState[slot.Pages], .. pages.Skip(index)]);
    }

    /// <summary>Without the slot of this id.</summary>
    public Memory Without(uint id)
    {
        int[] kept = [.. Enumerable.Range(0, Slots.Count).Where(index => Slots[index].Id != id)];
        return new Memory([.. kept.Select(index => Slots[index])], [.. kept.Select(index => pages[index])]);
    }

    /// <summary>With another dirty log for the slot of this id.</summary>
    public Memory WithDirtyLog(uint id, bool dirtyLog) =>
        new([.. Slots.Select(slot => slot.Id == id ? slot with { DirtyLog = dirtyLog } : slot)], pages);

    /// <inheritdoc/>
    public bool Equals(Memory? other) =>
        ReferenceEquals(this, other)
        || (other != null && Slots.SequenceEqual(other.Slots) && pages.Zip(other.pages).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Memory);

    /// <inheritdoc/>
    public override int GetHashCode() => Slots.Count;

    private static bool Holds(Memslot slot, ulong gfn) => gfn >= slot.BaseGfn && gfn - slot.BaseGfn < slot.Pages;

    private static PageState[] PagesOf(IMachineState machine, Memslot slot)
    {
        PageState[] states = new PageState[slot.Pages];
        for (ulong page = 0; page < slot.Pages; page++)
        {
            states[page] = machine.Page(slot.BaseGfn + page);
        }

        return states;
    }

    private static PageState[] Changed(Memslot slot, PageState[] states, Func<ulong, PageState, PageState> change) =>
        [.. states.Select((state, page) => change(slot.BaseGfn + (ulong)page, state))];

    private int IndexOfSlot(ulong gfn)
    {
        for (int index = 0; index < Slots.Count; index++)
        {
            if (Holds(Slots[index], gfn))
            {
                return index;
            }
        }

        return -1;
    }
}
