// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>The host pages a page out.</summary>
    public virtual ProgramInterruption Evict(Word gfn)
    {
        if (!Exists(gfn))
        {
            return ProgramInterruption.Addressing; // EVICT-CHECK-1
        }

        Content[gfn] = Preserved; // EVICT-1
        return ProgramInterruption.None;
    }
}
