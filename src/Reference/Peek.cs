using System.Collections.Generic;
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>GET with PEEK: the attributes of the pages from start_gfn on. Nothing changes (PEEK-3).</summary>
    protected virtual Errno Peek(ICaller caller, CmmaLog log, Word count)
    {
        if (!Exists(log.StartGfn))
        {
            return Errno.EFAULT; // PEEK-CHECK-1
        }

        List<Octet> values = [];
        Word gfn = log.StartGfn;
        while (((Word)values.Count < count) & Exists(gfn)) // PEEK-2
        {
            values.Add(Attributes[gfn]); // PEEK-1
            gfn = gfn + 1;
        }

        return Answer(caller, log, log.StartGfn, values, remaining: Migrating ? CountDirty() : 0);
    }
}
