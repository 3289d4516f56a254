// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Exploring.Fuzzing;
using Cmma.Judging;
using Cmma.Reference;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Conformance.Tests;

/// <summary>cmma fuzz on what does not answer the same twice.</summary>
public sealed class FuzzerTests
{
    [Fact]
    public void A_difference_that_does_not_come_again_is_told_as_one()
    {
        FuzzPlan plan = new(Seed: 1) { MaxOperations = 2000, Workers = 1, Memory = FuzzMemory.Small };
        FuzzReport report = new Fuzzer(new WrongOnce(), Implementations.Find("reference"), Implementations.Find("reference"), plan).Run(cancellation: TestContext.Current.CancellationToken);

        Assert.EndsWith(", once: it did not come again when it was asked anew, so it is chance, or left from the runs before", report.Found!.Difference.What, StringComparison.Ordinal);
        Assert.True(report.Found.IsOnce);
    }

    [Fact]
    public void A_failure_that_needs_the_runs_before_is_not_said_to_be_chance()
    {
        FuzzPlan plan = new(Seed: 1) { MaxOperations = 2000, Workers = 1, Memory = FuzzMemory.Small };
        FuzzReport report = new Fuzzer(new EndsBehindOne(), Implementations.Find("reference"), Implementations.Find("reference"), plan).Run(cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(EndsBehindOne.Reason, report.Found!.Difference.What);
        Assert.True(report.Found.IsOnce);
    }

    [Fact]
    public void Who_lacks_what_every_trace_needs_cannot_be_run()
    {
        IImplementation reference = Implementations.Find("reference");
        MachineImplementation lacking = new("lacking", [Capability.Vcpu], hostHasCmma => new ReferenceMachine(hostHasCmma));

        Assert.Equal(
            "lacking lacks essa, which every random trace needs",
            Assert.Throws<CouldNotRunException>(() => new Fitting(lacking, reference)).Message);
    }

    private sealed class EndsBehindOne : IImplementation
    {
        public const string Reason = "answers 1 run and ends with exit code 3 when it is asked the next, in each process";

        private readonly IImplementation machine = Implementations.Find("reference");
        private int answered;

        public string Name => "ends behind one";

        public IReadOnlyList<Capability> Capabilities => machine.Capabilities;

        public IRun NewVm(bool hostHasCmma) => machine.NewVm(hostHasCmma);

        public void Restart() => answered = 0;

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions) =>
            [.. questions.Select(question => answered++ > 0 ? new Answer([], Reason) { NeedsTheRunsBefore = true } : machine.Ask([question])[0])];
    }

    private sealed class WrongOnce : IImplementation
    {
        private readonly IImplementation machine = Implementations.Find("optimized");
        private int asked;

        public string Name => "wrong once";

        public IReadOnlyList<Capability> Capabilities => machine.Capabilities;

        public IRun NewVm(bool hostHasCmma) => new Run(machine.NewVm(hostHasCmma), isWrong: Interlocked.Increment(ref asked) == 1);

        private sealed class Run(IRun right, bool isWrong) : IRun
        {
            public IMachineState? State => right.State;

            public Outcome Do(Operation operation)
            {
                Outcome outcome = right.Do(operation);
                return isWrong ? new Outcome(nameof(Errno.ENOMEM)) : outcome;
            }
        }
    }
}
