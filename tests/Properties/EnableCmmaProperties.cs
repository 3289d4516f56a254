using Cmma.Abi;
using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class EnableCmmaProperties : MachineProperties
{
    [Fact]
    [Clause("ENABLE-CMMA-CHECK-1")]
    public void A_host_without_CMMA_refuses() => Always<Seen<Operation.EnableCmma>>(
        when: seen => !seen.Before.HostHasCmma,
        must: seen => seen.IsRefusedWith(Errno.ENXIO),
        atLeast: 10);

    [Fact]
    [Clause("ENABLE-CMMA-CHECK-1")]
    public void A_host_without_CMMA_wins_over_a_vCPU() => Always<Seen<Operation.EnableCmma>>(
        when: seen => !seen.Before.HostHasCmma && seen.Before.VcpuCount > 0,
        must: seen => seen.IsRefusedWith(Errno.ENXIO),
        atLeast: 2);

    [Fact]
    [Clause("ENABLE-CMMA-CHECK-2")]
    public void A_vCPU_refuses() => Always<Seen<Operation.EnableCmma>>(
        when: seen => seen.Before.HostHasCmma && seen.Before.VcpuCount > 0,
        must: seen => seen.IsRefusedWith(Errno.EBUSY),
        atLeast: 100);

    [Fact]
    [Clause("ENABLE-CMMA-CHECK-2")]
    public void A_vCPU_refuses_also_where_CMMA_is_enabled() => Always<Seen<Operation.EnableCmma>>(
        when: seen => seen.Before is { HostHasCmma: true, VcpuCount: > 0, Enabled: true },
        must: seen => seen.IsRefusedWith(Errno.EBUSY),
        atLeast: 100);

    [Fact]
    [Clause("ENABLE-CMMA-1")]
    public void CMMA_is_enabled_and_nothing_else_changes() => Always<Seen<Operation.EnableCmma>>(
        when: seen => seen.Before is { HostHasCmma: true, VcpuCount: 0 },
        must: seen => seen.SucceedsWith(seen.Before with { Enabled = true }),
        atLeast: 300);

    [Fact]
    [Clause("ENABLE-CMMA-1")]
    public void It_succeeds_twice() => Always<Seen<Operation.EnableCmma>>(
        when: seen => seen.Before is { HostHasCmma: true, VcpuCount: 0, Enabled: true },
        must: seen => seen.Succeeds && seen.ChangesNothing,
        atLeast: 30);

    [Fact]
    [Clause("ENABLE-CMMA-1")]
    [Clause("H4")]
    public void While_migrating_it_marks_nothing() => Always<Seen<Operation.EnableCmma>>(
        when: seen => seen.Before is { HostHasCmma: true, VcpuCount: 0, Enabled: false, Migrating: true },
        must: seen => seen.Succeeds && seen.After.Migrating && !seen.After.AnyDirty,
        atLeast: 10);
}
