// SPDX-License-Identifier: MIT
using Cmma.Conformance.Tests;
using Cmma.Reference;
using Cmma.Traces;
using static Cmma.Conformance.Tests.SampleVectors;

namespace Cmma.Judging.Tests;

/// <summary>Traces done operation by operation, and traces made of what an implementation did.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void A_trace_is_done_up_to_its_first_wrong_operation()
    {
        Vector trace = Spec.Vector(
            "wrong-in-the-middle",
            """{"op":"create_vcpu","expect":{"result":"ok"}}""",
            """{"op":"migration_status","expect":{"result":"ok","migrating":true}}""",
            """{"op":"create_vcpu","expect":{"result":"ok"}}""");

        Replay replay = Replay.Of(trace, Machine(Capability.Vcpu));

        Assert.Equal((VerdictKind.Failed, 1, "migrating: expected yes, got no"), (replay.Verdict.Kind, replay.Verdict.FailedStep, replay.Verdict.Reason));
        Assert.Equal([new Outcome("ok"), new Outcome("ok") { Migrating = false }], replay.Outcomes);
    }

    [Fact]
    public void A_trace_is_done_to_its_end_where_nothing_is_wrong()
    {
        Replay replay = Replay.Of(Passes, Machine(Capability.Vcpu));

        Assert.Equal(VerdictKind.Passed, replay.Verdict.Kind);
        Assert.Equal([new Outcome("ok")], replay.Outcomes);
    }

    [Fact]
    public void A_trace_that_needs_more_is_not_begun()
    {
        Replay replay = Replay.Of(Needs, Machine(Capability.Vcpu));

        Assert.Equal((VerdictKind.Skipped, "needs residency"), (replay.Verdict.Kind, replay.Verdict.Reason));
        Assert.Empty(replay.Outcomes);
    }

    [Fact]
    public void A_trace_is_done_on_the_host_that_it_names()
    {
        Vector trace = Passes with { Trace = Spec.Trace("""{"op":"enable_cmma","expect":{"result":"ENXIO"}}""") with { HostHasCmma = false } };

        Assert.Equal(VerdictKind.Passed, Replay.Of(trace, Machine(Capability.Vcpu)).Verdict.Kind);
    }

    [Fact]
    public void The_machine_is_given_back()
    {
        Closing machine = new();
        Replay.Of(Passes, new MachineImplementation("closing", [Capability.Vcpu], _ => machine));
        Expectations.By(new MachineImplementation("closing", [], _ => machine), Passes.Trace);

        Assert.Equal(2, machine.Closed);
    }

    [Fact]
    public void What_one_implementation_did_is_what_another_one_must_do()
    {
        Trace trace = Spec.Trace(
            """{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x10","dirty_log":true}""",
            """{"op":"enable_cmma"}""",
            """{"op":"create_vcpu"}""",
            """{"op":"essa","gfn":"0x3","orc":2}""",
            """{"op":"essa","gfn":"0x10","orc":2}""",
            """{"op":"start_migration"}""",
            """{"op":"migration_status"}""",
            """{"op":"get","start_gfn":"0x2","count":3}""",
            """{"op":"get","start_gfn":"0x2","count":0}""",
            """{"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"","flags":"0x1"}""");

        Trace expecting = Expectations.By(Machine(Capability.Vcpu), trace);

        Assert.Equal(trace.Steps.Select(step => step.Operation), expecting.Steps.Select(step => step.Operation));
        Assert.Equal(
            [
                """{"result":"ok"}""", """{"result":"ok"}""", """{"result":"ok"}""", """{"result":"ok","r1":"0x0"}""", """{"result":"addressing"}""", """{"result":"ok"}""",
                """{"result":"ok","migrating":true}""", """{"result":"ok","start_gfn":"0x2","count":3,"remaining":"0xd","values":"00 01 00"}""",
                """{"result":"ok","zeroed":true}""", """{"result":"EINVAL"}""",
            ],
            expecting.Steps.Select(step => TraceWriter.Expectation(step.Expect!)));
    }

    [Fact]
    public void What_is_missing_is_told_by_its_name()
    {
        Assert.Equal("trace", Assert.Throws<ArgumentNullException>(() => Replay.Of(null!, Machine())).ParamName);
        Assert.Equal("implementation", Assert.Throws<ArgumentNullException>(() => Replay.Of(Passes, null!)).ParamName);
        Assert.Equal("outcome", Assert.Throws<ArgumentNullException>(() => Expectations.Exactly(null!)).ParamName);
        Assert.Equal("implementation", Assert.Throws<ArgumentNullException>(() => Expectations.By(null!, Passes.Trace)).ParamName);
        Assert.Equal("trace", Assert.Throws<ArgumentNullException>(() => Expectations.By(Machine(), null!)).ParamName);
    }

    private sealed record Closing : LyingMachine, IDisposable
    {
        public int Closed { get; private set; }

        public void Dispose() => Closed++;
    }
}
