// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>GET with PEEK: the attributes of the pages from start_gfn on. Nothing changes (PEEK-3).</summary>
    private Errno Peek(IUserMemory user, ulong argument, in KvmS390CmmaLog log, uint count, bool allocationFails)
    {
        if (count == 0 || !used)
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

        int slotIndex = table.IndexEndingAbove(log.StartGfn);
        int length = PagesFrom(table, slotIndex, log.StartGfn, (int)count);
        return length == 0
            ? Errno.EFAULT // PEEK-CHECK-1
            : Answer(user, argument, in log, table, slotIndex, new PageRange(log.StartGfn, length), remaining); // PEEK-1
    }

    // How many pages in a row exist from a page on, up to count (PEEK-2); the slot at slotIndex ends above the first.
    private static int PagesFrom(SlotTable table, int slotIndex, ulong startGfn, int count)
    {
        ReadOnlySpan<Slot> ascending = table.Ascending[slotIndex..];
        ulong gfn = startGfn;
        ulong left = (ulong)count;
        for (int index = 0; left > 0 && index < ascending.Length && ascending[index].BaseGfn <= gfn; index++)
        {
            ulong pages = Math.Min(left, ascending[index].EndGfn - gfn);
            gfn += pages;
            left -= pages;
        }

        return count - (int)left;
    }
}
