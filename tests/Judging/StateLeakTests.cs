// SPDX-License-Identifier: MIT
using Cmma.Conformance.Tests;
using Cmma.Traces;

namespace Cmma.Judging.Tests;

/// <summary>State that leaks from one run into the next, and the runs that cause it.</summary>
public sealed class StateLeakTests
{
    private static IReadOnlyList<Vector> Vectors { get; } = [.. Enumerable.Range(0, 12).Select(number =>
        Spec.Vector($"number-{number}", $$$"""{"op":"essa","gfn":"0x{{{number:x}}}","orc":0,"expect":{"result":"ok","r1":"0x0"}}"""))];

    [Fact]
    public void A_vector_that_passes_in_a_new_process_is_told_with_the_run_that_spoils_it()
    {
        Spoiled machine = new(victim: 7, spoilers: [3]);
        CheckResult result = CheckResult.Of(Vectors, machine);

        Assert.Equal("number-7", Assert.Single(result.Verdicts, verdict => verdict.Kind == VerdictKind.Failed).Vector.Id);
        Assert.Equal(("number-7", "number-3"), (result.Leak?.Vector.Id, Assert.Single(result.Leak!.Before).Id));
        Assert.Equal("something is left from run to run: number-7 passes in a new process", result.Leak.Text);
        Assert.Equal("r1: expected 0x0, got 0x1", result.Verdicts[7].Reason); // as it is: the note stands once
    }

    [Fact]
    public void Where_it_takes_several_runs_all_of_them_are_told_and_no_others()
    {
        StateLeak? leak = CheckResult.Of(Vectors, new Spoiled(victim: 9, spoilers: [6, 8])).Leak;

        Assert.Equal(["number-6", "number-8"], leak?.Before.Select(vector => vector.Id));
    }

    [Fact]
    public void Runs_that_do_not_spoil_it_as_a_check_asks_them_are_not_told_as_if_they_did()
    {
        StateLeak? leak = CheckResult.Of(Vectors, new Hurried(), endsEarly: true).Leak;

        Assert.Equal("number-9", leak?.Vector.Id);
        Assert.Equal(9, leak!.Before.Count); // all of them: a check of number-8 and number-9 asks each alone
    }

    [Fact]
    public void What_is_missing_is_told_by_its_name()
    {
        Assert.Equal("verdicts", Assert.Throws<ArgumentNullException>(() => StateLeak.Find(null!, new Hurried(), _ => [])).ParamName);
        Assert.Equal("implementation", Assert.Throws<ArgumentNullException>(() => StateLeak.Find([], null!, _ => [])).ParamName);
        Assert.Equal("check", Assert.Throws<ArgumentNullException>(() => StateLeak.Find([], new Hurried(), null!)).ParamName);
    }

    /// <summary>Answers one run wrong behind another, if it is asked both at once, or a third time since it began.</summary>
    private sealed class Hurried : IImplementation
    {
        private int times;
        private bool isSpoilt;

        public void Restart() => (times, isSpoilt) = (0, false);

        public string Name => "hurried";

        public IReadOnlyList<Capability> Capabilities => [Capability.Essa];

        public IRun NewVm(bool hostHasCmma) => throw new NotSupportedException();

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions)
        {
            ulong[] gfns = [.. questions.Select(question => ((Operation.Essa)question.Operations[0]).Gfn)];
            bool isLate = ++times > 2 && isSpoilt;
            isSpoilt |= gfns.Contains(8UL);
            return [.. gfns.Select((gfn, index) => new Answer([new Outcome(Outcome.Ok) { R1 = gfn == 9 && (isLate || gfns.AsSpan(0, index).Contains(8UL)) ? 1UL : 0 }]))];
        }
    }

    [Fact]
    public void The_search_costs_at_most_four_times_as_many_runs_as_the_check()
    {
        Spoiled machine = new(victim: 11, spoilers: [.. Enumerable.Range(0, 11)]);
        StateLeak? leak = CheckResult.Of(Vectors, machine).Leak;

        Assert.NotNull(leak);
        Assert.InRange(machine.Asked, Vectors.Count + 1, (5 * Vectors.Count) + 1); // with the check that shows what was found
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void What_is_answered_differently_from_time_to_time_is_no_leak(int period)
    {
        StateLeak? leak = CheckResult.Of(Vectors, new Moody(period)).Leak;

        Assert.True(leak?.IsChance);
        Assert.StartsWith("it does not answer the same each time: number-", leak!.Text, StringComparison.Ordinal);
        Assert.EndsWith(" failed, and passes when it is asked again", leak.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_in_a_new_process_too_is_no_leak()
    {
        Spoiled machine = new(victim: 7, spoilers: []);

        Assert.Null(CheckResult.Of(Vectors, machine).Leak);
        Assert.Equal(Vectors.Count + 1, machine.Asked); // the failure once more, and nothing else
    }

    [Fact]
    public void No_more_than_twenty_failures_are_asked_again_and_only_those_of_a_known_operation()
    {
        Broken machine = new();
        Assert.Null(CheckResult.Of(Vectors, machine).Leak);
        Assert.Equal(Vectors.Count - 1, machine.Restarts);

        Broken other = new();
        Assert.Null(CheckResult.Of([.. Enumerable.Range(0, 100).Select(number => Vectors[0] with { Id = $"again-{number}" })], other).Leak);
        Assert.InRange(other.Restarts, 15, 20);
    }

    [Fact]
    public void What_fails_by_itself_first_does_not_hide_what_is_left_behind_it()
    {
        StateLeak? leak = CheckResult.Of(Vectors, new Spoiled(victim: 9, spoilers: [5]) { AlwaysWrong = [0, 1, 2, 3] }).Leak;

        Assert.Equal(("number-9", "number-5"), (leak?.Vector.Id, Assert.Single(leak!.Before).Id));
    }

    /// <summary>Answers every so many runs wrong, whatever they are and whoever restarts it.</summary>
    private sealed class Moody(int period) : IImplementation
    {
        private int asked;

        public string Name => "moody";

        public IReadOnlyList<Capability> Capabilities => [Capability.Essa];

        public IRun NewVm(bool hostHasCmma) => throw new NotSupportedException();

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions) =>
            [.. questions.Select(_ => new Answer([new Outcome(Outcome.Ok) { R1 = ++asked % period == 0 ? 1UL : 0 }]))];
    }

    /// <summary>Answers one run wrong after certain others in the same process, or always if there are none.</summary>
    private sealed class Spoiled(int victim, int[] spoilers) : IImplementation
    {
        private readonly HashSet<ulong> seen = [];

        public int Asked { get; private set; }

        public ulong[] AlwaysWrong { get; init; } = [];

        public string Name => "spoiled";

        public IReadOnlyList<Capability> Capabilities => [Capability.Essa];

        public IRun NewVm(bool hostHasCmma) => throw new NotSupportedException();

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions) => [.. questions.Select(Ask)];

        public void Restart() => seen.Clear();

        private Answer Ask(Question question)
        {
            Asked++;
            ulong gfn = ((Operation.Essa)question.Operations[0]).Gfn;
            bool wrong = AlwaysWrong.Contains(gfn) || (gfn == (ulong)victim && spoilers.All(each => seen.Contains((ulong)each)));
            seen.Add(gfn);
            return new Answer([new Outcome(Outcome.Ok) { R1 = wrong ? 1UL : 0 }]);
        }
    }

    /// <summary>Breaks off the first run, and answers all others wrong.</summary>
    private sealed class Broken : IImplementation
    {
        public int Restarts { get; private set; }

        public string Name => "broken";

        public IReadOnlyList<Capability> Capabilities => [Capability.Essa];

        public IRun NewVm(bool hostHasCmma) => throw new NotSupportedException();

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions) =>
            [.. questions.Select((_, index) => index == 0 && questions.Count > 1 ? new Answer([], "ends") : new Answer([new Outcome("EBUSY")]))];

        public void Restart() => Restarts++;
    }
}
