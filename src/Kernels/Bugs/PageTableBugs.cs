// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Kernels.Bugs;

/// <summary>PEEK of nothing answers a count that wrapped round below 0.</summary>
internal sealed class B18(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override bool PeekChecksForNothing => false;
}

/// <summary>The search does not wrap.</summary>
internal sealed class B20B(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override bool Wraps => false;
}

/// <summary>Clean pages of a block are old kernel memory.</summary>
internal sealed class B21(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override byte ByteOfCleanPage => OldKernelMemory;
}

/// <summary>SET without memory looks like success.</summary>
internal sealed class B22(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override Errno SetWithoutMemory => Errno.None;
}

/// <summary>SET of a page that is not there answers 5.</summary>
internal sealed class B23(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override Errno SetOutsideMemory => PgmAddressing;
}

/// <summary>ESSA marks its page, and counts the mark later.</summary>
internal sealed class B24(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override bool EssaCountsAtEnd => true;
}

/// <summary>A slot that goes leaves its marks in the counter.</summary>
internal sealed class B25(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override bool RemoveCountsMarks => false;

    protected override bool RemoveClearsMarks => false;
}

/// <summary>A slot that goes takes its marks out of the counter, and leaves them where a table stays.</summary>
internal sealed class B25V(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override bool RemoveClearsMarks => false;
}

/// <summary>PEEK goes on behind a hole.</summary>
internal sealed class B26(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override bool PeekStopsInsideTable => false;
}

/// <summary>A page that was logically zero once is so again when it is paged out.</summary>
internal sealed class B28(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override bool TouchResetsZeroBit => false;
}

/// <summary>A change of a slot that finds no memory leaves the tables as they are, and answers success.</summary>
internal sealed class B33(bool hostHasCmma) : MendedLinux72(hostHasCmma)
{
    protected override bool ChangesSlotsWithoutMemory => true;
}

/// <summary>Stop leaves marks and counter, and start counts the pages that it marks on top: those whose marks went in between are counted twice.</summary>
internal sealed class B34V(bool hostHasCmma) : Linux72(hostHasCmma)
{
    protected override bool StopClearsMarks => false;
}

/// <summary>Clean pages of a block are sent as zeros.</summary>
internal sealed class L6(bool hostHasCmma) : MendedLinux72(hostHasCmma)
{
    protected override byte ValueOf(ulong gfn) => Dirty[gfn] ? Attributes[gfn] : ByteOfCleanPage;
}

/// <summary>Clear takes the marks away, and the counter stays.</summary>
internal class L7(bool hostHasCmma) : MendedLinux72(hostHasCmma)
{
    protected override bool ClearLosesMarks => true;
}

/// <summary>SET clears the bits outside the mask.</summary>
internal sealed class L8(bool hostHasCmma) : MendedLinux72(hostHasCmma)
{
    protected override bool SetClearsOutsideMask => true;
}

/// <summary>SET looks for tables instead of pages.</summary>
internal sealed class L9(bool hostHasCmma) : MendedLinux72(hostHasCmma)
{
    protected override bool SetLooksForTables => true;
}

/// <summary>ESSA while migrating looks for tables instead of pages, and a page stays logically zero only by the ESSA that discards it.</summary>
internal sealed class L10(bool hostHasCmma) : MendedLinux72(hostHasCmma)
{
    protected override bool EssaKnowsTablesOnly => true;

    protected override bool EssaResetsZeroBit => true;
}

/// <summary>A block spans a hole, and values outlive their slot.</summary>
internal sealed class L14(bool hostHasCmma) : MendedLinux72(hostHasCmma)
{
    protected override bool BlockSpansHoles => true;

    protected override bool ValuesOutliveSlots => true;
}

/// <summary>ESSA marks its page although a stop has come; clear then takes the mark away, and the counter stays (L7).</summary>
internal sealed class L19(bool hostHasCmma) : L7(hostHasCmma)
{
    protected override bool EssaMarksAfterStop => true;
}
