// SPDX-License-Identifier: MIT
using System.Globalization;
using Cmma.Abi;

namespace Cmma.Traces;

/// <summary>The fields of a result: of what came back, or of what must come back; null where the result has no such field.</summary>
/// <param name="Result">"ok", an errno by name, a program interruption, or what else was seen ("5").</param>
public abstract record ResultFields(string Result)
{
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

    /// <summary>What the call did that none may (a write past count, a struct changed by a failing call), or null.</summary>
    public string? Breach { get; init; }
}

/// <summary>What came back from one operation.</summary>
public sealed record Outcome : ResultFields
{
    /// <summary>With this result, and no field yet.</summary>
    public Outcome(string result)
        : base(result)
    {
    }

    /// <summary>With the fields of another result.</summary>
    public Outcome(ResultFields fields)
        : base(fields)
    {
    }

    /// <summary>The result of success.</summary>
    public const string Ok = "ok";

    /// <summary>The result of a machine that would bring its host down.</summary>
    public const string HostCrash = "host crash";

    /// <summary>The result of a machine that would hand out memory from outside its buffers.</summary>
    public const string LeaksMemory = "leaks memory";

    /// <summary>The result of a machine that threw anything else.</summary>
    public const string Exception = "exception";

    /// <summary>GET: the bytes of the answer.</summary>
    public ReadOnlyMemory<byte> Values { get; init; }

    /// <summary>GET and SET: the caller's memory after the call as the implementation sends it, until it is held against the answer.</summary>
    public CallerMemory? Memory { get; init; }

    /// <summary>GET and SET: the struct after the call, where it was seen and not only reported.</summary>
    public KvmS390CmmaLog? Struct { get; init; }

    /// <summary>Which fields of success it has.</summary>
    public ResultField Fields =>
        (R1 != null ? ResultField.R1 : ResultField.None)
        | (Migrating != null ? ResultField.Migrating : ResultField.None)
        | (Zeroed ? ResultField.Zeroed : ResultField.None)
        | (StartGfn != null ? ResultField.StartGfn : ResultField.None)
        | (Count != null ? ResultField.Count : ResultField.None)
        | (Remaining != null ? ResultField.Remaining : ResultField.None)
        | (Values.IsEmpty ? ResultField.None : ResultField.Values);

    /// <summary>Whether the operation ended the run: no call came back, so what the machine does after it means nothing.</summary>
    public bool EndsRun => Result is HostCrash or LeaksMemory or Exception;

    /// <summary>How the result of an ioctl is written.</summary>
    public static string NameOf(int result) => result switch
    {
        0 => Ok,
        _ when Enum.IsDefined((Errno)(-(long)result)) => ((Errno)(-result)).ToString(),
        _ => result.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>How a program interruption is written.</summary>
    public static string NameOf(ProgramInterruption interruption) => interruption switch
    {
        ProgramInterruption.None => Ok,
        ProgramInterruption.Operation => "operation",
        ProgramInterruption.Specification => "specification",
        ProgramInterruption.Addressing => "addressing",
        _ => interruption.ToString(),
    };
}
