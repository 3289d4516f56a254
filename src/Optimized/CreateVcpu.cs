// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>Creates a vCPU.</summary>
    public Errno CreateVcpu()
    {
        lock (changes)
        {
            vcpuCount++; // CREATE-VCPU-1
            return Errno.None;
        }
    }
}
