// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>
/// Linux 4.13 to 6.19: attributes lie in the page table of the process that runs the VM, marks in bitmaps. What all of these do in another
/// way than the contract.
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public abstract class BitmapVm(bool hostHasCmma) : KernelVm(hostHasCmma)
{
    private const ulong BitsPerLong = 64;
    private const string ValuesBelongToTheProcess = "PGSTE values belong to";

    private readonly Dictionary<HostPage, HostPageState> withoutSlot = [];

    // the page that the ESSA which was begun marks
    private ulong? begunMark;

    /// <summary>So far may the second dirty page of a block be from the first (fact "gap after the FIRST dirty page").</summary>
    protected virtual ulong FirstDistance => Limits.GapPages;

    /// <summary>So far may a later dirty page be from the one before (fact "gap after any LATER dirty page", known bug L1).</summary>
    protected virtual ulong LaterDistance => FirstDistance + (Has("L1") ? 1UL : 0);

    /// <summary>A clean page follows a block of two dirty pages or more (fact "trailing clean byte", known bug L1).</summary>
    protected virtual bool TrailingCleanByte => Has("L1");

    /// <summary>A page in no slot is EFAULT, within a block and within a PEEK (fact "block reaches a hole", known bug B6).</summary>
    protected virtual bool HoleIsFault => false;

    /// <summary>Clear resets the usage only (known bug B15, 27072b8e18a7 in 6.7).</summary>
    protected virtual bool ClearKeepsNoDat => false;

    /// <summary>The first dirty page above <paramref name="gfn"/>, or null.</summary>
    protected abstract ulong? NextDirty(ulong gfn);

    /// <summary>The block that begins at this dirty page.</summary>
    protected Errno SendBlock(ICaller caller, CmmaLog log, ulong first, ulong count)
    {
        ulong last = EndOfBlock(first, first + count, out bool atHole);
        List<byte> values = [];
        for (ulong gfn = first; gfn <= last; gfn++)
        {
            values.Add(ValueOf(gfn));
            Unmark(gfn);
        }

        return atHole && HoleIsFault ? FaultAfter(caller, log, values) : Answer(caller, log, first, values, Counter);
    }

    /// <inheritdoc/>
    public override void EssaBegin(ulong gfn, ulong orc)
    {
        base.EssaBegin(gfn, orc);
        begunMark = base.EssaEnd(out _) == ProgramInterruption.None && Migrating && orc != 0 && HasBitmap(gfn) ? gfn : null;
    }

    /// <inheritdoc/>
    public override ProgramInterruption EssaEnd(out byte r1)
    {
        if (begunMark is { } gfn)
        {
            RequireBitmapAtEnd(gfn);
            begunMark = null;
        }

        return base.EssaEnd(out r1);
    }

    /// <summary>Whether the mark of this page has a place when its ESSA begins; where it has none, that is no matter of two steps (known bug L17).</summary>
    protected virtual bool HasBitmap(ulong gfn) => true;

    /// <summary>ESSA found migration mode on, without a lock; then it needs the bitmap for the mark of its page.</summary>
    protected abstract void RequireBitmapAtEnd(ulong gfn);

    /// <inheritdoc/>
    protected override Errno Peek(ICaller caller, CmmaLog log, ulong count)
    {
        if (!HoleIsFault)
        {
            return base.Peek(caller, log, count);
        }

        List<byte> values = [];
        for (ulong gfn = log.StartGfn; gfn - log.StartGfn < count; gfn++)
        {
            if (!Exists(gfn))
            {
                return FaultAfter(caller, log, values);
            }

            values.Add(ValueOf(gfn));
        }

        return Answer(caller, log, log.StartGfn, values, remaining: Migrating ? Counter : 0);
    }

    /// <inheritdoc/>
    protected override void ClearPage(ulong gfn) => Attributes[gfn] = Cleared(Attributes[gfn]);

    /// <summary>Clears all pages of the process, those without a slot too (fact "PGSTE values belong to").</summary>
    protected override void ClearPages()
    {
        base.ClearPages();
        foreach (HostPage page in withoutSlot.Keys)
        {
            withoutSlot[page] = withoutSlot[page] with { Attributes = Cleared(withoutSlot[page].Attributes) };
        }
    }

    /// <summary>The pages of the process outlive the slot (fact "PGSTE values belong to").</summary>
    protected override void Remove(Slot slot)
    {
        for (ulong page = 0; page < slot.Pages && Has(ValuesBelongToTheProcess); page++)
        {
            ulong gfn = slot.BaseGfn + page;
            withoutSlot[new HostPage(slot.Id, page)] = new HostPageState(Attributes[gfn], Content[gfn]);
        }

        base.Remove(slot);
    }

    /// <summary>A slot comes with what the pages of the process hold. Each id has its own part of the process.</summary>
    protected override void Add(Slot slot)
    {
        base.Add(slot);
        for (ulong page = 0; page < slot.Pages; page++)
        {
            if (withoutSlot.Remove(new HostPage(slot.Id, page), out HostPageState state))
            {
                Attributes[slot.BaseGfn + page] = state.Attributes;
                Content[slot.BaseGfn + page] = state.Content;
            }
        }
    }

    /// <summary>What a count of pages becomes as the bits of a bitmap.</summary>
    protected static ulong RoundUpToLong(ulong pages) => (pages + BitsPerLong - 1) / BitsPerLong * BitsPerLong;

    private static Errno FaultAfter(ICaller caller, CmmaLog log, List<byte> values)
    {
        caller.WriteValues(log.Values, values);
        return Errno.EFAULT;
    }

    private ulong EndOfBlock(ulong first, ulong endGfn, out bool atHole)
    {
        ulong last = first;
        ulong? next = NextDirty(last);
        atHole = false;
        while (next < endGfn && next - last <= (last == first ? FirstDistance : LaterDistance))
        {
            for (; last < next; last++)
            {
                atHole = !Exists(last + 1);
                if (atHole)
                {
                    return last;
                }
            }

            next = NextDirty(last);
        }

        bool trails = TrailingCleanByte && last != first && next < endGfn;
        atHole = trails && !Exists(last + 1);
        return trails && !atHole ? last + 1 : last;
    }

    private byte Cleared(byte attributes) => (byte)(ClearKeepsNoDat ? attributes & PageAttributes.NoDat : PageAttributes.Stable);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct HostPage(ulong SlotId, ulong Page);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct HostPageState(byte Attributes, byte Content);
}
