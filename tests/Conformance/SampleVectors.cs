// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Reference;
using Cmma.Traces;

namespace Cmma.Conformance.Tests;

/// <summary>A vector of each verdict, and the reference as a machine that offers less.</summary>
internal static class SampleVectors
{
    public static Vector Passes { get; } = Spec.Vector("it-passes", """{"op":"create_vcpu","expect":{"result":"ok"}}""");

    public static Vector Fails { get; } = Spec.Vector(
        "it-fails",
        """{"op":"create_vcpu","expect":{"result":"ok"}}""",
        """{"op":"enable_cmma","expect":{"result":"ok"}}""",
        """{"op":"clear_cmma","expect":{"result":"ok"}}""");

    public static Vector Needs { get; } = Spec.Vector("it-needs-more", """{"op":"touch","gfn":"0x0","expect":{"result":"addressing"}}""");

    public static MachineImplementation Machine(params Capability[] capabilities) => new("small", capabilities, hostHasCmma => new ReferenceMachine(hostHasCmma));
}
