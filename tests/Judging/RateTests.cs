// SPDX-License-Identifier: MIT
using Cmma.Conformance.Tests;
using Cmma.Traces;

namespace Cmma.Judging.Tests;

public sealed class RateTests
{
    [Fact]
    public void Operations_are_counted_from_the_second_round_on_and_only_of_what_the_implementation_can_run()
    {
        Counting implementation = new();

        Rate rate = Rate.Of([SampleVectors.Passes, SampleVectors.Needs, SampleVectors.Fails], implementation, TimeSpan.Zero);

        const int Runs = 2 * (1 + (5000 / 2)); // of two that it can run, so that at least 5000 are asked at a time
        Assert.Equal([2, Runs], implementation.Asked);
        Assert.Equal(Runs / 2 * (1 + 3), rate.Operations);
        Assert.Equal(rate.Operations / rate.Elapsed.TotalSeconds, rate.PerSecond);
    }

    [Fact]
    public void It_is_asked_again_until_the_time_is_over()
    {
        Counting implementation = new();
        TimeSpan time = TimeSpan.FromMilliseconds(20);

        Rate rate = Rate.Of([SampleVectors.Passes], implementation, time);

        Assert.InRange(rate.Elapsed, time, TimeSpan.MaxValue);
        Assert.Equal(implementation.Asked.Skip(1).Sum(), rate.Operations);
        Assert.True(implementation.Asked.Count > 2);
    }

    [Fact]
    public void Where_it_can_run_nothing_it_is_not_asked()
    {
        Counting implementation = new();

        Assert.Equal(new Rate(0, TimeSpan.FromSeconds(1)), Rate.Of([SampleVectors.Needs], implementation, TimeSpan.FromSeconds(1)));
        Assert.Empty(implementation.Asked);
        Assert.Throws<ArgumentNullException>(() => Rate.Of([], null!, TimeSpan.Zero));
    }

    // Says ok to everything, and counts what it is asked.
    private sealed class Counting : IImplementation
    {
        public string Name => "counting";

        public IReadOnlyList<Capability> Capabilities { get; } = [Capability.Vcpu];

        public List<int> Asked { get; } = [];

        public IRun NewVm(bool hostHasCmma) => throw new NotSupportedException();

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions)
        {
            Asked.Add(questions.Count);
            return [.. questions.Select(question => new Answer([.. question.Operations.Select(_ => new Outcome(Outcome.Ok))]))];
        }
    }
}
