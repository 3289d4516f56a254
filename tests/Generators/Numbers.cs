// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Generators;

/// <summary>Random numbers of 64 bits and chances, which FsCheck's fluent generators lack.</summary>
public static class Numbers
{
    /// <summary>Any number of 64 bits, each bit by chance.</summary>
    public static Gen<ulong> Any { get; } =
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        select ((ulong)(uint)high << 32) | (uint)low;

    /// <summary>From 0 to <paramref name="limit"/> - 1; 0 if the limit is 0.</summary>
    public static Gen<ulong> Below(ulong limit) => limit switch
    {
        0 => Gen.Constant(0UL),
        <= int.MaxValue => Gen.Choose(0, (int)(limit - 1)).Select(number => (ulong)number),
        _ => Any.Select(number => number % limit),
    };

    /// <summary>True once in this many times.</summary>
    public static Gen<bool> OneIn(int times) => Gen.Choose(1, times).Select(number => number == 1);

    /// <summary>A power of 2 up to the one with this exponent, or up to three less or more; never below 0.</summary>
    public static Gen<ulong> NearPowerOf2(int maxExponent) =>
        from exponent in Gen.Choose(2, maxExponent)
        from distance in Gen.Choose(-3, 3)
        select (1UL << exponent) + (ulong)(long)distance;
}
