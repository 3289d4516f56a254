// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>Switches CMMA on for this VM.</summary>
    public Errno EnableCmma()
    {
        lock (changes)
        {
            if (!HostHasCmma)
            {
                return Errno.ENXIO; // ENABLE-CMMA-CHECK-1
            }

            if (vcpuCount != 0)
            {
                return Errno.EBUSY; // ENABLE-CMMA-CHECK-2
            }

            enabled = true; // ENABLE-CMMA-1
            return Errno.None;
        }
    }
}
