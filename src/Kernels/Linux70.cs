using Cmma.Abi;

namespace Cmma.Kernels;

/// <summary>Linux 7.0 as it differs from 7.3-rc1.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux70(bool hostHasCmma) : Linux73(hostHasCmma)
{
    /// <summary>Known bug B21: bytes that nobody has written (c7dda3d0f869 came with 7.2).</summary>
    protected override byte ByteOfCleanPage => OldKernelMemory;

    /// <summary>Known bug B20b: the search does not wrap (6cfd47f91f6a came with 7.2).</summary>
    protected override bool Wraps => false;

    /// <summary>Known bugs B20a and B25: start counts pages that it does not mark, and a slot that goes is not counted (6cfd47f91f6a, ec2153462705).</summary>
    protected override bool CounterFollowsMarks => false;

    /// <summary>Known bug B23: the number of the addressing exception leaks, and looks like success (d699986f11bf came with 7.2).</summary>
    protected override Errno SetOutsideMemory => (Errno)(-5);

    /// <summary>Known bug B26: the walk goes on with the next table (4d4a21e38f1b came with 7.2).</summary>
    protected override bool PeekStopsInsideTable => false;

    /// <summary>Known bug B18: a PEEK of nothing has a count that wrapped round below 0 (7a386efcb2bf came with 7.2).</summary>
    protected override bool PeekChecksForNothing => false;

    /// <summary>Fact "slot alignment": 4 KB came with 7.1.</summary>
    protected override ulong SlotPagesMultiple => 256;
}
