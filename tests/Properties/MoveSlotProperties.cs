// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class MoveSlotProperties : MachineProperties
{
    private static readonly Int128 EndOfMemory = (Int128)1 << 52;

    [ClauseProperty("MOVE-SLOT-CHECK-1", AtLeast = 20)]
    public Property An_unknown_id_is_refused(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => seen.Before.Slot(seen.Operation.Id) == null,
        must: seen => seen.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("MOVE-SLOT-CHECK-2", "MOVE-SLOT-2", AtLeast = 20)]
    public Property Pages_past_the_end_of_memory_are_refused(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => seen.Before.Slot(seen.Operation.Id) != null && End(seen) > EndOfMemory,
        must: seen => seen.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("MOVE-SLOT-CHECK-2", AtLeast = 20)]
    public Property The_last_page_of_memory_is_not_past_it(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => seen.Before.Slot(seen.Operation.Id) != null && End(seen) == EndOfMemory,
        must: seen => seen.Result == (Overlaps(seen) ? -(int)Errno.EEXIST : seen.Operation.AllocationFails ? -(int)Errno.ENOMEM : 0));

    [ClauseProperty("MOVE-SLOT-CHECK-3", "MOVE-SLOT-2", AtLeast = 50)]
    public Property Overlap_with_another_slot_is_refused(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => Fits(seen) && Overlaps(seen),
        must: seen => seen.IsRefusedWith(Errno.EEXIST));

    [ClauseProperty("MOVE-SLOT-CHECK-3", AtLeast = 30)]
    public Property Overlap_with_its_own_old_pages_is_not_refused(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => Moves(seen) && OverlapsItself(seen),
        must: seen => seen.Succeeds);

    [ClauseProperty("MOVE-SLOT-CHECK-4", "MOVE-SLOT-2", AtLeast = 15)]
    public Property No_memory_for_the_slot_is_ENOMEM_and_changes_nothing(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => Fits(seen) && !Overlaps(seen) && seen.Operation.AllocationFails,
        must: seen => seen.IsRefusedWith(Errno.ENOMEM));

    [ClauseProperty("MOVE-SLOT-CHECK-4", AtLeast = 2)]
    public Property Memory_is_asked_for_also_where_the_new_base_is_the_old_one(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => Fits(seen) && seen.Operation.AllocationFails && Slot(seen).BaseGfn == seen.Operation.BaseGfn,
        must: seen => seen.IsRefusedWith(Errno.ENOMEM));

    [ClauseProperty("MOVE-SLOT-CHECK-4", AtLeast = 10)]
    public Property Every_other_check_comes_before_the_one_for_memory(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => !(Fits(seen) && !Overlaps(seen)) && seen.Operation.AllocationFails,
        must: seen => !seen.Succeeds && seen.Result != -(int)Errno.ENOMEM);

    [ClauseProperty("MOVE-SLOT-1", AtLeast = 100)]
    public Property The_slot_is_deleted_and_created_at_the_new_base(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => Moves(seen) && !(seen.Before.Migrating && !Slot(seen).DirtyLog),
        must: seen => seen.SucceedsWith(Moved(seen)));

    [ClauseProperty("MOVE-SLOT-1", AtLeast = 10)]
    public Property The_pages_begin_anew_also_where_the_new_base_is_the_old_one(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => Moves(seen) && Slot(seen).BaseGfn == seen.Operation.BaseGfn,
        must: seen => After(seen, page => page == default));

    [ClauseProperty("MOVE-SLOT-3", AtLeast = 1)]
    public Property Without_dirty_log_while_migrating_migration_mode_stops(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => Moves(seen) && seen.Before.Migrating && !Slot(seen).DirtyLog,
        must: seen => seen.SucceedsWith(Moved(seen).WithMigrationStopped()));

    [ClauseProperty("MOVE-SLOT-3", AtLeast = 50)]
    public Property With_dirty_log_while_migrating_migration_mode_stays_and_the_moved_pages_are_clean(Trace trace) => ForAll<Seen<Operation.MoveSlot>>(
        trace,
        when: seen => Moves(seen) && seen.Before.Migrating && Slot(seen).DirtyLog,
        must: seen => seen.After.Migrating && After(seen, page => !page.Dirty));

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
