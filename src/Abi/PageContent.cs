// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace Cmma.Abi;

/// <summary>What a page holds, with the values that ESSA shows in the two low bits of r1 (STATE-4, ESSA-R1).</summary>
[SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "A byte in a page's state, and two bits in r1.")]
public enum PageContent : byte
{
    /// <summary>In the host's memory.</summary>
    Resident = 0,

    /// <summary>Paged out by the host.</summary>
    Preserved = 2,

    /// <summary>Discarded: reads as zeros.</summary>
    LogicallyZero = 3,
}
