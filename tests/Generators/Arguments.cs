// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Generators;

/// <summary>Random arguments of GET, PEEK, SET and ESSA.</summary>
public static class Arguments
{
    private static readonly byte[] AttributeBytes = [0, 1, 2, 3, 0x40, 0x41, 0x42, 0x43];

    /// <summary>An operation request code, now and then one that ESSA does not have (ESSA-CHECK-2).</summary>
    public static Gen<uint> Orcs { get; } = Gen.Frequency(
        (19, Gen.Choose(0, Limits.MaxOrc).Select(orc => (uint)orc)),
        (1, Gen.Elements<uint>(8, 9, 16, 256, uint.MaxValue)));

    /// <summary>An operation request code that changes a page.</summary>
    public static Gen<uint> ChangingOrcs { get; } = Gen.Choose(1, Limits.MaxOrc).Select(orc => (uint)orc);

    /// <summary>A flag that neither GET nor SET has, perhaps together with PEEK.</summary>
    public static Gen<uint> UnknownFlags { get; } =
        from bit in Gen.Choose(1, 31)
        from others in Gen.Elements<uint>(0, 1, 0x8000_0000, uint.MaxValue)
        select (1U << bit) | others;

    /// <summary>The allocation inside a call fails.</summary>
    public static Gen<bool> AllocationFailures { get; } = Numbers.OneIn(20);

    /// <summary>The allocation inside a slot operation fails; these are rarer than GET and SET.</summary>
    public static Gen<bool> SlotAllocationFailures { get; } = Numbers.OneIn(8);

    /// <summary>Subsets of the attribute bits where they belong, elsewhere, anything, and everything (SET-MASK-1, SET-MASK-2).</summary>
    public static Gen<ulong> Masks { get; } = Gen.Frequency(
        (4, Gen.Elements(AttributeBytes).Select(bits => (ulong)bits << PageAttributes.PgsteShift)),
        (1, from bits in Gen.Elements(AttributeBytes) from shift in Gen.Elements(0, 8, 16, 32, 56) select (ulong)bits << shift),
        (1, Numbers.Any),
        (2, Gen.Constant(ulong.MaxValue)));

    /// <summary>What the struct of GET or PEEK allows.</summary>
    public static Gen<ArgumentMemory> GetArgument { get; } = Gen.Frequency(
        (15, Gen.Constant(ArgumentMemory.Ok)), (1, Gen.Elements(ArgumentMemory.Unreadable, ArgumentMemory.ReadOnly)));

    /// <summary>What the struct of SET allows: it is not written.</summary>
    public static Gen<ArgumentMemory> SetArgument { get; } = Gen.Frequency(
        (20, Gen.Constant(ArgumentMemory.Ok)), (1, Gen.Constant(ArgumentMemory.Unreadable)));

    /// <summary>A count: none, a few, around a gap, around a word, as many as there are pages, and around the limit of 2^20.</summary>
    public static Gen<uint> Counts(Layout layout) => Gen.Frequency(
        (3, Numbers.Below(Math.Min(layout.Pages, Limits.MaxCount) + 4).Select(count => (uint)count + 1)),
        (1, Gen.Choose(0, 3).Select(count => (uint)count)),
        (1, Gen.Choose(14, 19).Select(count => (uint)count)),
        (1, Gen.Elements<uint>(63, 64, 65, 128)),
        (1, Gen.Elements(Limits.MaxCount - 1, Limits.MaxCount, Limits.MaxCount + 1, uint.MaxValue)),
        (1, Gen.Constant(Limits.MaxCount)));

    /// <summary>How many bytes of GET's buffer can be written: null for all that count says; else enough for every answer, or too few.</summary>
    /// <remarks>An answer is never longer than memory, so no buffer needs to be there beyond one byte more.</remarks>
    public static Gen<uint?> Buffers(Layout layout, uint count)
    {
        uint enough = (uint)Math.Min(Math.Min(count, Limits.MaxCount), layout.Pages + 1);
        return Gen.Frequency(
            (10, Gen.Constant(enough == count ? null : (uint?)enough)),
            (1, Numbers.Below(enough).Select(bytes => (uint?)bytes)),
            (1, Gen.Constant<uint?>(enough == 0 ? null : 0)));
    }

    /// <summary>Bytes for SET: attributes, now and then any byte, alone or many times.</summary>
    public static Gen<byte[]> Values(int length) => Gen.Frequency(
        (4, Value.ArrayOf(length)),
        (1, Value.Select(value => Enumerable.Repeat(value, length).ToArray())));

    private static Gen<byte> Value => Gen.Frequency((3, Gen.Elements(AttributeBytes)), (1, Gen.Choose(0, 255).Select(value => (byte)value)));
}
