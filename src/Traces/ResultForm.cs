// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Traces;

/// <summary>What may come back from an operation: failures, and the fields of success.</summary>
public sealed class ResultForm
{
    private static readonly string[] Errnos = [.. Enum.GetValues<Errno>().Where(errno => errno != Errno.None).Select(errno => errno.ToString())];

    private static readonly string[] Interruptions =
        [.. Enum.GetValues<ProgramInterruption>().Where(each => each != ProgramInterruption.None).Select(Outcome.NameOf)];

    private ResultForm(IReadOnlyList<string> failures, params IReadOnlyList<ResultField> forms)
    {
        Failures = failures;
        Forms = forms;
    }

    /// <summary>Success without more, or an errno.</summary>
    public static ResultForm Done { get; } = new(Errnos, ResultField.None);

    /// <summary>Success with whether migration mode is on, or an errno.</summary>
    public static ResultForm MigrationStatus { get; } = new(Errnos, ResultField.Migrating);

    /// <summary>Success without more, or a program interruption.</summary>
    public static ResultForm Page { get; } = new(Interruptions, ResultField.None);

    /// <summary>Success with the state before, or a program interruption.</summary>
    public static ResultForm Essa { get; } = new(Interruptions, ResultField.R1);

    /// <summary>Success with a block or with zeros, or an errno.</summary>
    public static ResultForm Get { get; } = new(Errnos, ResultField.Block, ResultField.Zeroed);

    /// <summary>The names of every failure that the contract knows.</summary>
    public static IReadOnlyList<string> AllFailures { get; } = [.. Errnos, .. Interruptions];

    /// <summary>The names of the failures.</summary>
    public IReadOnlyList<string> Failures { get; }

    /// <summary>The sets of fields, of which a success has one.</summary>
    public IReadOnlyList<ResultField> Forms { get; }
}

/// <summary>The fields of a result, a bit each in the order in which they are written.</summary>
[Flags]
public enum ResultField
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The word that each result has.</summary>
    Result = 1,

    /// <summary>ESSA: the state before.</summary>
    R1 = 1 << 1,

    /// <summary>Whether migration mode is on.</summary>
    Migrating = 1 << 2,

    /// <summary>GET: 32 zero bytes.</summary>
    Zeroed = 1 << 3,

    /// <summary>GET: the first gfn of the answer.</summary>
    StartGfn = 1 << 4,

    /// <summary>GET: how many bytes were answered.</summary>
    Count = 1 << 5,

    /// <summary>GET: dirty pages left.</summary>
    Remaining = 1 << 6,

    /// <summary>GET: the bytes of the answer.</summary>
    Values = 1 << 7,

    /// <summary>GET and SET: the struct as it lies in memory after the call.</summary>
    Argument = 1 << 8,

    /// <summary>GET and SET: the buffer as it lies in memory after the call.</summary>
    Buffer = 1 << 9,

    /// <summary>GET and SET: where the buffer lies.</summary>
    BufferAddress = 1 << 10,

    /// <summary>What the call did that none may.</summary>
    Breach = 1 << 11,

    /// <summary>The caller's memory.</summary>
    Memory = Argument | Buffer | BufferAddress,

    /// <summary>What GET answers of a block.</summary>
    Block = StartGfn | Count | Remaining | Values,
}
