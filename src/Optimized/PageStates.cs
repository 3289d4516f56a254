// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

/// <summary>
/// A page's attributes and content together in the form that ESSA shows in r1: content in bits 0-1, usage in bits 2-3, no-DAT at 0x20
/// (ESSA-R1). What an ESSA makes of each state is looked up.
/// </summary>
internal static class PageStates
{
    private const int StateBits = 6;
    private const int States = 1 << StateBits;
    private const int ContentMask = 0x03;
    private const int UsageShift = 2;
    private const int NoDatInR1 = PageAttributes.NoDat >> 1;

    private static readonly byte[] AfterEssa = TableOfAllRows();

    /// <summary>The state in r1's form; below 64 for any attributes and content.</summary>
    public static byte Pack(byte attributes, PageContent content) =>
        (byte)(((attributes & PageAttributes.UsageMask) << UsageShift) | ((attributes & PageAttributes.NoDat) >> 1) | (byte)content);

    /// <summary>The attributes in a state.</summary>
    public static byte AttributesOf(byte state) =>
        (byte)(((state >> UsageShift) & PageAttributes.UsageMask) | ((state & NoDatInR1) << 1));

    /// <summary>The content in a state.</summary>
    public static PageContent ContentOf(byte state) => (PageContent)(state & ContentMask);

    /// <summary>The state after ESSA with this code, 0 to 7.</summary>
    public static byte After(byte state, uint orc) => AfterEssa[(orc << StateBits) | state];

    /// <summary>A row for each code, in it a state for each state.</summary>
    internal static byte[] TableOfAllRows()
    {
        byte[] table = new byte[(Limits.MaxOrc + 1) * States];
        for (int row = 0; row < table.Length; row++)
        {
            byte state = (byte)(row & (States - 1));
            table[row] = Row(row >> StateBits, AttributesOf(state), ContentOf(state));
        }

        return table;
    }

    private static byte Row(int orc, byte attributes, PageContent content)
    {
        byte noDat = (byte)(attributes & PageAttributes.NoDat);
        bool resident = content == PageContent.Resident;
        PageContent discarded = resident ? content : PageContent.LogicallyZero;
        return orc switch
        {
            1 => Pack(PageAttributes.Stable, content), // ESSA-ORC-1
            2 => Pack((byte)(PageAttributes.Unused | noDat), discarded), // ESSA-ORC-2, ESSA-KEEP
            3 => Pack((byte)(PageAttributes.Volatile | noDat), discarded), // ESSA-ORC-3
            4 when resident => Pack((byte)(PageAttributes.PotentiallyVolatile | noDat), content), // ESSA-ORC-4
            4 => Pack((byte)(PageAttributes.Volatile | noDat), discarded),
            5 => Pack((byte)(PageAttributes.Stable | noDat), content), // ESSA-ORC-5
            6 when resident => Pack((byte)(PageAttributes.Stable | noDat), content), // ESSA-ORC-6
            7 => Pack(PageAttributes.Stable | PageAttributes.NoDat, content), // ESSA-ORC-7
            _ => Pack(attributes, content), // ESSA-ORC-0
        };
    }
}
