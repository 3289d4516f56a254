// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using Cmma.Abi;

namespace Cmma.Optimized;

/// <summary>
/// The bit tricks. Each is a pure function of whole words, defined for every argument in its stated range, with its contract above it; bit 0
/// is the page with the lowest gfn. They are proved for all words in spec/smt/theorems/words.
/// </summary>
internal static class Words
{
    /// <summary>Pages of a word of marks.</summary>
    public const int Bits = 64;

    /// <summary>Bytes of attributes in a word.</summary>
    public const int Bytes = 8;

    /// <summary>The lowest <paramref name="count"/> bits; all for 64. Takes 0 to 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BitsBelow(int count) =>
        count < Bits ? (1UL << count) - 1 : ulong.MaxValue;

    /// <summary>The bits from <paramref name="from"/> up to but not <paramref name="to"/>; none if that is no range. Takes 0 to 64 each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BitsBetween(int from, int to) => BitsBelow(to) & ~BitsBelow(from);

    /// <summary>The position of the lowest set bit at or after <paramref name="from"/>; 64 if there is none. Takes 0 to 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NextSet(ulong word, int from) => BitOperations.TrailingZeroCount(word & ~BitsBelow(from)); // of 0: 64

    /// <summary>One past the position of the highest set bit; 0 if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfSet(ulong word) => Bits - BitOperations.LeadingZeroCount(word); // leading zeros of 0: 64

    /// <summary>Bit i is set if and only if the bits i to i + 15 of <paramref name="clear"/> are; a run must end within the word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong StartsOf16(ulong clear)
    {
        ulong starts = clear & (clear >> 1); // of runs of 2: the shift brings zeros in, so none reaches past bit 63
        starts &= starts >> 2; // of 4
        starts &= starts >> 4; // of 8
        return starts & (starts >> 8);
    }

    /// <summary>
    /// Where a block ends in the next 64 pages: how many of them lie before the 16 clean pages in a row that close it; 0 if those end or begin at
    /// bit 0, 64 if nothing closes it here. <paramref name="cleanBefore"/> is the number of clean pages between the last page that the block
    /// has and this word; below 0 if the block begins in this word, then bit 0 must be set. Takes -63 upwards.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfBlock(ulong marks, long cleanBefore)
    {
        if (cleanBefore + BitOperations.TrailingZeroCount(marks) >= Limits.GapPages)
        {
            return 0; // GET-BLOCK-4, across words
        }

        return BitOperations.TrailingZeroCount(StartsOf16(~marks)); // no such run: 64
    }

    /// <summary>In each of the 8 bytes the bits that <paramref name="selected"/> has from <paramref name="value"/>, the others from <paramref name="old"/> (SET-MASK-1).</summary>
    public static ulong Select(ulong old, ulong value, byte selected)
    {
        ulong inEachByte = Broadcast(selected);
        return (old & ~inEachByte) | (value & inEachByte);
    }

    /// <summary>The byte in each of the 8 bytes.</summary>
    public static ulong Broadcast(byte value) => value * 0x0101_0101_0101_0101UL;

    /// <summary>The attribute bits that SET's mask selects: it is in PGSTE bit positions (SET-MASK-2).</summary>
    public static byte SelectedBits(ulong mask) => (byte)((mask >> PageAttributes.PgsteShift) & PageAttributes.All);

    /// <summary>The content of page <paramref name="page"/> (its two low bits count) in a byte that holds four.</summary>
    public static PageContent Content(byte four, ulong page) => (PageContent)((four >> ContentShift(page)) & 0x03);

    /// <summary>The byte with the content of that page replaced, and of the three others kept.</summary>
    public static byte WithContent(byte four, ulong page, PageContent content) =>
        (byte)((four & ~(0x03 << ContentShift(page))) | ((int)content << ContentShift(page)));

    private static int ContentShift(ulong page) => (int)(page & 3) << 1;
}
