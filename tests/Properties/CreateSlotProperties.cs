// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class CreateSlotProperties : MachineProperties
{
    private static readonly Int128 EndOfMemory = (Int128)1 << 52;

    [ClauseProperty("CREATE-SLOT-CHECK-1", AtLeast = 20, Traces = typeof(SlotChangeTraces))]
    public Property No_pages_are_refused(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => seen.Operation.Pages == 0,
        must: seen => seen.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("CREATE-SLOT-CHECK-2", AtLeast = 30)]
    public Property More_than_2147483647_pages_are_refused_also_where_they_overlap(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => seen.Operation.Pages > 2_147_483_647,
        must: seen => seen.IsRefusedWith(Errno.EINVAL));

    [Fact]
    [Clause("CREATE-SLOT-CHECK-2")]
    public void The_number_of_2147483647_pages_is_no_reason_to_refuse()
    {
        // A slot is in their way, since this many pages cannot be made here: the check for overlap comes later.
        IMachine machine = NewMachine(arg: true);
        machine.CreateSlot(0, 100, 1, dirtyLog: true);
        Assert.Equal(-(int)Errno.EEXIST, machine.CreateSlot(1, 0, 2_147_483_647, dirtyLog: true));
        Assert.Equal(-(int)Errno.EINVAL, machine.CreateSlot(1, 0, 2_147_483_648, dirtyLog: true));
    }

    [ClauseProperty("CREATE-SLOT-CHECK-3", AtLeast = 30)]
    public Property Pages_past_the_end_of_memory_are_refused_also_where_they_overlap(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => seen.Operation.Pages is > 0 and < 1UL << 31 && End(seen) > EndOfMemory,
        must: seen => seen.IsRefusedWith(Errno.EINVAL));

    [Theory]
    [Clause("CREATE-SLOT-CHECK-3")]
    [Clause("G13")]
    [InlineData(ulong.MaxValue, 1)]
    [InlineData(ulong.MaxValue, 2)]
    [InlineData(ulong.MaxValue - 0xffe, 0x1000)]
    [InlineData(ulong.MaxValue - 0x7fff_fffe, 0x7fff_ffff)]
    public void A_sum_that_does_not_fit_64_bits_is_past_the_end_of_memory(ulong baseGfn, ulong pages)
    {
        IMachine machine = NewMachine(arg: true);
        Assert.Equal(-(int)Errno.EINVAL, machine.CreateSlot(0, baseGfn, pages, dirtyLog: true));
        Assert.Equal(0, machine.CreateSlot(0, 0, 1, dirtyLog: true));
        Assert.Equal(-(int)Errno.EINVAL, machine.MoveSlot(0, ulong.MaxValue));
    }

    [ClauseProperty("CREATE-SLOT-CHECK-3", AtLeast = 50)]
    public Property The_last_page_of_memory_is_not_past_it(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => Fits(seen) && End(seen) == EndOfMemory,
        must: seen => seen.Result == (Overlaps(seen) ? -(int)Errno.EEXIST : seen.Operation.AllocationFails ? -(int)Errno.ENOMEM : 0));

    [ClauseProperty("CREATE-SLOT-CHECK-4", AtLeast = 100)]
    public Property Overlapping_pages_are_refused(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => Fits(seen) && Overlaps(seen),
        must: seen => seen.IsRefusedWith(Errno.EEXIST));

    [ClauseProperty("CREATE-SLOT-CHECK-4", AtLeast = 200)]
    public Property Adjoining_pages_are_not_refused(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => Creates(seen) && (seen.Before.Memory.Exists(seen.Operation.BaseGfn - 1) || seen.Before.Memory.Exists((ulong)End(seen))),
        must: seen => seen.Succeeds);

    [ClauseProperty("CREATE-SLOT-CHECK-5", AtLeast = 15, Traces = typeof(SlotChangeTraces))]
    public Property No_memory_for_the_slot_is_ENOMEM_and_changes_nothing(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => Fits(seen) && !Overlaps(seen) && seen.Operation.AllocationFails,
        must: seen => seen.IsRefusedWith(Errno.ENOMEM));

    [ClauseProperty("CREATE-SLOT-CHECK-5", AtLeast = 15, Traces = typeof(SlotChangeTraces))]
    public Property Every_other_check_comes_before_the_one_for_memory(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => !(Fits(seen) && !Overlaps(seen)) && seen.Operation.AllocationFails,
        must: seen => !seen.Succeeds && seen.Result != -(int)Errno.ENOMEM);

    [ClauseProperty("CREATE-SLOT-1", AtLeast = 1000)]
    public Property The_pages_appear_as_new_ones_and_nothing_else_changes(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => Creates(seen) && !seen.Before.Migrating,
        must: seen => seen.SucceedsWith(WithSlot(seen)));

    [ClauseProperty("CREATE-SLOT-2", AtLeast = 15, Traces = typeof(SlotChangeTraces))]
    public Property Without_dirty_log_while_migrating_migration_mode_stops(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => Creates(seen) && seen.Before.Migrating && !seen.Operation.DirtyLog,
        must: seen => seen.SucceedsWith(WithSlot(seen).WithMigrationStopped()));

    [ClauseProperty("CREATE-SLOT-2", AtLeast = 15, Traces = typeof(SlotChangeTraces))]
    public Property A_slot_without_dirty_log_that_is_refused_does_not_stop_migration_mode(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => !Creates(seen) && seen.Before.Migrating && !seen.Operation.DirtyLog,
        must: seen => !seen.Succeeds && seen.ChangesNothing);

    [ClauseProperty("CREATE-SLOT-3", AtLeast = 50)]
    public Property With_dirty_log_while_migrating_migration_mode_stays_and_the_pages_are_clean(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => Creates(seen) && seen.Before.Migrating && seen.Operation.DirtyLog,
        must: seen => seen.SucceedsWith(WithSlot(seen)));

    [ClauseProperty("CREATE-SLOT-4", AtLeast = 500, Traces = typeof(MalformedTraces))]
    public Property An_id_in_use_is_refused_before_everything_else(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => seen.Before.Slot(seen.Operation.Id) != null,
        must: seen => seen.IsRefusedWith(Errno.EEXIST));

    private static Int128 End(Seen<Operation.CreateSlot> seen) => (Int128)seen.Operation.BaseGfn + seen.Operation.Pages;

    private static bool Fits(Seen<Operation.CreateSlot> seen) => seen.Operation.Pages is > 0 and < 1UL << 31 && End(seen) <= EndOfMemory;

    private static bool Overlaps(Seen<Operation.CreateSlot> seen) => seen.Before.Overlaps(seen.Operation.BaseGfn, seen.Operation.Pages);

    private static bool Creates(Seen<Operation.CreateSlot> seen) => Fits(seen) && !Overlaps(seen) && !seen.Operation.AllocationFails;

    private static Snapshot WithSlot(Seen<Operation.CreateSlot> seen)
    {
        Operation.CreateSlot create = seen.Operation;
        return seen.Before with { Memory = seen.Before.Memory.With(new Memslot(create.Id, create.BaseGfn, create.Pages, create.DirtyLog)) };
    }
}
