// SPDX-License-Identifier: MIT
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>Linux 5.16 as it differs from 6.12.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux516(bool hostHasCmma) : Linux612(hostHasCmma)
{
    /// <summary>Known bug B15: the fix came with 6.7.</summary>
    protected override bool ClearKeepsNoDat => Has("B15");

    /// <summary>Known bug B12: the fix came with 6.3.</summary>
    protected override bool StopsWithoutDirtyLog => !Has("B12");

    /// <summary>Known bug B13: from below the lowest slot the search finds that one, and leaves it out (97daa028f3f6 in 5.7).</summary>
    protected override Slot? SkippedSlot(ulong gfn) => gfn < SlotsByBase()[0].BaseGfn && Has("B13") ? SlotsByBase()[0] : null;
}
