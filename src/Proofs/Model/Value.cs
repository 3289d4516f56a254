// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Model;

/// <summary>What an expression of the model stands for, in terms.</summary>
[SuppressMessage("Major Code Smell", "S2094:Classes should not be empty", Justification = "What the kinds of values have in common is their name.")]
internal abstract record Value;

/// <summary>A truth value.</summary>
/// <param name="Term">Its term.</param>
internal sealed record TruthValue(Term Term) : Value
{
    public static TruthValue True { get; } = new(Term.True);

    public static TruthValue False { get; } = new(Term.False);

    public static TruthValue Of(Term term) =>
        ReferenceEquals(term, Term.True) ? True : ReferenceEquals(term, Term.False) ? False : new TruthValue(term);
}

/// <summary>A number of 64 bits; also one of 32 bits, filled up with zeros, and a small whole number.</summary>
/// <param name="Word">The number.</param>
internal sealed record WordValue(Word Word) : Value;

/// <summary>A byte; also the content of a page, as the reference codes it.</summary>
/// <param name="Octet">The byte.</param>
internal sealed record OctetValue(Octet Octet) : Value;

/// <summary>A value of a datatype.</summary>
/// <param name="Constructor">Which constructor made it.</param>
/// <param name="Fields">From what.</param>
internal sealed record RecordValue(string Constructor, IReadOnlyList<Value> Fields) : Value
{
    public bool Equals(RecordValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Constructor.GetHashCode(StringComparison.Ordinal);
}

/// <summary>One of two values, by a condition that is not known.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Yes">The value if it holds.</param>
/// <param name="No">The value if it does not.</param>
internal sealed record ChoiceValue(Term Condition, Value Yes, Value No) : Value
{
    /// <summary>The choice, made where the condition is known, and as a term where there is one.</summary>
    public static Value Between(Term condition, Value yes, Value no) => (yes, no) switch
    {
        _ when ReferenceEquals(condition, Term.True) => yes,
        _ when ReferenceEquals(condition, Term.False) => no,
        (TruthValue one, TruthValue other) => TruthValue.Of(Logic.Choose(condition, one.Term, other.Term)),
        (OctetValue one, OctetValue other) => one.Octet.Term == other.Octet.Term
            ? one
            : new OctetValue(new Octet(Term.Apply("ite", Sort.Octet, condition, one.Octet.Term, other.Octet.Term))),
        (WordValue one, WordValue other) => Between(condition, one.Word, other.Word),
        _ => new ChoiceValue(condition, yes, no),
    };

    private static WordValue Between(Term condition, Word one, Word other)
    {
        if (one.Term == other.Term)
        {
            return new WordValue(one);
        }

        UInt128 minimum = UInt128.Min(one.Sum.Minimum, other.Sum.Minimum);
        UInt128 maximum = UInt128.Min(UInt128.Max(one.Sum.Maximum, other.Sum.Maximum), ulong.MaxValue);
        Term term = Term.Apply("ite", Sort.Word, condition, one.Term, other.Term);
        return new WordValue(Word.Symbol(term, maximum < ulong.MaxValue ? (ulong)minimum : 0, (ulong)maximum));
    }
}

/// <summary>An array.</summary>
internal abstract record ArrayValue : Value
{
    /// <summary>The element at an index.</summary>
    public abstract Value Select(Value index);

    /// <summary>The indices at which something was assigned.</summary>
    public abstract IEnumerable<Word> Indices();

    /// <summary>The element at every other index; the symbol itself for an array that is a symbol.</summary>
    public abstract Value Rest { get; }
}

/// <summary>An array with one value everywhere.</summary>
/// <param name="Element">The value.</param>
internal sealed record ConstantArray(Value Element) : ArrayValue
{
    public override Value Rest => Element;

    public override Value Select(Value index) => Element;

    public override IEnumerable<Word> Indices() => [];
}

/// <summary>An array with one element assigned.</summary>
/// <param name="Origin">The array before.</param>
/// <param name="Index">Where.</param>
/// <param name="Element">What.</param>
internal sealed record StoredArray(ArrayValue Origin, Word Index, Value Element) : ArrayValue
{
    public override Value Rest => Origin.Rest;

    public override Value Select(Value index)
    {
        Term same = (Index == ((WordValue)index).Word).Term;
        return ReferenceEquals(same, Term.True) ? Element
            : ReferenceEquals(same, Term.False) ? Origin.Select(index)
            : ChoiceValue.Between(same, Element, Origin.Select(index));
    }

    public override IEnumerable<Word> Indices() => [Index, .. Origin.Indices()];
}

/// <summary>The bytes of a machine's map.</summary>
/// <param name="Map">The map.</param>
internal sealed record OctetArray(OctetMap Map) : ArrayValue
{
    public override Value Rest => new OctetValue(new Octet(Map.Background));

    public override Value Select(Value index) => new OctetValue(Map[((WordValue)index).Word]);

    public override IEnumerable<Word> Indices() => Map.Assigned;
}

/// <summary>The truth values of a machine's map.</summary>
/// <param name="Map">The map.</param>
internal sealed record TruthArray(TruthMap Map) : ArrayValue
{
    public override Value Rest => TruthValue.Of(Map.Background);

    public override Value Select(Value index) => TruthValue.Of(Logic.Known(Map[((WordValue)index).Word].Term));

    public override IEnumerable<Word> Indices() => Map.Assigned;
}

/// <summary>An array of bytes that is a symbol.</summary>
/// <param name="Array">The symbol.</param>
internal sealed record SymbolArray(Term Array) : ArrayValue
{
    public override Value Rest => this;

    public override Value Select(Value index) =>
        new OctetValue(new Octet(Term.Apply("select", Sort.Octet, Array, ((WordValue)index).Word.Term)));

    public override IEnumerable<Word> Indices() => [];
}
