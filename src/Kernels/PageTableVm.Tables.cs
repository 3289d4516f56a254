// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <content>The tables: when they come and go.</content>
public abstract partial class PageTableVm
{
    /// <summary>Pages of one table.</summary>
    protected const ulong TablePages = 256;

    private readonly HashSet<ulong> tables = [];

    /// <summary>What a table holds outlives the slot, if the table stays (fact "PGSTE values belong to", known bug L14).</summary>
    protected virtual bool ValuesOutliveSlots => Has("L14");

    /// <summary>
    /// A change of slots that finds no memory leaves the tables as they are, and answers success (known bug B33, 19192a404327 and 00c0ae5e4386
    /// in 7.3-rc6).
    /// </summary>
    protected virtual bool ChangesSlotsWithoutMemory => Has("B33");

    /// <inheritdoc/>
    public override Errno DeleteSlot(ulong id, bool allocates)
    {
        if (allocates || !ChangesSlotsWithoutMemory || FindSlot(id) is not { } slot)
        {
            return base.DeleteSlot(id, allocates);
        }

        Slots.Remove(slot);
        return Errno.None;
    }

    /// <inheritdoc/>
    protected override Errno ChangeWithoutMemory(Slot? old, Slot changed)
    {
        if (!ChangesSlotsWithoutMemory)
        {
            return base.ChangeWithoutMemory(old, changed);
        }

        Slots.RemoveAll(slot => slot == old);
        Slots.Add(changed);
        if (Migrating && !changed.DirtyLog)
        {
            LacksDirtyLog(changed);
        }

        return Errno.None;
    }

    /// <summary>A slot makes the tables that it covers a part of; those that it covers whole begin as absent.</summary>
    protected override void Add(Slot slot)
    {
        mapped.Add(slot.BaseGfn, slot.EndGfn);
        base.Add(slot);
        foreach (ulong table in TablesOf(slot))
        {
            if (CoversTable(slot, table))
            {
                FreeTable(table);
            }
            else
            {
                tables.Add(table);
            }
        }
    }

    /// <inheritdoc/>
    protected override void AddPage(ulong gfn)
    {
        keptZeroBits.Remove(gfn);
        if (ValuesOutliveSlots)
        {
            Content[gfn] = Preserved;
        }
        else
        {
            base.AddPage(gfn);
        }
    }

    /// <summary>The tables that the slot covers go, with all that they hold.</summary>
    protected override void Remove(Slot slot)
    {
        base.Remove(slot);
        mapped.Remove(slot.BaseGfn, slot.EndGfn);
        foreach (ulong table in TablesOf(slot))
        {
            if (CoversTable(slot, table))
            {
                FreeTable(table);
            }
        }
    }

    /// <inheritdoc/>
    protected override void RemovePage(ulong gfn)
    {
        if (Dirty[gfn] && RemoveCountsMarks)
        {
            Counter--;
        }

        if (RemoveClearsMarks)
        {
            Dirty[gfn] = false;
        }
    }

    /// <summary>Whether the page is in a slot and has a table.</summary>
    protected bool HasTable(ulong gfn) => Exists(gfn) && tables.Contains(gfn / TablePages);

    private static bool CoversTable(Slot slot, ulong table) =>
        slot.BaseGfn <= table * TablePages && slot.EndGfn >= (table + 1) * TablePages;

    private static IEnumerable<ulong> TablesOf(Slot slot)
    {
        for (ulong table = slot.BaseGfn / TablePages; table * TablePages < slot.EndGfn; table++)
        {
            yield return table;
        }
    }

    private void FreeTable(ulong table)
    {
        tables.Remove(table);
        for (ulong gfn = table * TablePages; gfn < (table + 1) * TablePages; gfn++)
        {
            Attributes[gfn] = PageAttributes.Stable;
            Dirty[gfn] = false;
        }
    }
}
