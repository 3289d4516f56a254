// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Fuzzing.Threads;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class SetProperties : MachineProperties
{
    [ClauseProperty("SET-CHECK-1", AtLeast = 50)]
    public Property A_struct_that_cannot_be_read_is_EFAULT_whatever_else(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Check == SetCheck.StructUnreadable,
        must: call => call.IsRefusedWith(Errno.EFAULT));

    [ClauseProperty("SET-CHECK-2", AtLeast = 100)]
    public Property Without_CMMA_it_is_ENXIO(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Check == SetCheck.NotEnabled,
        must: call => call.IsRefusedWith(Errno.ENXIO));

    [ClauseProperty("SET-CHECK-3", AtLeast = 50)]
    public Property Any_flag_is_EINVAL(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Check == SetCheck.UnknownFlag,
        must: call => call.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("SET-CHECK-3", AtLeast = 15)]
    public Property PEEK_is_EINVAL_too(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call is { Check: SetCheck.UnknownFlag, Operation.Flags: 1 },
        must: call => call.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("SET-CHECK-4", AtLeast = 30)]
    public Property A_count_above_1048576_is_EINVAL(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Check == SetCheck.CountAboveLimit,
        must: call => call.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("SET-CHECK-4", AtLeast = 30)]
    public Property A_count_of_1048576_is_none(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Check > SetCheck.CountAboveLimit && call.Operation.Count == 1_048_576,
        must: call => call.Result != -(int)Errno.EINVAL);

    [ClauseProperty("SET-CHECK-5", AtLeast = 30)]
    public Property A_count_of_0_succeeds_and_does_nothing(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Check == SetCheck.NothingAsked,
        must: call => call.Succeeds && call.ChangesNothing && !call.User.ReadsOfValues.Any());

    [ClauseProperty("SET-CHECK-5", AtLeast = 5)]
    public Property With_a_count_of_0_the_page_need_not_exist(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Check == SetCheck.NothingAsked && !call.Before.Memory.Exists(call.Operation.StartGfn),
        must: call => call.Succeeds && call.ChangesNothing);

    [ClauseProperty("SET-CHECK-6", AtLeast = 50)]
    public Property No_memory_for_the_values_is_ENOMEM(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Check == SetCheck.NoMemory,
        must: call => call.IsRefusedWith(Errno.ENOMEM));

    [ClauseProperty("SET-CHECK-6", AtLeast = 10)]
    public Property An_earlier_check_needs_no_memory(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call is { Check: < SetCheck.NoMemory, Operation.AllocationFails: true },
        must: call => call.Result != -(int)Errno.ENOMEM);

    [ClauseProperty("SET-CHECK-7", AtLeast = 100)]
    public Property Values_that_cannot_be_read_are_EFAULT_and_no_page_changes(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Check == SetCheck.ValuesUnreadable,
        must: call => call.IsRefusedWith(Errno.EFAULT));

    [ClauseProperty("SET-1", AtLeast = 1000)]
    public Property Migration_mode_is_not_needed_and_stays(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Walks,
        must: call => call.Succeeds == !call.MeetsMissingPage && call.After.Migrating == call.Before.Migrating);

    [ClauseProperty("SET-1", AtLeast = 200)]
    public Property It_works_with_migration_mode_off(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call is { Walks: true, MeetsMissingPage: false, Before.Migrating: false },
        must: call => call.Succeeds);

    [ClauseProperty("SET-2", AtLeast = 2000)]
    public Property Neither_struct_nor_buffer_is_written(Trace trace) => ForAll<SetCall>(
        trace,
        when: _ => true,
        must: call => !call.User.Steps.Any(step => step.IsWrite) && call.User.Got == call.User.Given);

    [ClauseProperty("SET-MASK-1", AtLeast = 10_000)]
    public Property The_selected_bits_come_from_the_byte_and_the_others_stay(Trace trace) => ForAll<SetCall, ulong>(
        trace,
        of: call => call.Walks ? call.Before.Memory.Gfns.Where(call.InReach) : [],
        must: (call, gfn) => Takes(call, gfn, selected: (byte)((call.Operation.Mask >> 24) & 0x43)));

    [ClauseProperty("SET-MASK-1", AtLeast = 5000)]
    public Property Where_the_mask_selects_a_part_the_other_part_stays(Trace trace) => ForAll<SetCall, ulong>(
        trace,
        of: call => call.Walks && ((call.Operation.Mask >> 24) & 0x43) is not (0 or 0x43) ? call.Before.Memory.Gfns.Where(call.InReach) : [],
        must: (call, gfn) => Takes(call, gfn, selected: (byte)((call.Operation.Mask >> 24) & 0x43)));

    [ClauseProperty("SET-MASK-1", AtLeast = 100)]
    public Property A_mask_that_selects_nothing_is_as_good_as_any_other(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Walks && ((call.Operation.Mask >> 24) & 0x43) == 0,
        must: call => call.Result == (call.MeetsMissingPage ? -(int)Errno.EFAULT : 0) && call.After == call.Before with { Used = true });

    [ClauseProperty("SET-MASK-2", AtLeast = 100)]
    public Property Other_bits_of_the_mask_have_no_effect(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Walks && (call.Operation.Mask & 0xffff_ffff_bcff_ffff) != 0 && (call.Operation.Mask & 0x4300_0000) == 0,
        must: call => call.After.Memory.Equals(call.Before.Memory));

    [ClauseProperty("SET-MASK-2", AtLeast = 3000)]
    public Property Other_bits_of_a_byte_have_no_effect(Trace trace) => ForAll<SetCall, ulong>(
        trace,
        of: call => call.Walks ? call.Before.Memory.Gfns.Where(gfn => call.InReach(gfn) && (call.Values[gfn - call.Operation.StartGfn] & 0xbc) != 0) : [],
        must: (call, gfn) => (call.After.Memory[gfn].Attributes & 0xbc) == 0);

    [ClauseProperty("SET-WALK-1", "G14", AtLeast = 500)]
    public Property The_first_page_that_does_not_exist_is_EFAULT_and_pages_before_it_keep_their_new_values(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call is { Walks: true, MeetsMissingPage: true, PagesInReach: > 0 },
        must: call => call.Result == -(int)Errno.EFAULT
            && call.Before.Memory.Gfns.Where(call.InReach).All(gfn => Takes(call, gfn, (byte)((call.Operation.Mask >> 24) & 0x43))));

    [ClauseProperty("SET-WALK-1", AtLeast = 200)]
    public Property It_may_be_the_first_page_and_then_no_page_changes(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call is { Walks: true, PagesInReach: 0 },
        must: call => call.Result == -(int)Errno.EFAULT && call.After.Memory.Equals(call.Before.Memory));

    [ClauseProperty("SET-WALK-1", AtLeast = 50_000)]
    public Property Pages_behind_a_hole_and_all_others_stay_as_they_were(Trace trace) => ForAll<SetCall, ulong>(
        trace,
        of: call => call.Walks ? call.Before.Memory.Gfns.Where(gfn => !call.InReach(gfn)) : [],
        must: (call, gfn) => call.After.Memory[gfn] == call.Before.Memory[gfn]);

    [ClauseProperty("SET-WALK-1", "SET-USED-1", AtLeast = 1000)]
    public Property Only_attributes_of_pages_in_reach_and_used_change(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Walks,
        must: call => call.After == call.Before.WithPages((gfn, page) => call.InReach(gfn) ? page with { Attributes = call.After.Memory[gfn].Attributes } : page)
            with { Used = true });

    [ClauseProperty("SET-WALK-1", AtLeast = 50)]
    public Property Adjoining_slots_are_walked_through(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call is { Walks: true, MeetsMissingPage: false } && call.Before.Memory.Slots.Any(slot => slot.BaseGfn > call.Operation.StartGfn && call.InReach(slot.BaseGfn)),
        must: call => call.Succeeds);

    [ClauseProperty("SET-WALK-2", AtLeast = 30)]
    public Property From_the_last_gfn_it_never_wraps_round_to_page_0(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Walks && call.Operation.StartGfn > ulong.MaxValue - call.Operation.Count,
        must: call => call.Result == -(int)Errno.EFAULT && call.After.Memory.Equals(call.Before.Memory));

    [ClauseProperty("SET-USED-1", AtLeast = 1000)]
    public Property Used_is_set_also_where_the_walk_fails(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Walks,
        must: call => call.After.Used);

    [ClauseProperty("SET-USED-1", AtLeast = 5)]
    public Property Used_is_set_where_it_was_off_and_the_first_page_does_not_exist(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call is { Walks: true, PagesInReach: 0, Before.Used: false },
        must: call => call.After == call.Before with { Used = true });

    [ClauseProperty("SET-USED-2", AtLeast = 100)]
    public Property Used_stays_where_a_check_ends_the_call(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call is { Walks: false, Before.Used: false },
        must: call => !call.After.Used);

    [Fact]
    [Clause("SET-USED-2")]
    public void A_SET_of_no_page_does_not_count_as_use()
    {
        IMachine machine = NewMachine(arg: true);
        machine.EnableCmma();
        Assert.Equal(0, new Caller(1).Set(machine, 0, count: 0, mask: ulong.MaxValue));
        Assert.False(((IMachineState)machine).Used);
    }

    [ClauseProperty("SET-USED-2", AtLeast = 5)]
    public Property Used_stays_where_the_values_cannot_be_read_or_count_is_0(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call is { Check: SetCheck.ValuesUnreadable or SetCheck.NothingAsked, Before.Used: false },
        must: call => !call.After.Used);

    [ClauseProperty("SET-DIRTY-1", AtLeast = 500)]
    public Property No_mark_changes(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Walks && call.Before.Migrating,
        must: call => call.After.Memory.Dirty.SequenceEqual(call.Before.Memory.Dirty));

    [ClauseProperty("SET-DIRTY-1", "H2", AtLeast = 2000)]
    public Property A_clean_page_stays_clean_while_migrating_though_its_attributes_change(Trace trace) => ForAll<SetCall, ulong>(
        trace,
        of: call => call.Before.Migrating ? call.Before.Memory.Gfns.Where(gfn =>
            !call.Before.Memory[gfn].Dirty && call.After.Memory[gfn].Attributes != call.Before.Memory[gfn].Attributes) : [],
        must: (call, gfn) => !call.After.Memory[gfn].Dirty);

    private static bool Takes(SetCall call, ulong gfn, byte selected)
    {
        PageState old = call.Before.Memory[gfn];
        byte value = call.Values[gfn - call.Operation.StartGfn];
        return call.After.Memory[gfn] == old with { Attributes = (byte)((old.Attributes & ~selected) | (value & selected)) };
    }
}
