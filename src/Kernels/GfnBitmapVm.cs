// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>
/// Linux 4.13 to 4.18: one bitmap of marks, indexed by guest frame, and a counter. The members say what 4.18 does. Bits of the bitmap
/// that nobody has written are taken as 0.
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public abstract class GfnBitmapVm(bool hostHasCmma) : BitmapVm(hostHasCmma)
{
    private const string NewSlotIsNotTracked = "create, LOG_DIRTY on";

    // the bits in a page of the host, which is what memory for the bitmap comes in
    private const ulong BitsPerHostPage = 8 * Limits.PageBytes;

    // the marks again, in order: the bitmap can be long, and holes belong to it
    private readonly SortedSet<ulong> marks = [];

    private bool hasBitmap;
    private bool bitmapWasFreed;
    private ulong bitmapPages;

    /// <summary>The bitmap ends with the lowest slot instead of the highest (known bug B2, 32aa144fc32a in 4.15).</summary>
    protected virtual bool BitmapEndsWithLowestSlot => false;

    /// <summary>A page beyond the bitmap is marked behind it (known bug B3, c2cf265d8608 in 4.15).</summary>
    protected virtual bool MarksBeyondBitmap => false;

    /// <summary>ESSA looks at the mode, and later for the bitmap, which stop can have taken away (known bug L13).</summary>
    protected virtual bool EssaLooksTwice => Has("L13");

    /// <summary>ESSA goes on with a bitmap that stop has freed (known bug B4, 1de1ea7efeb9 in 4.16).</summary>
    protected virtual bool EssaKeepsBitmap => false;

    /// <inheritdoc/>
    protected override bool HoleIsFault => Has("B6");

    /// <inheritdoc/>
    protected override bool ClearKeepsNoDat => Has("B15");

    /// <summary>Start does not look at the dirty logs (fact "START, slot without dirty log").</summary>
    protected override bool AllSlotsHaveDirtyLog() => true;

    /// <summary>Nor does anything else (fact "LOG_DIRTY switched off").</summary>
    protected override void LacksDirtyLog(Slot slot)
    {
        // migration mode stays on
    }

    /// <inheritdoc/>
    public override void EssaBegin(ulong gfn, ulong orc)
    {
        bitmapWasFreed = false;
        base.EssaBegin(gfn, orc);
    }

    /// <inheritdoc/>
    protected override void RequireBitmapAtEnd(ulong gfn)
    {
        if (EssaKeepsBitmap && bitmapWasFreed)
        {
            throw new HostCrashException($"ESSA marks page {gfn} in a bitmap that was freed");
        }

        if (EssaLooksTwice && !Migrating)
        {
            throw new HostCrashException($"ESSA marks page {gfn}, and there is no bitmap any more");
        }
    }

    /// <summary>The counter counts holes too (fact "initial counter").</summary>
    protected override void MarkAll()
    {
        hasBitmap = true;
        bitmapPages = RoundUpToLong(BitmapEndsWithLowestSlot ? SlotsByBase()[0].EndGfn : EndOfSlots);
        base.MarkAll();
        RequireHostPage(EndOfSlots - 1);
        Counter = Has("B6") ? bitmapPages : 0;
        foreach (Slot slot in Slots)
        {
            for (ulong gfn = slot.BaseGfn; gfn < slot.EndGfn; gfn++)
            {
                marks.Add(gfn);
            }

            Counter += Has("B6") ? 0 : slot.Pages;
        }
    }

    /// <summary>The bitmap is freed (fact "STOP effect").</summary>
    protected override void UnmarkAll()
    {
        hasBitmap = false;
        bitmapWasFreed = true;
        bitmapPages = 0;
        marks.Clear();
        Dirty = new();
        Counter = 0;
    }

    /// <summary>A page beyond the bitmap is not tracked (fact "create, LOG_DIRTY on").</summary>
    protected override void Mark(ulong gfn)
    {
        if (hasBitmap && gfn >= bitmapPages && !Has(NewSlotIsNotTracked))
        {
            bitmapPages = RoundUpToLong(gfn + 1);
        }

        if (gfn < bitmapPages || MarksBeyondBitmap)
        {
            RequireHostPage(gfn);
            base.Mark(gfn);
            marks.Add(gfn);
        }
    }

    /// <inheritdoc/>
    protected override void Unmark(ulong gfn)
    {
        base.Unmark(gfn);
        marks.Remove(gfn);
    }

    /// <summary>A new slot leaves the bits as they are (fact "create, LOG_DIRTY on").</summary>
    protected override void AddPage(ulong gfn)
    {
        bool dirty = Dirty[gfn];
        base.AddPage(gfn);
        Dirty[gfn] = dirty && Has(NewSlotIsNotTracked);
    }

    /// <summary>A slot that goes leaves its bits behind (fact "delete").</summary>
    protected override void RemovePage(ulong gfn)
    {
        if (!Has("delete"))
        {
            Unmark(gfn);
        }

        bool dirty = Dirty[gfn];
        base.RemovePage(gfn);
        Dirty[gfn] = dirty;
    }

    /// <inheritdoc/>
    protected override Errno GetBlock(ICaller caller, CmmaLog log, ulong count)
    {
        ulong? found = Search(log.StartGfn) ?? Search(0); // fact "wrap-around": in the same call
        if (found is not { } first)
        {
            return AnswerZeros(caller); // fact "nothing found anywhere"
        }

        // fact "dirty page in a hole": the bit stays, and it repeats for ever
        return Exists(first) ? SendBlock(caller, log, first, count) : Errno.EFAULT;
    }

    /// <inheritdoc/>
    protected override ulong? NextDirty(ulong gfn) => Search(gfn + 1);

    // what lies behind the bitmap in the same page of the host is nobody's
    private void RequireHostPage(ulong gfn)
    {
        if (!hasBitmap || gfn / BitsPerHostPage > (bitmapPages - 1) / BitsPerHostPage)
        {
            throw new HostCrashException($"the bitmap of {bitmapPages} pages has no place for the mark of page {gfn}");
        }
    }

    private ulong? Search(ulong startGfn)
    {
        ulong lowest = marks.GetViewBetween(startGfn, ulong.MaxValue).Min; // 0 where there is none
        return lowest >= startGfn && lowest < bitmapPages && marks.Contains(lowest) ? lowest : null;
    }
}
