// SPDX-License-Identifier: MIT
namespace Cmma.Proofs.Terms;

/// <summary>
/// The sorts that occur, as SMT-LIB writes them. A 64-bit number is a whole number from 0 to 2^64 - 1: solvers decide sums and
/// comparisons of these at once, where the same over 64 bits takes them seconds. Nothing is lost: a sum that could reach 2^64 is written
/// with its remainder.
/// </summary>
public static class Sort
{
    /// <summary>A truth value.</summary>
    public const string Bool = "Bool";

    /// <summary>A byte.</summary>
    public const string Octet = "(_ BitVec 8)";

    /// <summary>What C# computes with in place of a byte.</summary>
    public const string Promoted = "(_ BitVec 32)";

    /// <summary>A number of up to 64 bits.</summary>
    public const string Word = "Int";

    /// <summary>A number of which single bits are asked for.</summary>
    public const string Bits = "(_ BitVec 64)";

    /// <summary>The bytes of a buffer.</summary>
    public const string Bytes = "(Array Int (_ BitVec 8))";
}
