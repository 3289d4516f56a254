// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>The guest touches a page.</summary>
    public ProgramInterruption Touch(ulong gfn)
    {
        Slot? slot = slots.Holding(gfn);
        if (slot == null)
        {
            return ProgramInterruption.Addressing; // TOUCH-CHECK-1
        }

        slot.ChangeContent(gfn - slot.BaseGfn, PageContent.Resident); // TOUCH-1
        return ProgramInterruption.None;
    }
}
