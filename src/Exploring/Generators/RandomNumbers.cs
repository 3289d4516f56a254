// SPDX-License-Identifier: MIT
namespace Cmma.Exploring.Generators;

/// <summary>
/// SplitMix64: the same numbers for the same seed on every machine and every version of .NET, which System.Random does not promise.
/// </summary>
/// <param name="seed">Any number.</param>
public sealed class RandomNumbers(ulong seed)
{
    private ulong state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            state += 0x9E37_79B9_7F4A_7C15;
            ulong mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from 0 to <paramref name="limit"/> - 1; 0 if the limit is 0.</summary>
    public ulong Below(ulong limit) => limit == 0 ? 0 : Next() % limit;

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Between(int least, int most) => least + (int)Below((ulong)(most - least + 1));

    /// <summary>True once in <paramref name="times"/> times.</summary>
    public bool OneIn(int times) => Below((ulong)times) == 0;

    /// <summary>One of these, each as likely as the others.</summary>
    public T Of<T>(params System.ReadOnlySpan<T> choices) => choices[(int)Below((ulong)choices.Length)];
}
