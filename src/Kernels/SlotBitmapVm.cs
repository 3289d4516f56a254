// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>
/// Linux 4.19 to 6.19: each slot with a dirty log has a bitmap of its marks, and the VM a counter of all of them. The members say what 6.12
/// does.
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public abstract class SlotBitmapVm(bool hostHasCmma) : BitmapVm(hostHasCmma)
{
    /// <summary>A slot without dirty log stops migration mode (known bug B12, f2d3155e2a6b in 6.3).</summary>
    protected virtual bool StopsWithoutDirtyLog => true;

    /// <inheritdoc/>
    protected override bool StopsBeforeAllocation => StopsWithoutDirtyLog && Has("L15");

    /// <summary>Start looks whether the slots have bitmaps (known bug B7, 13a17cc0526f in 5.4).</summary>
    protected virtual bool StartChecksDirtyLog => true;

    /// <summary>A slot without bitmap is met where a bitmap is needed (known bug L17).</summary>
    protected virtual bool CrashesWithoutBitmap => Has("L17");

    /// <summary>A slot that goes takes its marks out of the counter (fact "delete", known bug L3).</summary>
    protected virtual bool CounterFollowsMarks => !Has("L3");

    /// <summary>ESSA looks at the mode, and later for the slot's bitmap, which can have gone with the dirty log (known bug L12).</summary>
    protected virtual bool EssaLooksTwice => Has("L12");

    /// <summary>The slot that a search from this page leaves out, or null (known bugs B13 and B14, 285cff4c0454 in 6.5).</summary>
    protected virtual Slot? SkippedSlot(ulong gfn) => null;

    /// <inheritdoc/>
    protected override bool AllSlotsHaveDirtyLog()
    {
        bool all = base.AllSlotsHaveDirtyLog();
        return all || StartChecksDirtyLog ? all : throw new HostCrashException("start fills the bitmap of a slot that has none");
    }

    /// <summary>Fact "initial counter".</summary>
    protected override void MarkAll()
    {
        base.MarkAll();
        Counter = 0;
        foreach (Slot slot in Slots)
        {
            Counter += slot.Pages;
        }
    }

    /// <summary>Where migration mode stays on, the marks go with the bitmap and the counter stays (fact "LOG_DIRTY off then on").</summary>
    protected override void LacksDirtyLog(Slot slot)
    {
        if (StopsWithoutDirtyLog)
        {
            StopMigration();
            return;
        }

        for (ulong gfn = slot.BaseGfn; gfn < slot.EndGfn; gfn++)
        {
            Dirty[gfn] = false;
        }
    }

    /// <inheritdoc/>
    protected override void RemovePage(ulong gfn)
    {
        if (CounterFollowsMarks)
        {
            Unmark(gfn);
        }

        base.RemovePage(gfn);
    }

    /// <summary>The bitmap moves with the slot (fact "move").</summary>
    protected override void Move(Slot slot, ulong baseGfn)
    {
        if (!Has("move"))
        {
            base.Move(slot, baseGfn);
            return;
        }

        ulong counter = Counter;
        List<ulong> marked = [];
        for (ulong page = 0; page < slot.Pages; page++)
        {
            if (Dirty[slot.BaseGfn + page])
            {
                marked.Add(page);
            }
        }

        base.Move(slot, baseGfn);
        Counter = counter;
        foreach (ulong page in marked)
        {
            Dirty[baseGfn + page] = true;
        }
    }

    /// <inheritdoc/>
    protected override void Mark(ulong gfn)
    {
        foreach (Slot slot in Slots)
        {
            if (slot.Holds(gfn))
            {
                RequireBitmap(slot);
            }
        }

        base.Mark(gfn);
    }

    /// <inheritdoc/>
    protected override bool HasBitmap(ulong gfn) => Slots.Exists(slot => slot.Holds(gfn) && slot.DirtyLog);

    /// <inheritdoc/>
    protected override void RequireBitmapAtEnd(ulong gfn)
    {
        if (EssaLooksTwice && Slots.Exists(slot => slot.Holds(gfn) && !slot.DirtyLog))
        {
            throw new HostCrashException($"ESSA marks page {gfn}, and its slot has no bitmap any more");
        }
    }

    /// <summary>
    /// The search wraps only from behind the highest slot (fact "wrap-around"); its end is the answer where nothing is found
    /// (fact "nothing found at/after start").
    /// </summary>
    protected override Errno GetBlock(ICaller caller, CmmaLog log, ulong count)
    {
        if (Slots.Count == 0)
        {
            return GetWithoutSlots(caller, log);
        }

        return (Search(log.StartGfn) ?? (Has("wrap-around") ? null : Search(0))) is { } first
            ? SendBlock(caller, log, first, count)
            : Answer(caller, log, startGfn: EndOfSlots, values: [], remaining: Counter);
    }

    /// <summary>What GET does where there are no slots (known bugs B8 and L2).</summary>
    protected virtual Errno GetWithoutSlots(ICaller caller, CmmaLog log) => Has("L2") ? GetOldMemory(caller, log) : AnswerZeros(caller);

    /// <summary>
    /// The call succeeds before it has set a count: the caller's own count of bytes that nobody has written
    /// (fact "delete last slot, then GET").
    /// </summary>
    protected Errno GetOldMemory(ICaller caller, CmmaLog log) => log.Count > Limits.MaxCount
        ? throw new MemoryLeakException($"GET copies {log.Count} bytes out of a buffer of {Limits.MaxCount}")
        : Answer(caller, log, log.StartGfn, Unwritten(log.Count), remaining: Counter);

    /// <inheritdoc/>
    protected override ulong? NextDirty(ulong gfn)
    {
        ulong? next = Search(gfn + 1);
        return next > gfn ? next : null;
    }

    private ulong? Search(ulong startGfn)
    {
        List<Slot> slots = SlotsByBase();
        bool isBehindAll = slots.Count == 0 || startGfn >= slots[^1].EndGfn;
        ulong fromGfn = isBehindAll ? 0 : startGfn;
        Slot? skipped = isBehindAll ? null : SkippedSlot(startGfn);
        foreach (Slot slot in slots)
        {
            if (slot.EndGfn <= fromGfn || slot == skipped)
            {
                continue;
            }

            RequireBitmap(slot);
            for (ulong gfn = ulong.Max(slot.BaseGfn, fromGfn); gfn < slot.EndGfn; gfn++)
            {
                if (Dirty[gfn])
                {
                    return gfn;
                }
            }
        }

        return null;
    }

    private void RequireBitmap(Slot slot)
    {
        if (!slot.DirtyLog && CrashesWithoutBitmap)
        {
            throw new HostCrashException($"slot {slot.Id} has no bitmap of marks");
        }
    }
}
