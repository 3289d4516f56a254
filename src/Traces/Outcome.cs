using System;

namespace Cmma.Traces;

/// <summary>What came back from one operation.</summary>
/// <param name="Result">"ok", an errno by name, a program interruption, or what else was seen ("5").</param>
public sealed record Outcome(string Result)
{
    /// <summary>The result of success.</summary>
    public const string Ok = "ok";

    /// <summary>The result of a machine that would bring its host down.</summary>
    public const string HostCrash = "host crash";

    /// <summary>The result of a machine that would hand out memory from outside its buffers.</summary>
    public const string LeaksMemory = "leaks memory";

    /// <summary>The result of a machine that threw anything else.</summary>
    public const string Exception = "exception";

    /// <summary>ESSA: the state before.</summary>
    public ulong? R1 { get; init; }

    /// <summary>Migration status.</summary>
    public bool? Migrating { get; init; }

    /// <summary>GET: all 32 bytes of the struct are zero and the buffer is untouched.</summary>
    public bool Zeroed { get; init; }

    /// <summary>GET: the first gfn of the answer.</summary>
    public ulong? StartGfn { get; init; }

    /// <summary>GET: how many bytes were answered.</summary>
    public uint? Count { get; init; }

    /// <summary>GET: dirty pages left.</summary>
    public ulong? Remaining { get; init; }

    /// <summary>GET: the bytes of the answer.</summary>
    public ReadOnlyMemory<byte> Values { get; init; }

    /// <summary>What the call did that none may (a write past count, a struct changed by a failing call), or null.</summary>
    public string? Breach { get; init; }
}
