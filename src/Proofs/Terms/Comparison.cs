// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;

namespace Cmma.Proofs.Terms;

/// <summary>
/// "left + distance below right", over sums without a constant that share no symbol, as whole numbers. True for small distances and
/// false for large ones, so that one decision answers many later ones.
/// </summary>
/// <param name="Left">The left side.</param>
/// <param name="Right">The right side.</param>
/// <param name="Distance">What is added to the left side; may be below zero.</param>
/// <param name="IsEquality">"left + distance equals right" instead.</param>
internal sealed record Comparison(Sum Left, Sum Right, Int128 Distance, bool IsEquality)
{
    /// <summary>The two sides, to look up what is known of them.</summary>
    public (Term Left, Term Right) Sides => (Left.Term, Right.Term);

    /// <summary>The symbol, where one symbol is compared with a constant.</summary>
    public Term? Alone => (Left.Symbols, Right.Symbols) switch
    {
        ([], [{ Term.Arguments.Count: 0 } symbol]) => symbol.Term,
        ([{ Term.Arguments.Count: 0 } symbol], []) => symbol.Term,
        _ => null,
    };

    /// <summary>A term that says whether one is below the other.</summary>
    public static Term Less(Sum left, Sum right)
    {
        if (left.Symbols == right.Symbols && left.IsExact && right.IsExact)
        {
            return Term.Constant(left.Constant < right.Constant);
        }

        if (!left.IsExact || !right.IsExact)
        {
            return left.Term == right.Term ? Term.False : Known(Term.Apply("<", Sort.Bool, left.Term, right.Term));
        }

        (left, right) = Sum.Cancel(left, right);
        Int128 distance = (Int128)left.Constant - right.Constant;
        return Ordered(left.WithoutConstant(), right.WithoutConstant(), distance);
    }

    /// <summary>A term that says whether they are equal.</summary>
    public static Term Equal(Sum left, Sum right)
    {
        if (left.Symbols == right.Symbols)
        {
            return Term.Constant(left.Constant == right.Constant);
        }

        bool exact = left.IsExact && right.IsExact;
        (left, right) = Sum.Cancel(left, right);
        if (left.Symbols.Length == 0 && right.Symbols.Length == 0)
        {
            return Term.Constant(left.Constant == right.Constant);
        }

        if (!exact)
        {
            return Known(Term.Apply("=", Sort.Bool, left.Term, right.Term));
        }

        Int128 distance = (Int128)left.Constant - right.Constant;
        Sum one = left.WithoutConstant();
        Sum other = right.WithoutConstant();
        if (IsSwapped(one, other))
        {
            (one, other, distance) = (other, one, -distance);
        }

        Comparison comparison = new(one, other, distance, IsEquality: true);
        return Exploration.Current.Facts.Answer(comparison) is bool answer ? Term.Constant(answer) : Known(comparison.Write());
    }

    // One order of the sides: "left + distance < right" is "not (right + (-distance - 1) < left)".
    private static Term Ordered(Sum left, Sum right, Int128 distance)
    {
        if (IsSwapped(left, right))
        {
            Term other = Decided(new Comparison(right, left, -distance - 1, IsEquality: false));
            return other == Term.True ? Term.False : other == Term.False ? Term.True : Term.Not(other);
        }

        return Decided(new Comparison(left, right, distance, IsEquality: false));
    }

    private static Term Decided(Comparison comparison) =>
        Exploration.Current.Facts.Answer(comparison) is bool answer ? Term.Constant(answer) : comparison.Write();

    private static bool IsSwapped(Sum left, Sum right) => string.CompareOrdinal(left.Term.ToString(), right.Term.ToString()) > 0;

    private static Term Known(Term term) => Exploration.Current.Facts.Answer(term) is bool answer ? Term.Constant(answer) : term;

    // Either side stays below 2^64, because the sides that were compared did.
    private Term Write()
    {
        if (IsEquality)
        {
            Sum one = Distance > 0 ? Left.Add((ulong)Distance) : Left;
            Sum other = Distance < 0 ? Right.Add((ulong)-Distance) : Right;
            return Term.Compare("=", one.Term, other.Term, this);
        }

        return Distance >= 0
            ? Term.Compare("<", Left.Add((ulong)Distance).Term, Right.Term, this)
            : Term.Compare("<=", Left.Term, Right.Add((ulong)(-Distance - 1)).Term, this);
    }
}
