// SPDX-License-Identifier: MIT
namespace Cmma.Abi;

/// <summary>The numbers that the clauses name.</summary>
public static class Limits
{
    /// <summary>GET takes a larger count as this one, SET refuses it (ABI-6). In pages, which is in bytes of the buffer too.</summary>
    public const uint MaxCount = 1_048_576;

    /// <summary>This many clean pages in a row close a block (GET-BLOCK-4): a block's header is as many bytes long.</summary>
    public const int GapPages = 16;

    /// <summary>A page in bytes (ABI-9).</summary>
    public const int PageBytes = 4096;

    /// <summary>The most pages of one slot (CREATE-SLOT-CHECK-2).</summary>
    public const ulong MaxSlotPages = int.MaxValue;

    /// <summary>One past the highest gfn that a page can have: 2^64 bytes of guest memory (CREATE-SLOT-CHECK-3).</summary>
    public const ulong EndOfMemoryGfn = 1UL << 52;

    /// <summary>The highest operation request code of ESSA (ESSA-CHECK-2).</summary>
    public const int MaxOrc = 7;
}
