// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Judging.Tests;

public sealed class StateTextTests
{
    [Theory]
    [InlineData(0, PageContent.Resident, false, "stable, resident, clean")]
    [InlineData(1, PageContent.Preserved, true, "unused, evicted, dirty")]
    [InlineData(2, PageContent.LogicallyZero, false, "potentially volatile, logically zero, clean")]
    [InlineData(3, PageContent.Resident, true, "volatile, resident, dirty")]
    [InlineData(PageAttributes.NoDat, PageContent.Resident, false, "stable no-DAT, resident, clean")]
    [InlineData(PageAttributes.NoDat + 1, PageContent.Resident, false, "unused no-DAT, resident, clean")]
    [InlineData(0x80, PageContent.Resident, false, "stable with bits 0x80, resident, clean")]
    [InlineData(0x04 + 3 + PageAttributes.NoDat, PageContent.LogicallyZero, true, "volatile no-DAT with bits 0x04, logically zero, dirty")]
    public void A_page_is_told_in_words(int attributes, PageContent content, bool dirty, string says) =>
        Assert.Equal(says, StateText.Of(new PageState((byte)attributes, content, dirty)));

    [Theory]
    [InlineData(true, "slot 7: gfn 0x100, 16 pages, dirty log on")]
    [InlineData(false, "slot 7: gfn 0x100, 16 pages, dirty log off")]
    public void A_slot_is_told_in_words(bool dirtyLog, string says) => Assert.Equal(says, StateText.Of(new Memslot(7, 0x100, 16, dirtyLog)));
}
