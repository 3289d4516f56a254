// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Reference;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Properties.Tests;

/// <summary>The bytes of the struct, the numbers, and user memory. Expected bytes are worked out by hand.</summary>
public sealed class AbiTests
{
    private static readonly KvmS390CmmaLog Sample = new(
        StartGfn: 0x0102_0304_0506_0708, Count: 0x1112_1314, Flags: 0x2122_2324, RemainingOrMask: 0x3132_3334_3536_3738, Values: 0x4142_4344_4546_4748);

    [Fact]
    [Clause("ABI-1")]
    public void The_struct_in_big_endian_byte_order() => Assert.Equal(
        (byte[])[
            0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, // start_gfn at 0
            0x11, 0x12, 0x13, 0x14, // count at 8
            0x21, 0x22, 0x23, 0x24, // flags at 12
            0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, // remaining or mask at 16
            0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48], // values at 24
        Encoded(Sample, bigEndian: true));

    [Fact]
    [Clause("ABI-1")]
    public void The_struct_in_little_endian_byte_order() => Assert.Equal(
        (byte[])[
            0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01,
            0x14, 0x13, 0x12, 0x11,
            0x24, 0x23, 0x22, 0x21,
            0x38, 0x37, 0x36, 0x35, 0x34, 0x33, 0x32, 0x31,
            0x48, 0x47, 0x46, 0x45, 0x44, 0x43, 0x42, 0x41],
        Encoded(Sample, bigEndian: false));

    [SeededProperty(Arbitrary = new[] { typeof(Structs) })]
    [Clause("ABI-1")]
    public bool What_was_encoded_decodes_to_the_same(KvmS390CmmaLog log, bool bigEndian) => KvmS390CmmaLog.Decode(Encoded(log, bigEndian), bigEndian) == log;

    [SeededProperty(Arbitrary = new[] { typeof(Structs) })]
    [Clause("ABI-1")]
    public bool Any_32_bytes_are_a_struct_and_come_back_as_they_were(byte[] bytes, bool bigEndian) =>
        Encoded(KvmS390CmmaLog.Decode(bytes, bigEndian), bigEndian).SequenceEqual(bytes);

    [Theory]
    [Clause("ABI-1")]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void The_struct_is_32_bytes_and_no_other_number(int length)
    {
        Assert.Equal(32, KvmS390CmmaLog.SizeBytes);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => KvmS390CmmaLog.Decode(new byte[length], bigEndian: true));
        Assert.StartsWith($"the struct is 32 bytes, not {length}", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Sample.Encode(new byte[length], bigEndian: true));
    }

    [Fact]
    [Clause("ABI-2")]
    public void Remaining_and_mask_are_bytes_16_to_23()
    {
        byte[] bytes = Encoded(default(KvmS390CmmaLog) with { RemainingOrMask = ulong.MaxValue }, bigEndian: true);
        Assert.Equal([.. Enumerable.Repeat<byte>(0, 16), .. Enumerable.Repeat<byte>(0xff, 8), .. Enumerable.Repeat<byte>(0, 8)], bytes);
    }

    [Fact]
    [Clause("ABI-3")]
    public void GET_is_0xC020AEB8() => Assert.Equal(0xC020_AEB8, IoctlNumber.Get);

    [Fact]
    [Clause("ABI-4")]
    public void SET_is_0x4020AEB9() => Assert.Equal(0x4020_AEB9u, IoctlNumber.Set);

    [Fact]
    [Clause("ABI-5")]
    public void PEEK_is_1() => Assert.Equal([0u, 1], Enum.GetValues<CmmaFlags>().Select(flags => (uint)flags));

    [Fact]
    [Clause("ABI-6")]
    public void The_limit_of_count_is_2_to_the_20() => Assert.Equal(1u << 20, Limits.MaxCount);

    [Fact]
    [Clause("ABI-7")]
    public void The_value_byte_is_usage_in_bits_0_and_1_and_no_DAT_0x40()
    {
        Assert.Equal((0, 1), (PageAttributes.Stable, PageAttributes.Unused));
        Assert.Equal((2, 3), (PageAttributes.PotentiallyVolatile, PageAttributes.Volatile));
        Assert.Equal((0x03, 0x40, 0x43), (PageAttributes.UsageMask, PageAttributes.NoDat, PageAttributes.All));
    }

    [Fact]
    [Clause("ABI-8")]
    public void The_mask_begins_at_bit_24_of_the_PGSTE() => Assert.Equal(24, PageAttributes.PgsteShift);

    [Fact]
    [Clause("ABI-9")]
    public void A_page_is_4096_bytes_and_the_last_one_ends_at_2_to_the_64()
    {
        Assert.Equal(4096, Limits.PageBytes);
        Assert.Equal((Int128)1 << 64, (Int128)Limits.EndOfMemoryGfn * Limits.PageBytes);
    }

    [Fact]
    [Clause("ABI-10")]
    public void The_errnos_have_the_numbers_of_Linux() => Assert.Equal(
        [("None", 0), ("ENXIO", 6), ("ENOMEM", 12), ("EFAULT", 14), ("EBUSY", 16), ("EEXIST", 17), ("EINVAL", 22)],
        Enum.GetValues<Errno>().Select(errno => (errno.ToString(), (int)errno)));

    [Theory]
    [Clause("ABI-11")]
    [InlineData(0x100, 8, 8)] // all of it
    [InlineData(0x100, 9, 8)] // a fault after 8 bytes
    [InlineData(0x107, 2, 1)]
    [InlineData(0x107, 0, 0)]
    [InlineData(0x108, 1, 0)] // one past the end
    [InlineData(0x0ff, 1, 0)] // one before the begin
    [InlineData(-1, 1, 0)] // 2^64 - 1
    public void A_step_ends_where_the_region_does(long address, int length, int done)
    {
        byte[] region = [1, 2, 3, 4, 5, 6, 7, 8];
        UserRegions user = new();
        user.Map(0x100, region);
        user.Map(0x110, new byte[8]);

        Assert.Equal(region.Skip((int)(address - 0x100)).Take(done), user.Read((ulong)address, length).ToArray());
        Assert.Equal(done, user.Write((ulong)address, Enumerable.Repeat<byte>(9, length).ToArray()));
        Assert.Equal(done, region.Count(value => value == 9));
    }

    [Fact]
    [Clause("ABI-11")]
    public void A_step_never_runs_from_one_region_into_the_next()
    {
        UserRegions user = new();
        user.Map(0x100, new byte[] { 1, 2 });
        user.Map(0x102, new byte[] { 3, 4 });

        Assert.Equal([1, 2], user.Read(0x100, 4).ToArray());
        Assert.Equal([3, 4], user.Read(0x102, 4).ToArray());
        Assert.Equal(2, user.Write(0x100, [9, 9, 9, 9]));
        Assert.Equal([3, 4], user.Read(0x102, 4).ToArray());
    }

    [Fact]
    [Clause("ABI-11")]
    public void A_region_that_is_not_writable_can_be_read_and_a_write_faults_at_once()
    {
        byte[] region = [1, 2, 3];
        UserRegions user = new();
        user.Map(0x100, region, writable: false);

        Assert.Equal([1, 2, 3], user.Read(0x100, 3).ToArray());
        Assert.Equal(0, user.Write(0x100, [9, 9, 9]));
        Assert.Equal([1, 2, 3], region);
    }

    [Fact]
    [Clause("ABI-11")]
    public void No_memory_faults_at_once()
    {
        UserRegions user = new();
        Assert.Equal(0, user.Read(0, 1).Length);
        Assert.Equal(0, user.Write(0, [1]));
    }

    [Fact]
    public void Pages_in_a_row_are_copied_from_the_first_on()
    {
        Snapshot empty = Snapshot.Of(new ReferenceMachine());
        IMachineState machine = empty with
        {
            Memory = empty.Memory.With(new Memslot(Id: 1, BaseGfn: 10, Pages: 4, DirtyLog: false))
                .Select((gfn, page) => page with { Attributes = (byte)gfn }),
        };
        PageState[] pages = new PageState[3];
        machine.CopyPages(11, pages);
        Assert.Equal([11, 12, 13], pages.Select(page => (int)page.Attributes));
    }

    [Fact]
    public void A_machine_need_not_have_ESSA_in_two_steps()
    {
        IMachine machine = new MachineWithoutSteps();
        Assert.Throws<NotSupportedException>(() => machine.EssaBegin(0, 0));
        Assert.Throws<NotSupportedException>(() => machine.EssaEnd());
    }

    public static class Structs
    {
        public static Arbitrary<KvmS390CmmaLog> Any { get; } = Arb.From(
            Numbers.Any.ArrayOf(5).Select(numbers => new KvmS390CmmaLog(numbers[0], (uint)numbers[1], (uint)numbers[2], numbers[3], numbers[4])));

        public static Arbitrary<byte[]> Bytes { get; } = Arb.From(Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf(KvmS390CmmaLog.SizeBytes));
    }

    private static byte[] Encoded(KvmS390CmmaLog log, bool bigEndian)
    {
        byte[] bytes = new byte[KvmS390CmmaLog.SizeBytes];
        log.Encode(bytes, bigEndian);
        return bytes;
    }

    private sealed class MachineWithoutSteps : IMachine
    {
        public int CreateVcpu() => 0;

        public int CreateSlot(uint id, ulong baseGfn, ulong pages, bool dirtyLog, bool allocationFails = false) => 0;

        public int SetSlotFlags(uint id, bool dirtyLog) => 0;

        public int MoveSlot(uint id, ulong baseGfn, bool allocationFails = false) => 0;

        public int DeleteSlot(uint id, bool allocationFails = false) => 0;

        public int EnableCmma() => 0;

        public int ClearCmma() => 0;

        public int StartMigration() => 0;

        public int StopMigration() => 0;

        public int MigrationStatus(out bool migrating)
        {
            migrating = false;
            return 0;
        }

        public ProgramInterruption Touch(ulong gfn) => ProgramInterruption.None;

        public ProgramInterruption Evict(ulong gfn) => ProgramInterruption.None;

        public EssaResult Essa(ulong gfn, uint orc) => default;

        public int Get(IUserMemory user, ulong argument, bool allocationFails = false) => 0;

        public int Set(IUserMemory user, ulong argument, bool allocationFails = false) => 0;
    }
}
