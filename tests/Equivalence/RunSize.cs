// SPDX-License-Identifier: MIT
using Cmma.Generators;

namespace Cmma.Equivalence.Tests;

/// <summary>How much random tests do: all, or, where CMMA_CASES asks for less than 1000 cases as of the properties, so much of it.</summary>
internal static class RunSize
{
    private const long Full = 1000;

    private static readonly long Cases = Math.Min(TestRun.Cases, Full);

    /// <summary>Too little to ask whether every kind of case came.</summary>
    public static bool IsSmall => Cases < Full;

    /// <summary>The share of a number of operations.</summary>
    public static long Of(long operations) => operations * Cases / Full;
}
