// SPDX-License-Identifier: MIT
namespace Cmma.Kernels.Bugs;

/// <summary>Linux 4.18 without what befalls an ESSA beside a stop: each such bug is put back alone in a machine of its own.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
internal class MendedLinux418(bool hostHasCmma) : Linux418(hostHasCmma)
{
    /// <summary>L13.</summary>
    protected override bool EssaLooksTwice => false;
}
