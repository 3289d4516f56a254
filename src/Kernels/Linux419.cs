using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>Linux 4.19 as it differs from 5.16.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux419(bool hostHasCmma) : Linux516(hostHasCmma)
{
    /// <summary>Fact "START, slot without dirty log": the check came with 5.4.</summary>
    protected override bool StartChecksDirtyLog => false;

    /// <summary>Fact "delete last slot, then GET": the check came with 5.6.</summary>
    protected override bool GetChecksForSlots => false;

    /// <summary>Fact "start_gfn below the lowest slot": before 5.7 an entry of zeros behind the slots is read (B9), and the answer is right.</summary>
    protected override Slot? SkippedSlot(ulong gfn) => null;
}
