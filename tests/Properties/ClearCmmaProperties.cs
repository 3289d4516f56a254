using System.Linq;
using Cmma.Abi;
using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class ClearCmmaProperties : MachineProperties
{
    [Fact]
    [Clause("CLEAR-CMMA-CHECK-1")]
    public void A_host_without_CMMA_refuses() => Always<Seen<Operation.ClearCmma>>(
        when: seen => !seen.Before.HostHasCmma,
        must: seen => seen.IsRefusedWith(Errno.ENXIO),
        atLeast: 5);

    [Fact]
    [Clause("CLEAR-CMMA-CHECK-2")]
    public void A_VM_without_CMMA_refuses() => Always<Seen<Operation.ClearCmma>>(
        when: seen => seen.Before is { HostHasCmma: true, Enabled: false },
        must: seen => seen.IsRefusedWith(Errno.EINVAL),
        atLeast: 10);

    [Fact]
    [Clause("CLEAR-CMMA-1")]
    public void All_attributes_become_0() => Always<Seen<Operation.ClearCmma>>(
        when: seen => seen.Before.Enabled && seen.Before.Memory.Gfns.Any(gfn => seen.Before.Memory[gfn].Attributes != 0),
        must: seen => seen.Succeeds && seen.After.Memory.Gfns.All(gfn => seen.After.Memory[gfn].Attributes == 0),
        atLeast: 100);

    [Fact]
    [Clause("CLEAR-CMMA-1")]
    public void It_succeeds_without_slots() => Always<Seen<Operation.ClearCmma>>(
        when: seen => seen.Before.Enabled && seen.Before.Memory.Slots.Count == 0,
        must: seen => seen.Succeeds && seen.ChangesNothing,
        atLeast: 10);

    [Fact]
    [Clause("CLEAR-CMMA-2")]
    [Clause("H2")]
    public void Marks_used_and_content_stay() => Always<Seen<Operation.ClearCmma>>(
        when: seen => seen.Before is { Enabled: true, AnyDirty: true },
        must: seen => seen.SucceedsWith(seen.Before.WithPages((_, page) => page with { Attributes = 0 })),
        atLeast: 100);
}
