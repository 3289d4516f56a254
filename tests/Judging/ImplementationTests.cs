// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging.Tests;

/// <summary>What an implementation inside this program answers to a whole run.</summary>
public sealed class ImplementationTests
{
    private static readonly Operation[] Three = [new Operation.CreateVcpu(), new Operation.EnableCmma(), new Operation.MigrationStatus()];

    [Fact]
    public void A_run_has_an_outcome_for_each_operation()
    {
        Answer answer = Ask(new LyingMachine(), Three);

        Assert.Equal((3, null), (answer.Outcomes.Count, answer.Failure));
    }

    [Fact]
    public void Behind_what_would_bring_the_host_down_nothing_is_asked()
    {
        LyingMachine machine = new() { Throws = new HostCrashException("no such memory") };
        Answer answer = Ask(machine, Three); // the second one does

        Assert.Equal((2, "breaks off"), (answer.Outcomes.Count, answer.Failure));
        Assert.True(answer.Outcomes[^1].EndsRun);
        Assert.Null(Ask(machine, [.. Three.Take(2)]).Failure); // it is the last one, so nothing is missing
    }

    [Fact]
    public void Why_there_is_no_VM_is_one_line()
    {
        IImplementation none = new MachineImplementation("none", [], _ => throw new InvalidOperationException("two\nlines"));

        Assert.Equal(["makes no VM: two lines"], none.Ask([new Question(HostHasCmma: true, Three)]).Select(answer => answer.Failure));
        Assert.Equal("two lines", new CouldNotRunException("two\nlines").Message);
        Assert.Equal("two lines", new CouldNotRunException("two\nlines", new InvalidOperationException()).Message);
    }

    private static Answer Ask(LyingMachine machine, IReadOnlyList<Operation> operations)
    {
        IImplementation implementation = new MachineImplementation("lying", [], _ => machine);
        return implementation.Ask([new Question(HostHasCmma: true, operations)])[0];
    }
}
