using Cmma.Abi;

namespace Cmma.Kernels;

/// <summary>Linux 7.0 as it differs from 7.2, where all of this was mended but where a line says otherwise.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux70(bool hostHasCmma) : Linux72(hostHasCmma)
{
    /// <summary>Known bug B18.</summary>
    protected override bool PeekChecksForNothing => false;

    /// <summary>Known bug B20a.</summary>
    protected override bool StartCountsMarks => false;

    /// <summary>Known bug B20b.</summary>
    protected override bool Wraps => false;

    /// <summary>Known bug B20c.</summary>
    protected override bool StopClearsMarks => false;

    /// <summary>Known bug B21.</summary>
    protected override byte ByteOfCleanPage => OldKernelMemory;

    /// <summary>Known bug B22.</summary>
    protected override Errno SetWithoutMemory => Errno.None;

    /// <summary>Known bug B23: the number of the addressing exception leaks, and looks like success.</summary>
    protected override Errno SetOutsideMemory => PgmAddressing;

    /// <summary>Known bug B24.</summary>
    protected override bool EssaCountsAtEnd => true;

    /// <summary>Known bug B25.</summary>
    protected override bool RemoveCountsMarks => false;

    /// <summary>Known bug B25.</summary>
    protected override bool RemoveClearsMarks => false;

    /// <summary>Known bug B26.</summary>
    protected override bool PeekStopsInsideTable => false;

    /// <summary>Known bug B28, mended in 7.1.</summary>
    protected override bool TouchResetsZeroBit => false;

    /// <summary>Fact "slot alignment": 4 KB came with 7.1.</summary>
    protected override ulong SlotPagesMultiple => 256;
}
