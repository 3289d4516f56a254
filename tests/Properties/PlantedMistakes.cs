// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Properties.Tests;

// Machines that do what the contract says but for one mistake each. Most of them are what some kernel did.

/// <summary>GET-BLOCK-4: sixteen clean pages are bridged.</summary>
public sealed class GapOfSeventeen(bool hostHasCmma = true) : Vm(hostHasCmma)
{
    protected override ulong GapPages => 17;
}

/// <summary>GET-BLOCK-4: fifteen clean pages close the block.</summary>
public sealed class GapOfFifteen(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override ulong GapPages => 15;
}

/// <summary>GET-BLOCK-1: start_gfn is not looked at.</summary>
public sealed class BlockBeginsAtTheLowestDirtyPage(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override ulong FirstDirty(ulong startGfn) => LowestDirty(0);
}

/// <summary>GET-BLOCK-2: no page is found after the last dirty one.</summary>
public sealed class NoWrap(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override Errno GetBlock(ICaller caller, CmmaLog log, ulong count) => LowestDirty(log.StartGfn) == ulong.MaxValue
        ? Answer(caller, log, log.StartGfn, [], CountDirty())
        : base.GetBlock(caller, log, count);
}

/// <summary>GET-BLOCK-3: one clean page more at the end.</summary>
public sealed class TrailingCleanPage(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override ulong EndOfBlock(ulong first, ulong endGfn)
    {
        ulong last = base.EndOfBlock(first, endGfn);
        return last + 1 < endGfn && Exists(last + 1) ? last + 1 : last;
    }
}

/// <summary>GET-BLOCK-5: holes count as clean pages.</summary>
public sealed class BlockAcrossHoles(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override ulong EndOfBlock(ulong first, ulong endGfn)
    {
        ulong last = first;
        for (ulong gfn = first + 1; gfn < endGfn && gfn - last <= 16; gfn++)
        {
            last = Dirty[gfn] && Exists(gfn) ? gfn : last;
        }

        return last;
    }
}

/// <summary>GET-BLOCK-6: one page more than count.</summary>
public sealed class BlockOfOnePageTooMany(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override ulong EndOfBlock(ulong first, ulong endGfn) => base.EndOfBlock(first, endGfn + 1);
}

/// <summary>GET-BLOCK-7: a clean page gives 0.</summary>
public sealed class CleanPagesGiveZero(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override byte ValueOf(ulong gfn) => Dirty[gfn] ? base.ValueOf(gfn) : (byte)0;
}

/// <summary>GET-BLOCK-8: the marks stay.</summary>
public sealed class MarksStay(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void Unmark(ulong gfn)
    {
        // nothing
    }
}

/// <summary>H1: a GET that fails gives the marks back, which would be better, but is not the contract.</summary>
public sealed class MarksComeBackAfterAFault(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override Errno GetBlock(ICaller caller, CmmaLog log, ulong count)
    {
        List<ulong> dirty = [];
        foreach (Slot slot in Slots)
        {
            for (ulong gfn = slot.BaseGfn; gfn < slot.EndGfn; gfn++)
            {
                dirty.AddRange(Dirty[gfn] ? [gfn] : []);
            }
        }

        Errno result = base.GetBlock(caller, log, count);
        foreach (ulong gfn in result == Errno.None ? [] : dirty)
        {
            Dirty[gfn] = true;
        }

        return result;
    }
}

/// <summary>GET-CHECK-2: the flags are looked at first.</summary>
public sealed class FlagsWinOverEnabled(bool hostHasCmma) : Vm(hostHasCmma)
{
    public override Errno Get(ICaller caller) => caller.ReadArgument(out CmmaLog log) && log.Flags > 1 ? Errno.EINVAL : base.Get(caller);
}

/// <summary>GET-ANSWER-3: remaining is one too many.</summary>
public sealed class RemainingIsOneTooMany(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override ulong CountDirty() => base.CountDirty() is var count and > 0 ? count + 1 : 0;
}

/// <summary>PEEK-CHECK-1: PEEK goes on to the next page that exists.</summary>
public sealed class PeekSearches(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override Errno Peek(ICaller caller, CmmaLog log, ulong count)
    {
        for (int skipped = 0; skipped < 1000 && !Exists(log.StartGfn); skipped++)
        {
            log.StartGfn++;
        }

        return base.Peek(caller, log, count);
    }
}

/// <summary>PEEK-2: a hole of one page gives 0.</summary>
public sealed class PeekPastAHole(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override Errno Peek(ICaller caller, CmmaLog log, ulong count)
    {
        List<byte> values = [];
        ulong gfn = log.StartGfn;
        while ((ulong)values.Count < count && (Exists(gfn) || Exists(gfn + 1)))
        {
            values.Add(Attributes[gfn]);
            gfn++;
        }

        return values.Count == 0 ? Errno.EFAULT : Answer(caller, log, log.StartGfn, values, Migrating ? CountDirty() : 0);
    }
}

/// <summary>PEEK-3: the first page loses its mark.</summary>
public sealed class PeekRemovesAMark(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override Errno Peek(ICaller caller, CmmaLog log, ulong count)
    {
        Dirty[log.StartGfn] = false;
        return base.Peek(caller, log, count);
    }
}

/// <summary>SET-MASK-1: the bits that are not selected become 0.</summary>
public sealed class SetClearsOtherBits(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override byte SetBits(byte old, byte value, byte selected) => (byte)(value & selected);
}

/// <summary>SET-WALK-1: nothing is set if a page does not exist.</summary>
public sealed class SetAllOrNothing(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override Errno SetPages(CmmaLog log, ValueBytes values)
    {
        for (ulong page = 0; page < log.Count; page++)
        {
            if (!Exists(log.StartGfn + page))
            {
                return Errno.EFAULT;
            }
        }

        return base.SetPages(log, values);
    }
}

/// <summary>SET-DIRTY-1: the first page becomes dirty.</summary>
public sealed class SetMarks(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override Errno SetPages(CmmaLog log, ValueBytes values)
    {
        Dirty[log.StartGfn] = Migrating;
        return base.SetPages(log, values);
    }
}

/// <summary>SET-USED-1: Used stays off if a page does not exist.</summary>
public sealed class UsedOnlyOnSuccess(bool hostHasCmma) : Vm(hostHasCmma)
{
    public override Errno Set(ICaller caller)
    {
        bool used = Used;
        Errno result = base.Set(caller);
        Used = result == Errno.None ? Used : used;
        return result;
    }
}

/// <summary>ESSA-STEPS-1: the ESSA is executed when it ends.</summary>
public sealed class EssaDoesAllAtItsEnd(bool hostHasCmma) : Vm(hostHasCmma)
{
    private (ulong Gfn, ulong Orc)? begun;

    public override void EssaBegin(ulong gfn, ulong orc) => begun = (gfn, orc);

    public override ProgramInterruption EssaEnd(out byte r1)
    {
        r1 = 0;
        return begun is { } essa ? Essa(essa.Gfn, essa.Orc, out r1) : ProgramInterruption.None;
    }
}

/// <summary>ESSA-STEPS-1: the state changes at the beginning, the mark comes at the end.</summary>
public sealed class MarkComesAtTheEnd(bool hostHasCmma) : Vm(hostHasCmma)
{
    private ulong? marked;

    public override void EssaBegin(ulong gfn, ulong orc)
    {
        bool wasDirty = Dirty[gfn];
        base.EssaBegin(gfn, orc);
        marked = Dirty[gfn] && !wasDirty ? gfn : null;
        Dirty[gfn] = wasDirty;
    }

    public override ProgramInterruption EssaEnd(out byte r1)
    {
        Dirty[marked ?? 0] |= marked != null;
        return base.EssaEnd(out r1);
    }
}

/// <summary>ESSA-STEPS-2: r1 shows the page as it is at the end.</summary>
public sealed class EndAnswersTheStateThen(bool hostHasCmma) : Vm(hostHasCmma)
{
    private ulong begun;

    public override void EssaBegin(ulong gfn, ulong orc)
    {
        begun = gfn;
        base.EssaBegin(gfn, orc);
    }

    public override ProgramInterruption EssaEnd(out byte r1)
    {
        ProgramInterruption interruption = base.EssaEnd(out r1);
        r1 = interruption == ProgramInterruption.None ? StateInR1(begun) : r1;
        return interruption;
    }
}

/// <summary>ESSA-CHECK-3: no exception, and 0x10.</summary>
public sealed class EssaAnswersOutsideMemory(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override ProgramInterruption Execute(ulong gfn, ulong orc, out byte r1)
    {
        ProgramInterruption interruption = base.Execute(gfn, orc, out r1);
        r1 = interruption == ProgramInterruption.None ? r1 : (byte)0x10;
        return ProgramInterruption.None;
    }
}

/// <summary>ESSA-CHECK-2: there is one ORC more, which does nothing.</summary>
public sealed class OneOrcMore(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override ulong MaxOrc => 8;
}

/// <summary>ESSA-DIRTY-1: a page is marked only if its state changes.</summary>
public sealed class OnlyChangesMark(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override ProgramInterruption Execute(ulong gfn, ulong orc, out byte r1)
    {
        (byte attributes, byte content, bool dirty) = (Attributes[gfn], Content[gfn], Dirty[gfn]);
        ProgramInterruption interruption = base.Execute(gfn, orc, out r1);
        Dirty[gfn] = Dirty[gfn] && (dirty || Attributes[gfn] != attributes || Content[gfn] != content);
        return interruption;
    }
}

/// <summary>G8: no page is marked.</summary>
public sealed class EssaMarksNothing(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void Mark(ulong gfn)
    {
        // nothing
    }
}

/// <summary>ESSA-R1: no-DAT is where it is in the value byte.</summary>
public sealed class NoDatAtItsOldPlace(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override byte StateInR1(ulong gfn) => (byte)((base.StateInR1(gfn) & ~0x20) | (Attributes[gfn] & 0x40));
}

/// <summary>ESSA-ORC-5: the page becomes resident, as the name says.</summary>
public sealed class MadeResident(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void ChangeState(ulong gfn, ulong orc)
    {
        base.ChangeState(gfn, orc);
        Content[gfn] = orc == 5 ? (byte)PageContent.Resident : Content[gfn];
    }
}

/// <summary>ESSA-KEEP: a page that becomes unused loses no-DAT.</summary>
public sealed class UnusedLosesNoDat(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void ChangeState(ulong gfn, ulong orc)
    {
        base.ChangeState(gfn, orc);
        Attributes[gfn] = orc == 2 ? PageAttributes.Unused : Attributes[gfn];
    }
}

/// <summary>ESSA-DIRTY-2: asking for the state makes the page dirty.</summary>
public sealed class AskingMarks(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void ChangeState(ulong gfn, ulong orc)
    {
        base.ChangeState(gfn, orc);
        Dirty[gfn] = Dirty[gfn] || (Migrating && orc == 0);
    }
}

/// <summary>CLEAR-CMMA-1: no-DAT stays.</summary>
public sealed class ClearKeepsNoDat(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void ClearPage(ulong gfn) => SetUsage(gfn, PageAttributes.Stable);
}

/// <summary>CLEAR-CMMA-2: the marks go.</summary>
public sealed class ClearRemovesMarks(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void ClearPage(ulong gfn)
    {
        base.ClearPage(gfn);
        Dirty[gfn] = false;
    }
}

/// <summary>START-MIGRATION-1: the last page is left clean.</summary>
public sealed class StartLeavesAPageClean(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void MarkAll()
    {
        base.MarkAll();
        Dirty[Slots[^1].EndGfn - 1] = false;
    }
}

/// <summary>START-MIGRATION-CHECK-4: dirty logs are not looked at.</summary>
public sealed class StartWithoutDirtyLogs(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override bool AllSlotsHaveDirtyLog() => true;
}

/// <summary>STOP-MIGRATION-2: the marks stay.</summary>
public sealed class StaleMarks(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void UnmarkAll()
    {
        // nothing
    }
}

/// <summary>CREATE-SLOT-1: pages that come back have what they had.</summary>
public sealed class PagesComeBack(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void AddPage(ulong gfn)
    {
        // nothing
    }

    protected override void RemovePage(ulong gfn)
    {
        // nothing
    }
}

/// <summary>CREATE-SLOT-2, MOVE-SLOT-3, SET-SLOT-FLAGS-2: migration mode stays on.</summary>
public sealed class NoDirtyLogDoesNotStop(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void LacksDirtyLog(Slot slot)
    {
        // nothing
    }
}

/// <summary>DELETE-SLOT-2: migration mode stops with the last slot.</summary>
public sealed class LastSlotStops(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void Remove(Slot slot)
    {
        base.Remove(slot);
        Migrating = Migrating && Slots.Count > 0;
    }
}

/// <summary>MOVE-SLOT-1: a move to the same base changes nothing.</summary>
public sealed class MoveToTheSameBaseIsNone(bool hostHasCmma) : Vm(hostHasCmma)
{
    protected override void Move(Slot slot, ulong baseGfn)
    {
        if (slot.BaseGfn != baseGfn)
        {
            base.Move(slot, baseGfn);
        }
    }
}

/// <summary>TOUCH-1: a discarded page stays discarded.</summary>
public sealed class TouchOfADiscardedPageDoesNothing(bool hostHasCmma) : Vm(hostHasCmma)
{
    public override ProgramInterruption Touch(ulong gfn) => Content[gfn] == LogicallyZero ? ProgramInterruption.None : base.Touch(gfn);
}
