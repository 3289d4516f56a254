// SPDX-License-Identifier: MIT
using Cmma.Conformance.Tests;
using Cmma.Judging.Profiles;
using Cmma.Traces;
using static Cmma.Conformance.Tests.SampleVectors;

namespace Cmma.Judging.Tests;

public sealed class ProfileTests
{
    private static readonly Expectation Busy = new([new Expected("EBUSY")]);

    [Fact]
    public void The_contract_says_what_the_vectors_say()
    {
        Assert.Equal("contract", Profile.Contract.Name);
        Assert.Equal("contract", Profile.ContractName);
        Assert.Null(Profile.Contract.LeftOut(Needs));
        Assert.True(Profile.Contract.SaysAsTheContract(Fails));
        Assert.Same(Fails, Profile.Contract.Apply(Fails));
    }

    [Fact]
    public void A_profile_differs_only_where_it_says_so()
    {
        Profile profile = Differing(new ProfileOperation(2, Busy, Ends: null));

        Assert.True(profile.SaysAsTheContract(Passes));
        Assert.Same(Passes, profile.Apply(Passes));
        Assert.False(profile.SaysAsTheContract(Fails));
        Vector applied = profile.Apply(Fails);
        Assert.Equal(Fails.Id, applied.Id);
        Assert.Equal(["ok", "EBUSY", "ok"], applied.Trace.Steps.Select(step => Assert.Single(step.Expect!.Alternatives).Result));
        Assert.Equal(Fails.Trace.Steps.Select(step => step.Operation), applied.Trace.Steps.Select(step => step.Operation));
    }

    [Fact]
    public void A_vector_ends_before_the_operation_that_no_vector_allows()
    {
        Vector applied = Differing(new ProfileOperation(1, Busy, Ends: null), new ProfileOperation(2, Expect: null, "would crash"), new ProfileOperation(3, Busy, Ends: null)).Apply(Fails);

        Assert.Equal("EBUSY", Assert.Single(Assert.Single(applied.Trace.Steps).Expect!.Alternatives).Result);
        Assert.Equal(2, Differing(new ProfileOperation(3, Expect: null, "would crash")).Apply(Fails).Trace.Steps.Count);
    }

    [Fact]
    public void A_profile_says_nothing_about_what_needs_a_capability_that_it_leaves_out()
    {
        Profile profile = Profile.Contract with { LeavesOut = [Capability.Essa, Capability.Residency] };

        Assert.Equal(Capability.Residency, profile.LeftOut(Needs));
        Assert.False(profile.SaysAsTheContract(Needs));
        Assert.Null(profile.LeftOut(Passes));
    }

    [Fact]
    public void An_operation_that_the_vector_does_not_have_is_refused()
    {
        Assert.Equal("EBUSY", Differing(new ProfileOperation(3, Busy, Ends: null)).Apply(Fails).Trace.Steps[2].Expect!.Alternatives[0].Result);
        Assert.Equal("some: it-fails: there is no operation 4 to differ in", Spec.Refused(() => Differing(new ProfileOperation(4, Busy, Ends: null)).Apply(Fails)));
    }

    [Fact]
    public void What_is_missing_is_told_by_its_name()
    {
        Assert.Equal("vector", Assert.Throws<ArgumentNullException>(() => Profile.Contract.LeftOut(null!)).ParamName);
        Assert.Equal("vector", Assert.Throws<ArgumentNullException>(() => Profile.Contract.Apply(null!)).ParamName);
    }

    private static Profile Differing(params ProfileOperation[] operations) => new("some", "Some profile.", [], [new ProfileVector(Fails.Id, [], operations)]);
}
