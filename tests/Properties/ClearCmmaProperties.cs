// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class ClearCmmaProperties : MachineProperties
{
    [ClauseProperty("CLEAR-CMMA-CHECK-1", AtLeast = 5, Traces = typeof(RefusalTraces))]
    public Property A_host_without_CMMA_refuses(Trace trace) => ForAll<Seen<Operation.ClearCmma>>(
        trace,
        when: seen => !seen.Before.HostHasCmma,
        must: seen => seen.IsRefusedWith(Errno.ENXIO));

    [ClauseProperty("CLEAR-CMMA-CHECK-2", AtLeast = 10)]
    public Property A_VM_without_CMMA_refuses(Trace trace) => ForAll<Seen<Operation.ClearCmma>>(
        trace,
        when: seen => seen.Before is { HostHasCmma: true, Enabled: false },
        must: seen => seen.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("CLEAR-CMMA-1", AtLeast = 100)]
    public Property All_attributes_become_0(Trace trace) => ForAll<Seen<Operation.ClearCmma>>(
        trace,
        when: seen => seen.Before.Enabled && seen.Before.Memory.Gfns.Any(gfn => seen.Before.Memory[gfn].Attributes != 0),
        must: seen => seen.Succeeds && seen.After.Memory.Gfns.All(gfn => seen.After.Memory[gfn].Attributes == 0));

    [ClauseProperty("CLEAR-CMMA-1", AtLeast = 10)]
    public Property It_succeeds_without_slots(Trace trace) => ForAll<Seen<Operation.ClearCmma>>(
        trace,
        when: seen => seen.Before.Enabled && seen.Before.Memory.Slots.Count == 0,
        must: seen => seen.Succeeds && seen.ChangesNothing);

    [ClauseProperty("CLEAR-CMMA-2", "H2", AtLeast = 100)]
    public Property Marks_used_and_content_stay(Trace trace) => ForAll<Seen<Operation.ClearCmma>>(
        trace,
        when: seen => seen.Before is { Enabled: true, AnyDirty: true },
        must: seen => seen.SucceedsWith(seen.Before.WithPages((_, page) => page with { Attributes = 0 })));
}
