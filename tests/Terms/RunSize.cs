// SPDX-License-Identifier: MIT
namespace Cmma.Terms.Tests;

/// <summary>How much these tests ask: all of it, or, in the small runs of `./mutate`, which run them for each mutant, a part.</summary>
internal static class RunSize
{
    /// <summary>Whether this is a small run: CMMA_CASES is set, as for the properties.</summary>
    public static bool IsSmall { get; } = Environment.GetEnvironmentVariable("CMMA_CASES") != null;

    /// <summary>So many of so many random cases.</summary>
    public static int Of(int cases) => IsSmall ? cases / 5 : cases;
}
