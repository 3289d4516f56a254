// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class DeleteSlotProperties : MachineProperties
{
    [ClauseProperty("DELETE-SLOT-CHECK-1", AtLeast = 20)]
    public Property An_unknown_id_is_refused(Trace trace) => ForAll<Seen<Operation.DeleteSlot>>(
        trace,
        when: seen => seen.Before.Slot(seen.Operation.Id) == null,
        must: seen => seen.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("DELETE-SLOT-1", AtLeast = 100)]
    public Property The_pages_vanish_with_their_marks_and_nothing_else_changes(Trace trace) => ForAll<Seen<Operation.DeleteSlot>>(
        trace,
        when: seen => seen.Before.Slot(seen.Operation.Id) != null,
        must: seen => seen.SucceedsWith(seen.Before with { Memory = seen.Before.Memory.Without(seen.Operation.Id) }));

    [ClauseProperty("DELETE-SLOT-1", AtLeast = 100)]
    public Property A_page_that_comes_back_has_none_of_what_it_held(Trace trace) => ForAll<Seen<Operation.CreateSlot>>(
        trace,
        when: seen => seen.Succeeds && seen.Index > 5,
        must: seen => seen.After.Memory[seen.Operation.BaseGfn] == default);

    [ClauseProperty("DELETE-SLOT-2", AtLeast = 50)]
    public Property Migration_mode_stays_whatever_the_dirty_log(Trace trace) => ForAll<Seen<Operation.DeleteSlot>>(
        trace,
        when: seen => seen.Before.Migrating && seen.Before.Slot(seen.Operation.Id) != null,
        must: seen => seen.After.Migrating);

    [ClauseProperty("DELETE-SLOT-2", AtLeast = 30)]
    public Property Migration_mode_stays_when_the_last_slot_goes(Trace trace) => ForAll<Seen<Operation.DeleteSlot>>(
        trace,
        when: seen => seen.Before.Migrating && seen.Before.Memory.Slots.Count == 1 && seen.Succeeds,
        must: seen => seen.After is { Migrating: true, Memory.Slots.Count: 0 });

    [ClauseProperty("DELETE-SLOT-3", AtLeast = 15)]
    public Property Memory_makes_no_difference(Trace trace) => ForAll<Seen<Operation.DeleteSlot>>(
        trace,
        when: seen => seen.Operation.AllocationFails && seen.Before.Slot(seen.Operation.Id) != null,
        must: seen => seen.SucceedsWith(seen.Before with { Memory = seen.Before.Memory.Without(seen.Operation.Id) }));
}
