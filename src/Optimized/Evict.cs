// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>The host pages a page out.</summary>
    public ProgramInterruption Evict(ulong gfn)
    {
        Slot? slot = slots.Holding(gfn);
        if (slot == null)
        {
            return ProgramInterruption.Addressing; // EVICT-CHECK-1
        }

        slot.ChangeContent(gfn - slot.BaseGfn, PageContent.Preserved); // EVICT-1
        return ProgramInterruption.None;
    }
}
