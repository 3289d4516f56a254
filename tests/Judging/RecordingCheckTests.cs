// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Catalogue.Recordings;
using Cmma.Kernels;
using Cmma.Reference;
using Cmma.Traces;

namespace Cmma.Judging.Tests;

public sealed class RecordingCheckTests
{
    private const string Kernel = "6.12";

    private static readonly RecordedStep Enable = new(new Operation.EnableCmma(), new Expected("ok"));

    private static readonly LinuxVersion Version = new(Kernel, host => new Scribbler(host, Errno.EINVAL));

    [Fact]
    public void Lines_and_operations_are_counted()
    {
        RecordingCheck check = RecordingCheck.Of([Recording(Enable), Recording(Enable, GetGives("EINVAL"))], Version, []);

        Assert.Equal((2, 3), (check.Lines, check.Operations));
        Assert.Empty(check.Differences);
        Assert.Empty(check.Explained);
    }

    [Fact]
    public void A_result_that_differs_is_told_with_its_place()
    {
        RecordingCheck check = RecordingCheck.Of([Recording(Enable, GetGives("ENXIO"), GetGives("EINVAL"), GetGives("EFAULT"))], Version, []);

        Assert.Equal(
            [
                """seed 7, operation 2: {"op":"get","start_gfn":"0x0","count":1}: result: expected ENXIO, got EINVAL""",
                """seed 7, operation 4: {"op":"get","start_gfn":"0x0","count":1}: result: expected EFAULT, got EINVAL""",
            ],
            check.Differences);
    }

    [Fact]
    public void A_difference_is_explained_by_the_first_rule_that_answers_it_and_by_no_rule_for_another_kernel()
    {
        StandIn wrong = Rule("wrong", Errno.EFAULT);
        StandIn first = Rule("first", Errno.ENOMEM);
        StandIn second = Rule("second", Errno.ENOMEM);
        StandIn other = Rule("other", Errno.ENOMEM) with { Kernel = "6.3" };
        RecordingCheck check = RecordingCheck.Of([Recording(Enable, GetGives("ENOMEM"), GetGives("ENXIO"), GetGives("EINVAL"))], Version, [other, wrong, first, second]);

        Assert.Equal(new Dictionary<StandIn, int> { [wrong] = 0, [first] = 1, [second] = 0 }, check.Explained);
        Assert.StartsWith("seed 7, operation 3: ", Assert.Single(check.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public void The_very_first_rule_explains_too_and_only_what_differs_is_explained()
    {
        StandIn rule = Rule("rule", Errno.ENOMEM);
        RecordingCheck check = RecordingCheck.Of([Recording(Enable, GetGives("ENOMEM"), Enable), Recording(GetGives("ENOMEM"))], Version, [rule]);

        Assert.Equal(2, Assert.Single(check.Explained).Value);
        Assert.Empty(check.Differences);
    }

    [Fact]
    public void A_rule_is_not_run_where_nothing_differs()
    {
        StandIn rule = new("rule", Kernel, "Because.", _ => throw new NotSupportedException());

        Assert.Empty(RecordingCheck.Of([Recording(Enable)], Version, [rule]).Differences);
        Assert.Throws<NotSupportedException>(() => RecordingCheck.Of([Recording(Enable, GetGives("ENXIO"))], Version, [rule]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_machine_is_on_a_host_with_CMMA_and_its_pages_are_touched_as_the_recording_says(bool touched)
    {
        bool hostHasCmma = false;
        KernelVm? vm = null;
        LinuxVersion version = new(Kernel, host =>
        {
            hostHasCmma = host;
            return vm = new Linux612(host) { GuestTouchesPages = !touched };
        });
        RecordingCheck.Of([Recording(Enable) with { Touched = touched }], version, []);

        Assert.True(hostHasCmma);
        Assert.Equal(touched, vm!.GuestTouchesPages);
    }

    [Fact]
    public void The_r1_of_an_ESSA_is_looked_at_where_the_recording_shows_it()
    {
        RecordedStep slot = new(new Operation.CreateSlot(0, 0, 256, DirtyLog: true), new Expected("ok"));
        RecordedStep essa = new(new Operation.Essa(0, 0), new Expected("ok"), ShowsR1: false);

        Assert.Empty(RecordingCheck.Of([Recording(Enable, slot, essa)], Version, []).Differences);
        Assert.EndsWith(
            ": r1: expected none, got 0x0",
            Assert.Single(RecordingCheck.Of([Recording(Enable, slot, essa with { ShowsR1 = true })], Version, []).Differences),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_breach_is_a_difference_only_in_a_call_that_succeeds()
    {
        RecordedStep succeeds = new(new Operation.Get(0, 1), new Expected("ok") { StartGfn = 0, Count = 1, Remaining = 0, Values = ByteRuns.Parse("??") });

        Assert.Empty(RecordingCheck.Of([Recording(GetGives("EINVAL"))], Version, []).Differences);
        Assert.EndsWith(
            ": flags became 0x1",
            Assert.Single(RecordingCheck.Of([Recording(succeeds)], new LinuxVersion(Kernel, host => new Scribbler(host, Errno.None)), []).Differences),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_of_another_kernel_is_refused()
    {
        InputException refused = Assert.Throws<InputException>(() => RecordingCheck.Of([Recording(Enable) with { Kernel = "6.3" }], Version, []));

        Assert.Equal("seed 7: a recording of 6.3, not of 6.12", refused.Message);
    }

    [Fact]
    public void What_is_missing_is_told_by_its_name()
    {
        Assert.Equal("recordings", Assert.Throws<ArgumentNullException>(() => RecordingCheck.Of(null!, Version, [])).ParamName);
        Assert.Equal("version", Assert.Throws<ArgumentNullException>(() => RecordingCheck.Of([], null!, [])).ParamName);
    }

    private static RecordedTrace Recording(params RecordedStep[] steps) => new(Kernel, Seed: 7, Touched: true, steps);

    private static RecordedStep GetGives(string result) => new(new Operation.Get(0, 1), new Expected(result));

    private static StandIn Rule(string name, Errno result) => new(name, Kernel, "Because.", host => new Scribbler(host, result));

    /// <summary>GET has always this result, and always writes flags back that no call may change.</summary>
    private sealed class Scribbler(bool hostHasCmma, Errno result) : Linux612(hostHasCmma)
    {
        public override Errno Get(ICaller caller)
        {
            caller.ReadArgument(out CmmaLog log);
            log.Flags = 1;
            caller.WriteArgument(log);
            return result;
        }
    }
}
