// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels.Bugs;

/// <summary>Linux 6.12 without its latent defects: each of them is put back alone in a machine of its own.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
internal class MendedLinux612(bool hostHasCmma) : Linux612(hostHasCmma)
{
    /// <summary>L1.</summary>
    protected override ulong LaterDistance => FirstDistance;

    /// <summary>L1.</summary>
    protected override bool TrailingCleanByte => false;

    /// <summary>L3.</summary>
    protected override bool CounterFollowsMarks => true;

    /// <summary>L12.</summary>
    protected override bool EssaLooksTwice => false;

    /// <summary>L15.</summary>
    protected override bool StopsBeforeAllocation => false;

    /// <summary>L17.</summary>
    protected override bool CrashesWithoutBitmap => false;

    /// <summary>L2.</summary>
    protected override Errno GetWithoutSlots(ICaller caller, CmmaLog log) => AnswerZeros(caller);
}
