// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class StartMigrationProperties : MachineProperties
{
    [ClauseProperty("START-MIGRATION-CHECK-1", AtLeast = 200)]
    public Property If_it_is_on_nothing_is_marked_again(Trace trace) => ForAll<Seen<Operation.StartMigration>>(
        trace,
        when: seen => seen.Before.Migrating,
        must: seen => seen.Succeeds && seen.ChangesNothing);

    [ClauseProperty("START-MIGRATION-CHECK-1", AtLeast = 10)]
    public Property If_it_is_on_slots_are_not_looked_at(Trace trace) => ForAll<Seen<Operation.StartMigration>>(
        trace,
        when: seen => seen.Before.Migrating && (seen.Before.Memory.Slots.Count == 0 || !seen.Before.AllSlotsHaveDirtyLog),
        must: seen => seen.Succeeds && seen.ChangesNothing);

    [ClauseProperty("START-MIGRATION-CHECK-2", AtLeast = 3, Traces = typeof(RefusalTraces))]
    public Property Without_slots_it_is_refused(Trace trace) => ForAll<Seen<Operation.StartMigration>>(
        trace,
        when: seen => seen.Before is { Migrating: false, Memory.Slots.Count: 0 },
        must: seen => seen.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("START-MIGRATION-CHECK-3", "H4", AtLeast = 30)]
    public Property Before_CMMA_is_enabled_it_goes_on_and_marks_nothing(Trace trace) => ForAll<Seen<Operation.StartMigration>>(
        trace,
        when: seen => seen.Before is { Migrating: false, Enabled: false, Memory.Slots.Count: > 0 },
        must: seen => seen.SucceedsWith(seen.Before with { Migrating = true }));

    [ClauseProperty("START-MIGRATION-CHECK-3", AtLeast = 20)]
    public Property Before_CMMA_is_enabled_dirty_logs_are_not_looked_at(Trace trace) => ForAll<Seen<Operation.StartMigration>>(
        trace,
        when: seen => seen.Before is { Migrating: false, Enabled: false, Memory.Slots.Count: > 0, AllSlotsHaveDirtyLog: false },
        must: seen => seen.Succeeds && seen.After.Migrating);

    [ClauseProperty("START-MIGRATION-CHECK-4", AtLeast = 50)]
    public Property A_slot_without_dirty_log_refuses(Trace trace) => ForAll<Seen<Operation.StartMigration>>(
        trace,
        when: seen => seen.Before is { Migrating: false, Enabled: true, AllSlotsHaveDirtyLog: false },
        must: seen => seen.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("START-MIGRATION-1", AtLeast = 300)]
    public Property It_goes_on_and_every_page_of_every_slot_is_dirty(Trace trace) => ForAll<Seen<Operation.StartMigration>>(
        trace,
        when: seen => seen.Before is { Migrating: false, Enabled: true, AllSlotsHaveDirtyLog: true, Memory.Slots.Count: > 0 },
        must: seen => seen.SucceedsWith(seen.Before.WithPages((_, page) => page with { Dirty = true }) with { Migrating = true }));
}
