// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cmma.Proofs.Paths;

namespace Cmma.Proofs.Terms;

/// <summary>
/// A truth value that may depend on symbols. Where C# has to decide on it (if, while, a choice), the exploration that runs on this
/// thread decides, and comes back later for the other possibility.
/// </summary>
[StructLayout(LayoutKind.Auto)]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The reference uses operators only.")]
[SuppressMessage("Usage", "CA1065:Do not raise exceptions in unexpected locations", Justification = "Equality is a term, not a bool.")]
[SuppressMessage("Usage", "CA2231:Overload operator equals on overriding value type Equals", Justification = "Truth values are not compared.")]
public readonly struct Truth
{
    private readonly Term? term;

    /// <summary>The truth value of a term of sort Bool.</summary>
    public Truth(Term term) => this.term = term;

    /// <summary>The term; false by default.</summary>
    public Term Term => term ?? Term.False;

    private bool IsTrue => ReferenceEquals(term, Term.True);

    private bool IsFalse => term is null || ReferenceEquals(term, Term.False);

    // As it is known on this path, so that terms stay small.
    private Truth Known => term is not null && Exploration.Current.Facts.Answer(term) is bool answer ? answer : this;

    /// <summary>A constant.</summary>
    public static implicit operator Truth(bool value) => new(Term.Constant(value));

    /// <summary>Decides.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)] // Coverage counts the frames; no tail call may save one
    public static bool operator true(Truth value) => Exploration.Current.Decide(value.Term);

    /// <summary>Decides.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)] // Coverage counts the frames; no tail call may save one
    public static bool operator false(Truth value) => !Exploration.Current.Decide(value.Term);

    /// <summary>Not.</summary>
    public static Truth operator !(Truth value) => value.IsTrue ? false : value.IsFalse ? true : new Truth(Term.Not(value.Term));

    /// <summary>Both: one term, no decision.</summary>
    public static Truth operator &(Truth left, Truth right)
    {
        Truth one = left.Known;
        Truth other = right.Known;
        return one.IsFalse || other.IsFalse ? false : new Truth(Term.And(one.Term, other.Term));
    }

    /// <summary>One of them, or both: one term, no decision.</summary>
    public static Truth operator |(Truth left, Truth right)
    {
        Truth one = left.Known;
        Truth other = right.Known;
        return one.IsTrue || other.IsTrue ? true
            : one.IsFalse ? other
            : other.IsFalse ? one
            : new Truth(Term.Apply("or", Sort.Bool, one.Term, other.Term));
    }

    /// <summary>Refused: what C# would compare is a truth value, and this is a term.</summary>
    public override bool Equals(object? obj) => throw new NotSupportedException("a truth value over terms is compared by a decision only");

    /// <summary>Refused: as above.</summary>
    public override int GetHashCode() => throw new NotSupportedException("a truth value over terms has no hash code");

    /// <summary>Refused: as above.</summary>
    public override string ToString() => throw new NotSupportedException("a truth value over terms has no text");
}
