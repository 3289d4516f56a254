// SPDX-License-Identifier: MIT
namespace Cmma.Traces;

/// <summary>What must come back from an operation: one of these.</summary>
/// <param name="Alternatives">More than one only where the documentation allows several.</param>
public sealed record Expectation(IReadOnlyList<Expected> Alternatives);

/// <summary>One exact expectation. Only a kernel's profile has one of a breach.</summary>
/// <param name="Result">As <see cref="ResultFields"/> has it.</param>
public sealed record Expected(string Result) : ResultFields(Result)
{
    /// <summary>GET: the bytes, some of them perhaps of any value.</summary>
    public ByteRuns? Values { get; init; }
}
