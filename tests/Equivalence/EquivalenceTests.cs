using Cmma.Conformance.Fuzzing;
using Cmma.Conformance.Generators;
using Cmma.Conformance.Running;
using Cmma.Conformance.Traces;
using Xunit;

namespace Cmma.Equivalence.Tests;

public sealed class EquivalenceTests
{
    [Fact]
    public void Random_traces_in_small_memory_do_the_same_on_both()
    {
        Lockstep lockstep = new(Implementations.Find("optimized"), Implementations.Find("reference"));
        for (ulong seed = 1; seed <= 3000; seed++)
        {
            Trace trace = TraceGenerator.Random(seed, new LayoutSize(4, 64), 60);
            Difference? difference = lockstep.Run(trace);
            Assert.True(difference == null, $"seed {seed}: step {difference?.Step}: {difference?.What}\n{(difference == null ? "" : TraceWriter.Step(trace.Steps[difference.Step]))}");
        }
    }
}
