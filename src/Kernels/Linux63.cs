// SPDX-License-Identifier: MIT
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>Linux 6.3 as it differs from 6.12.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux63(bool hostHasCmma) : Linux612(hostHasCmma)
{
    private readonly SlotTree tree = new();

    /// <summary>Known bug B15: the fix came with 6.7.</summary>
    protected override bool ClearKeepsNoDat => Has("B15");

    /// <summary>Known bugs B13 and B14: the search for a page in no slot may find the slot above, and leaves it out.</summary>
    protected override Slot? SkippedSlot(ulong gfn) =>
        tree.LastVisited(gfn) is { } slot && slot.BaseGfn > gfn && Has(slot == SlotsByBase()[0] ? "B13" : "B14") ? slot : null;

    /// <inheritdoc/>
    protected override void Add(Slot slot)
    {
        tree.Insert(slot);
        base.Add(slot);
    }

    /// <inheritdoc/>
    protected override void Remove(Slot slot)
    {
        tree.Remove(slot);
        base.Remove(slot);
    }
}
