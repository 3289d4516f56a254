// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Cli;
using Cmma.Exploring.Differences;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Kernels.Bugs;
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Kernels.Tests;

/// <summary>The search finds what two implementations do differently, and nothing where there is nothing.</summary>
public sealed class DiffTests
{
    private static readonly Lazy<IReadOnlyList<Difference>> Kernels = new(() => Search("kernel:6.12", "kernel:7.2", seed: 1));

    [Theory]
    [InlineData("GET-BLOCK-2")] // wrap
    [InlineData("GET-BLOCK-3")] // trailing byte
    [InlineData("GET-BLOCK-4")] // gap rule
    [InlineData("GET-BLOCK-7")] // values of a gap
    [InlineData("SET-MASK-1")] // bits outside the mask
    [InlineData("DELETE-SLOT-1")]
    public void What_changed_from_6_12_to_7_2_is_found(string clause) => Assert.Contains(Kernels.Value, difference => difference.Clause == clause);

    [Fact]
    public void Each_trace_shows_its_difference_in_its_last_operation() => Assert.All(Kernels.Value, difference =>
    {
        IReadOnlyList<Outcome> one = Ask("kernel:6.12", difference.Trace);
        IReadOnlyList<Outcome> other = Ask("kernel:7.2", difference.Trace);

        Assert.Equal(difference.Trace.Steps.Count, one.Count);
        Assert.Equal(Text(one.SkipLast(1)), Text(other.SkipLast(1)));
        Assert.NotEqual(Text(one.TakeLast(1)), Text(other.TakeLast(1)));
    });

    [Fact]
    public void The_gap_rule_is_shown_by_sixteen_clean_pages()
    {
        Difference gap = Kernels.Value.Single(difference => difference.Clause == "GET-BLOCK-4");

        Assert.True(gap.Other.Count >= gap.One.Count + 17);
        Assert.Equal(gap.Contract.Count, gap.One.Count);
    }

    [Fact]
    public void Each_difference_is_shown_once() => Assert.Equal(
        Kernels.Value.Count,
        Kernels.Value.Select(difference => (difference.Clause, Right(difference.One, difference), Right(difference.Other, difference))).Distinct().Count());

    [Theory]
    [InlineData("bug:B15", "kernel:6.12", "CLEAR-CMMA-1")]
    [InlineData("bug:B22", "kernel:7.2", "SET-CHECK-6")]
    public void One_bug_is_one_difference(string one, string other, string clause) =>
        Assert.Equal([clause], Search(one, other, seed: 1).Select(difference => difference.Clause).Distinct(StringComparer.Ordinal));

    [Theory]
    [InlineData("B24", "ESSA-STEPS-1")]
    [InlineData("B4", "ESSA-STEPS-2")]
    [InlineData("L12", "ESSA-STEPS-2")]
    [InlineData("L13", "ESSA-STEPS-2")]
    public void What_only_an_ESSA_in_two_steps_shows_is_found(string id, string clause)
    {
        KnownBug bug = KnownBugs.All.Single(each => each.Id == id);
        MachineImplementation home = Implementations.Kernel(bug.Home, bug.NewCorrect);
        MachineImplementation withBug = Implementations.Kernel(id, bug.NewVm);
        MachineImplementation withoutSteps = new(id, [.. withBug.Capabilities.Where(each => each != Capability.EssaSteps)], withBug.NewMachine);

        Assert.Equal([clause], DifferenceSearch.Of(withBug, home, Implementations.Find("reference"), seed: 1).Found.Select(difference => difference.Clause).Distinct(StringComparer.Ordinal));
        Assert.Empty(DifferenceSearch.Of(withoutSteps, home, Implementations.Find("reference"), seed: 1).Found);
        Assert.Empty(DifferenceSearch.Of(home, withoutSteps, Implementations.Find("reference"), seed: 1).Found);
    }

    [Fact]
    public void The_steps_of_an_ESSA_are_named_only_where_an_ESSA_in_one_step_does_not_show_it() => Assert.All(
        Search("kernel:4.18", "kernel:7.0", seed: 1), difference =>
        {
            Trace inOne = EssaInSteps.InOne(difference.Trace);
            bool showsInOne = Text(Ask("kernel:4.18", inOne)) != Text(Ask("kernel:7.0", inOne));

            Assert.Equal(EssaInSteps.In(difference.Trace), difference.Clause.StartsWith("ESSA-STEPS-", StringComparison.Ordinal));
            Assert.NotEqual(EssaInSteps.In(difference.Trace), showsInOne);
        });

    [Fact]
    public void Numbers_are_lowered()
    {
        Difference wrap = Kernels.Value.Single(difference => difference.Clause == "GET-BLOCK-2");

        Assert.True(wrap.Trace.Steps[^1].Operation is Operation.Get { StartGfn: 1, Count: 1 });
    }

    [Theory]
    [InlineData("reference", "optimized")]
    [InlineData("kernel:7.2", "kernel:7.3-rc1")]
    public void Where_there_is_nothing_nothing_is_found(string one, string other) => Assert.Empty(Search(one, other, seed: 7));

    [Fact]
    public void The_same_seed_finds_the_same() => Assert.Equal(
        DifferenceReport.Json(Search("bug:B15", "kernel:6.12", seed: 3), 0, "a", "b"),
        DifferenceReport.Json(Search("bug:B15", "kernel:6.12", seed: 3), 0, "a", "b"));

    [Fact]
    public void What_differs_only_behind_other_runs_is_told_as_that_and_each_trace_that_is_shown_differs_anew()
    {
        (IReadOnlyList<Difference> found, long once, _, _) = DifferenceSearch.Of(new Keeping(), Implementations.Find("reference"), Implementations.Find("reference"), seed: 1);

        Assert.NotEqual(0, once);
        Assert.NotEmpty(found);
        Assert.All(found, difference => Assert.NotEqual(
            Text(((IImplementation)new Keeping()).Ask([Question.Of(difference.Trace)])[0].Outcomes),
            Text(Ask("reference", difference.Trace))));
    }

    [Fact]
    public void What_does_not_come_again_is_counted_in_each_form()
    {
        Assert.Equal(
            "1 trace differed once: it did not when it was asked anew in a new process, so it is chance, or left from the runs before; ./cmma check exec:x tells which",
            DifferenceReport.Once(1, ["./cmma check exec:x"]));
        Assert.Equal(
            "2 traces differed once: they did not when they were asked anew in a new process, so it is chance, or left from the runs before; ./cmma check exec:x and ./cmma check exec:y tell which",
            DifferenceReport.Once(2, ["./cmma check exec:x", "./cmma check exec:y"]));
        Assert.Equal("{\"differences\":[\n\n],\n\"once\":2}\n", DifferenceReport.Json([], 2, "a", "b"));
    }

    [Theory]
    [InlineData("bug:B15", "kernel:6.12", 1, "CLEAR-CMMA-1: ")]
    [InlineData("kernel:6.3", "kernel:6.4", 0, "no difference in ")]
    [InlineData("kernel:6.3", "kernel:0", 2, "unknown kernel ")]
    public void The_command_line_shows_clause_and_trace(string one, string other, int exitCode, string begin)
    {
        StringWriter output = new();

        Assert.Equal(exitCode, CommandLine.Run(["diff", one, other], output, output));
        Assert.StartsWith(begin, output.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Difference> Search(string one, string other, ulong seed) =>
        DifferenceSearch.Of(Implementations.Find(one), Implementations.Find(other), Implementations.Find("reference"), seed).Found;

    private static IReadOnlyList<Outcome> Ask(string name, Trace trace) => Implementations.Find(name).Ask([Question.Of(trace)])[0].Outcomes;

    private static string Text(IEnumerable<Outcome> outcomes) => string.Join('\n', outcomes.Select(Cmma.Reports.Pictures.OutcomeText.Of));

    private static bool Right(Outcome outcome, Difference difference) => Text([outcome]) == Text([difference.Contract]);

    // answers otherwise whether migration mode is on once CMMA was cleared, in this VM or in another one
    private sealed class Keeping : IImplementation
    {
        private readonly IImplementation machine = Implementations.Find("reference");
        private bool cleared;

        public string Name => "keeping";

        public IReadOnlyList<Capability> Capabilities => machine.Capabilities;

        public IRun NewVm(bool hostHasCmma) => new Run(this, machine.NewVm(hostHasCmma));

        public void Restart() => cleared = false;

        private sealed class Run(Keeping keeping, IRun right) : IRun
        {
            public Outcome Do(Operation operation)
            {
                keeping.cleared |= operation is Operation.ClearCmma;
                Outcome outcome = right.Do(operation);
                return keeping.cleared && operation is Operation.MigrationStatus ? outcome with { Migrating = !outcome.Migrating } : outcome;
            }
        }
    }
}
