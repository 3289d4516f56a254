// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>Turns what one implementation did into what another one must do.</summary>
public static class Expectations
{
    /// <summary>This outcome and no other.</summary>
    public static Expectation Exactly(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new Expectation([new Expected(outcome) { Values = outcome.Count == null ? null : ByteRuns.Of(outcome.Values.Span), Breach = null }]);
    }

    /// <summary>The trace with what the implementation did as expectations.</summary>
    public static Trace By(IImplementation implementation, Trace trace)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(trace);
        using IRun vm = implementation.NewVm(trace.HostHasCmma);
        List<Step> steps = [];
        foreach (Step step in trace.Steps)
        {
            steps.Add(step with { Expect = Exactly(vm.Do(step.Operation)) });
        }

        return trace with { Steps = steps };
    }
}
