// SPDX-License-Identifier: MIT
namespace Cmma.Traces;

/// <summary>What must come back from an operation: one of these.</summary>
/// <param name="Alternatives">More than one only where the documentation allows several.</param>
public sealed record Expectation(IReadOnlyList<Expected> Alternatives);

/// <summary>One exact expectation. Only a kernel's profile has one of a breach.</summary>
public sealed record Expected : ResultFields
{
    /// <summary>With this result, and no field yet.</summary>
    public Expected(string result)
        : base(result)
    {
    }

    /// <summary>With the fields of another result.</summary>
    public Expected(ResultFields fields)
        : base(fields)
    {
    }

    /// <summary>GET: the bytes, some of them perhaps of any value.</summary>
    public ByteRuns? Values { get; init; }
}
