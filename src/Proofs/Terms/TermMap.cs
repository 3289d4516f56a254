// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;

namespace Cmma.Proofs.Terms;

/// <summary>A value for every gfn: the assignments to it, the latest on top, over one value everywhere.</summary>
public abstract class TermMap
{
    private Assignment? latest;

    private protected TermMap(Term background) => Background = background;

    /// <summary>What every page has that nobody assigned a value to.</summary>
    internal Term Background { get; }

    /// <summary>The pages that were assigned a value, the latest first.</summary>
    internal IEnumerable<Word> Assigned
    {
        get
        {
            for (Assignment? at = latest; at is not null; at = at.Previous)
            {
                yield return at.Gfn;
            }
        }
    }

    /// <summary>The assignments, the latest first.</summary>
    internal IEnumerable<(Word Gfn, Term Value)> Assignments
    {
        get
        {
            for (Assignment? at = latest; at is not null; at = at.Previous)
            {
                yield return (at.Gfn, at.Value);
            }
        }
    }

    /// <summary>Makes this a copy of another map.</summary>
    internal void CopyFrom(TermMap other) => latest = other.latest;

    /// <summary>The value of a page: an assigned one where it is certain which, otherwise a choice between those that it may be.</summary>
    internal Term Read(Word gfn) => Read(latest, gfn);

    private protected void Write(Word gfn, Term value)
    {
        Assignment? before = latest;
        if (before is not null && ReferenceEquals((before.Gfn == gfn).Term, Term.True))
        {
            before = before.Previous;
        }

        latest = new Assignment(before, gfn, value);
    }

    private Term Read(Assignment? at, Word gfn)
    {
        while (at is not null)
        {
            Term same = (at.Gfn == gfn).Term;
            if (ReferenceEquals(same, Term.True))
            {
                return Known(at.Value);
            }

            if (!ReferenceEquals(same, Term.False))
            {
                Term other = Read(at.Previous, gfn);
                Term value = Known(at.Value);
                return other == value ? other : Choose(same, value, other);
            }

            at = at.Previous;
        }

        return Background;
    }

    private static Term Known(Term term) =>
        term.Sort == Sort.Bool && Exploration.Current.Facts.Answer(term) is bool answer ? Term.Constant(answer) : term;

    private static Term Choose(Term condition, Term value, Term other)
    {
        if (ReferenceEquals(value, Term.True) && ReferenceEquals(other, Term.False))
        {
            return condition;
        }

        return ReferenceEquals(value, Term.True) ? Term.Apply("or", Sort.Bool, condition, other)
            : Term.Apply("ite", value.Sort, condition, value, other);
    }

    private sealed record Assignment(Assignment? Previous, Word Gfn, Term Value);
}

/// <summary>A byte for every gfn; zero to begin with.</summary>
public sealed class OctetMap : TermMap
{
    /// <summary>All zero.</summary>
    public OctetMap()
        : base(Term.Constant((byte)0))
    {
    }

    /// <summary>The byte of a page.</summary>
    public Octet this[Word gfn]
    {
        get => new(Read(gfn));
        set => Write(gfn, value.Term);
    }
}

/// <summary>A truth value for every gfn; false to begin with.</summary>
public sealed class TruthMap : TermMap
{
    /// <summary>All false.</summary>
    public TruthMap()
        : base(Term.False)
    {
    }

    /// <summary>The truth value of a page.</summary>
    public Truth this[Word gfn]
    {
        get => new(Read(gfn));
        set => Write(gfn, value.Term);
    }
}

/// <summary>The bytes that SET read from the caller: an array of the solver.</summary>
/// <param name="array">The array, by the distance from the address.</param>
public sealed class ValueBytes(Term array)
{
    /// <summary>The byte for the page at <paramref name="index"/>.</summary>
    public Octet this[Word index] => new(Term.Apply("select", Sort.Octet, array, index.Term));
}
