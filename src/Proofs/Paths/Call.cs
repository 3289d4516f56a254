// SPDX-License-Identifier: MIT
using Cmma.Proofs.Terms;
using Cmma.Traces;

namespace Cmma.Proofs.Paths;

/// <summary>One call of an operation, with the arguments of all of them in terms.</summary>
public sealed record Call
{
    /// <summary>The operation; PEEK is a GET.</summary>
    public required OperationKind Operation { get; init; }

    /// <summary>The id of a slot.</summary>
    public Word Id { get; init; }

    /// <summary>Where a slot begins.</summary>
    public Word BaseGfn { get; init; }

    /// <summary>How many pages a new slot has.</summary>
    public Word Pages { get; init; }

    /// <summary>Whether a slot's dirty log is on.</summary>
    public Truth DirtyLog { get; init; }

    /// <summary>The page of ESSA, touch or evict.</summary>
    public Word Gfn { get; init; }

    /// <summary>The operation request code of ESSA.</summary>
    public Word Orc { get; init; }

    /// <summary>The struct: first gfn.</summary>
    public Word StartGfn { get; init; }

    /// <summary>The struct: count.</summary>
    public Word Count { get; init; }

    /// <summary>The struct: flags.</summary>
    public Word Flags { get; init; }

    /// <summary>The struct: remaining or mask.</summary>
    public Word RemainingOrMask { get; init; }

    /// <summary>The struct: address of the values.</summary>
    public Word Values { get; init; }

    /// <summary>The struct can be read.</summary>
    public Truth ArgumentIsReadable { get; init; }

    /// <summary>The struct can be written.</summary>
    public Truth ArgumentIsWritable { get; init; }

    /// <summary>The allocation succeeds.</summary>
    public Truth Allocates { get; init; }

    /// <summary>How many bytes of the buffer can be read or written; the next one faults.</summary>
    public Word BufferBytes { get; init; }

    /// <summary>The bytes of the buffer, an array.</summary>
    public Term Buffer { get; init; } = Term.Leaf("buffer", Sort.Bytes);

    /// <summary>How many pages may appear; a path on which more do is out of scope.</summary>
    public int MostNewPages { get; init; } = 6;

    /// <summary>A gap that replaces the machine's own; null: the machine keeps its own.</summary>
    public Word? GapPages { get; init; }
}

/// <summary>What a call did besides changing the state.</summary>
public sealed class CallResult
{
    /// <summary>The outcome, as the model names it.</summary>
    public string Outcome { get; set; } = "success";

    /// <summary>The state between the two steps of ESSA.</summary>
    public MachineState? Between { get; set; }

    /// <summary>What ESSA showed in r1.</summary>
    public Octet R1 { get; set; }

    /// <summary>What migration status answered.</summary>
    public Truth Migrating { get; set; }

    /// <summary>The struct after the call: start_gfn, count, flags, remaining, values.</summary>
    public IReadOnlyList<Word> Log { get; set; } = [];

    /// <summary>The bytes that were written to the buffer.</summary>
    public IReadOnlyList<Octet> Values { get; set; } = [];

    /// <summary>The first page that the call walked.</summary>
    public Word First { get; set; }

    /// <summary>How many pages it walked, or gave their values.</summary>
    public Word Length { get; set; }
}

/// <summary>A machine that runs on terms: the reference, or a changed copy of it.</summary>
public interface ISymbolicMachine
{
    /// <summary>Puts it into a state.</summary>
    void Load(MachineState state);

    /// <summary>Runs one operation.</summary>
    CallResult Run(Call call);

    /// <summary>The state that it is in.</summary>
    MachineState Save();
}
