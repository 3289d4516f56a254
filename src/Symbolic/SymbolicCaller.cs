// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Reference;

namespace Cmma.Symbolic;

/// <summary>
/// A caller of whom nothing is known: each step of user memory is one truth value, which a path decides on. What is written to it is
/// copied at that moment, as user memory does; a second write of values goes over the first.
/// </summary>
internal sealed class SymbolicCaller(Call call) : ICaller
{
    public List<Octet>? Written { get; private set; }

    public Word Asked { get; private set; }

    /// <summary>start_gfn, count, flags, remaining, values, as they were written back last.</summary>
    public IReadOnlyList<Word>? WrittenBack { get; private set; }

    /// <summary>The struct in the caller's memory.</summary>
    public IReadOnlyList<Word> Log => WrittenBack ?? [call.StartGfn, call.Count, call.Flags, call.RemainingOrMask, call.Values];

    public Truth ReadArgument(out CmmaLog log)
    {
        IReadOnlyList<Word> fields = Log;
        log = new CmmaLog { StartGfn = fields[0], Count = fields[1], Flags = fields[2], RemainingOrMask = fields[3], Values = fields[4] };
        return call.ArgumentIsReadable;
    }

    public Truth Allocate() => call.Allocates;

    public Truth ReadValues(Word address, Word length, out ValueBytes values)
    {
        values = new ValueBytes(call.Buffer);
        return (address == call.Values) & (length <= call.BufferBytes);
    }

    public Truth WriteValues(Word address, List<Octet> values)
    {
        Asked = (Word)values.Count;
        Truth done = (address == call.Values) & (Asked <= call.BufferBytes);
        if (done)
        {
            Written = [.. values, .. Written?.Skip(values.Count) ?? []];
        }

        return done;
    }

    public Truth WriteArgument(CmmaLog log)
    {
        if (call.ArgumentIsWritable)
        {
            WrittenBack = [log.StartGfn, log.Count, log.Flags, log.RemainingOrMask, log.Values];
        }

        return call.ArgumentIsWritable;
    }
}
