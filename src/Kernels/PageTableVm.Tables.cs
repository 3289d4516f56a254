using System.Collections.Generic;
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
    protected virtual bool ValuesOutliveSlots => true;

    /// <summary>A slot makes the tables that it covers a part of; those that it covers whole begin as absent.</summary>
    protected override void Add(Slot slot)
    {
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
