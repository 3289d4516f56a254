// SPDX-License-Identifier: MIT
using Cmma.Judging.Profiles;
using Cmma.Traces;
using static Cmma.Conformance.Tests.SampleVectors;

namespace Cmma.Judging.Tests;

public sealed class ProfileCheckTests
{
    private static readonly Vector[] Vectors = [Needs, Fails, Passes];

    [Fact]
    public void What_the_profile_expects_is_right_in_the_place_of_what_the_vector_does()
    {
        Profile profile = Differing(Fails, Expecting(2, "EBUSY"), Ending(3));

        Assert.Equal([VerdictKind.Failed, VerdictKind.Passed], Kinds(ProfileCheck.Of([Fails, Passes], Machine(Capability.Vcpu), Profile.Contract)));
        Assert.Equal([VerdictKind.Passed, VerdictKind.Passed], Kinds(ProfileCheck.Of([Fails, Passes], Machine(Capability.Vcpu), profile)));
    }

    [Fact]
    public void What_the_profile_does_not_expect_is_wrong()
    {
        CheckResult result = ProfileCheck.Of([Passes], Machine(Capability.Vcpu), Differing(Passes, Expecting(1, "EBUSY")));

        Verdict verdict = Assert.Single(result.Verdicts);
        Assert.Equal((VerdictKind.Failed, "result: expected EBUSY, got ok", 0), (verdict.Kind, verdict.Reason, verdict.FailedStep));
    }

    [Fact]
    public void A_vector_that_the_profile_says_nothing_about_is_skipped_by_the_name_of_the_capability()
    {
        CheckResult result = ProfileCheck.Of(Vectors, Machine(Capability.Vcpu, Capability.Residency), Profile.Contract with { Name = "some", LeavesOut = [Capability.Residency] });

        Assert.Equal(["it-needs-more", "it-fails", "it-passes"], result.Verdicts.Select(verdict => verdict.Vector.Id));
        Assert.Equal([VerdictKind.Skipped, VerdictKind.Failed, VerdictKind.Passed], Kinds(result));
        Assert.Equal(("profile some says nothing about it: residency", -1), (result.Verdicts[0].Reason, result.Verdicts[0].FailedStep));
    }

    [Fact]
    public void A_vector_that_ends_before_its_first_operation_is_skipped()
    {
        CheckResult result = ProfileCheck.Of([Passes, Fails], Machine(Capability.Vcpu), Differing(Passes, Ending(1)));

        Assert.Equal([VerdictKind.Skipped, VerdictKind.Failed], Kinds(result));
        Assert.Equal("profile some says nothing about it: its first operation", result.Verdicts[0].Reason);
    }

    [Fact]
    public void Of_a_vector_that_ends_earlier_only_what_comes_before_is_asked()
    {
        Profile profile = Differing(Fails, Ending(2)) with { LeavesOut = [Capability.Residency] };
        Vector asked = ProfileCheck.Asked([Needs, Fails], profile).Single();

        Assert.Equal("it-fails", asked.Id);
        Assert.IsType<Operation.CreateVcpu>(Assert.Single(asked.Trace.Steps).Operation);
    }

    [Fact]
    public void What_the_implementation_lacks_is_skipped_as_without_a_profile() =>
        Assert.Equal("needs residency", ProfileCheck.Of(Vectors, Machine(Capability.Vcpu), Profile.Contract).Verdicts[0].Reason);

    [Fact]
    public void The_result_names_the_implementation_and_the_profile()
    {
        CheckResult result = ProfileCheck.Of(Vectors, Machine(Capability.Vcpu), Differing(Passes, Ending(1)));

        Assert.Equal(("small", "some"), (result.Implementation, result.Profile));
    }

    [Fact]
    public void What_is_missing_is_told_by_its_name()
    {
        Assert.Equal("vectors", Assert.Throws<ArgumentNullException>(() => ProfileCheck.Of(null!, Machine(), Profile.Contract)).ParamName);
        Assert.Equal("profile", Assert.Throws<ArgumentNullException>(() => ProfileCheck.Of([], Machine(), null!)).ParamName);
    }

    private static Profile Differing(Vector vector, params ProfileOperation[] operations) =>
        new("some", "Some profile.", [], [new ProfileVector(vector.Id, [], operations)]);

    private static ProfileOperation Expecting(int number, string result) => new(number, new Expectation([new Expected(result)]), Ends: null);

    private static ProfileOperation Ending(int number) => new(number, Expect: null, "would crash");

    private static IEnumerable<VerdictKind> Kinds(CheckResult result) => result.Verdicts.Select(verdict => verdict.Kind);
}
