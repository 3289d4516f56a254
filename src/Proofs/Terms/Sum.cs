// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Cmma.Proofs.Terms;

/// <summary>A number of which only its bounds are known.</summary>
/// <param name="Term">How it is written.</param>
/// <param name="Minimum">It is not below.</param>
/// <param name="Maximum">It is not above.</param>
/// <param name="Bits">The same as 64 bits, where single bits are asked for.</param>
internal sealed record Symbol(Term Term, ulong Minimum, ulong Maximum, Term? Bits = null);

/// <summary>
/// Symbols, each once for every time that it is added, and a constant: modulo 2^64. A sum whose bounds stay below 2^64 is exact, and then
/// it can be compared by taking away what both sides share.
/// </summary>
internal sealed class Sum
{
    private Term? term;

    private Sum(ImmutableArray<Symbol> symbols, ulong constant)
    {
        Symbols = symbols;
        Constant = constant;
        UInt128 minimum = constant;
        UInt128 maximum = constant;
        foreach (Symbol symbol in symbols)
        {
            minimum += symbol.Minimum;
            maximum += symbol.Maximum;
        }

        Minimum = minimum;
        Maximum = maximum;
    }

    public static Sum Zero { get; } = Of(0);

    /// <summary>Sorted by their text, so that equal sums look the same.</summary>
    public ImmutableArray<Symbol> Symbols { get; }

    public ulong Constant { get; }

    public UInt128 Minimum { get; }

    public UInt128 Maximum { get; }

    public bool IsExact => Maximum <= ulong.MaxValue;

    public Term Term => term ??= Write();

    public static Sum Of(ulong constant) => new([], constant);

    public static Sum Of(Symbol symbol) => new([symbol], 0);

    public bool IsExactWith(Sum other) => Maximum + other.Maximum <= ulong.MaxValue;

    public Sum Add(Sum other)
    {
        ulong constant = unchecked(Constant + other.Constant);
        if (other.Symbols.IsEmpty)
        {
            return new(Symbols, constant);
        }

        return new(Symbols.IsEmpty ? other.Symbols : Sorted(Symbols.AddRange(other.Symbols)), constant);
    }

    public Sum Add(ulong constant) => new(Symbols, unchecked(Constant + constant));

    public Sum WithoutConstant() => new(Symbols, 0);

    /// <summary>The difference modulo 2^64: what both share goes; what is left of the other side makes a symbol of its own.</summary>
    public Sum Subtract(Sum other)
    {
        (Sum left, Sum right) = Cancel(this, other);
        if (right.Symbols.Length == 0)
        {
            return new(left.Symbols, unchecked(left.Constant - right.Constant));
        }

        Term difference = Term.Apply("-", Sort.Word, left.Term, right.Term);
        bool isExact = ReferenceEquals(Comparison.Less(left, right), Term.False);
        return Of(new Symbol(isExact ? difference : Remainder(difference), 0, ulong.MaxValue));
    }

    /// <summary>Both without the symbols that they share.</summary>
    public static (Sum Left, Sum Right) Cancel(Sum left, Sum right)
    {
        if (left.Symbols == right.Symbols)
        {
            return (Of(left.Constant), Of(right.Constant));
        }

        ImmutableArray<Symbol> ours = left.Symbols;
        ImmutableArray<Symbol> theirs = right.Symbols;
        foreach (Symbol symbol in left.Symbols)
        {
            int index = IndexOf(theirs, symbol);
            if (index >= 0)
            {
                theirs = theirs.RemoveAt(index);
                ours = ours.RemoveAt(IndexOf(ours, symbol));
            }
        }

        return ours.Length == left.Symbols.Length ? (left, right) : (new(ours, left.Constant), new(theirs, right.Constant));
    }

    private static int IndexOf(ImmutableArray<Symbol> symbols, Symbol symbol)
    {
        for (int index = 0; index < symbols.Length; index++)
        {
            if (symbols[index].Term == symbol.Term)
            {
                return index;
            }
        }

        return -1;
    }

    private static ImmutableArray<Symbol> Sorted(ImmutableArray<Symbol> symbols) => symbols.Length < 2
        ? symbols
        : symbols.Sort(static (one, other) => string.CompareOrdinal(one.Term.ToString(), other.Term.ToString()));

    private Term Write()
    {
        if (Symbols.Length == 0)
        {
            return Term.Constant(Constant);
        }

        Term result = Symbols[0].Term;
        for (int index = 1; index < Symbols.Length; index++)
        {
            result = Term.Apply("+", Sort.Word, result, Symbols[index].Term);
        }

        result = Constant == 0 ? result : Term.Apply("+", Sort.Word, result, Term.Constant(Constant));
        return IsExact ? result : Remainder(result);
    }

    private static Term Remainder(Term term) => Term.Apply("mod", Sort.Word, term, Term.Leaf("18446744073709551616", Sort.Word)); // 2^64
}
