using System.Collections.Generic;
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>
/// Linux 4.19 to 6.19: each slot with a dirty log has a bitmap of its marks, and the VM a counter of all of them. The members say what 6.12 does.
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public abstract class SlotBitmapVm(bool hostHasCmma) : BitmapVm(hostHasCmma)
{
    /// <summary>A slot without dirty log stops migration mode (fact "LOG_DIRTY switched off", f2d3155e2a6b in 6.3).</summary>
    protected virtual bool StopsWithoutDirtyLog => true;

    /// <summary>Start looks whether the slots have bitmaps (fact "START, slot without dirty log", 13a17cc0526f in 5.4).</summary>
    protected virtual bool StartChecksDirtyLog => true;

    /// <summary>GET looks whether there are slots (fact "delete last slot, then GET", 0774a964ef56 in 5.6).</summary>
    protected virtual bool GetChecksForSlots => true;

    /// <inheritdoc/>
    protected override bool ClearKeepsNoDat => false;

    /// <summary>The slot that a search from this page leaves out, or null (fact "start_gfn in a hole", fixed by 285cff4c0454 in 6.5).</summary>
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

    /// <summary>The marks go with the bitmap, the counter stays.</summary>
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

    /// <summary>The bitmap moves with the slot (fact "move").</summary>
    protected override void Move(Slot slot, ulong baseGfn)
    {
        List<ulong> marked = [];
        for (ulong page = 0; page < slot.Pages; page++)
        {
            if (Dirty[slot.BaseGfn + page])
            {
                marked.Add(page);
            }
        }

        base.Move(slot, baseGfn);
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
    protected override Errno GetBlock(ICaller caller, CmmaLog log, ulong count) =>
        Slots.Count == 0 ? GetWithoutSlots(caller, log) : base.GetBlock(caller, log, count);

    /// <summary>Wraps only from behind the highest slot (fact "wrap-around"); its end where nothing is found (fact "nothing found at/after start").</summary>
    protected override ulong FirstDirty(ulong startGfn) => Search(startGfn) ?? EndOfSlots;

    /// <inheritdoc/>
    protected override ulong EndOfBlock(ulong first, ulong endGfn) => Exists(first) ? Block(first, endGfn).LastGfn : first - 1;

    /// <inheritdoc/>
    protected override ulong? NextDirty(ulong gfn)
    {
        ulong? next = Search(gfn + 1);
        return next > gfn ? next : null;
    }

    /// <summary>The first dirty page from <paramref name="startGfn"/> on, slot by slot.</summary>
    protected ulong? Search(ulong startGfn)
    {
        ulong fromGfn = startGfn >= EndOfSlots ? 0 : startGfn;
        Slot? skipped = startGfn >= EndOfSlots ? null : SkippedSlot(startGfn);
        foreach (Slot slot in SlotsByBase())
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

    /// <summary>The call succeeds before it has set a count: the caller's own count of bytes that nobody has written.</summary>
    protected virtual Errno GetWithoutSlots(ICaller caller, CmmaLog log)
    {
        if (!GetChecksForSlots)
        {
            throw new HostCrashException("GET reads in front of the list of slots");
        }

        if (log.Count > Limits.MaxCount)
        {
            throw new MemoryLeakException($"GET copies {log.Count} bytes out of a buffer of {Limits.MaxCount}");
        }

        List<byte> values = [];
        for (ulong page = 0; page < log.Count; page++)
        {
            values.Add(OldKernelMemory);
        }

        return Answer(caller, log, log.StartGfn, values, remaining: Counter);
    }

    private static void RequireBitmap(Slot slot)
    {
        if (!slot.DirtyLog)
        {
            throw new HostCrashException($"slot {slot.Id} has no bitmap of marks");
        }
    }
}
