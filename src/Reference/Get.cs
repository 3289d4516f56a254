// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>KVM_S390_GET_CMMA_BITS.</summary>
    public virtual Errno Get(ICaller caller)
    {
        if (!caller.ReadArgument(out CmmaLog log))
        {
            return Errno.EFAULT; // GET-CHECK-1
        }

        if (!Enabled)
        {
            return Errno.ENXIO; // GET-CHECK-2
        }

        Truth peek = log.Flags == PeekFlag;
        if ((log.Flags != 0) & !peek)
        {
            return Errno.EINVAL; // GET-CHECK-3
        }

        if (!peek & !Migrating)
        {
            return Errno.EINVAL; // GET-CHECK-4
        }

        if ((log.Count == 0) | !Used)
        {
            return AnswerZeros(caller); // GET-CHECK-5
        }

        if (!peek & (CountDirty() == 0))
        {
            return AnswerZeros(caller); // GET-CHECK-6
        }

        if (!caller.Allocate())
        {
            return Errno.ENOMEM; // GET-CHECK-7
        }

        Word count = log.Count > Limits.MaxCount ? Limits.MaxCount : log.Count; // GET-COUNT-1
        return peek ? Peek(caller, log, count) : GetBlock(caller, log, count);
    }

    /// <summary>The only flag.</summary>
    protected static Word PeekFlag => (ulong)CmmaFlags.Peek;

    /// <summary>So many clean pages in a row close a block.</summary>
    protected virtual Word GapPages => Limits.GapPages;

    /// <summary>GET without PEEK: one block of dirty pages.</summary>
    protected virtual Errno GetBlock(ICaller caller, CmmaLog log, Word count)
    {
        Word first = FirstDirty(log.StartGfn);
        Word last = EndOfBlock(first, first + count);
        List<Octet> values = [];
        for (Word gfn = first; gfn <= last; gfn = gfn + 1)
        {
            values.Add(ValueOf(gfn)); // GET-BLOCK-7
            Unmark(gfn); // GET-BLOCK-8
        }

        return Answer(caller, log, first, values, remaining: CountDirty());
    }

    /// <summary>
    /// The first page of the block. There is one: without a dirty page GET-CHECK-6 has answered. That this search finds it:
    /// spec/smt/theorems/searching_page_by_page_finds_the_first_page.
    /// </summary>
    protected virtual Word FirstDirty(Word startGfn)
    {
        Word first = LowestDirty(startGfn); // GET-BLOCK-1
        return first == NoPage ? LowestDirty(0) : first; // GET-BLOCK-2
    }

    /// <summary>
    /// The last page of the block that begins at <paramref name="first"/> and stays below <paramref name="endGfn"/>. That this loop finds the
    /// last page of the block as the model defines it: spec/smt/theorems/walking_page_by_page_finds_the_block.
    /// </summary>
    protected virtual Word EndOfBlock(Word first, Word endGfn)
    {
        Word last = first; // GET-BLOCK-3: only ever a dirty page
        Word gfn = first + 1;
        while ((gfn < endGfn) & (gfn - last <= GapPages) & Exists(gfn)) // GET-BLOCK-6, GET-BLOCK-4, GET-BLOCK-5
        {
            if (Dirty[gfn])
            {
                last = gfn;
            }

            gfn = gfn + 1;
        }

        return last;
    }

    /// <summary>The byte of a page of a block, dirty or clean.</summary>
    protected virtual Octet ValueOf(Word gfn) => Attributes[gfn];

    /// <summary>The lowest dirty page from <paramref name="startGfn"/> on, or <see cref="NoPage"/>.</summary>
    protected virtual Word LowestDirty(Word startGfn)
    {
        Word lowest = NoPage;
        foreach (Slot slot in Slots)
        {
            for (Word page = 0; page < slot.Pages; page = page + 1)
            {
                Word gfn = slot.BaseGfn + page;
                if (Dirty[gfn] & (gfn >= startGfn) & (gfn < lowest))
                {
                    lowest = gfn;
                }
            }
        }

        return lowest;
    }

    /// <summary>Writes an answer: first the values, then the struct.</summary>
    protected static Errno Answer(ICaller caller, CmmaLog log, Word startGfn, List<Octet> values, Word remaining)
    {
        if (!caller.WriteValues(log.Values, values))
        {
            return Errno.EFAULT; // GET-CHECK-8, GET-WRITE-1, GET-WRITE-2, GET-WRITE-3
        }

        log.StartGfn = startGfn; // GET-ANSWER-1, PEEK-ANSWER-1
        log.Count = (Word)values.Count; // GET-ANSWER-2, PEEK-ANSWER-2
        log.RemainingOrMask = remaining; // GET-ANSWER-3, PEEK-ANSWER-3
        if (!caller.WriteArgument(log)) // flags and values as they came: GET-ANSWER-4, PEEK-ANSWER-4
        {
            return Errno.EFAULT; // GET-CHECK-9
        }

        return Errno.None;
    }

    /// <summary>Answers 32 zero bytes.</summary>
    protected static Errno AnswerZeros(ICaller caller)
    {
        CmmaLog zeros = new() { StartGfn = 0, Count = 0, Flags = 0, RemainingOrMask = 0, Values = 0 }; // GET-ZERO-1
        if (!caller.WriteArgument(zeros))
        {
            return Errno.EFAULT; // GET-ZERO-2
        }

        return Errno.None;
    }
}
