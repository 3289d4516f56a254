using System.Collections.Generic;
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>
/// Linux 7.0 and later: attributes and marks lie in page tables that KVM owns, 256 pages each. A table comes into being when the guest touches
/// one of its pages, executes ESSA on one outside migration mode, when SET reaches it, or when a slot covers a part of it. A table whose pages are in
/// no slot any more can stay. The members say what 7.3-rc1 does.
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public abstract class PageTableVm(bool hostHasCmma) : KernelVm(hostHasCmma)
{
    private const ulong TablePages = 256;

    // what ESSA says of a page that it cannot change: an exception
    private const byte ExceptionInR1 = 0x10;

    private readonly HashSet<ulong> tables = [];

    /// <summary>The byte of a clean page in a block (fact "value of clean gap pages").</summary>
    protected virtual byte ByteOfCleanPage => 0;

    /// <summary>The search begins anew at page 0 (fact "wrap-around", 6cfd47f91f6a in 7.2).</summary>
    protected virtual bool Wraps => true;

    /// <summary>The counter follows the marks (facts "initial counter" and "delete", 6cfd47f91f6a and ec2153462705 in 7.2).</summary>
    protected virtual bool CounterFollowsMarks => true;

    /// <summary>The result of SET for a page that is not there (fact "error value for invalid gfn", d699986f11bf in 7.2).</summary>
    protected virtual Errno SetOutsideMemory => Errno.EFAULT;

    /// <summary>PEEK stops at a page in no slot, wherever that lies in a table (known bug B26, 4d4a21e38f1b in 7.2).</summary>
    protected virtual bool PeekStopsInsideTable => true;

    /// <summary>PEEK of nothing is an error (known bug B18, 7a386efcb2bf in 7.2).</summary>
    protected virtual bool PeekChecksForNothing => true;

    /// <inheritdoc/>
    protected override ulong SlotPagesMultiple => 1;

    /// <summary>A touched page has a table.</summary>
    public override ProgramInterruption Touch(ulong gfn)
    {
        ProgramInterruption result = base.Touch(gfn);
        if (result == ProgramInterruption.None)
        {
            tables.Add(gfn / TablePages);
        }

        return result;
    }

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

    /// <summary>What a table holds of a page that was in a slot before is still there (fact "PGSTE values belong to").</summary>
    protected override void AddPage(ulong gfn) => Content[gfn] = Preserved;

    /// <summary>The tables that the slot covers go, with all that they hold; of the others the values stay.</summary>
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
        if (CounterFollowsMarks)
        {
            Unmark(gfn);
        }
    }

    /// <summary>Only pages with a table are marked (fact "initial dirty set").</summary>
    protected override void MarkAll()
    {
        Counter = 0;
        foreach (Slot slot in Slots)
        {
            for (ulong gfn = slot.BaseGfn; gfn < slot.EndGfn; gfn++)
            {
                Dirty[gfn] = HasTable(gfn);
                Counter += Dirty[gfn] || !CounterFollowsMarks ? 1U : 0;
            }
        }
    }

    /// <summary>The marks go, the counter stays (fact "CLR_CMMA effect on dirty set / counter").</summary>
    protected override void ClearPage(ulong gfn)
    {
        base.ClearPage(gfn);
        Dirty[gfn] = false;
    }

    /// <summary>A page that is not there has an exception in r1 (fact "gfn not in a slot"), one without table too (known bug L10).</summary>
    protected override ProgramInterruption Execute(ulong gfn, ulong orc, out byte r1)
    {
        if (!Migrating && Exists(gfn))
        {
            tables.Add(gfn / TablePages);
        }

        if (Migrating && !(Exists(gfn) && HasTable(gfn)))
        {
            r1 = ExceptionInR1;
            return ProgramInterruption.None;
        }

        return base.Execute(gfn, orc, out r1);
    }

    /// <inheritdoc/>
    protected override void ChangeState(ulong gfn, ulong orc)
    {
        base.ChangeState(gfn, orc);
        if (orc == 0 && Content[gfn] == LogicallyZero)
        {
            Content[gfn] = Preserved; // known bug L10
        }
    }

    /// <inheritdoc/>
    protected override Errno GetBlock(ICaller caller, CmmaLog log, ulong count) => FirstDirty(log.StartGfn) == NoPage
        ? Answer(caller, log, log.StartGfn, values: [], remaining: Counter) // fact "nothing found anywhere"
        : base.GetBlock(caller, log, count);

    /// <inheritdoc/>
    protected override ulong FirstDirty(ulong startGfn)
    {
        ulong first = LowestDirty(startGfn);
        return first == NoPage && Wraps ? LowestDirty(0) : first;
    }

    /// <summary>Sixteen clean pages are bridged, and pages in no slot count as clean ones (facts "gap after ...", "block reaches a hole").</summary>
    protected override ulong EndOfBlock(ulong first, ulong endGfn)
    {
        ulong last = first;
        for (ulong gfn = first + 1; gfn < endGfn && gfn - last <= Limits.GapPages + 1; gfn++)
        {
            if (Dirty[gfn] && Exists(gfn))
            {
                last = gfn;
            }
        }

        return last;
    }

    /// <inheritdoc/>
    protected override byte ValueOf(ulong gfn) => Dirty[gfn] ? Attributes[gfn] : ByteOfCleanPage;

    /// <inheritdoc/>
    protected override Errno Peek(ICaller caller, CmmaLog log, ulong count)
    {
        List<byte> values = [];
        int answered = 0;
        ulong gfn = log.StartGfn;
        ulong end = gfn > ulong.MaxValue - count ? ulong.MaxValue : gfn + count;
        while (gfn < end && !IsHole(gfn / TablePages))
        {
            if (Exists(gfn))
            {
                values.Add(HasTable(gfn) ? Attributes[gfn] : ByteOfCleanPage);
                answered = values.Count;
                gfn++;
                continue;
            }

            if (PeekStopsInsideTable)
            {
                break;
            }

            for (ulong next = (gfn / TablePages * TablePages) + TablePages; gfn < next && gfn < end; gfn++)
            {
                values.Add(ByteOfCleanPage);
            }
        }

        values.RemoveRange(answered, values.Count - answered);
        return answered == 0 ? PeekOfNothing(caller, log, count) : Answer(caller, log, log.StartGfn, values, remaining: Migrating ? Counter : 0);
    }

    /// <summary>Every table is looked for first, then the pages in a slot take both attributes from the byte under the mask.</summary>
    protected override Errno SetPages(CmmaLog log, ValueBytes values)
    {
        if (log.StartGfn > ulong.MaxValue - log.Count)
        {
            return Errno.None; // known bug L9
        }

        ulong end = log.StartGfn + log.Count;
        for (ulong table = log.StartGfn / TablePages; table * TablePages < end; table++)
        {
            if (!Exists(table * TablePages))
            {
                return SetOutsideMemory; // the first page of the table is asked for, whatever page is meant: known bug L9
            }

            tables.Add(table);
        }

        byte selected = (byte)((log.RemainingOrMask >> PageAttributes.PgsteShift) & PageAttributes.All);
        for (ulong page = 0; page < log.Count; page++)
        {
            if (Exists(log.StartGfn + page))
            {
                Attributes[log.StartGfn + page] = (byte)(values[page] & selected); // known bug L8
            }
        }

        return Errno.None;
    }

    private static bool CoversTable(Slot slot, ulong table) => slot.BaseGfn <= table * TablePages && slot.EndGfn >= (table + 1) * TablePages;

    private static IEnumerable<ulong> TablesOf(Slot slot)
    {
        for (ulong table = slot.BaseGfn / TablePages; table * TablePages < slot.EndGfn; table++)
        {
            yield return table;
        }
    }

    /// <summary>The end of what was found is 0, so the count is 0 less the start, in 32 bits.</summary>
    private Errno PeekOfNothing(ICaller caller, CmmaLog log, ulong count)
    {
        uint wrapped = unchecked((uint)(0 - log.StartGfn));
        if (PeekChecksForNothing || wrapped == 0)
        {
            return Errno.EFAULT;
        }

        if (wrapped > count)
        {
            throw new MemoryLeakException($"PEEK copies {wrapped} bytes out of a buffer of {count}");
        }

        List<byte> values = [];
        for (uint page = 0; page < wrapped; page++)
        {
            values.Add(ByteOfCleanPage);
        }

        return Answer(caller, log, log.StartGfn, values, remaining: Migrating ? Counter : 0);
    }

    private bool HasTable(ulong gfn) => tables.Contains(gfn / TablePages);

    private bool IsHole(ulong table)
    {
        bool covered = tables.Contains(table);
        foreach (Slot slot in Slots)
        {
            covered |= slot.BaseGfn < (table + 1) * TablePages && slot.EndGfn > table * TablePages;
        }

        return !covered;
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
