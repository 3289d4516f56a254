// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>Linux 4.19 as it differs from 5.16.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux419(bool hostHasCmma) : Linux516(hostHasCmma)
{
    /// <summary>Known bug B7: the check came with 5.4.</summary>
    protected override bool StartChecksDirtyLog => !Has("B7");

    /// <summary>Known bug B9: an entry of zeros behind the slots is read, and the answer is right. Since 5.7 it is wrong.</summary>
    protected override Slot? SkippedSlot(ulong gfn) => null;

    /// <summary>Known bug B8: the check came with 5.6.</summary>
    protected override Errno GetWithoutSlots(ICaller caller, CmmaLog log) =>
        Has("B8") ? throw new HostCrashException("GET reads in front of the list of slots") : base.GetWithoutSlots(caller, log);
}
