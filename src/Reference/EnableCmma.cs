// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Switches CMMA on for this VM.</summary>
    public Errno EnableCmma()
    {
        if (!HostHasCmma)
        {
            return Errno.ENXIO; // ENABLE-CMMA-CHECK-1
        }

        if (VcpuCount != 0)
        {
            return Errno.EBUSY; // ENABLE-CMMA-CHECK-2
        }

        Enabled = true; // ENABLE-CMMA-1
        return Errno.None;
    }
}
