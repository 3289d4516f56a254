using System.Collections.Generic;
using Cmma.Conformance.Traces;

namespace Cmma.Conformance.Running;

/// <summary>What a vector said about an implementation.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Kind">Passed, failed or skipped.</param>
/// <param name="Reason">Failed: the first difference. Skipped: the missing capability. Passed: empty.</param>
/// <param name="FailedStep">The index of the first wrong operation, or -1.</param>
public sealed record Verdict(Vector Vector, VerdictKind Kind, string Reason, int FailedStep)
{
    /// <summary>Runs a vector up to the first wrong operation.</summary>
    public static Verdict Of(Vector vector, IImplementation implementation)
    {
        System.ArgumentNullException.ThrowIfNull(vector);
        System.ArgumentNullException.ThrowIfNull(implementation);
        foreach (string capability in vector.Capabilities)
        {
            if (!Contains(implementation.Capabilities, capability))
            {
                return new Verdict(vector, VerdictKind.Skipped, $"needs {capability}", FailedStep: -1);
            }
        }

        IRun vm = implementation.NewVm(vector.Trace.HostHasCmma);
        for (int index = 0; index < vector.Trace.Steps.Count; index++)
        {
            Step step = vector.Trace.Steps[index];
            if (Judge.Difference(step.Expect, vm.Do(step.Operation)) is { } difference)
            {
                return new Verdict(vector, VerdictKind.Failed, difference, index);
            }
        }

        return new Verdict(vector, VerdictKind.Passed, "", FailedStep: -1);
    }

    private static bool Contains(IReadOnlyList<string> capabilities, string capability)
    {
        foreach (string offered in capabilities)
        {
            if (string.Equals(offered, capability, System.StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The kinds of verdict.</summary>
public enum VerdictKind
{
    /// <summary>Every operation answered as expected.</summary>
    Passed = 0,

    /// <summary>An operation did not.</summary>
    Failed = 1,

    /// <summary>A capability is missing; nothing is said.</summary>
    Skipped = 2,
}
