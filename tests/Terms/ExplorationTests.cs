// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Terms;

namespace Cmma.Terms.Tests;

/// <summary>Every path that is possible is taken, once; none that is not; and on each of them exactly that is known which was decided on it.</summary>
public sealed class ExplorationTests : IDisposable
{
    private const int Seed = 20170719;
    private static readonly int Cases = RunSize.Of(60);
    private const int MostSteps = 100_000;

    private const string Declarations = "(declare-const p Bool)(declare-const q Bool)(declare-const r Bool)"
        + "(declare-const x Int)(assert (<= 0 x 9))(declare-const y Int)(assert (<= 0 y 9))";

    private static readonly Term P = Ask.Truth("p").Term;
    private static readonly Term Q = Ask.Truth("q").Term;

    private static readonly World[] Worlds =
        [.. from bits in Enumerable.Range(0, 8) from x in Enumerable.Range(0, 10) from y in Enumerable.Range(0, 10) select new World((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, x, y)];

    private readonly SolverProcess solver = new(SolverKind.MicrosoftZ3, SolverLimits.Usual, "an exploration");

    private static Word X => Ask.Word("x", 0, 9);

    private static Word Y => Ask.Word("y", 0, 9);

    public void Dispose() => solver.Dispose();

    [Fact]
    public void The_branches_that_paths_take_are_covered_and_no_others()
    {
        solver.Send(Declarations);
        Coverage coverage = new([typeof(Branching)]);
        Exploration exploration = new(solver) { Coverage = coverage };
        List<int> taken = [];
        while (exploration.Next())
        {
            Branching.Of(taken, Ask.Truth("p"), Ask.Truth("q"));
        }

        Assert.Equal([1, 2, 4], taken.Order());
        Assert.Equal((6, 5), (coverage.Branches, coverage.Taken));
        Assert.Equal(["Of, decision 3: true"], coverage.Missing);
    }

    [Fact]
    public void A_goal_may_be_asked_in_the_middle_of_a_path_that_another_one_went_further_on()
    {
        solver.Send(Declarations);
        Exploration exploration = new(solver);
        List<(bool Of, Answer Middle, Answer End)> answers = [];
        while (exploration.Next())
        {
            bool p = exploration.Decide(P);
            Answer middle = exploration.Refute(P, "", _ => { });
            bool q = exploration.Decide(Q);
            answers.Add((p, middle, exploration.Refute(q ? Q : Term.Not(Q), "", _ => { })));
        }

        Assert.Equal(
            [(true, Answer.Unsatisfiable, Answer.Unsatisfiable), (true, Answer.Unsatisfiable, Answer.Unsatisfiable), (false, Answer.Satisfiable, Answer.Unsatisfiable), (false, Answer.Satisfiable, Answer.Unsatisfiable)],
            answers);
    }

    [Fact]
    public void A_branch_that_comes_after_thousands_of_others_is_covered()
    {
        solver.Send(Declarations);
        Coverage coverage = new([typeof(Repeating)]);
        Exploration exploration = new(solver) { Coverage = coverage };
        Truth p = Ask.Truth("p");
        List<int> taken = [];
        Assert.True(exploration.Next());
        for (int time = 0; time < 1100; time++)
        {
            Repeating.Once(taken, p);
        }

        for (int time = 0; time < 16; time++)
        {
            Repeating.Late(taken, p);
        }

        Assert.DoesNotContain("Late, decision 1: true", coverage.Missing);
        Assert.Contains("Late, decision 1: false", coverage.Missing);
    }

    [Fact]
    public void Behind_a_thousand_looks_that_found_nothing_new_every_sixteenth_decision_is_looked_at()
    {
        solver.Send(Declarations);
        List<int> seen = [];
        for (int more = 0; more < 16; more++) // the one decision of Late stands at each place once
        {
            Coverage coverage = new([typeof(Repeating)]);
            Exploration exploration = new(solver) { Coverage = coverage };
            Truth p = Ask.Truth("p");
            List<int> taken = [];
            Assert.True(exploration.Next());
            for (int time = 0; time < 1100 + more; time++)
            {
                Repeating.Once(taken, p);
            }

            Repeating.Late(taken, p);
            if (!coverage.Missing.Contains("Late, decision 1: true"))
            {
                seen.Add(more);
            }
        }

        // The first look finds something, the thousand behind it nothing; then it is the decisions 1017, 1033, ..., 1113 that are looked at.
        Assert.Equal([1113 - 1101], seen);
    }

    /// <summary>Code that decides on truth values.</summary>
    private static class Branching
    {
        public static void Of(List<int> taken, Truth p, Truth q)
        {
            if (p)
            {
                taken.Add(1);
                return;
            }

            if (q)
            {
                taken.Add(2);
                return;
            }

            taken.Add(p ? 3 : 4); // p is known to be false
        }
    }

    /// <summary>Code that is asked again and again. Where it is inlined, the stack names its caller.</summary>
    private static class Repeating
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Once(List<int> taken, Truth p) => taken.Add(p ? 1 : 2);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Late(List<int> taken, Truth p) => taken.Add(p ? 3 : 4);
    }

    [Fact]
    public void Exactly_the_paths_that_some_values_take_are_explored()
    {
        Random random = new(Seed);
        HashSet<int> paths = [];
        for (int number = 0; number < Cases; number++)
        {
            Condition[] pool = Pool();
            Dictionary<Term, Func<World, bool>> meaning = Meaning(pool);
            random.Shuffle(pool);
            Condition[] assumed = pool[..random.Next(3)];
            Condition[] decided = [.. pool.Skip(random.Next(3)).Take(5)];
            World[] possible = [.. Worlds.Where(world => assumed.All(one => one.Holds(world)))];
            if (possible.Length == 0)
            {
                continue;
            }

            string what = $"case {number}: {string.Join(", ", assumed.Select(one => one.Term))}: {string.Join(", ", decided.Select(one => one.Term))}";
            using SolverProcess own = new(SolverKind.MicrosoftZ3, SolverLimits.Usual, what);
            own.Send($"{Declarations}\n{string.Concat(assumed.Select(one => $"(assert {one.Term})"))}");
            Exploration exploration = new(own);
            exploration.Assume(assumed.Select(one => one.Term));
            List<string> taken = [];
            while (exploration.Next())
            {
                taken.Add(Path(exploration, decided));
                AssertKnown(exploration, decided, meaning, possible, taken[^1], what);
            }

            Assert.True(taken.Count == taken.Distinct(StringComparer.Ordinal).Count(), what);
            Assert.True(taken.Order(StringComparer.Ordinal).SequenceEqual(possible.Select(world => Path(decided, world)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), what);
            paths.Add(taken.Count);
        }

        Assert.True(RunSize.IsSmall || (paths.Contains(1) && paths.Max() > 12));
    }

    [Fact]
    public void Code_without_decisions_has_one_path()
    {
        Exploration exploration = new(null);
        Assert.True(exploration.Next());
        Assert.False(exploration.Next());
    }

    [Fact]
    public void The_way_on_which_a_condition_holds_is_taken_first() => Assert.Equal(["TT", "TF", "FT", "FF"], Explore(new Exploration(null), P, Q));

    [Fact]
    public void Symbols_alone_need_no_solver()
    {
        Assert.Equal(["TF", "FT"], Explore(new Exploration(null), Term.Not(P), P));
        Assert.Equal(["TFFF", "FTFF", "FFTF", "FFFT"], Explore(new Exploration(null), [.. Enumerable.Range(0, 4).Select(value => (Ask.Word("z", 0, 3) == (ulong)value).Term)]));
        Assert.Throws<InvalidOperationException>(() => Explore(new Exploration(null), Term.Apply("=", Sort.Bool, P, Q)));
    }

    [Fact]
    public void What_could_not_go_another_way_is_no_condition_of_the_path()
    {
        Exploration exploration = Start("(assert (or p q))");
        exploration.Assume([Term.Apply("or", Sort.Bool, P, Q)]);
        exploration.Next();
        exploration.Decide(P);
        exploration.Next();
        Assert.False(exploration.Decide(P));
        Assert.True(exploration.Decide(Q));
        Assert.Equal(["(not p)"], exploration.Conditions.Select(condition => condition.ToString()));
    }

    [Fact]
    public void Assumptions_that_contradict_each_other_are_refused()
    {
        Exploration exploration = Start("(assert (and p (not p)))");
        exploration.Assume([P]);
        exploration.Next();
        Assert.Contains("the assumptions contradict each other", Assert.Throws<SolverException>(() => exploration.Decide(Term.Apply("=", Sort.Bool, P, Q))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("and", "(forall ((n Int)) (< n (f n)))")] // that it holds the solver cannot tell, that it does not is possible
    [InlineData("or", "(exists ((n Int)) (>= n (f n)))")] // the other way round
    public void Where_the_solver_cannot_tell_no_path_is_taken(string head, string condition)
    {
        Exploration exploration = Start("(set-option :smt.mbqi false)(declare-fun f (Int) Int)");
        exploration.Next();
        SolverException error = Assert.Throws<SolverException>(() => exploration.Decide(Term.Apply(head, Sort.Bool, Term.Leaf(condition, Sort.Bool), P)));
        Assert.Contains("an exploration: the solver cannot tell whether a branch is possible", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_decides_otherwise_the_second_time_is_refused()
    {
        Exploration exploration = new(null);
        exploration.Next();
        exploration.Decide(P);
        exploration.Decide(Q);
        exploration.Next();
        Assert.Contains("p became q", Assert.Throws<InvalidOperationException>(() => exploration.Decide(Q)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_without_end_is_ended_and_each_path_may_be_as_long()
    {
        Exploration exploration = Start("");
        for (int path = 0; path < 2; path++)
        {
            exploration.Next();
            exploration.Decide(P);
            for (int step = 1; step < MostSteps; step++)
            {
                exploration.Decide(Term.True);
            }
        }

        Assert.Contains("an exploration: a path does not end", Assert.Throws<EndlessPathException>(() => exploration.Decide(Term.True)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_obligation_is_of_its_path_and_none_where_it_is_known_to_hold()
    {
        Exploration exploration = new(null);
        exploration.Next();
        exploration.Oblige(P);
        Assert.True(exploration.Decide(P));
        exploration.Oblige(P);
        exploration.Oblige(Term.Not(P));
        Assert.Equal(["p", "(not p)"], exploration.Obligations.Select(each => each.ToString()));
        exploration.Next();
        Assert.Empty(exploration.Obligations);
        Assert.Empty(exploration.Conditions);
        Assert.Null(exploration.Facts.Answer(P));
    }

    [Fact]
    public void A_goal_is_refuted_under_what_was_decided_and_nothing_of_it_is_left()
    {
        Exploration exploration = Start("(declare-const f (Array Int Bool))");
        exploration.Next();
        exploration.Decide((X + Y < 4).Term);
        List<string> seen = [];
        void See(SolverProcess with) => seen.Add(with.Ask("(get-value (other))").Trim());
        Assert.Equal(Answer.Unsatisfiable, exploration.Refute(Term.Leaf("(< x other)", Sort.Bool), "(declare-const other Int)(assert (= other 4))", See));
        Assert.Empty(seen);
        Assert.Equal(Answer.Satisfiable, exploration.Refute(Term.Leaf("(< x other)", Sort.Bool), "(declare-const other Int)(assert (= other 3))", See));
        Assert.Equal(["((other 3))"], seen);
        exploration.Next();
        exploration.Decide((X + Y < 4).Term);
        Assert.Equal(Answer.Satisfiable, exploration.Refute(Term.Leaf("(< x 4)", Sort.Bool), "", _ => { }));
        Assert.Equal(Answer.Unsatisfiable, exploration.Refute(Term.Leaf("(<= 4 (+ x y))", Sort.Bool), "", _ => { }));
        Assert.Equal(4, solver.Answers - 2); // and two for the decision
    }

    [Fact]
    public void Each_thread_has_its_own()
    {
        Exploration first = new(null);
        Exploration second = new(null);
        Assert.Same(second, Exploration.Current);
        first.Next();
        Assert.Same(first, Exploration.Current);
        Exploration? other = null;
        Thread thread = new(() => other = Exploration.Current);
        thread.Start();
        thread.Join();
        Assert.NotNull(other);
        Assert.NotSame(first, other);
    }

    // All that is said of a path is true of the values that take it, and of no others.
    private static void AssertKnown(Exploration exploration, Condition[] decided, Dictionary<Term, Func<World, bool>> meaning, World[] possible, string path, string what)
    {
        World? wrong = possible.FirstOrDefault(world => exploration.Conditions.All(condition => meaning[condition](world)) != (Path(decided, world) == path));
        Assert.True(wrong is null, $"{what}: {path}: {wrong}");
        for (int index = 0; index < decided.Length; index++)
        {
            Assert.True(exploration.Facts.Answer(decided[index].Term) == (path[index] == 'T'), what);
        }
    }

    private static Dictionary<Term, Func<World, bool>> Meaning(Condition[] pool)
    {
        Dictionary<Term, Func<World, bool>> meaning = [];
        foreach (Condition one in pool)
        {
            meaning[one.Term] = one.Holds;
            meaning[Term.Not(one.Term)] = world => !one.Holds(world);
        }

        return meaning;
    }

    // Nothing is known where they are made, or they would fold.
    private static Condition[] Pool()
    {
        Ask.Path();
        return
        [
            new(P, world => world.IsP), new(Q, world => world.IsQ), new(Ask.Truth("r").Term, world => world.IsR), new(Term.Not(P), world => !world.IsP),
            new(Term.Apply("=", Sort.Bool, P, Q), world => world.IsP == world.IsQ),
            new(Term.And(P, Ask.Truth("r").Term), world => world.IsP && world.IsR),
            new(Term.Apply("or", Sort.Bool, Q, Ask.Truth("r").Term), world => world.IsQ || world.IsR),
            new(Term.Apply("or", Sort.Bool, P, (X < 2).Term), world => world.IsP || world.OfX < 2),
            new((X < 3).Term, world => world.OfX < 3), new((X <= 5).Term, world => world.OfX <= 5), new((X == 4).Term, world => world.OfX == 4),
            new((X >= 8).Term, world => world.OfX >= 8), new((X != 2).Term, world => world.OfX != 2), new((Y < 5).Term, world => world.OfY < 5),
            new((Y == 2).Term, world => world.OfY == 2), new((X + Y < 4).Term, world => world.OfX + world.OfY < 4), new((X < Y).Term, world => world.OfX < world.OfY),
            new((X == Y).Term, world => world.OfX == world.OfY), new((X + 2 <= Y).Term, world => world.OfX + 2 <= world.OfY),
        ];
    }

    private static string Path(Condition[] decided, World world) => string.Concat(decided.Select(one => one.Holds(world) ? 'T' : 'F'));

    private static string Path(Exploration exploration, Condition[] decided) => string.Concat(decided.Select(one => exploration.Decide(one.Term) ? 'T' : 'F'));

    private static List<string> Explore(Exploration exploration, params Term[] decided)
    {
        List<string> paths = [];
        while (exploration.Next())
        {
            paths.Add(string.Concat(decided.Select(one => exploration.Decide(one) ? 'T' : 'F')));
        }

        return paths;
    }

    private Exploration Start(string declarations)
    {
        solver.Send($"{Declarations}\n{declarations}");
        return new Exploration(solver);
    }

    /// <summary>Values of the symbols.</summary>
    private sealed record World(bool IsP, bool IsQ, bool IsR, int OfX, int OfY);

    /// <summary>A condition, and what it means.</summary>
    private sealed record Condition(Term Term, Func<World, bool> Holds);
}
