// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Model;

/// <summary>Connectives that use what is known.</summary>
internal static class Logic
{
    public static Term Known(Term term) => Exploration.Current.Facts.Answer(term) is bool answer ? Term.Constant(answer) : term;

    public static Term Not(Term term) =>
        ReferenceEquals(term, Term.True) ? Term.False : ReferenceEquals(term, Term.False) ? Term.True : Term.Not(term);

    public static Term And(Term one, Term other) =>
        ReferenceEquals(one, Term.False) || ReferenceEquals(other, Term.False) ? Term.False : Term.And(one, other);

    public static Term Or(Term one, Term other)
    {
        if (ReferenceEquals(one, Term.True) || ReferenceEquals(other, Term.True))
        {
            return Term.True;
        }

        return ReferenceEquals(one, Term.False) ? other
            : ReferenceEquals(other, Term.False) ? one
            : Term.Apply("or", Sort.Bool, one, other);
    }

    public static Term Implies(Term one, Term other) => Or(Not(one), other);

    public static Term Same(Term one, Term other)
    {
        if (one == other)
        {
            return Term.True;
        }

        return ReferenceEquals(one, Term.True) ? other
            : ReferenceEquals(other, Term.True) ? one
            : ReferenceEquals(one, Term.False) ? Not(other)
            : ReferenceEquals(other, Term.False) ? Not(one)
            : Term.Apply("=", Sort.Bool, one, other);
    }

    public static Term Choose(Term condition, Term one, Term other)
    {
        if (one == other)
        {
            return one;
        }

        return And(Implies(condition, one), Implies(Not(condition), other));
    }
}
