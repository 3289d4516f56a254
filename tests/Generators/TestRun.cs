// SPDX-License-Identifier: MIT
namespace Cmma.Generators;

/// <summary>How properties are run: with the same seed each time, and with this many cases, unless the environment says otherwise.</summary>
public static class TestRun
{
    /// <summary>How many random cases a property is tried on.</summary>
    public const int AllCases = 1000;

    private const ulong FixedSeed = 4096;

    // The second half of FsCheck's seeds; any odd number.
    private const ulong Gamma = 0x9e37_79b9_7f4a_7c15;

    /// <summary>CMMA_SEED.</summary>
    public static ulong Seed { get; } = FromEnvironment("CMMA_SEED", FixedSeed);

    /// <summary>CMMA_CASES.</summary>
    public static int Cases { get; } = (int)FromEnvironment("CMMA_CASES", AllCases);

    /// <summary>Too few cases to ask whether everything comes that should, as ./mutate runs the tests for each mutant.</summary>
    public static bool IsSmall => Cases < AllCases;

    /// <summary>Whether to ask how often a clause speaks or whether every mistake is found: with few cases or another seed that is chance.</summary>
    public static bool HasFloors => !IsSmall && Seed == FixedSeed;

    /// <summary>The seed as FsCheck replays it.</summary>
    public static string Replay => $"{Seed},{Gamma}";

    private static ulong FromEnvironment(string name, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), out ulong number) ? number : otherwise;
}
