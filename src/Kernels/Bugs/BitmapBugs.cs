// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels.Bugs;

/// <summary>The bitmap ends with the lowest slot.</summary>
internal sealed class B2(bool hostHasCmma) : Linux418(hostHasCmma)
{
    protected override bool BitmapEndsWithLowestSlot => true;
}

/// <summary>ESSA marks a page behind the bitmap.</summary>
internal sealed class B3(bool hostHasCmma) : Linux418(hostHasCmma)
{
    protected override bool MarksBeyondBitmap => true;
}

/// <summary>ESSA goes on with a bitmap that stop has freed.</summary>
internal sealed class B4(bool hostHasCmma) : MendedLinux418(hostHasCmma)
{
    protected override bool EssaKeepsBitmap => true;
}

/// <summary>No-DAT is neither set nor sent.</summary>
internal sealed class B5(bool hostHasCmma) : Linux418(hostHasCmma)
{
    protected override ulong MaxOrc => 6;

    protected override byte SetBits(byte old, byte value, byte selected) =>
        base.SetBits(old, value, (byte)(selected & PageAttributes.UsageMask));
}

/// <summary>Holes are counted as dirty pages, and reading one is a fault.</summary>
internal sealed class B6(bool hostHasCmma) : Linux516(hostHasCmma)
{
    protected override bool HoleIsFault => true;

    protected override void MarkAll()
    {
        base.MarkAll();
        Counter = RoundUpToLong(EndOfSlots);
    }
}

/// <summary>Start does not look whether the slots have a dirty log.</summary>
internal sealed class B7(bool hostHasCmma) : Linux516(hostHasCmma)
{
    protected override bool StartChecksDirtyLog => false;
}

/// <summary>GET does not look whether there are slots.</summary>
internal sealed class B8(bool hostHasCmma) : L3(hostHasCmma)
{
    protected override Errno GetWithoutSlots(ICaller caller, CmmaLog log) =>
        throw new HostCrashException("GET reads in front of the list of slots");
}

/// <summary>Migration mode stays on without dirty log.</summary>
internal sealed class B12(bool hostHasCmma) : Linux612(hostHasCmma)
{
    protected override bool StopsWithoutDirtyLog => false;
}

/// <summary>A search from below the lowest slot leaves that one out.</summary>
internal sealed class B13(bool hostHasCmma) : Linux612(hostHasCmma)
{
    protected override Slot? SkippedSlot(ulong gfn) => gfn < SlotsByBase()[0].BaseGfn ? SlotsByBase()[0] : null;
}

/// <summary>A search from a hole leaves the slot above out, if the tree of slots has that shape.</summary>
internal sealed class B14(bool hostHasCmma) : Linux63(hostHasCmma)
{
    protected override bool ClearKeepsNoDat => false;
}

/// <summary>Clear keeps no-DAT.</summary>
internal sealed class B15(bool hostHasCmma) : Linux612(hostHasCmma)
{
    protected override bool ClearKeepsNoDat => true;
}

/// <summary>The second gap of a block may be longer than the first, and a clean byte trails.</summary>
internal sealed class L1(bool hostHasCmma) : MendedLinux612(hostHasCmma)
{
    protected override ulong LaterDistance => FirstDistance + 1;

    protected override bool TrailingCleanByte => true;
}

/// <summary>GET without slots hands out its buffer as it is.</summary>
internal sealed class L2(bool hostHasCmma) : L3(hostHasCmma)
{
    protected override Errno GetWithoutSlots(ICaller caller, CmmaLog log) => GetOldMemory(caller, log);
}

/// <summary>A slot that goes leaves its marks in the counter.</summary>
internal class L3(bool hostHasCmma) : MendedLinux612(hostHasCmma)
{
    protected override bool CounterFollowsMarks => false;
}

/// <summary>ESSA looks for the bitmap of a slot when its dirty log can have gone.</summary>
internal sealed class L12(bool hostHasCmma) : MendedLinux612(hostHasCmma)
{
    protected override bool EssaLooksTwice => true;
}

/// <summary>ESSA looks for the bitmap when stop can have taken it away.</summary>
internal sealed class L13(bool hostHasCmma) : MendedLinux418(hostHasCmma)
{
    protected override bool EssaLooksTwice => true;
}

/// <summary>A slot without dirty log that finds no memory has stopped migration mode.</summary>
internal sealed class L15(bool hostHasCmma) : MendedLinux612(hostHasCmma)
{
    protected override bool StopsBeforeAllocation => true;
}

/// <summary>Start before enable takes slots without dirty log, and ESSA then needs their bitmap.</summary>
internal sealed class L17(bool hostHasCmma) : MendedLinux612(hostHasCmma)
{
    protected override bool CrashesWithoutBitmap => true;
}
