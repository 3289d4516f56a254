// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Cmma.Proofs.Paths;

namespace Cmma.Proofs.Terms;

/// <summary>
/// A 64-bit number that may depend on symbols: a sum of symbols and a constant, modulo 2^64. Its operators are those of the reference;
/// each sum and difference asks the exploration to prove that it does not carry (G13).
/// </summary>
[StructLayout(LayoutKind.Auto)]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The reference uses operators only.")]
[SuppressMessage("Usage", "CA1065:Do not raise exceptions in unexpected locations", Justification = "Equality is a term, not a bool.")]
public readonly struct Word
{
    private const int ShiftMask = 63; // C# takes the low 6 bits of the number of places

    private readonly Sum? sum;

    internal Word(Sum sum) => this.sum = sum;

    /// <summary>The term.</summary>
    public Term Term => Sum.Term;

    /// <summary>The number, if it depends on no symbol.</summary>
    public ulong? Constant => Sum.Symbols.Length == 0 ? Sum.Constant : null;

    internal Sum Sum => sum ?? Sum.Zero;

    /// <summary>The number as 64 bits.</summary>
    internal Term Bits
    {
        get
        {
            if (Constant is ulong constant)
            {
                return Term.Leaf($"#x{constant:x16}", Sort.Bits);
            }

            return Sum is { Constant: 0, Symbols: [{ Bits: Term bits }] }
                ? bits
                : throw new NotSupportedException($"single bits of {Term}");
        }
    }

    /// <summary>A number of which nothing is known but its bounds.</summary>
    public static Word Symbol(Term term, ulong minimum = 0, ulong maximum = ulong.MaxValue) => new(Sum.Of(new Symbol(term, minimum, maximum)));

    /// <summary>A number given as 64 bits.</summary>
    public static Word OfBits(Term bits) => new(Sum.Of(new Symbol(Term.Apply("bv2nat", Sort.Word, bits), 0, ulong.MaxValue, bits)));

    /// <summary>A constant.</summary>
    public static implicit operator Word(ulong value) => new(Sum.Of(value));

    /// <summary>A count of values.</summary>
    public static explicit operator Word(int value) => new(Sum.Of((ulong)value));

    /// <summary>The sum, which must not carry.</summary>
    public static Word operator +(Word left, Word right)
    {
        if (!left.Sum.IsExactWith(right.Sum))
        {
            Term both = Term.Apply("+", Sort.Word, left.Term, right.Term);
            Exploration.Current.Oblige(Term.Apply("<=", Sort.Bool, both, Term.Constant(ulong.MaxValue)));
        }

        return new(left.Sum.Add(right.Sum));
    }

    /// <summary>The difference, which must not borrow.</summary>
    public static Word operator -(Word left, Word right)
    {
        Term noBorrow = (left >= right).Term;
        if (noBorrow != Term.True)
        {
            Exploration.Current.Oblige(noBorrow);
        }

        return new(left.Sum.Subtract(right.Sum));
    }

    /// <summary>Bitwise and.</summary>
    public static Word operator &(Word left, Word right) => left.Constant is ulong one && right.Constant is ulong other
        ? one & other
        : OfBits(Term.Apply("bvand", Sort.Bits, left.Bits, right.Bits));

    /// <summary>Shifts zeros in from the left, by the low 6 bits of the number, as C# does.</summary>
    public static Word operator >>(Word value, int bits) => value.Constant is ulong constant
        ? constant >> bits
        : OfBits(Term.Apply("bvlshr", Sort.Bits, value.Bits, Term.Leaf($"#x{bits & ShiftMask:x16}", Sort.Bits)));

    /// <summary>Whether they are equal.</summary>
    public static Truth operator ==(Word left, Word right) => new(Comparison.Equal(left.Sum, right.Sum));

    /// <summary>Whether they differ.</summary>
    public static Truth operator !=(Word left, Word right) => !(left == right);

    /// <summary>Below.</summary>
    public static Truth operator <(Word left, Word right) => new(Comparison.Less(left.Sum, right.Sum));

    /// <summary>Above.</summary>
    public static Truth operator >(Word left, Word right) => right < left;

    /// <summary>Not above.</summary>
    public static Truth operator <=(Word left, Word right) => !(right < left);

    /// <summary>Not below.</summary>
    public static Truth operator >=(Word left, Word right) => !(left < right);

    /// <summary>Refused: what C# would compare is a number, and this is a term.</summary>
    public override bool Equals(object? obj) => throw new NotSupportedException("a number over terms is compared by == only");

    /// <summary>Refused: as above.</summary>
    public override int GetHashCode() => throw new NotSupportedException("a number over terms has no hash code");

    /// <summary>Refused: as above.</summary>
    public override string ToString() => throw new NotSupportedException("a number over terms has no text");
}
