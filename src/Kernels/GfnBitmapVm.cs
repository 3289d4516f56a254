using System;
using System.Collections.Generic;
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>
/// Linux 4.13 to 4.18: one bitmap of marks, indexed by guest frame, and a counter. The members say what 4.18 does. Bits of the bitmap that nobody
/// has written are taken as 0.
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public abstract class GfnBitmapVm(bool hostHasCmma) : BitmapVm(hostHasCmma)
{
    private const ulong BitsPerLong = 64;

    /// <summary>How many pages the bitmap has bits for; 0: there is no bitmap.</summary>
    protected ulong BitmapPages { get; private set; }

    /// <summary>How many pages the bitmap gets at the start (fact "end of memory").</summary>
    protected virtual ulong BitmapPagesAtStart => EndOfSlots;

    /// <summary>Start does not look at the dirty logs (fact "START, slot without dirty log").</summary>
    protected override bool AllSlotsHaveDirtyLog() => true;

    /// <summary>Nor does anything else (fact "LOG_DIRTY switched off").</summary>
    protected override void LacksDirtyLog(Slot slot)
    {
        // migration mode stays on
    }

    /// <summary>The counter counts holes too (fact "initial counter").</summary>
    protected override void MarkAll()
    {
        BitmapPages = RoundUp(BitmapPagesAtStart);
        Dirty = new();
        base.MarkAll();
        Counter = BitmapPages;
    }

    /// <summary>The bitmap is freed (fact "STOP effect").</summary>
    protected override void UnmarkAll()
    {
        BitmapPages = 0;
        Dirty = new();
        Counter = 0;
    }

    /// <summary>A page beyond the bitmap is not tracked (fact "create, LOG_DIRTY on").</summary>
    protected override void Mark(ulong gfn)
    {
        if (gfn < BitmapPages)
        {
            base.Mark(gfn);
        }
    }

    /// <summary>A new slot leaves the bits as they are (fact "create").</summary>
    protected override void AddPage(ulong gfn)
    {
        bool dirty = Dirty[gfn];
        base.AddPage(gfn);
        Dirty[gfn] = dirty;
    }

    /// <summary>A slot that goes leaves its bits behind (fact "delete").</summary>
    protected override void RemovePage(ulong gfn)
    {
        bool dirty = Dirty[gfn];
        base.RemovePage(gfn);
        Dirty[gfn] = dirty;
    }

    /// <summary>A page in no slot on the way is EFAULT, and the marks before it are lost (fact "block reaches a hole").</summary>
    protected override Errno GetBlock(ICaller caller, CmmaLog log, ulong count)
    {
        ulong? found = Search(log.StartGfn) ?? Search(0); // fact "wrap-around": in the same call
        if (found is not { } first)
        {
            return AnswerZeros(caller); // fact "nothing found anywhere"
        }

        if (!Exists(first))
        {
            return Errno.EFAULT; // fact "dirty page in a hole": the bit stays, and it repeats for ever
        }

        (ulong last, bool atHole) = Block(first, first + count);
        List<byte> values = [];
        for (ulong gfn = first; gfn <= last; gfn++)
        {
            values.Add(ValueOf(gfn));
            Unmark(gfn);
        }

        return atHole ? FaultAfter(caller, log, values) : Answer(caller, log, first, values, Counter);
    }

    /// <summary>The end of memory within the count is EFAULT (fact "PEEK, later gfn invalid").</summary>
    protected override Errno Peek(ICaller caller, CmmaLog log, ulong count)
    {
        List<byte> values = [];
        while ((ulong)values.Count < count)
        {
            ulong gfn = unchecked(log.StartGfn + (ulong)values.Count);
            if (!Exists(gfn))
            {
                return FaultAfter(caller, log, values);
            }

            values.Add(ValueOf(gfn));
        }

        return Answer(caller, log, log.StartGfn, values, remaining: Migrating ? Counter : 0);
    }

    /// <inheritdoc/>
    protected override ulong? NextDirty(ulong gfn) => Search(gfn + 1);

    private static Errno FaultAfter(ICaller caller, CmmaLog log, List<byte> values)
    {
        caller.WriteValues(log.Values, values);
        return Errno.EFAULT;
    }

    private static ulong RoundUp(ulong pages) => (pages + BitsPerLong - 1) / BitsPerLong * BitsPerLong;

    private ulong? Search(ulong startGfn)
    {
        for (ulong gfn = startGfn; gfn < BitmapPages; gfn++)
        {
            if (Dirty[gfn])
            {
                return gfn;
            }
        }

        return null;
    }
}
