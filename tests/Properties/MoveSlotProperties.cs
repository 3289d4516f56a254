using System;
using Cmma.Abi;
using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class MoveSlotProperties : MachineProperties
{
    private static readonly Int128 EndOfMemory = (Int128)1 << 52;

    [Fact]
    [Clause("MOVE-SLOT-CHECK-1")]
    public void An_unknown_id_is_refused() => Always<Seen<Operation.MoveSlot>>(
        when: seen => seen.Before.Slot(seen.Operation.Id) == null,
        must: seen => seen.IsRefusedWith(Errno.EINVAL),
        atLeast: 20);

    [Fact]
    [Clause("MOVE-SLOT-CHECK-2")]
    [Clause("MOVE-SLOT-2")]
    public void Pages_past_the_end_of_memory_are_refused() => Always<Seen<Operation.MoveSlot>>(
        when: seen => seen.Before.Slot(seen.Operation.Id) != null && End(seen) > EndOfMemory,
        must: seen => seen.IsRefusedWith(Errno.EINVAL),
        atLeast: 20);

    [Fact]
    [Clause("MOVE-SLOT-CHECK-2")]
    public void The_last_page_of_memory_is_not_past_it() => Always<Seen<Operation.MoveSlot>>(
        when: seen => seen.Before.Slot(seen.Operation.Id) != null && End(seen) == EndOfMemory,
        must: seen => seen.Result == (Overlaps(seen) ? -(int)Errno.EEXIST : seen.Operation.AllocationFails ? -(int)Errno.ENOMEM : 0),
        atLeast: 20);

    [Fact]
    [Clause("MOVE-SLOT-CHECK-3")]
    [Clause("MOVE-SLOT-2")]
    public void Overlap_with_another_slot_is_refused() => Always<Seen<Operation.MoveSlot>>(
        when: seen => Fits(seen) && Overlaps(seen),
        must: seen => seen.IsRefusedWith(Errno.EEXIST),
        atLeast: 50);

    [Fact]
    [Clause("MOVE-SLOT-CHECK-3")]
    public void Overlap_with_its_own_old_pages_is_not_refused() => Always<Seen<Operation.MoveSlot>>(
        when: seen => Moves(seen) && OverlapsItself(seen),
        must: seen => seen.Succeeds,
        atLeast: 30);

    [Fact]
    [Clause("MOVE-SLOT-CHECK-4")]
    [Clause("MOVE-SLOT-2")]
    public void No_memory_for_the_slot_is_ENOMEM_and_changes_nothing() => Always<Seen<Operation.MoveSlot>>(
        when: seen => Fits(seen) && !Overlaps(seen) && seen.Operation.AllocationFails,
        must: seen => seen.IsRefusedWith(Errno.ENOMEM),
        atLeast: 30);

    [Fact]
    [Clause("MOVE-SLOT-CHECK-4")]
    public void Memory_is_asked_for_also_where_the_new_base_is_the_old_one() => Always<Seen<Operation.MoveSlot>>(
        when: seen => Fits(seen) && seen.Operation.AllocationFails && Slot(seen).BaseGfn == seen.Operation.BaseGfn,
        must: seen => seen.IsRefusedWith(Errno.ENOMEM),
        atLeast: 2);

    [Fact]
    [Clause("MOVE-SLOT-CHECK-4")]
    public void Every_other_check_comes_before_the_one_for_memory() => Always<Seen<Operation.MoveSlot>>(
        when: seen => !(Fits(seen) && !Overlaps(seen)) && seen.Operation.AllocationFails,
        must: seen => !seen.Succeeds && seen.Result != -(int)Errno.ENOMEM,
        atLeast: 10);

    [Fact]
    [Clause("MOVE-SLOT-1")]
    public void The_slot_is_deleted_and_created_at_the_new_base() => Always<Seen<Operation.MoveSlot>>(
        when: seen => Moves(seen) && !(seen.Before.Migrating && !Slot(seen).DirtyLog),
        must: seen => seen.SucceedsWith(Moved(seen)),
        atLeast: 100);

    [Fact]
    [Clause("MOVE-SLOT-1")]
    public void The_pages_begin_anew_also_where_the_new_base_is_the_old_one() => Always<Seen<Operation.MoveSlot>>(
        when: seen => Moves(seen) && Slot(seen).BaseGfn == seen.Operation.BaseGfn,
        must: seen => After(seen, page => page == default),
        atLeast: 10);

    [Fact]
    [Clause("MOVE-SLOT-3")]
    public void Without_dirty_log_while_migrating_migration_mode_stops() => Always<Seen<Operation.MoveSlot>>(
        when: seen => Moves(seen) && seen.Before.Migrating && !Slot(seen).DirtyLog,
        must: seen => seen.SucceedsWith(Moved(seen).WithMigrationStopped()),
        atLeast: 1);

    [Fact]
    [Clause("MOVE-SLOT-3")]
    public void With_dirty_log_while_migrating_migration_mode_stays_and_the_moved_pages_are_clean() => Always<Seen<Operation.MoveSlot>>(
        when: seen => Moves(seen) && seen.Before.Migrating && Slot(seen).DirtyLog,
        must: seen => seen.After.Migrating && After(seen, page => !page.Dirty),
        atLeast: 50);

    private static Memslot Slot(Seen<Operation.MoveSlot> seen) => seen.Before.Slot(seen.Operation.Id) ?? default;

    private static Int128 End(Seen<Operation.MoveSlot> seen) => (Int128)seen.Operation.BaseGfn + Slot(seen).Pages;

    private static bool Fits(Seen<Operation.MoveSlot> seen) => seen.Before.Slot(seen.Operation.Id) != null && End(seen) <= EndOfMemory;

    private static bool Overlaps(Seen<Operation.MoveSlot> seen) =>
        seen.Before.Overlaps(seen.Operation.BaseGfn, Slot(seen).Pages, except: seen.Operation.Id);

    private static bool OverlapsItself(Seen<Operation.MoveSlot> seen) =>
        (Int128)Slot(seen).BaseGfn < End(seen) && seen.Operation.BaseGfn < Slot(seen).BaseGfn + Slot(seen).Pages;

    private static bool Moves(Seen<Operation.MoveSlot> seen) => Fits(seen) && !Overlaps(seen) && !seen.Operation.AllocationFails;

    private static Snapshot Moved(Seen<Operation.MoveSlot> seen) => seen.Before with
    {
        Memory = seen.Before.Memory.Without(seen.Operation.Id).With(Slot(seen) with { BaseGfn = seen.Operation.BaseGfn }),
    };

    private static bool After(Seen<Operation.MoveSlot> seen, Predicate<PageState> holds)
    {
        for (ulong page = 0; page < Slot(seen).Pages; page++)
        {
            if (!holds(seen.After.Memory[seen.Operation.BaseGfn + page]))
            {
                return false;
            }
        }

        return seen.After.Memory.Exists(seen.Operation.BaseGfn);
    }
}
