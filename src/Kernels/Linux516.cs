using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>Linux 5.16 as it differs from 6.12.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux516(bool hostHasCmma) : Linux612(hostHasCmma)
{
    /// <summary>Fact "CLR_CMMA effect on values": the fix came with 6.7.</summary>
    protected override bool ClearKeepsNoDat => true;

    /// <summary>Fact "LOG_DIRTY switched off": the fix came with 6.3.</summary>
    protected override bool StopsWithoutDirtyLog => false;

    /// <summary>Fact "start_gfn below the lowest slot": since 5.7 the search finds the lowest slot, and leaves it out.</summary>
    protected override Slot? SkippedSlot(ulong gfn) => gfn < SlotsByBase()[0].BaseGfn ? SlotsByBase()[0] : null;
}
