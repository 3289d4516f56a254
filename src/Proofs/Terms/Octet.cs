using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Cmma.Proofs.Terms;

/// <summary>A byte that may depend on symbols.</summary>
[StructLayout(LayoutKind.Auto)]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The reference uses operators only.")]
[SuppressMessage("Usage", "CA1065:Do not raise exceptions in unexpected locations", Justification = "Equality is a term, not a bool.")]
public readonly struct Octet
{
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

    /// <summary>Bitwise not.</summary>
    public static Octet operator ~(Octet value) =>
        value.IsConstant ? (byte)~value.constant : new Octet(Term.Apply("bvnot", Sort.Octet, value.Term));

    /// <summary>Bitwise and.</summary>
    public static Octet operator &(Octet left, Octet right)
    {
        if (left.IsConstant && right.IsConstant)
        {
            return (byte)(left.constant & right.constant);
        }

        bool zero = (left.IsConstant && left.constant == 0) || (right.IsConstant && right.constant == 0);
        return zero ? 0 : new Octet(Term.Apply("bvand", Sort.Octet, left.Term, right.Term));
    }

    /// <summary>Bitwise or.</summary>
    public static Octet operator |(Octet left, Octet right)
    {
        if (left.IsConstant && right.IsConstant)
        {
            return (byte)(left.constant | right.constant);
        }

        return left.IsConstant && left.constant == 0 ? right
            : right.IsConstant && right.constant == 0 ? left
            : new Octet(Term.Apply("bvor", Sort.Octet, left.Term, right.Term));
    }

    /// <summary>Shifts to the left.</summary>
    public static Octet operator <<(Octet value, int bits) => value.IsConstant
        ? (byte)(value.constant << bits)
        : new Octet(Term.Apply("bvshl", Sort.Octet, value.Term, Term.Constant((byte)bits)));

    /// <summary>Shifts zeros in from the left.</summary>
    public static Octet operator >>(Octet value, int bits) => value.IsConstant
        ? (byte)(value.constant >> bits)
        : new Octet(Term.Apply("bvlshr", Sort.Octet, value.Term, Term.Constant((byte)bits)));

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

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Octet other && Term == other.Term;

    /// <inheritdoc/>
    public override int GetHashCode() => Term.GetHashCode();
}
