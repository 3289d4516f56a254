// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class EnableCmmaProperties : MachineProperties
{
    [ClauseProperty("ENABLE-CMMA-CHECK-1", AtLeast = 10)]
    public Property A_host_without_CMMA_refuses(Trace trace) => ForAll<Seen<Operation.EnableCmma>>(
        trace,
        when: seen => !seen.Before.HostHasCmma,
        must: seen => seen.IsRefusedWith(Errno.ENXIO));

    [ClauseProperty("ENABLE-CMMA-CHECK-1", AtLeast = 2)]
    public Property A_host_without_CMMA_wins_over_a_vCPU(Trace trace) => ForAll<Seen<Operation.EnableCmma>>(
        trace,
        when: seen => !seen.Before.HostHasCmma && seen.Before.VcpuCount > 0,
        must: seen => seen.IsRefusedWith(Errno.ENXIO));

    [ClauseProperty("ENABLE-CMMA-CHECK-2", AtLeast = 100)]
    public Property A_vCPU_refuses(Trace trace) => ForAll<Seen<Operation.EnableCmma>>(
        trace,
        when: seen => seen.Before.HostHasCmma && seen.Before.VcpuCount > 0,
        must: seen => seen.IsRefusedWith(Errno.EBUSY));

    [ClauseProperty("ENABLE-CMMA-CHECK-2", AtLeast = 100)]
    public Property A_vCPU_refuses_also_where_CMMA_is_enabled(Trace trace) => ForAll<Seen<Operation.EnableCmma>>(
        trace,
        when: seen => seen.Before is { HostHasCmma: true, VcpuCount: > 0, Enabled: true },
        must: seen => seen.IsRefusedWith(Errno.EBUSY));

    [ClauseProperty("ENABLE-CMMA-1", AtLeast = 300)]
    public Property CMMA_is_enabled_and_nothing_else_changes(Trace trace) => ForAll<Seen<Operation.EnableCmma>>(
        trace,
        when: seen => seen.Before is { HostHasCmma: true, VcpuCount: 0 },
        must: seen => seen.SucceedsWith(seen.Before with { Enabled = true }));

    [ClauseProperty("ENABLE-CMMA-1", AtLeast = 30)]
    public Property It_succeeds_twice(Trace trace) => ForAll<Seen<Operation.EnableCmma>>(
        trace,
        when: seen => seen.Before is { HostHasCmma: true, VcpuCount: 0, Enabled: true },
        must: seen => seen.Succeeds && seen.ChangesNothing);

    [ClauseProperty("ENABLE-CMMA-1", "H4", AtLeast = 10)]
    public Property While_migrating_it_marks_nothing(Trace trace) => ForAll<Seen<Operation.EnableCmma>>(
        trace,
        when: seen => seen.Before is { HostHasCmma: true, VcpuCount: 0, Enabled: false, Migrating: true },
        must: seen => seen.Succeeds && seen.After.Migrating && !seen.After.AnyDirty);
}
