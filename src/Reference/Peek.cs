// SPDX-License-Identifier: MIT
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

        Word pages = LengthOfPeek(log.StartGfn, count);
        List<Octet> values = [];
        for (Word page = 0; page < pages; page = page + 1)
        {
            values.Add(Attributes[log.StartGfn + page]); // PEEK-1
        }

        return Answer(caller, log, log.StartGfn, values, remaining: Migrating ? CountDirty() : 0);
    }

    /// <summary>How many pages PEEK answers: up to count, or to the first page that does not exist.</summary>
    protected virtual Word LengthOfPeek(Word startGfn, Word count)
    {
        Word pages = 0;
        while ((pages < count) & Exists(startGfn + pages)) // PEEK-2
        {
            pages = pages + 1;
        }

        return pages;
    }
}
