using Cmma.Abi;
using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class DeleteSlotProperties : MachineProperties
{
    [Fact]
    [Clause("DELETE-SLOT-CHECK-1")]
    public void An_unknown_id_is_refused() => Always<Seen<Operation.DeleteSlot>>(
        when: seen => seen.Before.Slot(seen.Operation.Id) == null,
        must: seen => seen.IsRefusedWith(Errno.EINVAL),
        atLeast: 20);

    [Fact]
    [Clause("DELETE-SLOT-1")]
    public void The_pages_vanish_with_their_marks_and_nothing_else_changes() => Always<Seen<Operation.DeleteSlot>>(
        when: seen => seen.Before.Slot(seen.Operation.Id) != null,
        must: seen => seen.SucceedsWith(seen.Before with { Memory = seen.Before.Memory.Without(seen.Operation.Id) }),
        atLeast: 100);

    [Fact]
    [Clause("DELETE-SLOT-1")]
    public void A_page_that_comes_back_has_none_of_what_it_held() => Always<Seen<Operation.CreateSlot>>(
        when: seen => seen.Succeeds && seen.Index > 5,
        must: seen => seen.After.Memory[seen.Operation.BaseGfn] == default,
        atLeast: 100);

    [Fact]
    [Clause("DELETE-SLOT-2")]
    public void Migration_mode_stays_whatever_the_dirty_log() => Always<Seen<Operation.DeleteSlot>>(
        when: seen => seen.Before.Migrating && seen.Before.Slot(seen.Operation.Id) != null,
        must: seen => seen.After.Migrating,
        atLeast: 50);

    [Fact]
    [Clause("DELETE-SLOT-2")]
    public void Migration_mode_stays_when_the_last_slot_goes() => Always<Seen<Operation.DeleteSlot>>(
        when: seen => seen.Before.Migrating && seen.Before.Memory.Slots.Count == 1 && seen.Succeeds,
        must: seen => seen.After is { Migrating: true, Memory.Slots.Count: 0 },
        atLeast: 30);

    [Fact]
    [Clause("DELETE-SLOT-3")]
    public void Memory_makes_no_difference() => Always<Seen<Operation.DeleteSlot>>(
        when: seen => seen.Operation.AllocationFails && seen.Before.Slot(seen.Operation.Id) != null,
        must: seen => seen.SucceedsWith(seen.Before with { Memory = seen.Before.Memory.Without(seen.Operation.Id) }),
        atLeast: 20);
}
