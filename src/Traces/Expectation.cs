using System.Collections.Generic;

namespace Cmma.Traces;

/// <summary>What must come back from an operation: one of these.</summary>
/// <param name="Alternatives">More than one only where the documentation allows several.</param>
public sealed record Expectation(IReadOnlyList<Expected> Alternatives);

/// <summary>One exact expectation; fields as in <see cref="Outcome"/>, null where the result has no such field.</summary>
/// <param name="Result">"ok", an errno by name, or a program interruption.</param>
public sealed record Expected(string Result)
{
    /// <summary>ESSA: the state before.</summary>
    public ulong? R1 { get; init; }

    /// <summary>Migration status.</summary>
    public bool? Migrating { get; init; }

    /// <summary>GET: 32 zero bytes.</summary>
    public bool Zeroed { get; init; }

    /// <summary>GET: the first gfn of the answer.</summary>
    public ulong? StartGfn { get; init; }

    /// <summary>GET: how many bytes.</summary>
    public uint? Count { get; init; }

    /// <summary>GET: dirty pages left.</summary>
    public ulong? Remaining { get; init; }

    /// <summary>GET: the bytes, some of them perhaps of any value.</summary>
    public ByteRuns? Values { get; init; }

    /// <summary>What the call did that none may, as in <see cref="Outcome.Breach"/>. Only a kernel's profile has it.</summary>
    public string? Breach { get; init; }
}
