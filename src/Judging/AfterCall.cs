// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>What GET or SET did, as the caller's memory shows it after the call: the answer, and what was written that may not be.</summary>
public static class AfterCall
{
    /// <summary>What a buffer of GET is filled with before the call: no value byte looks like this one (G11), so a byte that was written shows.</summary>
    public const byte Filler = 0xA5;

    /// <summary>This many bytes can be written beyond a buffer of the default length, so that writing past count shows as that and not as a fault.</summary>
    public const int MarginBytes = 64;

    private const string PastCount = "bytes past count were written";

    /// <summary>How many bytes GET can write from the buffer's address on.</summary>
    public static int BufferBytes(Operation.Get get)
    {
        ArgumentNullException.ThrowIfNull(get);
        return (int)(get.BufferBytes ?? (Math.Min(get.Count, Limits.MaxCount) + MarginBytes));
    }

    /// <summary>The struct that GET is given.</summary>
    public static KvmS390CmmaLog Given(Operation.Get get, ulong bufferAddress)
    {
        ArgumentNullException.ThrowIfNull(get);
        return new KvmS390CmmaLog(get.StartGfn, get.Count, get.Flags, get.Remaining, bufferAddress);
    }

    /// <summary>The struct that SET is given.</summary>
    public static KvmS390CmmaLog Given(Operation.Set set, ulong bufferAddress)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new KvmS390CmmaLog(set.StartGfn, set.Count, set.Flags, set.Mask, bufferAddress);
    }

    /// <summary>The answer of GET.</summary>
    /// <param name="get">The call.</param>
    /// <param name="result">What it returned, without the fields of an answer.</param>
    /// <param name="given">The struct before the call.</param>
    /// <param name="got">The struct after it.</param>
    /// <param name="buffer">The buffer after it, which was all <see cref="Filler"/> before.</param>
    public static Outcome Of(Operation.Get get, Outcome result, KvmS390CmmaLog given, KvmS390CmmaLog got, ReadOnlySpan<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(get);
        ArgumentNullException.ThrowIfNull(result);
        if (result.Result != Outcome.Ok)
        {
            // After a fault the bytes before it are unspecified (GET-WRITE-3); any other failing call leaves them alone.
            bool writeMayFault = get.BufferBytes != null || get.Argument == ArgumentMemory.ReadOnly;
            bool touched = !(result.Result == nameof(Errno.EFAULT) && writeMayFault) && buffer.ContainsAnyExcept(Filler);
            return result with { Struct = got, Breach = got != given ? "the struct was written back" : touched ? "the buffer was written" : null };
        }

        if (got == default)
        {
            return result with { Struct = got, Zeroed = true, Breach = buffer.ContainsAnyExcept(Filler) ? "the buffer was written" : null };
        }

        int written = (int)Math.Min(got.Count, (uint)buffer.Length);
        return result with
        {
            Struct = got,
            StartGfn = got.StartGfn,
            Count = got.Count,
            Remaining = got.RemainingOrMask,
            Values = buffer[..written].ToArray(),
            Breach = BreachOfAnswer(given, got, buffer),
        };
    }

    /// <summary>The outcome of SET, which may write nothing to its caller's memory.</summary>
    /// <param name="set">The call.</param>
    /// <param name="result">What it returned.</param>
    /// <param name="given">The struct before the call.</param>
    /// <param name="got">The struct after it.</param>
    /// <param name="buffer">The buffer after it.</param>
    public static Outcome Of(Operation.Set set, Outcome result, KvmS390CmmaLog given, KvmS390CmmaLog got, ReadOnlySpan<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(result);
        string? breach = got != given ? "the struct was written back" // SET-2
            : set.Values.FirstMismatch(buffer) >= 0 ? "the values buffer was written"
            : null;
        return result with { Struct = got, Breach = breach };
    }

    /// <summary>The clause that forbids a breach, as its text says; null if it is none of ours.</summary>
    /// <param name="operation">The call.</param>
    /// <param name="outcome">What came of it.</param>
    public static string? ClauseOf(Operation operation, Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return (operation, outcome.Breach?.Split(' ')) switch
        {
            (Operation.Set, ["the", "struct", "was", ..]) => "SET-2",
            (Operation.Get, ["the", "struct", "was", ..]) => "GET-WRITE-1",
            (Operation.Get, ["the", "struct", "is", ..]) => "GET-ZERO-1",
            (Operation.Get, ["the", "buffer", "was", ..]) => outcome.Zeroed ? "GET-ZERO-1" : "GET-WRITE-3",
            (Operation.Get, ["bytes", "past", "count", ..]) => "GET-WRITE-2",
            (Operation.Get { Flags: (uint)CmmaFlags.Peek }, ["flags", "became", ..] or ["the", "values", "pointer", ..]) => "PEEK-ANSWER-4",
            (Operation.Get, ["flags", "became", ..] or ["the", "values", "pointer", ..]) => "GET-ANSWER-4",
            (Operation.Get { Flags: (uint)CmmaFlags.Peek }, ["count", _, "is", "above", ..]) => "PEEK-ANSWER-2",
            (Operation.Get, ["count", _, "is", "above", ..]) => "GET-ANSWER-2",
            _ => null,
        };
    }

    /// <summary>What an implementation answers to GET or SET, held against the memory that it sends with it.</summary>
    /// <param name="operation">The call.</param>
    /// <param name="answered">What it answers, with <see cref="Outcome.Memory"/>.</param>
    /// <param name="bigEndian">The byte order of its machine.</param>
    /// <returns>What its memory shows, with a breach where that is not what it answers.</returns>
    public static Outcome Shown(Operation operation, Outcome answered, bool bigEndian)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(answered);
        CallerMemory memory = answered.Memory ?? throw new ArgumentException("no memory was sent", nameof(answered));
        return Malformed(operation, answered, bigEndian) is { } malformed ? answered with { Breach = malformed } : Shown(operation, answered, memory, bigEndian);
    }

    /// <summary>What is wrong with the memory that comes with an answer, whatever it shows: another size than the caller's, or the other byte order. Null if nothing is.</summary>
    /// <param name="operation">The call.</param>
    /// <param name="answered">What the implementation answers, with <see cref="Outcome.Memory"/>.</param>
    /// <param name="bigEndian">The byte order of its machine.</param>
    public static string? Malformed(Operation operation, Outcome answered, bool bigEndian)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(answered);
        CallerMemory memory = answered.Memory ?? throw new ArgumentException("no memory was sent", nameof(answered));
        int expected = operation switch
        {
            Operation.Get get => BufferBytes(get),
            Operation.Set set => set.Values.Length,
            _ => throw new ArgumentException("only GET and SET have a caller's memory", nameof(operation)),
        };
        string margin = operation is Operation.Get { BufferBytes: null } asked ? $", {(asked.Count > Limits.MaxCount ? "the largest count that is served" : "count")} and {MarginBytes} more" : "";
        return memory.Argument.Length != KvmS390CmmaLog.SizeBytes ? $"field 'argument' has {memory.Argument.Length} bytes, where {KvmS390CmmaLog.SizeBytes} lie"
            : memory.Buffer.Length != expected ? $"field 'buffer' has {memory.Buffer.Length} bytes, where {expected} lie{margin}"
            : Shown(operation, answered, memory, bigEndian).Breach != null && Shown(operation, answered, memory, !bigEndian).Breach == null
                ? $"sends the struct in {(bigEndian ? "little" : "big")}-endian order, where its greeting names the other one"
            : WrongAddress(memory, bigEndian);
    }

    // A buffer does not lie at 0, and no call makes its address out of nothing.
    private static string? WrongAddress(CallerMemory memory, bool bigEndian) =>
        memory.BufferAddress == 0 && KvmS390CmmaLog.Decode(memory.Argument.Span, bigEndian).Values is > 0 and ulong pointer
            ? $"field 'buffer_address' is 0x0, where the last field of the struct in 'argument' holds {TraceWriter.Hex(pointer)}: it is what that field held before the call"
            : null;

    private static Outcome Shown(Operation operation, Outcome answered, CallerMemory memory, bool bigEndian)
    {
        KvmS390CmmaLog got = KvmS390CmmaLog.Decode(memory.Argument.Span, bigEndian);
        Outcome returned = new(answered.Result);
        Outcome shown = operation switch
        {
            Operation.Get get => Of(get, returned, Given(get, memory.BufferAddress), got, memory.Buffer.Span),
            Operation.Set set => Of(set, returned, Given(set, memory.BufferAddress), got, memory.Buffer.Span),
            _ => returned,
        };
        shown = shown with { Struct = got.Values == memory.BufferAddress ? got with { Values = Runner.ValuesAddress } : got };
        return shown.Breach == PastCount && memory.Buffer.Span[shown.Values.Length..].IndexOfAnyExcept((byte)0) < 0
            ? shown with { Breach = $"{PastCount}: all {memory.Buffer.Length - shown.Values.Length} of them are 00, where they were {Filler:x2} before the call" }
            : shown.Breach != null ? shown : shown with { Breach = Contradiction(answered, shown) ?? answered.Breach };
    }

    private static string? Contradiction(Outcome answered, Outcome shown) =>
        Judge.Difference(Expectations.Exactly(shown), answered with { Breach = null }) is { } difference
            ? $"answers otherwise than its memory shows: {difference.Replace(": expected ", ": memory ", StringComparison.Ordinal).Replace(", got ", ", answer ", StringComparison.Ordinal)}{(shown.Zeroed && !answered.Zeroed ? " (for the zero struct zeroed is true)" : "")}"
            : null;

    private static string? BreachOfAnswer(KvmS390CmmaLog given, KvmS390CmmaLog got, ReadOnlySpan<byte> buffer)
    {
        if (got with { Flags = 0, Values = 0 } == default)
        {
            string[] kept = [.. new[] { ("flags", got.Flags), ("values", got.Values) }.Where(field => field.Item2 != 0).Select(field => $"{field.Item1} {TraceWriter.Hex(field.Item2)}")];
            return $"the struct is zero but for {string.Join(" and ", kept)}"; // GET-ZERO-1
        }

        if (got.Flags != given.Flags)
        {
            return $"flags became {TraceWriter.Hex(got.Flags)}"; // GET-ANSWER-4, PEEK-ANSWER-4
        }

        if (got.Values != given.Values)
        {
            return $"the values pointer became {TraceWriter.Hex(got.Values)}";
        }

        uint count = Math.Min(given.Count, Limits.MaxCount);
        if (got.Count > count)
        {
            return $"count {got.Count} is above the {count} that were asked for";
        }

        int written = (int)Math.Min(got.Count, (uint)buffer.Length);
        return buffer[written..].ContainsAnyExcept(Filler) ? PastCount : null; // GET-WRITE-2
    }
}
