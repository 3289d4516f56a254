using System.Linq;
using Cmma.Abi;
using Cmma.Exploring.Fuzzing.Threads;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class SetProperties : MachineProperties
{
    [Fact]
    [Clause("SET-CHECK-1")]
    public void A_struct_that_cannot_be_read_is_EFAULT_whatever_else() => Always<SetCall>(
        when: call => call.Check == SetCheck.StructUnreadable,
        must: call => call.IsRefusedWith(Errno.EFAULT),
        atLeast: 50);

    [Fact]
    [Clause("SET-CHECK-2")]
    public void Without_CMMA_it_is_ENXIO() => Always<SetCall>(
        when: call => call.Check == SetCheck.NotEnabled,
        must: call => call.IsRefusedWith(Errno.ENXIO),
        atLeast: 100);

    [Fact]
    [Clause("SET-CHECK-3")]
    public void Any_flag_is_EINVAL() => Always<SetCall>(
        when: call => call.Check == SetCheck.UnknownFlag,
        must: call => call.IsRefusedWith(Errno.EINVAL),
        atLeast: 50);

    [Fact]
    [Clause("SET-CHECK-3")]
    public void PEEK_is_EINVAL_too() => Always<SetCall>(
        when: call => call is { Check: SetCheck.UnknownFlag, Operation.Flags: 1 },
        must: call => call.IsRefusedWith(Errno.EINVAL),
        atLeast: 15);

    [Fact]
    [Clause("SET-CHECK-4")]
    public void A_count_above_1048576_is_EINVAL() => Always<SetCall>(
        when: call => call.Check == SetCheck.CountAboveLimit,
        must: call => call.IsRefusedWith(Errno.EINVAL),
        atLeast: 30);

    [Fact]
    [Clause("SET-CHECK-4")]
    public void A_count_of_1048576_is_none() => Always<SetCall>(
        when: call => call.Check > SetCheck.CountAboveLimit && call.Operation.Count == 1_048_576,
        must: call => call.Result != -(int)Errno.EINVAL,
        atLeast: 30);

    [Fact]
    [Clause("SET-CHECK-5")]
    public void A_count_of_0_succeeds_and_does_nothing() => Always<SetCall>(
        when: call => call.Check == SetCheck.NothingAsked,
        must: call => call.Succeeds && call.ChangesNothing && !call.User.ReadsOfValues.Any(),
        atLeast: 30);

    [Fact]
    [Clause("SET-CHECK-5")]
    public void With_a_count_of_0_the_page_need_not_exist() => Always<SetCall>(
        when: call => call.Check == SetCheck.NothingAsked && !call.Before.Memory.Exists(call.Operation.StartGfn),
        must: call => call.Succeeds && call.ChangesNothing,
        atLeast: 5);

    [Fact]
    [Clause("SET-CHECK-6")]
    public void No_memory_for_the_values_is_ENOMEM() => Always<SetCall>(
        when: call => call.Check == SetCheck.NoMemory,
        must: call => call.IsRefusedWith(Errno.ENOMEM),
        atLeast: 50);

    [Fact]
    [Clause("SET-CHECK-6")]
    public void An_earlier_check_needs_no_memory() => Always<SetCall>(
        when: call => call is { Check: < SetCheck.NoMemory, Operation.AllocationFails: true },
        must: call => call.Result != -(int)Errno.ENOMEM,
        atLeast: 10);

    [Fact]
    [Clause("SET-CHECK-7")]
    public void Values_that_cannot_be_read_are_EFAULT_and_no_page_changes() => Always<SetCall>(
        when: call => call.Check == SetCheck.ValuesUnreadable,
        must: call => call.IsRefusedWith(Errno.EFAULT),
        atLeast: 100);

    [Fact]
    [Clause("SET-1")]
    public void Migration_mode_is_not_needed_and_stays() => Always<SetCall>(
        when: call => call.Walks,
        must: call => call.Succeeds == !call.MeetsMissingPage && call.After.Migrating == call.Before.Migrating,
        atLeast: 1000);

    [Fact]
    [Clause("SET-1")]
    public void It_works_with_migration_mode_off() => Always<SetCall>(
        when: call => call is { Walks: true, MeetsMissingPage: false, Before.Migrating: false },
        must: call => call.Succeeds,
        atLeast: 200);

    [Fact]
    [Clause("SET-2")]
    public void Neither_struct_nor_buffer_is_written() => Always<SetCall>(
        when: _ => true,
        must: call => !call.User.Steps.Any(step => step.IsWrite) && call.User.Got == call.User.Given,
        atLeast: 2000);

    [Fact]
    [Clause("SET-MASK-1")]
    public void The_selected_bits_come_from_the_byte_and_the_others_stay() => EveryIn<SetCall, ulong>(
        of: call => call.Walks ? call.Before.Memory.Gfns.Where(call.InReach) : [],
        must: (call, gfn) => Takes(call, gfn, selected: (byte)((call.Operation.Mask >> 24) & 0x43)),
        atLeast: 10_000);

    [Fact]
    [Clause("SET-MASK-1")]
    public void Where_the_mask_selects_a_part_the_other_part_stays() => EveryIn<SetCall, ulong>(
        of: call => call.Walks && ((call.Operation.Mask >> 24) & 0x43) is not (0 or 0x43) ? call.Before.Memory.Gfns.Where(call.InReach) : [],
        must: (call, gfn) => Takes(call, gfn, selected: (byte)((call.Operation.Mask >> 24) & 0x43)),
        atLeast: 5000);

    [Fact]
    [Clause("SET-MASK-1")]
    public void A_mask_that_selects_nothing_is_as_good_as_any_other() => Always<SetCall>(
        when: call => call.Walks && ((call.Operation.Mask >> 24) & 0x43) == 0,
        must: call => call.Result == (call.MeetsMissingPage ? -(int)Errno.EFAULT : 0) && call.After == call.Before with { Used = true },
        atLeast: 100);

    [Fact]
    [Clause("SET-MASK-2")]
    public void Other_bits_of_the_mask_have_no_effect() => Always<SetCall>(
        when: call => call.Walks && (call.Operation.Mask & 0xffff_ffff_bcff_ffff) != 0 && (call.Operation.Mask & 0x4300_0000) == 0,
        must: call => call.After.Memory.Equals(call.Before.Memory),
        atLeast: 100);

    [Fact]
    [Clause("SET-MASK-2")]
    public void Other_bits_of_a_byte_have_no_effect() => EveryIn<SetCall, ulong>(
        of: call => call.Walks ? call.Before.Memory.Gfns.Where(gfn => call.InReach(gfn) && (call.Values[gfn - call.Operation.StartGfn] & 0xbc) != 0) : [],
        must: (call, gfn) => (call.After.Memory[gfn].Attributes & 0xbc) == 0,
        atLeast: 3000);

    [Fact]
    [Clause("SET-WALK-1")]
    public void The_first_page_that_does_not_exist_is_EFAULT_and_pages_before_it_keep_their_new_values() => Always<SetCall>(
        when: call => call is { Walks: true, MeetsMissingPage: true, PagesInReach: > 0 },
        must: call => call.Result == -(int)Errno.EFAULT
            && call.Before.Memory.Gfns.Where(call.InReach).All(gfn => Takes(call, gfn, (byte)((call.Operation.Mask >> 24) & 0x43))),
        atLeast: 500);

    [Fact]
    [Clause("SET-WALK-1")]
    public void It_may_be_the_first_page_and_then_no_page_changes() => Always<SetCall>(
        when: call => call is { Walks: true, PagesInReach: 0 },
        must: call => call.Result == -(int)Errno.EFAULT && call.After.Memory.Equals(call.Before.Memory),
        atLeast: 200);

    [Fact]
    [Clause("SET-WALK-1")]
    public void Pages_behind_a_hole_and_all_others_stay_as_they_were() => EveryIn<SetCall, ulong>(
        of: call => call.Walks ? call.Before.Memory.Gfns.Where(gfn => !call.InReach(gfn)) : [],
        must: (call, gfn) => call.After.Memory[gfn] == call.Before.Memory[gfn],
        atLeast: 50_000);

    [Fact]
    [Clause("SET-WALK-1")]
    [Clause("SET-USED-1")]
    public void Only_attributes_of_pages_in_reach_and_used_change() => Always<SetCall>(
        when: call => call.Walks,
        must: call => call.After == call.Before.WithPages((gfn, page) => call.InReach(gfn) ? page with { Attributes = call.After.Memory[gfn].Attributes } : page)
            with { Used = true },
        atLeast: 1000);

    [Fact]
    [Clause("SET-WALK-1")]
    public void Adjoining_slots_are_walked_through() => Always<SetCall>(
        when: call => call is { Walks: true, MeetsMissingPage: false } && call.Before.Memory.Slots.Any(slot => slot.BaseGfn > call.Operation.StartGfn && call.InReach(slot.BaseGfn)),
        must: call => call.Succeeds,
        atLeast: 50);

    [Fact]
    [Clause("SET-WALK-2")]
    public void From_the_last_gfn_it_never_wraps_round_to_page_0() => Always<SetCall>(
        when: call => call.Walks && call.Operation.StartGfn > ulong.MaxValue - call.Operation.Count,
        must: call => call.Result == -(int)Errno.EFAULT && call.After.Memory.Equals(call.Before.Memory),
        atLeast: 30);

    [Fact]
    [Clause("SET-USED-1")]
    public void Used_is_set_also_where_the_walk_fails() => Always<SetCall>(
        when: call => call.Walks,
        must: call => call.After.Used,
        atLeast: 1000);

    [Fact]
    [Clause("SET-USED-1")]
    public void Used_is_set_where_it_was_off_and_the_first_page_does_not_exist() => Always<SetCall>(
        when: call => call is { Walks: true, PagesInReach: 0, Before.Used: false },
        must: call => call.After == call.Before with { Used = true },
        atLeast: 5);

    [Fact]
    [Clause("SET-USED-2")]
    public void Used_stays_where_a_check_ends_the_call() => Always<SetCall>(
        when: call => call is { Walks: false, Before.Used: false },
        must: call => !call.After.Used,
        atLeast: 100);

    [Fact]
    [Clause("SET-USED-2")]
    public void A_SET_of_no_page_does_not_count_as_use()
    {
        IMachine machine = NewMachine(arg: true);
        machine.EnableCmma();
        Assert.Equal(0, new Caller(1).Set(machine, 0, count: 0, mask: ulong.MaxValue));
        Assert.False(((IMachineState)machine).Used);
    }

    [Fact]
    [Clause("SET-USED-2")]
    public void Used_stays_where_the_values_cannot_be_read_or_count_is_0() => Always<SetCall>(
        when: call => call is { Check: SetCheck.ValuesUnreadable or SetCheck.NothingAsked, Before.Used: false },
        must: call => !call.After.Used,
        atLeast: 5);

    [Fact]
    [Clause("SET-DIRTY-1")]
    public void No_mark_changes() => Always<SetCall>(
        when: call => call.Walks && call.Before.Migrating,
        must: call => call.After.Memory.Dirty.SequenceEqual(call.Before.Memory.Dirty),
        atLeast: 500);

    [Fact]
    [Clause("SET-DIRTY-1")]
    [Clause("H2")]
    public void A_clean_page_stays_clean_while_migrating_though_its_attributes_change() => EveryIn<SetCall, ulong>(
        of: call => call.Before.Migrating ? call.Before.Memory.Gfns.Where(gfn =>
            !call.Before.Memory[gfn].Dirty && call.After.Memory[gfn].Attributes != call.Before.Memory[gfn].Attributes) : [],
        must: (call, gfn) => !call.After.Memory[gfn].Dirty,
        atLeast: 2000);

    private static bool Takes(SetCall call, ulong gfn, byte selected)
    {
        PageState old = call.Before.Memory[gfn];
        byte value = call.Values[gfn - call.Operation.StartGfn];
        return call.After.Memory[gfn] == old with { Attributes = (byte)((old.Attributes & ~selected) | (value & selected)) };
    }
}
