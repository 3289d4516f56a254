using Cmma.Abi;
using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class StartMigrationProperties : MachineProperties
{
    [Fact]
    [Clause("START-MIGRATION-CHECK-1")]
    public void If_it_is_on_nothing_is_marked_again() => Always<Seen<Operation.StartMigration>>(
        when: seen => seen.Before.Migrating,
        must: seen => seen.Succeeds && seen.ChangesNothing,
        atLeast: 200);

    [Fact]
    [Clause("START-MIGRATION-CHECK-1")]
    public void If_it_is_on_slots_are_not_looked_at() => Always<Seen<Operation.StartMigration>>(
        when: seen => seen.Before.Migrating && (seen.Before.Memory.Slots.Count == 0 || !seen.Before.AllSlotsHaveDirtyLog),
        must: seen => seen.Succeeds && seen.ChangesNothing,
        atLeast: 10);

    [Fact]
    [Clause("START-MIGRATION-CHECK-2")]
    public void Without_slots_it_is_refused() => Always<Seen<Operation.StartMigration>>(
        when: seen => seen.Before is { Migrating: false, Memory.Slots.Count: 0 },
        must: seen => seen.IsRefusedWith(Errno.EINVAL),
        atLeast: 3);

    [Fact]
    [Clause("START-MIGRATION-CHECK-3")]
    [Clause("H4")]
    public void Before_CMMA_is_enabled_it_goes_on_and_marks_nothing() => Always<Seen<Operation.StartMigration>>(
        when: seen => seen.Before is { Migrating: false, Enabled: false, Memory.Slots.Count: > 0 },
        must: seen => seen.SucceedsWith(seen.Before with { Migrating = true }),
        atLeast: 30);

    [Fact]
    [Clause("START-MIGRATION-CHECK-3")]
    public void Before_CMMA_is_enabled_dirty_logs_are_not_looked_at() => Always<Seen<Operation.StartMigration>>(
        when: seen => seen.Before is { Migrating: false, Enabled: false, Memory.Slots.Count: > 0, AllSlotsHaveDirtyLog: false },
        must: seen => seen.Succeeds && seen.After.Migrating,
        atLeast: 20);

    [Fact]
    [Clause("START-MIGRATION-CHECK-4")]
    public void A_slot_without_dirty_log_refuses() => Always<Seen<Operation.StartMigration>>(
        when: seen => seen.Before is { Migrating: false, Enabled: true, AllSlotsHaveDirtyLog: false },
        must: seen => seen.IsRefusedWith(Errno.EINVAL),
        atLeast: 50);

    [Fact]
    [Clause("START-MIGRATION-1")]
    public void It_goes_on_and_every_page_of_every_slot_is_dirty() => Always<Seen<Operation.StartMigration>>(
        when: seen => seen.Before is { Migrating: false, Enabled: true, AllSlotsHaveDirtyLog: true, Memory.Slots.Count: > 0 },
        must: seen => seen.SucceedsWith(seen.Before.WithPages((_, page) => page with { Dirty = true }) with { Migrating = true }),
        atLeast: 300);
}
