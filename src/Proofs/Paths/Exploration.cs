// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Paths;

/// <summary>
/// Runs code on symbols, path by path. Where the code decides on a condition, the solver says which of both is possible; the run goes on
/// with the first, and a later run takes the same decisions up to there and then the other.
/// </summary>
[SuppressMessage("Minor Code Smell", "S3010:Static fields should not be updated in constructors", Justification = WhyByThread)]
[SuppressMessage("Critical Code Smell", "S2696:Instance members should not write to static fields", Justification = WhyByThread)]
internal sealed class Exploration
{
    private const string WhyByThread = "The operators of terms can only find the exploration by its thread.";
    private const int MostSteps = 100_000;
    private const int MostIdleLooks = 1000;
    private const int BetweenLooks = 16;

    [ThreadStatic]
    private static Exploration? current;

    private readonly SolverProcess? solver;
    private readonly List<Decision> decisions = [];
    private readonly List<Term> conditions = [];
    private readonly List<Term> pushed = [];
    private readonly List<Term> obligations = [];
    private readonly List<Term> assumptions = [];
    private readonly HashSet<string> boundSymbols = new(StringComparer.Ordinal);
    private int position;
    private int replayed;
    private bool started;
    private int steps;
    private int idleLooks;
    private int unseen;

    /// <summary>Nothing is explored yet.</summary>
    /// <param name="solver">It has the declarations and the assumptions; none for code without decisions.</param>
    public Exploration(SolverProcess? solver)
    {
        this.solver = solver;
        current = this;
    }

    /// <summary>The exploration of this thread.</summary>
    public static Exploration Current => current ??= new Exploration(null);

    /// <summary>What is known on this path.</summary>
    public Facts Facts { get; private set; } = new();

    /// <summary>Which branches were taken.</summary>
    public Coverage? Coverage { get; set; }

    /// <summary>What must hold on this path for its sums and differences not to carry.</summary>
    public IReadOnlyList<Term> Obligations => obligations;

    /// <summary>The decisions of this path that could have gone another way.</summary>
    public IReadOnlyList<Term> Conditions => conditions;

    /// <summary>What holds on every path; the solver has been told.</summary>
    public void Assume(IEnumerable<Term> terms)
    {
        assumptions.AddRange(terms);
        assumptions.ForEach(Bind);
    }

    /// <summary>Goes to the next path: false when there is none left. The code is to be run again after each true.</summary>
    public bool Next()
    {
        current = this;
        if (started)
        {
            while (decisions.Count > 0 && !decisions[^1].OtherIsOpen)
            {
                decisions.RemoveAt(decisions.Count - 1);
            }

            if (decisions.Count == 0)
            {
                return false;
            }

            decisions[^1] = decisions[^1] with { Value = !decisions[^1].Value, OtherIsOpen = false };
        }

        started = true;
        replayed = Math.Max(0, decisions.Count - 1);
        steps = 0;
        position = 0;
        Facts = new Facts();
        obligations.Clear();
        conditions.Clear();
        assumptions.ForEach(assumption => Facts.Learn(assumption, value: true));
        return true;
    }

    /// <summary>Decides on a condition.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // Coverage counts the frames from here on
    public bool Decide(Term condition)
    {
        if (++steps > MostSteps)
        {
            throw new EndlessPathException($"{solver?.Subject}: a path does not end within {MostSteps} decisions");
        }

        bool value = Facts.Answer(condition) ?? Choose(condition);
        if (position >= replayed)
        {
            Cover(value); // before that it is the path before this one
        }

        return value;
    }

    // Reading the stack takes long: once a thousand looks have found nothing new, only every sixteenth decision is looked at. A branch that is passed
    // over for good would be reported as one that no path takes.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Cover(bool value)
    {
        if (Coverage == null || (idleLooks >= MostIdleLooks && ++unseen < BetweenLooks))
        {
            return;
        }

        unseen = 0;
        idleLooks = Coverage.Record(value) ? 0 : idleLooks + 1;
    }

    /// <summary>Adds to what must hold on this path.</summary>
    public void Oblige(Term condition)
    {
        if (Facts.Answer(condition) != true)
        {
            obligations.Add(condition);
        }
    }

    /// <summary>Proves that a goal holds on this path; if it does not, <paramref name="onFailure"/> sees the solver with a model in it.</summary>
    public Answer Refute(Term goal, string declarations, Action<SolverProcess> onFailure)
    {
        SolverProcess with = Synchronise();
        with.Send($"(push 1)\n{declarations}(assert (not {goal}))");
        Answer answer = with.Check();
        if (answer == Answer.Satisfiable)
        {
            onFailure(with);
        }

        with.Send("(pop 1)");
        return answer;
    }

    // A symbol of which something is assumed is not free: the solver has to be asked.
    private void Bind(Term assumption)
    {
        if (assumption.Arguments.Count == 0)
        {
            boundSymbols.Add(assumption.Head);
        }

        foreach (Term argument in assumption.Arguments)
        {
            Bind(argument);
        }
    }

    private bool Choose(Term condition)
    {
        if (position == decisions.Count)
        {
            decisions.Add(Open(condition));
        }

        Decision decision = decisions[position++];
        if (decision.Condition != condition)
        {
            throw new InvalidOperationException($"the code does not take the same path again: {decision.Condition} became {condition}");
        }

        if (decision.IsFork)
        {
            conditions.Add(decision.Value ? condition : Term.Not(condition));
        }

        Facts.Learn(condition, decision.Value);
        return decision.Value;
    }

    private Decision Open(Term condition)
    {
        if (IsFree(condition))
        {
            return new Decision(condition, Value: true, IsFork: true, OtherIsOpen: true);
        }

        (Answer yes, Answer no) = Synchronise().CheckBoth(condition.ToString());
        if (yes == Answer.Unknown || no == Answer.Unknown)
        {
            throw new SolverException($"{solver!.Subject}: the solver cannot tell whether a branch is possible: {condition}");
        }

        if (yes == Answer.Unsatisfiable && no == Answer.Unsatisfiable)
        {
            throw new SolverException($"{solver!.Subject}: the assumptions contradict each other");
        }

        bool both = yes == Answer.Satisfiable && no == Answer.Satisfiable;
        return new Decision(condition, yes == Answer.Satisfiable, both, both);
    }

    // A truth value of which nothing was said yet can be either; so can a comparison of a symbol with a constant, if all that was said
    // of the symbol are such comparisons: then the facts know exactly which values are left.
    private bool IsFree(Term condition)
    {
        Term plain = condition.Head == "not" ? condition.Arguments[0] : condition;
        Term? symbol = plain.Comparison?.Alone ?? (plain.Arguments.Count == 0 ? plain : null);
        if (symbol is null || boundSymbols.Contains(symbol.Head))
        {
            return false;
        }

        return !conditions.Exists(term => !SaysOnly(term, symbol) && Mentions(term, symbol));
    }

    private static bool SaysOnly(Term term, Term symbol)
    {
        Term plain = term.Head == "not" ? term.Arguments[0] : term;
        return plain.Comparison?.Alone == symbol;
    }

    private static bool Mentions(Term term, Term symbol)
    {
        if (term == symbol)
        {
            return true;
        }

        foreach (Term argument in term.Arguments)
        {
            if (Mentions(argument, symbol))
            {
                return true;
            }
        }

        return false;
    }

    // Brings the conditions of this path into the solver, each on a level of its own, keeping those that are there.
    private SolverProcess Synchronise()
    {
        SolverProcess with = solver ?? throw new InvalidOperationException("a decision outside of an exploration");
        int same = 0;
        while (same < pushed.Count && same < conditions.Count && pushed[same] == conditions[same])
        {
            same++;
        }

        if (pushed.Count > same)
        {
            with.Send($"(pop {pushed.Count - same})");
            pushed.RemoveRange(same, pushed.Count - same);
        }

        for (int index = same; index < conditions.Count; index++)
        {
            with.Send($"(push 1)\n(assert {conditions[index]})");
            pushed.Add(conditions[index]);
        }

        return with;
    }

    /// <summary>One decision of a path.</summary>
    /// <param name="Condition">What was decided on.</param>
    /// <param name="Value">How.</param>
    /// <param name="IsFork">It could have gone another way.</param>
    /// <param name="OtherIsOpen">The other way is still to be taken.</param>
    private sealed record Decision(Term Condition, bool Value, bool IsFork, bool OtherIsOpen);
}
