// SPDX-License-Identifier: MIT
using Cmma.Conformance.Tests;
using Cmma.Reference;
using Cmma.Traces;
using static Cmma.Conformance.Tests.SampleVectors;

namespace Cmma.Judging.Tests;

public sealed class VerdictTests
{
    private static readonly Outcome Ok = new("ok");
    private static readonly Outcome Busy = new("EBUSY");

    [Fact]
    public void A_vector_that_needs_more_is_skipped_by_the_name_of_the_capability()
    {
        Verdict verdict = Verdict.Of(Needs, Machine(Capability.Vcpu));

        Assert.Equal((VerdictKind.Skipped, "needs residency", -1), (verdict.Kind, verdict.Reason, verdict.FailedStep));
        Assert.Equal(VerdictKind.Passed, Verdict.Of(Needs, Machine(Capability.Vcpu, Capability.Residency)).Kind);
        Assert.Equal("needs residency", Verdict.Skipped(Needs with { Capabilities = [Capability.Vcpu, Capability.Residency] }, Machine(Capability.Vcpu))!.Reason);
    }

    [Fact]
    public void A_run_is_judged_by_its_first_wrong_operation()
    {
        Verdict verdict = Verdict.Of(Fails, Machine(Capability.Vcpu));

        Assert.Equal((VerdictKind.Failed, 1), (verdict.Kind, verdict.FailedStep));
        Assert.Equal("result: expected ok, got EBUSY", verdict.Reason);
        Assert.Equal("EBUSY", verdict.Actual!.Result);
    }

    [Fact]
    public void A_run_that_breaks_off_behind_a_wrong_answer_is_told_with_both()
    {
        Verdict verdict = Verdict.Of(Fails, new Answer([Ok, Busy], "ends with exit code 3") { Located = true });

        Assert.Equal(("result: expected ok, got EBUSY", "ends with exit code 3"), (verdict.Reason, verdict.ThenBrokeOff));
        Assert.Null(Verdict.Of(Fails, new Answer([Ok], "ends with exit code 3") { Located = true }).ThenBrokeOff); // that is its reason
        Assert.Null(Verdict.Of(Fails, new Answer([Ok, new Outcome(Outcome.HostCrash)], "breaks off")).ThenBrokeOff); // the wrong answer is that
    }

    [Fact]
    public void A_run_without_a_wrong_operation_passes()
    {
        Verdict verdict = Verdict.Of(Fails, new Answer([Ok, Ok, Ok]));

        Assert.Equal((VerdictKind.Passed, "", -1), (verdict.Kind, verdict.Reason, verdict.FailedStep));
        Assert.Null(verdict.Actual);
    }

    [Theory]
    [InlineData(0UL, 0UL, false, "\"zeroed\":true", 1)]
    [InlineData(0UL, 0UL, false, "\"start_gfn\":\"0x0\",\"count\":1,\"remaining\":\"0x0\",\"values\":\"00\"", 0)]
    [InlineData(1UL, 0UL, false, "\"zeroed\":true", 0)]
    [InlineData(0UL, 1UL, false, "\"zeroed\":true", 0)]
    [InlineData(0UL, 0UL, true, "\"zeroed\":true", 0)] // it was seen
    public void What_looks_like_the_zero_struct_is_told_how_that_is_sent(ulong startGfn, ulong remaining, bool isSeen, string expected, int hints)
    {
        Vector vector = Spec.Vector("get", $$$"""{"op":"get","start_gfn":"0x0","count":1,"expect":{"result":"ok",{{{expected}}}}}""");
        Outcome outcome = Ok with { StartGfn = startGfn, Count = 0, Remaining = remaining, Struct = isSeen ? new Abi.KvmS390CmmaLog(0, 0, 1, 0, 0) : null };
        Verdict verdict = Verdict.Of(vector, new Answer([outcome]));

        Assert.Equal((VerdictKind.Failed, hints), (verdict.Kind, verdict.Hints.Count));
        Assert.All(verdict.Hints, hint => Assert.StartsWith("is this the zero struct, all 32 bytes of it? then send \"zeroed\":true", hint, StringComparison.Ordinal));
    }

    [Fact]
    public void The_zero_struct_is_told_of_where_it_is_one_of_several_right_answers()
    {
        Vector vector = Spec.Vector("get", """{"op":"get","start_gfn":"0x0","count":1,"expect":{"one_of":[{"result":"EINVAL"},{"result":"ok","zeroed":true}]}}""");

        Assert.Single(Verdict.Of(vector, new Answer([Ok with { StartGfn = 0, Count = 0, Remaining = 0 }])).Hints);
        Assert.Equal("implementation", Assert.Throws<ArgumentNullException>(() => CheckResult.Of([], null!)).ParamName);
    }

    [Fact]
    public void An_operation_without_an_answer_is_wrong_and_the_place_is_told_where_it_is_known()
    {
        Verdict unknown = Verdict.Of(Fails, new Answer([Ok], "ends"));
        Verdict located = Verdict.Of(Fails, new Answer([Ok], "ends") { Located = true });
        Verdict silent = Verdict.Of(Fails, new Answer([Ok, Ok]) { Located = true });

        Assert.Equal((VerdictKind.Failed, "ends", -1), (unknown.Kind, unknown.Reason, unknown.FailedStep));
        Assert.Equal((VerdictKind.Failed, "ends", 1), (located.Kind, located.Reason, located.FailedStep));
        Assert.Equal((VerdictKind.Failed, "no answer", 2), (silent.Kind, silent.Reason, silent.FailedStep));
        Assert.Equal(0, Verdict.Of(Fails, new Answer([Busy], "ends")).FailedStep); // what came before the end counts first
    }

    [Theory]
    [InlineData(true, "makes no VM: not today")]
    [InlineData(false, "throws InvalidCastException: not today")]
    public void Whatever_an_implementation_throws_is_its_verdict_and_the_next_vector_runs(bool atOnce, string says)
    {
        CheckResult result = CheckResult.Of([Passes, Passes], new Throwing(atOnce));

        Assert.Equal([(says, 0), (says, 0)], result.Verdicts.Select(verdict => (verdict.Reason, verdict.FailedStep)));
    }

    [Fact]
    public void Every_vector_gets_a_new_VM()
    {
        CheckResult result = CheckResult.Of([Passes, Passes, Spec.Vector("alone", """{"op":"enable_cmma","expect":{"result":"ok"}}""")], Machine(Capability.Vcpu));

        Assert.Equal("3 passed, 0 failed, 0 skipped", result.Totals);
        Assert.Equal("3 passed, 0 failed, 0 skipped; breaches are self-reported", (result with { BreachesAreSelfReported = true }).Totals);
    }

    [Fact]
    public void Verdicts_come_in_the_order_of_the_vectors_and_are_counted_by_kind()
    {
        CheckResult result = CheckResult.Of([Needs, Fails, Passes, Needs, Passes, Passes], Machine(Capability.Vcpu));

        Assert.Equal(["it-needs-more", "it-fails", "it-passes", "it-needs-more", "it-passes", "it-passes"], result.Verdicts.Select(verdict => verdict.Vector.Id));
        Assert.Equal((3, 1, 2, 0), (result.Passed, result.Failed, result.Skipped, result.ExpectedFailures));
        Assert.Equal("3 passed, 1 failed, 2 skipped", result.Totals);
        Assert.Equal("small", result.Implementation);
        Assert.Equal("contract", result.Profile);
    }

    [Fact]
    public void An_expected_failure_is_counted_apart()
    {
        Verdict failed = Verdict.Of(Fails, new Answer([Busy]));
        CheckResult result = new("machine", [failed with { Kind = VerdictKind.ExpectedFailure }, failed]);

        Assert.Equal("0 passed, 1 failed, 0 skipped, 1 failed as expected", result.Totals);
    }

    private sealed class Throwing(bool atOnce) : IImplementation
    {
        public string Name => "throwing";

        public IReadOnlyList<Capability> Capabilities => [Capability.Vcpu];

        public IRun NewVm(bool hostHasCmma) => atOnce ? throw new InvalidCastException("not today") : new Run();

        private sealed class Run : IRun
        {
            public Outcome Do(Operation operation) => throw new InvalidCastException("not today");
        }
    }
}
