// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>
/// Linux 7.0 and later: attributes and marks lie in page tables that KVM owns, 256 pages each. A table comes into being when the guest
/// touches one of its pages, executes ESSA on one outside migration mode, when SET reaches it, or when a slot covers a part of it; in a
/// kernel also by KVM_S390_SET_SKEYS and KVM_PRE_FAULT_MEMORY, which are not operations of a machine. The members say what 7.2 does.
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public abstract partial class PageTableVm(bool hostHasCmma) : KernelVm(hostHasCmma)
{
    // what ESSA says of a page that it cannot change: an exception
    private const byte ExceptionInR1 = 0x10;

    // discarded pages that the guest touched, and whose logical-zero bit stayed: an ESSA that KVM handles finds it when they are paged out
    private readonly HashSet<ulong> keptZeroBits = [];

    // the pages that the tables know, with or without a table of their own: those of the slots, unless a change of slots found no memory
    private readonly PageRanges mapped = new();

    // the ESSA that was begun has marked a page, which the counter does not have yet
    private bool uncounted;

    // the page that the ESSA which was begun marks again if a stop comes before its end
    private ulong? markedAfterStop;

    /// <summary>The search restarts at page 0 (known bug B20b, 6cfd47f91f6a in 7.2).</summary>
    protected virtual bool Wraps => true;

    /// <summary>Start counts the pages that it marks, not all pages (known bug B20a, 6cfd47f91f6a in 7.2).</summary>
    protected virtual bool StartCountsMarks => true;

    /// <summary>A slot that goes takes its marks out of the counter (known bug B25, ec2153462705 in 7.2).</summary>
    protected virtual bool RemoveCountsMarks => true;

    /// <summary>A slot that goes takes its marks along where a table stays (known bug B25, ec2153462705 in 7.2).</summary>
    protected virtual bool RemoveClearsMarks => true;

    /// <summary>The bytes of clean pages in a block (known bugs B21 and L6; fact "value of clean gap pages").</summary>
    protected virtual byte ByteOfCleanPage => 0;

    /// <summary>Clear takes the marks away, and the counter stays (known bug L7).</summary>
    protected virtual bool ClearLosesMarks => Has("L7");

    /// <summary>Pages in no slot count as clean pages of a block (known bug L14).</summary>
    protected virtual bool BlockSpansHoles => Has("L14");

    /// <summary>While migrating, a page that is not there, or has no table, has an exception in r1 (known bug L10).</summary>
    protected virtual bool EssaKnowsTablesOnly => Has("L10");

    /// <summary>An ESSA while migrating leaves a page logically zero only if this very ESSA discards it (known bug L10).</summary>
    protected virtual bool EssaResetsZeroBit => Has("L10");

    /// <summary>ESSA looks at the mode, and later marks its page, though a stop can have come between (known bug L19).</summary>
    protected virtual bool EssaMarksAfterStop => Has("L19");

    /// <summary>Stop takes marks and counter away (known bug B20c, 6cfd47f91f6a in 7.2).</summary>
    protected virtual bool StopClearsMarks => true;

    /// <summary>ESSA marks its page, and counts the mark at its end (known bug B24, 4db720705287 in 7.2).</summary>
    protected virtual bool EssaCountsAtEnd => false;

    /// <summary>A page that is touched is not logically zero any more, once it is paged out (known bug B28, 9029496abfae in 7.1).</summary>
    protected virtual bool TouchResetsZeroBit => true;

    /// <inheritdoc/>
    protected override ulong SlotPagesMultiple => 1;

    /// <inheritdoc/>
    protected override bool StopsBeforeAllocation => Has("L15");

    /// <summary>Whether the tables know the page.</summary>
    public override bool Exists(ulong gfn) => mapped.Meets(gfn, gfn + 1);

    /// <summary>A touched page has a table.</summary>
    public override ProgramInterruption Touch(ulong gfn)
    {
        if (Exists(gfn))
        {
            tables.Add(gfn / TablePages);
            if (!TouchResetsZeroBit && Content[gfn] == LogicallyZero)
            {
                keptZeroBits.Add(gfn);
            }
        }

        return base.Touch(gfn);
    }

    /// <inheritdoc/>
    public override void EssaBegin(ulong gfn, ulong orc)
    {
        bool wasDirty = Dirty[gfn];
        base.EssaBegin(gfn, orc);
        bool marks = base.EssaEnd(out _) == ProgramInterruption.None && Migrating && orc != 0 && HasTable(gfn);
        uncounted = EssaCountsAtEnd && marks && !wasDirty;
        Counter -= uncounted ? 1U : 0;
        markedAfterStop = EssaMarksAfterStop && !EssaCountsAtEnd && marks ? gfn : null;
    }

    /// <inheritdoc/>
    public override ProgramInterruption EssaEnd(out byte r1)
    {
        Counter += uncounted ? 1U : 0;
        uncounted = false;
        if (markedAfterStop is { } gfn && !Migrating && HasTable(gfn))
        {
            Mark(gfn);
        }

        markedAfterStop = null;
        return base.EssaEnd(out r1);
    }

    /// <summary>Fact "STOP effect".</summary>
    protected override void UnmarkAll()
    {
        if (!StopClearsMarks)
        {
            return;
        }

        foreach (ulong gfn in mapped.Ascending())
        {
            Dirty[gfn] = false;
        }

        Counter = 0;
    }

    /// <inheritdoc/>
    protected override void ClearPages()
    {
        foreach (ulong gfn in mapped.Ascending())
        {
            ClearPage(gfn);
        }
    }

    /// <summary>Only pages with a table are marked (fact "initial dirty set"). What was counted before stays counted (fact "initial counter").</summary>
    protected override void MarkAll()
    {
        ulong pages = 0;
        foreach (Slot slot in Slots)
        {
            pages += slot.Pages;
        }

        foreach (ulong gfn in mapped.Ascending())
        {
            if (HasTable(gfn))
            {
                Mark(gfn);
            }
        }

        Counter = StartCountsMarks ? Counter : pages;
    }

    /// <inheritdoc/>
    protected override void ClearPage(ulong gfn)
    {
        base.ClearPage(gfn);
        Dirty[gfn] &= !ClearLosesMarks;
    }

    /// <summary>
    /// KVM handles ESSA only while migrating. Otherwise it makes the table and lets the guest try again, and the processor does what the
    /// contract says.
    /// </summary>
    protected override ProgramInterruption Execute(ulong gfn, ulong orc, out byte r1)
    {
        bool zeroBit = keptZeroBits.Remove(gfn);
        if (!Migrating && Exists(gfn))
        {
            tables.Add(gfn / TablePages);
        }

        if (EssaKnowsTablesOnly && Migrating && !HasTable(gfn))
        {
            r1 = ExceptionInR1;
            return ProgramInterruption.None;
        }

        if (zeroBit && Migrating && Content[gfn] == Preserved)
        {
            Content[gfn] = LogicallyZero;
        }

        return base.Execute(gfn, orc, out r1);
    }

    /// <inheritdoc/>
    protected override void ChangeState(ulong gfn, ulong orc)
    {
        bool discards = orc is 2 or 3 || (orc == 4 && Content[gfn] == Preserved);
        base.ChangeState(gfn, orc);
        if (EssaResetsZeroBit && Migrating && !discards && Content[gfn] == LogicallyZero)
        {
            Content[gfn] = Preserved;
        }
    }

    /// <summary>Fact "nothing found anywhere": the start comes back as it went in.</summary>
    protected override Errno GetBlock(ICaller caller, CmmaLog log, ulong count) => FirstDirty(log.StartGfn) == NoPage
        ? Answer(caller, log, log.StartGfn, values: [], remaining: Counter)
        : base.GetBlock(caller, log, count);

    /// <summary>The first page of the block, or <see cref="Vm.NoPage"/>: the counter may count marks that are lost, or lie below the start.</summary>
    protected override ulong FirstDirty(ulong startGfn)
    {
        ulong first = LowestDirty(startGfn);
        return first == NoPage && Wraps ? LowestDirty(0) : first;
    }

    /// <inheritdoc/>
    protected override ulong LowestDirty(ulong startGfn)
    {
        foreach (ulong gfn in mapped.Ascending())
        {
            if (gfn >= startGfn && Dirty[gfn])
            {
                return gfn;
            }
        }

        return NoPage;
    }

    /// <summary>Sixteen clean pages are bridged, one more than elsewhere (fact "gap after the FIRST dirty page").</summary>
    protected override ulong EndOfBlock(ulong first, ulong endGfn)
    {
        ulong last = first;
        for (ulong gfn = first + 1; gfn < endGfn && gfn - last <= Limits.GapPages + 1 && (BlockSpansHoles || Exists(gfn)); gfn++)
        {
            if (Dirty[gfn] && Exists(gfn))
            {
                last = gfn;
            }
        }

        return last;
    }

    /// <inheritdoc/>
    protected override byte ValueOf(ulong gfn) => Dirty[gfn] || !Has("L6") ? Attributes[gfn] : ByteOfCleanPage;
}
