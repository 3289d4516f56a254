using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class CreateVcpuProperties : MachineProperties
{
    [Fact]
    [Clause("CREATE-VCPU-1")]
    public void There_is_one_vCPU_more_and_nothing_else_changes() => Always<Seen<Operation.CreateVcpu>>(
        when: _ => true,
        must: seen => seen.SucceedsWith(seen.Before with { VcpuCount = seen.Before.VcpuCount + 1 }),
        atLeast: 300);
}
