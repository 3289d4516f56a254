using System;
using Cmma.Conformance.Fuzzing;
using Cmma.Conformance.Running;
using Cmma.Conformance.Traces;
using Xunit;

namespace Cmma.Conformance.Tests;

/// <summary>What the fuzzer says of a state that differs though every answer was the same.</summary>
public sealed class LockstepTests
{
    [Theory]
    [InlineData("bug:B15", "kernel:6.12", """{"op":"clear_cmma"}""", "page 0x0: expected stable, resident, clean; got stable no-DAT, resident, clean")]
    public void A_difference_is_told_in_words(string tested, string right, string last, string says)
    {
        Trace trace = Spec.Trace(
            """{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x100","dirty_log":true}""",
            """{"op":"enable_cmma"}""",
            """{"op":"create_vcpu"}""",
            """{"op":"essa","gfn":"0x0","orc":7}""",
            last);
        Difference difference = new Lockstep(Implementations.Find(tested), Implementations.Find(right)).Run(trace)!;

        Assert.Equal((4, says), (difference.Step, difference.What));
        Assert.DoesNotContain("{", difference.What, StringComparison.Ordinal);
    }
}
