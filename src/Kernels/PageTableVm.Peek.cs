// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <content>PEEK walks from table to table.</content>
public abstract partial class PageTableVm
{
    /// <summary>PEEK stops at a page in no slot, also where its table has pages in a slot (known bug B26, 4d4a21e38f1b in 7.2).</summary>
    protected virtual bool PeekStopsInsideTable => true;

    /// <summary>PEEK of nothing is an error (known bug B18, 7a386efcb2bf in 7.2).</summary>
    protected virtual bool PeekChecksForNothing => true;

    /// <inheritdoc/>
    protected override Errno Peek(ICaller caller, CmmaLog log, ulong count)
    {
        List<byte> values = [];
        int answered = 0;
        ulong gfn = log.StartGfn;
        ulong end = gfn > ulong.MaxValue - count ? ulong.MaxValue : gfn + count;
        while (gfn < end && !IsHole(gfn / TablePages) && (Exists(gfn) || !PeekStopsInsideTable))
        {
            if (Exists(gfn))
            {
                values.Add(HasTable(gfn) ? Attributes[gfn] : ByteOfCleanPage);
                answered = values.Count;
                gfn++;
            }
            else
            {
                ulong next = ulong.Min((gfn / TablePages * TablePages) + TablePages, end);
                values.AddRange(Skipped(next - gfn));
                gfn = next;
            }
        }

        return answered == 0
            ? PeekOfNothing(caller, log, count)
            : Answer(caller, log, log.StartGfn, values[..answered], remaining: Migrating ? Counter : 0);
    }

    /// <summary>The end of what was found is 0, so the count is 0 less the start, in 32 bits.</summary>
    private Errno PeekOfNothing(ICaller caller, CmmaLog log, ulong count)
    {
        uint wrapped = unchecked((uint)(0 - log.StartGfn));
        if (PeekChecksForNothing || wrapped == 0)
        {
            return Errno.EFAULT;
        }

        return wrapped <= count
            ? Answer(caller, log, log.StartGfn, Skipped(wrapped), remaining: Migrating ? Counter : 0)
            : throw new MemoryLeakException($"PEEK copies {wrapped} bytes out of a buffer of {count}");
    }

    // bytes of the buffer that the walk leaves as they were
    private List<byte> Skipped(ulong count)
    {
        List<byte> values = [];
        for (ulong page = 0; page < count; page++)
        {
            values.Add(ByteOfCleanPage);
        }

        return values;
    }

    // neither a page nor a table is there
    private bool IsHole(ulong table) => !tables.Contains(table) && !mapped.Meets(table * TablePages, (table + 1) * TablePages);
}
