// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Cmma.Proofs.Terms;

/// <summary>
/// A byte that may depend on symbols. As in C#, its operators compute with ints (<see cref="Promoted"/>); only a cast makes a byte again.
/// </summary>
[StructLayout(LayoutKind.Auto)]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The reference uses operators only.")]
[SuppressMessage("Usage", "CA1065:Do not raise exceptions in unexpected locations", Justification = "Equality is a term, not a bool.")]
public readonly struct Octet
{
    private const int Bits = 8;

    private readonly Term? term;
    private readonly byte constant;

    /// <summary>The byte that a term of 8 bits stands for.</summary>
    public Octet(Term term)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (term.Arguments.Count == 0 && term.Head.StartsWith("#x", StringComparison.Ordinal))
        {
            constant = byte.Parse(term.Head.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        else
        {
            this.term = term;
        }
    }

    private Octet(byte value) => constant = value;

    /// <summary>The term.</summary>
    public Term Term => term ?? Term.Constant(constant);

    /// <summary>The byte, if it depends on no symbol.</summary>
    public byte? Constant => IsConstant ? constant : null;

    private bool IsConstant => term is null;

    /// <summary>A constant.</summary>
    public static implicit operator Octet(byte value) => new(value);

    /// <summary>The low 8 bits.</summary>
    public static explicit operator Octet(Word word) =>
        word.Constant is ulong value ? (byte)value : new Octet(Term.Apply("(_ extract 7 0)", Sort.Octet, word.Bits));

    /// <summary>The low 8 bits.</summary>
    public static explicit operator Octet(Promoted value) => value.Low;

    /// <summary>Bitwise not, of an int.</summary>
    public static Promoted operator ~(Octet value) => ~(Promoted)value;

    /// <summary>Bitwise and, of ints.</summary>
    public static Promoted operator &(Octet left, Octet right) => (Promoted)left & right;

    /// <summary>Bitwise or, of ints.</summary>
    public static Promoted operator |(Octet left, Octet right) => (Promoted)left | right;

    /// <summary>Shifts an int to the left, by the low 5 bits of the number.</summary>
    public static Promoted operator <<(Octet value, int bits) => (Promoted)value << bits;

    /// <summary>Shifts an int to the right, by the low 5 bits of the number.</summary>
    public static Promoted operator >>(Octet value, int bits) => (Promoted)value >> bits;

    /// <summary>Shifts an int to the right, by the low 5 bits of the number, zeros in.</summary>
    public static Promoted operator >>>(Octet value, int bits) => (Promoted)value >>> bits;

    /// <summary>Whether they are equal.</summary>
    public static Truth operator ==(Octet left, Octet right)
    {
        if (left.IsConstant && right.IsConstant)
        {
            return left.constant == right.constant;
        }

        return left.Term == right.Term ? true : new Truth(Term.Apply("=", Sort.Bool, left.Term, right.Term));
    }

    /// <summary>Whether they differ.</summary>
    public static Truth operator !=(Octet left, Octet right) => !(left == right);

    /// <summary>Refused: what C# would compare is a number, and this is a term.</summary>
    public override bool Equals(object? obj) => throw new NotSupportedException("a byte over terms is compared by == only");

    /// <summary>Refused: as above.</summary>
    public override int GetHashCode() => throw new NotSupportedException("a byte over terms has no hash code");

    /// <summary>Refused: as above.</summary>
    public override string ToString() => throw new NotSupportedException("a byte over terms has no text");

    /// <summary>Bitwise not, within 8 bits, as the model means it.</summary>
    internal Octet Not() => IsConstant ? (byte)~constant : new Octet(Term.Apply("bvnot", Sort.Octet, Term));

    /// <summary>Bitwise and, within 8 bits.</summary>
    internal Octet And(Octet other)
    {
        if (IsConstant && other.IsConstant)
        {
            return (byte)(constant & other.constant);
        }

        bool zero = (IsConstant && constant == 0) || (other.IsConstant && other.constant == 0);
        return zero ? 0 : new Octet(Term.Apply("bvand", Sort.Octet, Term, other.Term));
    }

    /// <summary>Bitwise or, within 8 bits.</summary>
    internal Octet Or(Octet other)
    {
        if (IsConstant && other.IsConstant)
        {
            return (byte)(constant | other.constant);
        }

        return IsConstant && constant == 0 ? other
            : other.IsConstant && other.constant == 0 ? this
            : new Octet(Term.Apply("bvor", Sort.Octet, Term, other.Term));
    }

    /// <summary>Shifted to the left within 8 bits: by 8 or more, nothing is left.</summary>
    internal Octet ShiftedLeft(int bits) => bits >= Bits ? 0
        : IsConstant ? (byte)(constant << bits)
        : new Octet(Term.Apply("bvshl", Sort.Octet, Term, Term.Constant((byte)bits)));

    /// <summary>Shifted to the right, zeros in: by 8 or more, nothing is left.</summary>
    internal Octet ShiftedRight(int bits) => bits >= Bits ? 0
        : IsConstant ? (byte)(constant >> bits)
        : new Octet(Term.Apply("bvlshr", Sort.Octet, Term, Term.Constant((byte)bits)));
}
