// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class PeekProperties : MachineProperties
{
    [ClauseProperty("PEEK-CHECK-1", AtLeast = 200)]
    public Property A_first_page_that_does_not_exist_is_EFAULT_and_nothing_is_written(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: GetCheck.None, IsPeek: true } && !call.Before.Memory.Exists(call.Operation.StartGfn),
        must: call => call.IsRefusedWith(Errno.EFAULT) && !call.User.Steps.Any(step => step.IsWrite));

    [ClauseProperty("PEEK-CHECK-1", AtLeast = 100)]
    public Property Pages_further_up_do_not_help(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: GetCheck.None, IsPeek: true }
            && !call.Before.Memory.Exists(call.Operation.StartGfn)
            && call.Before.Memory.Slots.Any(slot => slot.BaseGfn > call.Operation.StartGfn),
        must: call => call.IsRefusedWith(Errno.EFAULT));

    [ClauseProperty("PEEK-1", AtLeast = 500)]
    public Property Each_page_from_start_gfn_on_gives_its_attributes_dirty_or_clean(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsPages: true, IsAnswer: true },
        must: call => Enumerable.Range(0, call.Values.Length)
            .All(index => call.Values[index] == call.Before.Memory[call.Operation.StartGfn + (ulong)index].Attributes));

    [ClauseProperty("PEEK-1", AtLeast = 50)]
    public Property Adjoining_slots_are_read_through(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsPages: true, IsAnswer: true } && call.Before.Memory.Slots.Any(slot =>
            slot.BaseGfn > call.Operation.StartGfn && slot.BaseGfn - call.Operation.StartGfn < call.Limit && call.Before.Memory.EndOfRun(call.Operation.StartGfn) > slot.BaseGfn),
        must: call => call.Before.Memory.Slots.Any(slot => slot.BaseGfn > call.Operation.StartGfn && slot.BaseGfn < call.Operation.StartGfn + call.User.Got.Count));

    [ClauseProperty("PEEK-2", "G14", AtLeast = 500)]
    public Property It_ends_after_count_pages_or_at_the_first_page_that_does_not_exist(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsPages: true, IsAnswer: true },
        must: call => call.User.Got.Count == call.Limit
            || (call.User.Got.Count < call.Limit && !call.Before.Memory.Exists(call.Operation.StartGfn + call.User.Got.Count)));

    [ClauseProperty("PEEK-2", "G14", AtLeast = 50)]
    public Property It_does_not_read_past_a_hole(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsPages: true, IsAnswer: true } && HoleInReach(call),
        must: call => call.Operation.StartGfn + call.User.Got.Count == call.Before.Memory.EndOfRun(call.Operation.StartGfn));

    [ClauseProperty("PEEK-3", "G6", AtLeast = 1000)]
    public Property Nothing_changes_whatever_the_result(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.IsPeek,
        must: call => call.ChangesNothing);

    [ClauseProperty("PEEK-3", AtLeast = 200)]
    public Property Migration_mode_is_not_needed(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsPages: true, StructWritable: true, Before.Migrating: false } && call.BufferBytes >= call.Limit,
        must: call => call.IsAnswer);

    [ClauseProperty("PEEK-3", "GET-CHECK-8", "GET-CHECK-9", AtLeast = 50)]
    public Property A_write_that_faults_is_EFAULT_and_changes_nothing(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.FindsPages && (!call.StructWritable || call.BufferBytes < Reach(call)),
        must: call => call.IsRefusedWith(Errno.EFAULT));

    [ClauseProperty("PEEK-ANSWER-1", AtLeast = 500)]
    public Property Start_gfn_is_as_passed_in(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsPages: true, IsAnswer: true },
        must: call => call.User.Got.StartGfn == call.Operation.StartGfn);

    [ClauseProperty("PEEK-ANSWER-2", AtLeast = 500)]
    public Property Count_becomes_the_number_of_values_written(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsPages: true, IsAnswer: true },
        must: call => call.User.Got.Count == (uint)call.Values.Length && call.User.Got.Count > 0 && call.User.Got.Count <= call.Limit);

    [ClauseProperty("PEEK-ANSWER-3", AtLeast = 200)]
    public Property Remaining_becomes_the_number_of_dirty_pages_in_all_slots_while_migrating(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsPages: true, IsAnswer: true, Before.AnyDirty: true },
        must: call => call.User.Got.RemainingOrMask == (ulong)call.Before.Memory.Dirty.Count);

    [ClauseProperty("PEEK-ANSWER-3", AtLeast = 200)]
    public Property Remaining_becomes_0_where_migration_mode_is_off(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsPages: true, IsAnswer: true, Before.Migrating: false },
        must: call => call.User.Got.RemainingOrMask == 0);

    [ClauseProperty("PEEK-ANSWER-4", AtLeast = 500)]
    public Property Flags_and_values_are_as_passed_in(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsPages: true, IsAnswer: true },
        must: call => call.User.Got.Flags == 1 && call.User.Got.Values == call.User.Given.Values);

    private static ulong Reach(GetCall call) => Math.Min(call.Limit, call.Before.Memory.EndOfRun(call.Operation.StartGfn) - call.Operation.StartGfn);

    private static bool HoleInReach(GetCall call)
    {
        ulong end = call.Before.Memory.EndOfRun(call.Operation.StartGfn);
        return call.Before.Memory.Slots.Any(slot => slot.BaseGfn > end && slot.BaseGfn - call.Operation.StartGfn < call.Limit);
    }
}
