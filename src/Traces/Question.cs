// SPDX-License-Identifier: MIT
namespace Cmma.Traces;

/// <summary>What an implementation is asked: the operations of one run, which is one new VM.</summary>
/// <param name="HostHasCmma">A fixed fact about the host.</param>
/// <param name="Operations">In order.</param>
public sealed record Question(bool HostHasCmma, IReadOnlyList<Operation> Operations)
{
    /// <summary>The operations of a trace without what must come back.</summary>
    public static Question Of(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return new Question(trace.HostHasCmma, [.. trace.Steps.Select(step => step.Operation)]);
    }
}
