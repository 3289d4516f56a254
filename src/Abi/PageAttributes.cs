// SPDX-License-Identifier: MIT
namespace Cmma.Abi;

/// <summary>The bits of a value byte, one byte for each page (ABI-7), and the mask of SET (ABI-8).</summary>
public static class PageAttributes
{
    /// <summary>Usage: stable, the state of a new page.</summary>
    public const byte Stable = 0;

    /// <summary>Usage: unused.</summary>
    public const byte Unused = 1;

    /// <summary>Usage: potentially volatile.</summary>
    public const byte PotentiallyVolatile = 2;

    /// <summary>Usage: volatile.</summary>
    public const byte Volatile = 3;

    /// <summary>The two bits that hold the usage.</summary>
    public const byte UsageMask = 0x03;

    /// <summary>The no-DAT bit.</summary>
    public const byte NoDat = 0x40;

    /// <summary>Every bit that attributes can have (G11).</summary>
    public const byte All = UsageMask | NoDat;

    /// <summary>The bit of a PGSTE at which the value byte begins: SET's mask is in PGSTE bit positions (ABI-8).</summary>
    public const int PgsteShift = 24;
}
