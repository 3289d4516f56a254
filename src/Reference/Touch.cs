// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>The guest touches a page.</summary>
    public virtual ProgramInterruption Touch(Word gfn)
    {
        if (!Exists(gfn))
        {
            return ProgramInterruption.Addressing; // TOUCH-CHECK-1
        }

        Content[gfn] = Resident; // TOUCH-1
        return ProgramInterruption.None;
    }
}
