// SPDX-License-Identifier: MIT
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Conformance.Tests;

public sealed class CapabilitiesTests
{
    private const string Slot = """{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x100","dirty_log":true}""";

    [Theory]
    [InlineData("""{"op":"enable_cmma"}""", "")]
    [InlineData("""{"op":"create_vcpu"}""", "vcpu")]
    [InlineData("""{"op":"essa","gfn":"0x0","orc":0}""", "essa")]
    [InlineData("""{"op":"essa_begin","gfn":"0x0","orc":0}""", "essa_steps")]
    [InlineData("""{"op":"essa_end"}""", "essa_steps")]
    [InlineData("""{"op":"essa","gfn":"0x0","orc":7}""", "essa,no_dat")]
    [InlineData("""{"op":"essa","gfn":"0x0","orc":15}""", "essa")]
    [InlineData("""{"op":"essa","gfn":"0x0","orc":16}""", "essa,wide_orc")]
    [InlineData("""{"op":"essa","gfn":"0xffffffffff","orc":0}""", "essa")]
    [InlineData("""{"op":"essa","gfn":"0x10000000000","orc":0}""", "essa,high_memory")]
    [InlineData("""{"op":"essa_begin","gfn":"0x10000000000","orc":7}""", "essa_steps,high_memory,no_dat")]
    [InlineData("""{"op":"evict","gfn":"0x10000000000"}""", "high_memory,residency")]
    [InlineData("""{"op":"move_slot","id":0,"base_gfn":"0x10000000000","expect":{"result":"EINVAL"}}""", "high_memory")]
    [InlineData("""{"op":"touch","gfn":"0x0"}""", "residency")]
    [InlineData("""{"op":"evict","gfn":"0x0"}""", "residency")]
    [InlineData("""{"op":"get","start_gfn":"0x0","count":1,"allocation":"fails"}""", "allocation_failure")]
    [InlineData("""{"op":"set","start_gfn":"0x0","count":0,"mask":"0x0","values":"","allocation":"fails"}""", "allocation_failure")]
    [InlineData("""{"op":"get","start_gfn":"0x0","count":1,"argument":"unreadable"}""", "bad_argument")]
    [InlineData("""{"op":"get","start_gfn":"0x0","count":1,"argument":"read_only"}""", "bad_argument")]
    [InlineData("""{"op":"set","start_gfn":"0x0","count":0,"mask":"0x0","values":"","argument":"unreadable"}""", "bad_argument")]
    public void An_operation_needs_its_capability(string operation, string needed) => Assert.Equal(needed, Needed(operation));

    [Theory]
    [InlineData(5, 4, "bad_buffer")]
    [InlineData(5, 5, "")]
    [InlineData(5, 6, "")]
    [InlineData(1_048_577, 1_048_575, "bad_buffer")]
    [InlineData(1_048_577, 1_048_576, "")]
    public void A_buffer_shorter_than_the_clamped_count_of_get_is_bad(long count, int bufferBytes, string needed) =>
        Assert.Equal(needed, Needed($$"""{"op":"get","start_gfn":"0x0","count":{{count}},"buffer_bytes":{{bufferBytes}}}"""));

    [Theory]
    [InlineData(2, "00", "bad_buffer")]
    [InlineData(1, "00", "")]
    [InlineData(0, "", "")]
    [InlineData(1_048_576, "00", "bad_buffer")]
    [InlineData(1_048_577, "00", "")]
    public void Fewer_values_than_a_count_that_set_takes_are_bad(long count, string values, string needed) =>
        Assert.Equal(needed, Needed($$"""{"op":"set","start_gfn":"0x0","count":{{count}},"mask":"0x0","values":"{{values}}"}"""));

    [Theory]
    [InlineData("0x100", "0x100", "")]
    [InlineData("0xff", "0x100", "unaligned_slots")]
    [InlineData("0x101", "0x100", "unaligned_slots")]
    [InlineData("0x100", "0xff", "unaligned_slots")]
    [InlineData("0x100", "0x10000", "")]
    [InlineData("0x100", "0x10100", "large_memory")]
    [InlineData("0x100", "0x7fffffff", "large_memory,unaligned_slots")]
    [InlineData("0x100", "0x80000000", "")]
    [InlineData("0x101", "0x0", "")]
    [InlineData("0xffffffff00", "0x100", "")]
    [InlineData("0xffffffff00", "0x200", "high_memory")]
    [InlineData("0x10000000000", "0x100", "high_memory")]
    [InlineData("0xfffffffffff00", "0x100", "high_memory")]
    [InlineData("0xfffffffffff01", "0x100", "high_memory")]
    [InlineData("0x0", "0xffffffffffffffff", "high_memory")]
    [InlineData("0xffffffffffffffff", "0xffffffffffffffff", "high_memory")]
    public void A_slot_that_could_be_created_needs_what_it_is(string baseGfn, string pages, string needed) =>
        Assert.Equal(needed, Needed($$"""{"op":"create_slot","id":0,"base_gfn":"{{baseGfn}}","pages":"{{pages}}","dirty_log":true}"""));

    [Fact]
    public void A_slot_that_must_be_refused_needs_nothing() =>
        Assert.Equal("", Needed("""{"op":"create_slot","id":0,"base_gfn":"0x1","pages":"0x20000","dirty_log":true,"expect":{"result":"EEXIST"}}"""));

    [Fact]
    public void A_slot_that_may_be_created_needs_what_it_is() =>
        Assert.Equal(
            "large_memory,unaligned_slots",
            Needed("""{"op":"create_slot","id":0,"base_gfn":"0x1","pages":"0x20000","dirty_log":true,"expect":{"one_of":[{"result":"EEXIST"},{"result":"ok"}]}}"""));

    [Theory]
    [InlineData(64, "vcpu")]
    [InlineData(65, "many_vcpus,vcpu")]
    public void More_than_64_vcpus_are_many(int vcpus, string needed) =>
        Assert.Equal(needed, Needed([.. Enumerable.Repeat("""{"op":"create_vcpu"}""", vcpus)]));

    [Theory]
    [InlineData("0x0", "move_in_place")]
    [InlineData("0x100", "")]
    [InlineData("0x101", "unaligned_slots")]
    public void A_moved_slot_is_aligned_or_not(string baseGfn, string needed) =>
        Assert.Equal(needed, Needed(Slot, $$"""{"op":"move_slot","id":0,"base_gfn":"{{baseGfn}}"}"""));

    [Fact]
    public void A_slot_is_moved_in_place_if_it_is_there_already() => Assert.Equal(
        "move_in_place",
        Needed(Slot, """{"op":"move_slot","id":0,"base_gfn":"0x200"}""", """{"op":"move_slot","id":0,"base_gfn":"0x200"}"""));

    [Fact]
    public void A_slot_that_is_moved_back_is_not_moved_in_place() => Assert.Equal(
        "",
        Needed(Slot, """{"op":"move_slot","id":0,"base_gfn":"0x200"}""", """{"op":"move_slot","id":0,"base_gfn":"0x0"}"""));

    [Theory]
    [InlineData("0xff00", "")]
    [InlineData("0x10000", "large_memory")]
    public void Slots_add_up_to_large_memory_above_65536_pages(string pages, string needed) =>
        Assert.Equal(needed, Needed(Slot, $$"""{"op":"create_slot","id":1,"base_gfn":"0x1000","pages":"{{pages}}","dirty_log":true}"""));

    [Fact]
    public void A_deleted_slot_does_not_count_any_more() =>
        Assert.Equal(
            "",
            Needed(Slot, """{"op":"delete_slot","id":0}""", """{"op":"create_slot","id":1,"base_gfn":"0x1000","pages":"0x10000","dirty_log":true}"""));

    [Fact]
    public void A_host_without_CMMA_is_a_capability() =>
        Assert.Equal([Capability.NoCmmaHost, Capability.Vcpu], Capabilities.NeededBy(Spec.Trace("""{"op":"create_vcpu"}""") with { HostHasCmma = false }));

    [Fact]
    public void The_reference_offers_everything_but_large_memory() =>
        Assert.Equal([Capability.LargeMemory], Capability.All.Except(Capability.OfReference));

    private static string Needed(params string[] operations) => string.Join(',', Capabilities.NeededBy(Spec.Trace(operations)));
}
