// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Paths;

/// <summary>
/// What is known on a path, so that most conditions need no solver: the conditions that were decided, and for each two sides from
/// which distance on "left + distance below right" is false, and up to which it is true.
/// </summary>
internal sealed class Facts
{
    private readonly Dictionary<Term, bool> decided = [];
    private readonly Dictionary<(Term Left, Term Right), Bounds> bounds = [];
    private readonly Stack<Action> undo = [];

    /// <summary>A mark to which <see cref="ForgetSince"/> returns.</summary>
    public int Mark => undo.Count;

    /// <summary>Whether a condition is known to be true or false.</summary>
    public bool? Answer(Term condition)
    {
        if (ReferenceEquals(condition, Term.True))
        {
            return true;
        }

        if (ReferenceEquals(condition, Term.False))
        {
            return false;
        }

        if (condition.Head == "not")
        {
            return !Answer(condition.Arguments[0]);
        }

        if (condition.Comparison is Comparison comparison && Answer(comparison) is bool answer)
        {
            return answer;
        }

        return decided.TryGetValue(condition, out bool value) ? value : AnswerParts(condition);
    }

    /// <summary>Whether a comparison is known to be true or false.</summary>
    public bool? Answer(Comparison comparison)
    {
        Bounds known = Known(comparison);
        if (!comparison.IsEquality)
        {
            return known.Answer(comparison.Distance);
        }

        if (known.Unequal.Contains(comparison.Distance))
        {
            return false;
        }

        bool? below = known.Answer(comparison.Distance);
        bool? notAbove = known.Answer(comparison.Distance - 1);
        return below == true || notAbove == false ? false
            : below == false && notAbove == true ? true
            : null;
    }

    /// <summary>From now on the condition has this value.</summary>
    public void Learn(Term condition, bool value)
    {
        if (condition.Head == "not")
        {
            Learn(condition.Arguments[0], !value);
            return;
        }

        if (condition.Arguments.Count > 0 && condition.Head == (value ? "and" : "or"))
        {
            foreach (Term part in condition.Arguments)
            {
                Learn(part, value);
            }
        }

        if (condition.Comparison is Comparison comparison)
        {
            Learn(comparison, value);
        }

        if (decided.TryAdd(condition, value))
        {
            undo.Push(() => decided.Remove(condition));
        }
    }

    /// <summary>Forgets what was learnt since the mark.</summary>
    public void ForgetSince(int mark)
    {
        while (undo.Count > mark)
        {
            undo.Pop()();
        }
    }

    private bool? AnswerParts(Term condition)
    {
        if (condition.Head is not ("and" or "or") || condition.Arguments.Count == 0)
        {
            return null;
        }

        // What decides the whole: one false part of "and", one true part of "or".
        bool decisive = condition.Head == "or";
        bool open = false;
        foreach (Term part in condition.Arguments)
        {
            bool? answer = Answer(part);
            if (answer == decisive)
            {
                return decisive;
            }

            open |= answer is null;
        }

        return open ? null : !decisive;
    }

    private Bounds Known(Comparison comparison)
    {
        if (!bounds.TryGetValue(comparison.Sides, out Bounds? known))
        {
            Int128 least = (Int128)comparison.Right.Minimum - (Int128)comparison.Left.Maximum;
            Int128 most = (Int128)comparison.Right.Maximum - (Int128)comparison.Left.Minimum;
            known = new Bounds(least - 1, most, []);
        }

        return known;
    }

    private void Learn(Comparison comparison, bool value)
    {
        Bounds before = Known(comparison);
        Bounds after = comparison.IsEquality
            ? before.WithEquality(comparison.Distance, value)
            : before.With(comparison.Distance, value);
        (Term Left, Term Right) sides = comparison.Sides;
        bounds[sides] = after;
        undo.Push(() => bounds[sides] = before);
    }

    /// <summary>What is known of two sides.</summary>
    /// <param name="TrueUpTo">"Left + distance below right" is true for this distance and all below.</param>
    /// <param name="FalseFrom">It is false for this distance and all above.</param>
    /// <param name="Unequal">Distances at which the sides are known to differ.</param>
    private sealed record Bounds(Int128 TrueUpTo, Int128 FalseFrom, ImmutableArray<Int128> Unequal)
    {
        public bool? Answer(Int128 distance)
        {
            if (distance <= TrueUpTo)
            {
                return true;
            }

            return distance >= FalseFrom ? false : null;
        }

        public Bounds With(Int128 distance, bool value)
        {
            Bounds after = value
                ? this with { TrueUpTo = Int128.Max(TrueUpTo, distance) }
                : this with { FalseFrom = Int128.Min(FalseFrom, distance) };
            return after.Tightened();
        }

        public Bounds WithEquality(Int128 distance, bool value) => value
            ? With(distance, value: false).With(distance - 1, value: true)
            : (this with { Unequal = Unequal.Add(distance) }).Tightened();

        // A bound moves on where the sides are known to differ at the next distance.
        private Bounds Tightened()
        {
            Bounds tight = this;
            while (Unequal.Contains(tight.TrueUpTo + 1))
            {
                tight = tight with { TrueUpTo = tight.TrueUpTo + 1 };
            }

            while (Unequal.Contains(tight.FalseFrom))
            {
                tight = tight with { FalseFrom = tight.FalseFrom - 1 };
            }

            return tight;
        }
    }
}
