using System;
using System.Linq;
using Cmma.Abi;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class PeekProperties : MachineProperties
{
    [Fact]
    [Clause("PEEK-CHECK-1")]
    public void A_first_page_that_does_not_exist_is_EFAULT_and_nothing_is_written() => Always<GetCall>(
        when: call => call is { Check: GetCheck.None, IsPeek: true } && !call.Before.Memory.Exists(call.Operation.StartGfn),
        must: call => call.IsRefusedWith(Errno.EFAULT) && !call.User.Steps.Any(step => step.IsWrite),
        atLeast: 200);

    [Fact]
    [Clause("PEEK-CHECK-1")]
    public void Pages_further_up_do_not_help() => Always<GetCall>(
        when: call => call is { Check: GetCheck.None, IsPeek: true }
            && !call.Before.Memory.Exists(call.Operation.StartGfn)
            && call.Before.Memory.Slots.Any(slot => slot.BaseGfn > call.Operation.StartGfn),
        must: call => call.IsRefusedWith(Errno.EFAULT),
        atLeast: 100);

    [Fact]
    [Clause("PEEK-1")]
    public void Each_page_from_start_gfn_on_gives_its_attributes_dirty_or_clean() => Always<GetCall>(
        when: call => call is { FindsPages: true, IsAnswer: true },
        must: call => Enumerable.Range(0, call.Values.Length)
            .All(index => call.Values[index] == call.Before.Memory[call.Operation.StartGfn + (ulong)index].Attributes),
        atLeast: 500);

    [Fact]
    [Clause("PEEK-1")]
    public void Adjoining_slots_are_read_through() => Always<GetCall>(
        when: call => call is { FindsPages: true, IsAnswer: true } && call.Before.Memory.Slots.Any(slot =>
            slot.BaseGfn > call.Operation.StartGfn && slot.BaseGfn - call.Operation.StartGfn < call.Limit && call.Before.Memory.EndOfRun(call.Operation.StartGfn) > slot.BaseGfn),
        must: call => call.Before.Memory.Slots.Any(slot => slot.BaseGfn > call.Operation.StartGfn && slot.BaseGfn < call.Operation.StartGfn + call.User.Got.Count),
        atLeast: 50);

    [Fact]
    [Clause("PEEK-2")]
    public void It_ends_after_count_pages_or_at_the_first_page_that_does_not_exist() => Always<GetCall>(
        when: call => call is { FindsPages: true, IsAnswer: true },
        must: call => call.User.Got.Count == call.Limit
            || (call.User.Got.Count < call.Limit && !call.Before.Memory.Exists(call.Operation.StartGfn + call.User.Got.Count)),
        atLeast: 500);

    [Fact]
    [Clause("PEEK-2")]
    public void It_does_not_read_past_a_hole() => Always<GetCall>(
        when: call => call is { FindsPages: true, IsAnswer: true } && HoleInReach(call),
        must: call => call.Operation.StartGfn + call.User.Got.Count == call.Before.Memory.EndOfRun(call.Operation.StartGfn),
        atLeast: 50);

    [Fact]
    [Clause("PEEK-3")]
    [Clause("G6")]
    public void Nothing_changes_whatever_the_result() => Always<GetCall>(
        when: call => call.IsPeek,
        must: call => call.ChangesNothing,
        atLeast: 1000);

    [Fact]
    [Clause("PEEK-3")]
    public void Migration_mode_is_not_needed() => Always<GetCall>(
        when: call => call is { FindsPages: true, StructWritable: true, Before.Migrating: false } && call.BufferBytes >= call.Limit,
        must: call => call.IsAnswer,
        atLeast: 200);

    [Fact]
    [Clause("PEEK-3")]
    [Clause("GET-CHECK-8")]
    [Clause("GET-CHECK-9")]
    public void A_write_that_faults_is_EFAULT_and_changes_nothing() => Always<GetCall>(
        when: call => call.FindsPages && (!call.StructWritable || call.BufferBytes < Reach(call)),
        must: call => call.IsRefusedWith(Errno.EFAULT),
        atLeast: 50);

    [Fact]
    [Clause("PEEK-ANSWER-1")]
    public void Start_gfn_is_as_passed_in() => Always<GetCall>(
        when: call => call is { FindsPages: true, IsAnswer: true },
        must: call => call.User.Got.StartGfn == call.Operation.StartGfn,
        atLeast: 500);

    [Fact]
    [Clause("PEEK-ANSWER-2")]
    public void Count_becomes_the_number_of_values_written() => Always<GetCall>(
        when: call => call is { FindsPages: true, IsAnswer: true },
        must: call => call.User.Got.Count == (uint)call.Values.Length && call.User.Got.Count > 0 && call.User.Got.Count <= call.Limit,
        atLeast: 500);

    [Fact]
    [Clause("PEEK-ANSWER-3")]
    public void Remaining_becomes_the_number_of_dirty_pages_in_all_slots_while_migrating() => Always<GetCall>(
        when: call => call is { FindsPages: true, IsAnswer: true, Before.AnyDirty: true },
        must: call => call.User.Got.RemainingOrMask == (ulong)call.Before.Memory.Dirty.Count,
        atLeast: 200);

    [Fact]
    [Clause("PEEK-ANSWER-3")]
    public void Remaining_becomes_0_where_migration_mode_is_off() => Always<GetCall>(
        when: call => call is { FindsPages: true, IsAnswer: true, Before.Migrating: false },
        must: call => call.User.Got.RemainingOrMask == 0,
        atLeast: 200);

    [Fact]
    [Clause("PEEK-ANSWER-4")]
    public void Flags_and_values_are_as_passed_in() => Always<GetCall>(
        when: call => call is { FindsPages: true, IsAnswer: true },
        must: call => call.User.Got.Flags == 1 && call.User.Got.Values == call.User.Given.Values,
        atLeast: 500);

    private static ulong Reach(GetCall call) => Math.Min(call.Limit, call.Before.Memory.EndOfRun(call.Operation.StartGfn) - call.Operation.StartGfn);

    private static bool HoleInReach(GetCall call)
    {
        ulong end = call.Before.Memory.EndOfRun(call.Operation.StartGfn);
        return call.Before.Memory.Slots.Any(slot => slot.BaseGfn > end && slot.BaseGfn - call.Operation.StartGfn < call.Limit);
    }
}
