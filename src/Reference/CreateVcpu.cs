// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Creates a vCPU.</summary>
    public Errno CreateVcpu()
    {
        VcpuCount = VcpuCount + 1; // CREATE-VCPU-1
        return Errno.None;
    }
}
