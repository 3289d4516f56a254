using Cmma.Abi;
using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class SetSlotFlagsProperties : MachineProperties
{
    [Fact]
    [Clause("SET-SLOT-FLAGS-CHECK-1")]
    public void An_unknown_id_is_refused() => Always<Seen<Operation.SetSlotFlags>>(
        when: seen => seen.Before.Slot(seen.Operation.Id) == null,
        must: seen => seen.IsRefusedWith(Errno.EINVAL),
        atLeast: 20);

    [Fact]
    [Clause("SET-SLOT-FLAGS-1")]
    public void The_dirty_log_takes_the_new_value_and_nothing_else_changes() => Always<Seen<Operation.SetSlotFlags>>(
        when: seen => seen.Before.Slot(seen.Operation.Id) != null && !(SwitchesOff(seen) && seen.Before.Migrating),
        must: seen => seen.SucceedsWith(WithDirtyLog(seen)),
        atLeast: 100);

    [Fact]
    [Clause("SET-SLOT-FLAGS-1")]
    public void From_off_to_on_while_migrating_marks_stay() => Always<Seen<Operation.SetSlotFlags>>(
        when: seen => seen.Before.Slot(seen.Operation.Id) is { DirtyLog: false } && seen.Operation.DirtyLog && seen.Before.Migrating,
        must: seen => seen.SucceedsWith(WithDirtyLog(seen)),
        atLeast: 1);

    [Fact]
    [Clause("SET-SLOT-FLAGS-2")]
    public void From_on_to_off_while_migrating_migration_mode_stops() => Always<Seen<Operation.SetSlotFlags>>(
        when: seen => SwitchesOff(seen) && seen.Before.Migrating,
        must: seen => seen.SucceedsWith(WithDirtyLog(seen).WithMigrationStopped()),
        atLeast: 30);

    [Fact]
    [Clause("SET-SLOT-FLAGS-2")]
    public void From_off_to_off_while_migrating_migration_mode_stays() => Always<Seen<Operation.SetSlotFlags>>(
        when: seen => seen.Before.Slot(seen.Operation.Id) is { DirtyLog: false } && !seen.Operation.DirtyLog && seen.Before.Migrating,
        must: seen => seen.Succeeds && seen.ChangesNothing,
        atLeast: 1);

    private static bool SwitchesOff(Seen<Operation.SetSlotFlags> seen) =>
        seen.Before.Slot(seen.Operation.Id) is { DirtyLog: true } && !seen.Operation.DirtyLog;

    private static Snapshot WithDirtyLog(Seen<Operation.SetSlotFlags> seen) =>
        seen.Before with { Memory = seen.Before.Memory.WithDirtyLog(seen.Operation.Id, seen.Operation.DirtyLog) };
}
