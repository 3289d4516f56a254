// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>A trace done operation by operation, up to the first wrong one.</summary>
/// <param name="Verdict">What it says about the implementation.</param>
/// <param name="Outcomes">What came back; the last one is wrong if the verdict says so.</param>
public sealed record Replay(Verdict Verdict, IReadOnlyList<Outcome> Outcomes)
{
    /// <summary>Does a trace on a new VM, unless the implementation lacks something that it needs.</summary>
    public static Replay Of(Vector trace, IImplementation implementation)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(implementation);
        if (Verdict.Skipped(trace, implementation) is { } skipped)
        {
            return new Replay(skipped, []);
        }

        using IRun vm = implementation.NewVm(trace.Trace.HostHasCmma);
        List<Outcome> outcomes = [];
        foreach (Step step in trace.Trace.Steps)
        {
            outcomes.Add(vm.Do(step.Operation));
            if (Judge.Difference(step.Expect, outcomes[^1]) != null)
            {
                break;
            }
        }

        return new Replay(Verdict.Of(trace, new Answer(outcomes)), outcomes);
    }
}
