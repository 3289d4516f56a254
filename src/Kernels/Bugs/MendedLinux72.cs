// SPDX-License-Identifier: MIT
using Cmma.Reference;

namespace Cmma.Kernels.Bugs;

/// <summary>Linux 7.2 without its latent defects: each of them is put back alone in a machine of its own.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
internal class MendedLinux72(bool hostHasCmma) : Linux72(hostHasCmma)
{
    /// <summary>L7.</summary>
    protected override bool ClearLosesMarks => false;

    /// <summary>L8.</summary>
    protected override bool SetClearsOutsideMask => false;

    /// <summary>L9.</summary>
    protected override bool SetLooksForTables => false;

    /// <summary>L10.</summary>
    protected override bool EssaKnowsTablesOnly => false;

    /// <summary>L10.</summary>
    protected override bool EssaResetsZeroBit => false;

    /// <summary>L14.</summary>
    protected override bool BlockSpansHoles => false;

    /// <summary>L14.</summary>
    protected override bool ValuesOutliveSlots => false;

    /// <summary>L19.</summary>
    protected override bool EssaMarksAfterStop => false;

    /// <summary>L15.</summary>
    protected override bool StopsBeforeAllocation => false;

    /// <summary>B33.</summary>
    protected override bool ChangesSlotsWithoutMemory => false;

    /// <summary>L6.</summary>
    protected override byte ValueOf(ulong gfn) => Attributes[gfn];
}
