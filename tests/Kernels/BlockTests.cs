// SPDX-License-Identifier: MIT
using Cmma.Traces;
using static Cmma.Kernels.Tests.Play;

namespace Cmma.Kernels.Tests;

/// <summary>How far a block goes, where it begins, and what else separates the generations.</summary>
public sealed class BlockTests
{
    private static readonly Operation[] OneSlot = [Slot(0, 0, 512)];

    // a hole of four pages: 256..259
    private static readonly Operation[] SmallHole = [Slot(0, 0, 256), Slot(1, 260, 256)];

    private static readonly Operation[] LargeHole = [Slot(0, 0, 256), Slot(1, 512, 256)];

    // first page {100, 100+k}: ....D...............D
    [Theory]
    [InlineData("4.18", 16, 17)]
    [InlineData("6.12", 16, 17)]
    [InlineData("7.2", 16, 17)]
    [InlineData("4.18", 17, 1)]
    [InlineData("6.12", 17, 1)]
    [InlineData("7.2", 17, 18)]
    [InlineData("4.18", 18, 1)]
    [InlineData("6.12", 18, 1)]
    [InlineData("7.2", 18, 1)]
    public void The_gap_after_the_first_page_is_bridged_up_to_a_limit(string version, ulong distance, uint count) =>
        Assert.Contains($"count {count},", Last(version, [.. Migrate(OneSlot, 100, 100 + distance), Get(100, 600)]), StringComparison.Ordinal);

    // later page {100, 101, 101+k}: ....DD...............D
    [Theory]
    [InlineData("4.18", 17, 19)]
    [InlineData("6.12", 17, 19)]
    [InlineData("7.2", 17, 19)]
    [InlineData("4.18", 18, 3)]
    [InlineData("6.12", 18, 3)]
    [InlineData("7.2", 18, 2)]
    public void The_gap_after_a_later_page_is_bridged_up_to_another_limit(string version, ulong distance, uint count) =>
        Assert.Contains($"count {count},", Last(version, [.. Migrate(OneSlot, 100, 101, 101 + distance), Get(100, 600)]), StringComparison.Ordinal);

    [Theory]
    [InlineData("4.18", 100, 2)]
    [InlineData("4.18", 101, 3)]
    [InlineData("6.12", 100, 2)]
    [InlineData("6.12", 101, 3)]
    [InlineData("7.2", 101, 2)]
    public void A_clean_byte_trails_if_the_next_dirty_page_fits_the_buffer(string version, uint bufferBytes, uint count) =>
        Assert.Contains($"count {count},", Last(version, [.. Migrate(OneSlot, 0, 1, 100), Get(0, bufferBytes)]), StringComparison.Ordinal);

    [Theory]
    [InlineData("4.18", "250 262", "EFAULT")]
    [InlineData("6.12", "250 262", "count 6,")]
    [InlineData("7.2", "250 262", "count 13,")]
    [InlineData("4.18", "254 255 262", "EFAULT")]
    [InlineData("6.12", "254 255 262", "count 2,")]
    [InlineData("7.2", "254 255 262", "count 9,")]
    [InlineData("4.18", "255 262", "EFAULT")]
    [InlineData("6.12", "255 262", "count 1,")]
    [InlineData("7.2", "255 262", "count 8,")]
    public void A_block_that_reaches_a_small_hole(string version, string dirty, string answer) =>
        Assert.Contains(
            answer,
            Last(version, [.. Migrate(SmallHole, [.. dirty.Split(' ').Select(ulong.Parse)]), Get(250, 1024)]),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("4.18", "EFAULT")]
    [InlineData("6.12", "count 256,")]
    [InlineData("7.2", "count 516,")]
    public void A_block_of_all_pages_that_reaches_a_small_hole(string version, string answer) =>
        Assert.Contains(answer, Last(version, [.. Use(SmallHole), Start, Get(0, 1024)]), StringComparison.Ordinal);

    [Theory]
    [InlineData("4.18", 512, "count 256, remaining 0x200,")]
    [InlineData("4.18", 513, "EFAULT")]
    [InlineData("4.19", 513, "count 256, remaining 0x100,")]
    public void A_block_that_reaches_a_large_hole(string version, uint bufferBytes, string answer) =>
        Assert.Contains(answer, Last(version, [.. Use(LargeHole), Start, Get(0, bufferBytes)]), StringComparison.Ordinal);

    // dirty {10}: .....D.......    hole    .......
    [Theory]
    [InlineData("4.18", 11, "start_gfn 0xa, count 1, remaining 0x100,")]
    [InlineData("6.12", 11, "start_gfn 0x300, count 0, remaining 0x1,")]
    [InlineData("7.0", 11, "start_gfn 0xb, count 0, remaining 0x1,")]
    [InlineData("7.2", 11, "start_gfn 0xa, count 1, remaining 0x0,")]
    [InlineData("6.12", 767, "start_gfn 0x300, count 0, remaining 0x1,")]
    [InlineData("6.12", 768, "start_gfn 0xa, count 1, remaining 0x0,")]
    [InlineData("7.0", 768, "start_gfn 0x300, count 0, remaining 0x1,")]
    [InlineData("6.12", ulong.MaxValue, "start_gfn 0xa, count 1, remaining 0x0,")]
    public void A_search_from_above_the_only_dirty_page(string version, ulong startGfn, string answer) =>
        Assert.Contains(answer, Last(version, [.. Migrate(LargeHole, 10), Get(startGfn, 8)]), StringComparison.Ordinal);

    [Theory]
    [InlineData("4.19", "start_gfn 0x104, count 1,")]
    [InlineData("5.10", "start_gfn 0x208, count 1,")]
    [InlineData("5.16", "start_gfn 0x208, count 1,")]
    [InlineData("6.12", "start_gfn 0x104, count 1,")]
    public void A_search_from_below_the_lowest_slot(string version, string answer) =>
        Assert.Contains(answer, Last(version, [.. Migrate([Slot(0, 256, 256), Slot(1, 512, 256)], 260, 520), Get(0, 8)]), StringComparison.Ordinal);

    [Theory]
    [InlineData("6.1", "start_gfn 0x300, count 0, remaining 0x1,")]
    [InlineData("6.4", "start_gfn 0x300, count 0, remaining 0x1,")]
    [InlineData("6.12", "start_gfn 0x208, count 1, remaining 0x0,")]
    public void A_search_from_a_hole_when_the_lower_slot_came_first(string version, string answer) =>
        Assert.Contains(answer, Last(version, [.. Migrate(LargeHole, 520), Get(300, 8)]), StringComparison.Ordinal);

    [Theory]
    [InlineData("6.1")]
    [InlineData("6.4")]
    [InlineData("6.12")]
    public void A_search_from_a_hole_when_the_upper_slot_came_first(string version) => Assert.Contains(
        "start_gfn 0x208, count 1, remaining 0x0,",
        Last(version, [.. Migrate([Slot(1, 512, 256), Slot(0, 0, 256)], 520), Get(300, 8)]),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("4.18", "ok, migrating")]
    [InlineData("6.1", "ok, migrating")]
    [InlineData("6.3", "ok, not migrating")]
    [InlineData("7.0", "ok, not migrating")]
    public void Migration_mode_when_a_dirty_log_goes_off(string version, string answer) =>
        Assert.Equal(answer, Last(version, [.. Use(OneSlot), Start, Flags(0, log: false), Status]));

    [Theory]
    [InlineData("4.18", false)]
    [InlineData("7.0", false)]
    [InlineData("7.2", true)]
    public void A_slot_of_a_few_pages_is_taken_since_7_1(string version, bool taken) =>
        Assert.Equal(taken ? "ok" : "EINVAL", Last(version, Slot(0, 0, 4)));

    [Theory]
    [InlineData("4.13")]
    [InlineData("4.19")]
    [InlineData("6.12")]
    [InlineData("7.2")]
    public void A_slot_whose_id_is_in_use_is_changed(string version)
    {
        Assert.Equal("EINVAL", Last(version, Slot(0, 0, 256), Slot(0, 0, 512)));
        Assert.Equal("EEXIST", Last(version, Slot(0, 0, 256), Slot(1, 256, 256), Slot(0, 256, 256)));
        Assert.Equal("ok", Last(version, Slot(0, 0, 256), Slot(0, 0, 256, log: false)));
        Assert.Equal("addressing", Last(version, Slot(0, 0, 256), Slot(0, 512, 256), new Operation.Touch(0)));
        Assert.Equal("ok", Last(version, Slot(0, 0, 256), Slot(0, 512, 256), new Operation.Touch(512)));
        Assert.Equal("addressing", Last(version, Slot(0, 0, 256), Slot(0, 0, 0), new Operation.Touch(0)));
    }
}
