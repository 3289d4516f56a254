// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Properties.Tests;

/// <summary>Traces are equal if they do the same.</summary>
public sealed class TraceComparer : IEqualityComparer<Trace>
{
    /// <inheritdoc/>
    public bool Equals(Trace? x, Trace? y) => ReferenceEquals(x, y)
        || (x != null && y != null && x.HostHasCmma == y.HostHasCmma && x.Steps.Count == y.Steps.Count
            && x.Steps.Zip(y.Steps).All(pair => Same(pair.First.Operation, pair.Second.Operation)));

    /// <inheritdoc/>
    public int GetHashCode(Trace obj)
    {
        HashCode hash = default;
        hash.Add(obj.HostHasCmma);
        foreach (Step step in obj.Steps)
        {
            hash.Add(step.Operation is Operation.Set set ? HashCode.Combine(set.StartGfn, set.Count, set.Mask) : step.Operation.GetHashCode());
        }

        return hash.ToHashCode();
    }

    // Bytes are compared as they are written, since two that are alike are two objects.
    private static bool Same(Operation one, Operation other) => one is Operation.Set set && other is Operation.Set otherSet
        ? set == otherSet with { Values = set.Values } && string.Equals(set.Values.ToString(), otherSet.Values.ToString(), StringComparison.Ordinal)
        : one == other;
}
