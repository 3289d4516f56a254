// SPDX-License-Identifier: MIT
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class CreateVcpuProperties : MachineProperties
{
    [ClauseProperty("CREATE-VCPU-1", AtLeast = 300)]
    public Property There_is_one_vCPU_more_and_nothing_else_changes(Trace trace) => ForAll<Seen<Operation.CreateVcpu>>(
        trace,
        when: _ => true,
        must: seen => seen.SucceedsWith(seen.Before with { VcpuCount = seen.Before.VcpuCount + 1 }));
}
