using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>Linux 6.3 as it differs from 6.12.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux63(bool hostHasCmma) : Linux612(hostHasCmma)
{
    private readonly SlotTree tree = new();

    /// <summary>Fact "CLR_CMMA effect on values": the fix came with 6.7.</summary>
    protected override bool ClearKeepsNoDat => true;

    /// <summary>Fact "start_gfn in a hole": the search for the slot may end at the one above, which is then left out.</summary>
    protected override Slot? SkippedSlot(ulong gfn) => tree.LastVisited(gfn) is { } slot && slot.BaseGfn > gfn ? slot : null;

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
