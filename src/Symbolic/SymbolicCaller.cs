using System.Collections.Generic;
using Cmma.Proofs.Paths;
using Cmma.Reference;

namespace Cmma.Symbolic;

/// <summary>A caller of whom nothing is known: each step of user memory is one truth value, which a path decides on.</summary>
internal sealed class SymbolicCaller(Call call) : ICaller
{
    public List<Octet>? Written { get; private set; }

    public Word Asked { get; private set; }

    public CmmaLog? WrittenBack { get; private set; }

    public Truth ReadArgument(out CmmaLog log)
    {
        log = Argument();
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
            Written = [.. values];
        }

        return done;
    }

    public Truth WriteArgument(CmmaLog log)
    {
        if (call.ArgumentIsWritable)
        {
            WrittenBack = log;
        }

        return call.ArgumentIsWritable;
    }

    public CmmaLog Argument() => new()
    {
        StartGfn = call.StartGfn,
        Count = call.Count,
        Flags = call.Flags,
        RemainingOrMask = call.RemainingOrMask,
        Values = call.Values,
    };
}
