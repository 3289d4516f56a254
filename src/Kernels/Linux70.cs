// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Kernels;

/// <summary>Linux 7.0 as it differs from 7.2, where all of this was fixed unless a line says otherwise.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux70(bool hostHasCmma) : Linux72(hostHasCmma)
{
    /// <summary>Known bug B18.</summary>
    protected override bool PeekChecksForNothing => !Has("B18");

    /// <summary>Known bug B20a.</summary>
    protected override bool StartCountsMarks => !Has("B20a");

    /// <summary>Known bug B20b.</summary>
    protected override bool Wraps => !Has("B20b");

    /// <summary>Known bug B20c.</summary>
    protected override bool StopClearsMarks => !Has("B20c");

    /// <summary>Known bug B21.</summary>
    protected override byte ByteOfCleanPage => Has("B21") ? OldKernelMemory : base.ByteOfCleanPage;

    /// <summary>Known bug B22.</summary>
    protected override Errno SetWithoutMemory => Has("B22") ? Errno.None : base.SetWithoutMemory;

    /// <summary>Known bug B23: the number of the addressing exception leaks, and looks like success.</summary>
    protected override Errno SetOutsideMemory => Has("B23") ? PgmAddressing : base.SetOutsideMemory;

    /// <summary>Known bug B24.</summary>
    protected override bool EssaCountsAtEnd => Has("B24");

    /// <summary>Known bug B25.</summary>
    protected override bool RemoveCountsMarks => !Has("B25");

    /// <summary>Known bug B25.</summary>
    protected override bool RemoveClearsMarks => !Has("B25");

    /// <summary>Known bug B26.</summary>
    protected override bool PeekStopsInsideTable => !Has("B26");

    /// <summary>Known bug B28, fixed in 7.1.</summary>
    protected override bool TouchResetsZeroBit => !Has("B28");

    /// <summary>Fact "slot alignment": 4 KB came with 7.1.</summary>
    protected override ulong SlotPagesMultiple => 256;
}
