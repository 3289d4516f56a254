// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating.Tests;

/// <summary>QEMU's section: written, read, and refused in one line where it is damaged.</summary>
public sealed class StreamTests
{
    private const ulong Pages = 512;

    private static readonly Block[] One = [new Block(1, 5, new byte[] { 1, 2, 0x43 }), new Block(1, 0x100, new byte[] { 0x40 })];
    private static readonly byte[] Good = MigrationStream.Write([One, [new Block(2, 5, new byte[] { 0 })]]);

    // Start part; a pass of two blocks; the end part of one block and DONE.
    [Fact]
    public void A_stream_is_what_the_format_says() => Assert.Equal(
        "0000000000000001"
        + "0000000000005002" + "0000000000000003" + "010243" + "0000000000100002" + "0000000000000001" + "40" + "0000000000000001"
        + "0000000000005002" + "0000000000000001" + "00" + "0000000000000008" + "0000000000000001",
        Convert.ToHexString(Good).ToLowerInvariant());

    [Fact]
    public void A_page_that_a_word_has_no_place_for_is_refused()
    {
        Block last = new(1, ulong.MaxValue >> 12, new byte[] { 1 });
        Block behind = last with { FirstGfn = last.FirstGfn + 1 };

        Assert.Equal("fffffffffffff002", Convert.ToHexStringLower(MigrationStream.Write([[last]])[8..16]));
        Assert.Equal(
            "a block begins at page 0x10000000000000, and a word of the stream has no place for a page above 0xfffffffffffff",
            Assert.Throws<CouldNotRunException>(() => MigrationStream.Write([[behind]])).Message);
    }

    [Fact]
    public void What_was_written_is_read()
    {
        IReadOnlyList<IReadOnlyList<Block>> passes = MigrationStream.Read(Good, Pages, "f");

        Assert.Equal([2, 1], passes.Select(pass => pass.Count));
        Assert.Equal(Good, MigrationStream.Write(passes));
    }

    [Fact]
    public void A_target_has_what_the_last_block_says() =>
        Assert.Empty(StreamLoad.Of(MigrationStream.Read(Good, Pages, "f"), Implementations.Find("kernel:7.2"), Pages).Different);

    [Fact]
    public void A_target_that_cannot_keep_what_a_stream_says_is_told_so() =>
        Assert.Equal(
            [new PageLoss(LossKind.Lost, 7, 0x43, 0x03), new PageLoss(LossKind.Lost, 0x100, 0x40, 0x00)],
            StreamLoad.Of(MigrationStream.Read(Good, Pages, "f"), Implementations.Find("kernel:4.13"), Pages).Different);

    [Theory]
    [InlineData(0, 7, (byte)9, "f: byte 0: the start part is not an EOS")]
    [InlineData(8, 7, (byte)0x03, "f: byte 8: unknown flag 0x3")]
    [InlineData(8, 7, (byte)0x00, "f: byte 8: unknown flag 0x0")]
    [InlineData(8, 7, (byte)0x04, "f: byte 8: ERROR: the source says that it failed")]
    [InlineData(8, 4, (byte)0x20, "f: byte 16: the block of 3 pages from page 0x20005 on reaches behind memory, which has 512 pages")]
    [InlineData(16, 3, (byte)1, "f: byte 16: count 0x100000003 has more than 32 bits")]
    [InlineData(16, 4, (byte)1, "f: byte 16: the block of 16777219 pages from page 0x5 on reaches behind memory, which has 512 pages")]
    [InlineData(16, 7, (byte)200, "f: byte 24: truncated: 200 values are said to follow, and 61 bytes do")]
    public void A_damaged_byte_is_refused(int word, int at, byte value, string message)
    {
        byte[] damaged = [.. Good];
        damaged[word + at] = value;

        Assert.Equal(message, Refused(damaged));
    }

    [Fact]
    public void A_stream_that_ends_early_is_refused_wherever_it_ends()
    {
        for (int length = 0; length < Good.Length; length++)
        {
            Assert.Contains("truncated", Refused(Good[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_follows_the_end_part_is_refused() => Assert.EndsWith("1 bytes follow the end part", Refused([.. Good, 0]), StringComparison.Ordinal);

    [Fact]
    public void Done_without_eos_behind_it_is_refused() =>
        Assert.EndsWith("DONE is not followed by EOS", Refused([.. Good[..^8], 0, 0, 0, 0, 0, 0, 0, 8]), StringComparison.Ordinal);

    // Whatever the bytes are: read or refused in one line, and what was read is written as it was but for bits that say nothing.
    [Fact]
    public void Random_damage_is_refused_or_read()
    {
        RandomNumbers random = new(1);
        int refused = 0;
        for (int left = 20_000; left > 0; left--)
        {
            byte[] damaged = random.OneIn(3) ? [.. Good[..(int)random.Below((ulong)Good.Length)]] : [.. Good];
            for (int changes = random.Between(0, 3); changes > 0 && damaged.Length > 0; changes--)
            {
                damaged[(int)random.Below((ulong)damaged.Length)] = random.Of<byte>(0, 1, 2, 4, 8, 0xff, (byte)random.Below(256));
            }

            try
            {
                Assert.Equal(damaged.Length, MigrationStream.Write(MigrationStream.Read(damaged, Pages, "f")).Length);
            }
            catch (InputException e)
            {
                refused++;
                Assert.StartsWith("f: byte ", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.InRange(refused, 10_000, 19_999);
    }

    [Fact]
    public void A_stream_of_a_migration_leaves_the_target_as_the_migration_did()
    {
        Trace script = Migrations.Script(new Operation.Essa(3, 2), new Operation.StartMigration(), new Operation.MigrationStatus(), new Operation.Essa(9, 7));
        Migration migration = Migrations.Trial("kernel:6.12", "kernel:7.2", Consumer.Qemu).Run(script);

        byte[] stream = MigrationStream.Write(migration.Outgoing.Parts);

        Assert.Empty(migration.Pages);
        Assert.Empty(StreamLoad.Of(MigrationStream.Read(stream, 256, "f"), Implementations.Find("reference"), 256).Different);
        Assert.Equal(2, migration.Outgoing.Blocks.Count());
    }

    // QEMU itself, without KVM: its incoming side reads the section, and keeps nothing of it.
    [Fact]
    public void Qemu_takes_our_section_and_refuses_a_damaged_one()
    {
        string? qemu = QemuIncoming.Find();
        Assert.SkipWhen(qemu == null, "qemu-system-s390x is not installed (Debian: qemu-system-misc)");
        byte[][] parts = [.. MigrationStream.Parts([One, [new Block(2, 5, new byte[] { 0 })]])];
        byte[][] damaged = [.. parts.Select((part, index) => index == 1 ? [.. part[..^8], 0, 0, 0, 0, 0, 0, 0, 0x20] : part)];

        Assert.Contains("status: completed", QemuIncoming.Run(qemu, parts), StringComparison.Ordinal);
        Assert.Contains($"error while loading state section id 7({MigrationStream.Section})", QemuIncoming.Run(qemu, damaged), StringComparison.Ordinal);
    }

    private static string Refused(byte[] bytes) => Assert.Throws<InputException>(() => MigrationStream.Read(bytes, Pages, "f")).Message;
}
