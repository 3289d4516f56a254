// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class SetSlotFlagsProperties : MachineProperties
{
    [ClauseProperty("SET-SLOT-FLAGS-CHECK-1", AtLeast = 20)]
    public Property An_unknown_id_is_refused(Trace trace) => ForAll<Seen<Operation.SetSlotFlags>>(
        trace,
        when: seen => seen.Before.Slot(seen.Operation.Id) == null,
        must: seen => seen.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("SET-SLOT-FLAGS-1", AtLeast = 100)]
    public Property The_dirty_log_takes_the_new_value_and_nothing_else_changes(Trace trace) => ForAll<Seen<Operation.SetSlotFlags>>(
        trace,
        when: seen => seen.Before.Slot(seen.Operation.Id) != null && !(SwitchesOff(seen) && seen.Before.Migrating),
        must: seen => seen.SucceedsWith(WithDirtyLog(seen)));

    [ClauseProperty("SET-SLOT-FLAGS-1", AtLeast = 1, Traces = typeof(SlotChangeTraces))]
    public Property From_off_to_on_while_migrating_marks_stay(Trace trace) => ForAll<Seen<Operation.SetSlotFlags>>(
        trace,
        when: seen => seen.Before.Slot(seen.Operation.Id) is { DirtyLog: false } && seen.Operation.DirtyLog && seen.Before.Migrating,
        must: seen => seen.SucceedsWith(WithDirtyLog(seen)));

    [ClauseProperty("SET-SLOT-FLAGS-2", AtLeast = 30)]
    public Property From_on_to_off_while_migrating_migration_mode_stops(Trace trace) => ForAll<Seen<Operation.SetSlotFlags>>(
        trace,
        when: seen => SwitchesOff(seen) && seen.Before.Migrating,
        must: seen => seen.SucceedsWith(WithDirtyLog(seen).WithMigrationStopped()));

    [ClauseProperty("SET-SLOT-FLAGS-2", AtLeast = 1, Traces = typeof(SlotChangeTraces))]
    public Property From_off_to_off_while_migrating_migration_mode_stays(Trace trace) => ForAll<Seen<Operation.SetSlotFlags>>(
        trace,
        when: seen => seen.Before.Slot(seen.Operation.Id) is { DirtyLog: false } && !seen.Operation.DirtyLog && seen.Before.Migrating,
        must: seen => seen.Succeeds && seen.ChangesNothing);

    private static bool SwitchesOff(Seen<Operation.SetSlotFlags> seen) =>
        seen.Before.Slot(seen.Operation.Id) is { DirtyLog: true } && !seen.Operation.DirtyLog;

    private static Snapshot WithDirtyLog(Seen<Operation.SetSlotFlags> seen) =>
        seen.Before with { Memory = seen.Before.Memory.WithDirtyLog(seen.Operation.Id, seen.Operation.DirtyLog) };
}
