// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Properties.Tests;

/// <summary>One operation of a run: what it was, what came back, and the state before and after it.</summary>
public abstract class Observation
{
    /// <summary>The number of the trace's step.</summary>
    public required int Index { get; init; }

    public required Snapshot Before { get; init; }

    public required Snapshot After { get; init; }

    /// <summary>What came back from a call: 0 or a negative errno (ABI-10).</summary>
    public int Result { get; init; }

    /// <summary>Touch, evict, ESSA: how it ended.</summary>
    public ProgramInterruption Interruption { get; init; }

    /// <summary>The operation, of whatever kind.</summary>
    public abstract Operation AnyOperation { get; }

    public bool Succeeds => Result == 0 && Interruption == ProgramInterruption.None;

    public bool ChangesNothing => After == Before;

    /// <summary>A call that ends with this errno and changes nothing.</summary>
    public bool IsRefusedWith(Errno errno) => Result == -(int)errno && ChangesNothing;

    /// <summary>A call that succeeds and leaves exactly this state.</summary>
    public bool SucceedsWith(Snapshot after) => Succeeds && After == after;
}

/// <summary>An observation of one kind of operation.</summary>
/// <typeparam name="TOperation">The kind.</typeparam>
public class Seen<TOperation> : Observation
    where TOperation : Operation
{
    public required TOperation Operation { get; init; }

    /// <summary>Migration status: its answer.</summary>
    public bool Status { get; init; }

    /// <inheritdoc/>
    public override Operation AnyOperation => Operation;
}

/// <summary>One ESSA.</summary>
public sealed class EssaCall : Seen<Operation.Essa>
{
    public required ulong R1 { get; init; }

    public PageState PageBefore => Before.Memory[Operation.Gfn];

    public PageState PageAfter => After.Memory[Operation.Gfn];

    public bool KnownOrc => Operation.Orc <= Limits.MaxOrc;

    public bool PageExists => Before.Memory.Exists(Operation.Gfn);

    /// <summary>No check ends it: it gets to the page.</summary>
    public bool GetsToThePage => Before.Enabled && KnownOrc && PageExists;
}

/// <summary>The end of an ESSA in two steps.</summary>
public sealed class EssaEndCall : Seen<Operation.EssaEnd>
{
    public required ulong R1 { get; init; }
}

/// <summary>A trace that was run on a machine.</summary>
/// <param name="Trace">The operations.</param>
/// <param name="Start">The state of the new VM.</param>
/// <param name="Observations">One for each operation up to the end, or up to one that threw.</param>
/// <param name="Thrown">What the machine threw, or null.</param>
public sealed record Run(Trace Trace, Snapshot Start, IReadOnlyList<Observation> Observations, string? Thrown);
