// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Cmma.Proofs.Terms;

/// <summary>
/// The int, of 32 bits, to which C# promotes a byte before it computes with it. Its low 8 bits are kept apart: what is done within them
/// is written as small as the model writes it.
/// </summary>
[StructLayout(LayoutKind.Auto)]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The reference uses operators only.")]
[SuppressMessage("Usage", "CA1065:Do not raise exceptions in unexpected locations", Justification = "Equality is a term, not a bool.")]
public readonly struct Promoted
{
    private const int ShiftMask = 31; // C# takes the low 5 bits of the number of places

    // All 32 bits; null where those above the low 8 are 0.
    private readonly Term? wide;

    private Promoted(Octet low, Term? wide)
    {
        Low = low;
        this.wide = wide;
    }

    /// <summary>The low 8 bits: what a cast to a byte leaves.</summary>
    internal Octet Low { get; }

    /// <summary>All 32 bits.</summary>
    internal Term Wide => wide ?? (Low.Constant is byte constant ? Constant(constant) : Term.Apply("(_ zero_extend 24)", Sort.Promoted, Low.Term));

    /// <summary>Zeros above the byte.</summary>
    public static implicit operator Promoted(Octet value) => new(value, null);

    /// <summary>A constant.</summary>
    public static implicit operator Promoted(int value) => new((byte)value, value is >= byte.MinValue and <= byte.MaxValue ? null : Constant(value));

    /// <summary>Bitwise not.</summary>
    public static Promoted operator ~(Promoted value) => new(value.Low.Not(), Term.Apply("bvnot", Sort.Promoted, value.Wide));

    /// <summary>Bitwise and: above the byte there are zeros if one side has zeros there.</summary>
    public static Promoted operator &(Promoted left, Promoted right) => new(
        left.Low.And(right.Low),
        left.wide is null || right.wide is null ? null : Term.Apply("bvand", Sort.Promoted, left.wide, right.wide));

    /// <summary>Bitwise or.</summary>
    public static Promoted operator |(Promoted left, Promoted right) => new(
        left.Low.Or(right.Low),
        left.wide is null && right.wide is null ? null : Term.Apply("bvor", Sort.Promoted, left.Wide, right.Wide));

    /// <summary>Shifts to the left.</summary>
    public static Promoted operator <<(Promoted value, int bits)
    {
        int places = bits & ShiftMask;
        return places == 0 ? value : new(value.Low.ShiftedLeft(places), Term.Apply("bvshl", Sort.Promoted, value.Wide, Constant(places)));
    }

    /// <summary>Shifts to the right, the sign in.</summary>
    public static Promoted operator >>(Promoted value, int bits) => ToTheRight("bvashr", value, bits & ShiftMask);

    /// <summary>Shifts to the right, zeros in.</summary>
    public static Promoted operator >>>(Promoted value, int bits) => ToTheRight("bvlshr", value, bits & ShiftMask);

    /// <summary>Whether they are equal.</summary>
    public static Truth operator ==(Promoted left, Promoted right) => left.wide is null && right.wide is null
        ? left.Low == right.Low
        : left.Wide == right.Wide ? true : new Truth(Term.Apply("=", Sort.Bool, left.Wide, right.Wide));

    /// <summary>Whether they differ.</summary>
    public static Truth operator !=(Promoted left, Promoted right) => !(left == right);

    /// <summary>Refused: what C# would compare is a number, and this is a term.</summary>
    public override bool Equals(object? obj) => throw new NotSupportedException("an int over terms is compared by == only");

    /// <summary>Refused: as above.</summary>
    public override int GetHashCode() => throw new NotSupportedException("an int over terms has no hash code");

    /// <summary>Refused: as above.</summary>
    public override string ToString() => throw new NotSupportedException("an int over terms has no text");

    private static Promoted ToTheRight(string shift, Promoted value, int places)
    {
        if (value.wide is null)
        {
            return new(value.Low.ShiftedRight(places), null); // no sign to bring in
        }

        Term shifted = Term.Apply(shift, Sort.Promoted, value.wide, Constant(places));
        return new(new Octet(Term.Apply("(_ extract 7 0)", Sort.Octet, shifted)), shifted);
    }

    private static Term Constant(int value) => Term.Leaf($"#x{value:x8}", Sort.Promoted);
}
