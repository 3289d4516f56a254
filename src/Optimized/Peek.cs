using System;
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>GET with PEEK: the attributes of the pages from start_gfn on. Nothing changes (PEEK-3).</summary>
    private Errno Peek(IUserMemory user, ulong argument, KvmS390CmmaLog log, bool allocationFails)
    {
        if (log.Count == 0 || !used)
        {
            return AnswerZeros(user, argument); // GET-CHECK-5
        }

        if (allocationFails)
        {
            return Errno.ENOMEM; // GET-CHECK-7
        }

        SlotTable table;
        ulong remaining;
        lock (changes)
        {
            table = slots;
            remaining = migrating ? CountDirty(table) : 0; // nobody takes marks away meanwhile: CONCURRENCY-4
        }

        int length = PagesFrom(table, log.StartGfn, (int)log.Count);
        return length == 0
            ? Errno.EFAULT // PEEK-CHECK-1
            : Answer(user, argument, log, table, new PageRange(log.StartGfn, length), remaining); // PEEK-1
    }

    // How many pages in a row exist from a page on, up to count (PEEK-2).
    private static int PagesFrom(SlotTable table, ulong startGfn, int count)
    {
        ReadOnlySpan<Slot> ascending = table.Ascending;
        ulong gfn = startGfn;
        ulong left = (ulong)count;
        for (int index = table.IndexEndingAbove(startGfn); left > 0 && index < ascending.Length && ascending[index].BaseGfn <= gfn; index++)
        {
            ulong pages = Math.Min(left, ascending[index].EndGfn - gfn);
            gfn += pages;
            left -= pages;
        }

        return count - (int)left;
    }
}
