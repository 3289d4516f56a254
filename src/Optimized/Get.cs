// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>KVM_S390_GET_CMMA_BITS.</summary>
    public Errno Get(IUserMemory user, ulong argument, bool allocationFails)
    {
        if (!TryReadArgument(user, argument, out KvmS390CmmaLog log))
        {
            return Errno.EFAULT; // GET-CHECK-1
        }

        if (!enabled)
        {
            return Errno.ENXIO; // GET-CHECK-2
        }

        if ((log.Flags & ~(uint)CmmaFlags.Peek) != 0)
        {
            return Errno.EINVAL; // GET-CHECK-3
        }

        uint count = Math.Min(log.Count, Limits.MaxCount); // GET-COUNT-1
        return log.Flags == (uint)CmmaFlags.Peek
            ? Peek(user, argument, in log, count, allocationFails)
            : GetBlock(user, argument, in log, count, allocationFails);
    }

    /// <summary>GET without PEEK: one block of dirty pages. Marks go first, then values are read: CONCURRENCY-1.</summary>
    private Errno GetBlock(IUserMemory user, ulong argument, in KvmS390CmmaLog log, uint count, bool allocationFails)
    {
        SlotTable table;
        int slotIndex = 0;
        ulong first;
        ulong end;
        ulong remaining;
        lock (changes)
        {
            if (!migrating)
            {
                return Errno.EINVAL; // GET-CHECK-4
            }

            table = slots;
            first = count == 0 || !used ? NoPage : FirstDirty(table, log.StartGfn, out slotIndex); // GET-CHECK-5, GET-CHECK-6
            if (first != NoPage && allocationFails)
            {
                return Errno.ENOMEM; // GET-CHECK-7
            }

            end = first == NoPage ? NoPage : TakeBlock(table, slotIndex, first, first + count);
            remaining = CountDirty(table);
        }

        return first == NoPage
            ? AnswerZeros(user, argument)
            : Answer(user, argument, in log, table, slotIndex, new PageRange(first, (int)(end - first)), remaining);
    }

    /// <summary>The first page of the block and the slot that holds it, or <see cref="NoPage"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FirstDirty(SlotTable table, ulong startGfn, out int slotIndex)
    {
        ulong first = LowestDirty(table, startGfn, out slotIndex); // GET-BLOCK-1
        return first == NoPage ? LowestDirty(table, 0, out slotIndex) : first; // GET-BLOCK-2
    }

    /// <summary>
    /// Takes the marks of the block that begins at <paramref name="first"/>, in the slot at <paramref name="slotIndex"/>, and stays below
    /// <paramref name="limitGfn"/>. The result is one past its last page.
    /// </summary>
    private static ulong TakeBlock(SlotTable table, int slotIndex, ulong first, ulong limitGfn)
    {
        ulong endGfn = first;
        ulong gfn = first;
        bool closed = false;
        foreach (Slot slot in table.Ascending[slotIndex..])
        {
            if (closed || slot.BaseGfn > gfn || gfn >= limitGfn)
            {
                break; // 16 clean pages: GET-BLOCK-4; a hole: GET-BLOCK-5; the buffer's end: GET-BLOCK-6
            }

            long end = (long)(endGfn - slot.BaseGfn); // below 0 where the last dirty page lies in a slot before
            closed = slot.Marks.Take(gfn - slot.BaseGfn, Math.Min(limitGfn - slot.BaseGfn, slot.Pages), ref end);
            endGfn = slot.BaseGfn + (ulong)end;
            gfn = slot.EndGfn;
        }

        return endGfn;
    }

    /// <summary>The lowest dirty page from <paramref name="startGfn"/> on and the slot that holds it, or <see cref="NoPage"/>.</summary>
    private static ulong LowestDirty(SlotTable table, ulong startGfn, out int slotIndex)
    {
        ReadOnlySpan<Slot> ascending = table.Ascending;
        for (slotIndex = table.IndexEndingAbove(startGfn); slotIndex < ascending.Length; slotIndex++)
        {
            Slot slot = ascending[slotIndex];
            ulong page = slot.Marks.Next(Math.Max(startGfn, slot.BaseGfn) - slot.BaseGfn);
            if (page != NoPage)
            {
                return slot.BaseGfn + page;
            }
        }

        return NoPage;
    }

    /// <summary>Writes an answer: first the values, from this slot on and those side by side with it, then the struct.</summary>
    private static Errno Answer(
        IUserMemory user, ulong argument, in KvmS390CmmaLog log, SlotTable table, int slotIndex, PageRange range, ulong remaining)
    {
        bool allWritten = TryWriteValues(user, log.Values, table, slotIndex, range);
        GC.KeepAlive(table);
        if (!allWritten)
        {
            return Errno.EFAULT; // GET-CHECK-8, GET-WRITE-1, GET-WRITE-2
        }

        KvmS390CmmaLog answer = new(
            range.First, // GET-ANSWER-1, PEEK-ANSWER-1
            (uint)range.Length, // GET-ANSWER-2, PEEK-ANSWER-2
            log.Flags, // GET-ANSWER-4, PEEK-ANSWER-4
            remaining, // GET-ANSWER-3, PEEK-ANSWER-3
            log.Values);
        return TryWriteArgument(user, argument, in answer) ? Errno.None : Errno.EFAULT; // GET-CHECK-9
    }

    private static Errno AnswerZeros(IUserMemory user, ulong argument) =>
        TryWriteArgument(user, argument, default) ? Errno.None : Errno.EFAULT; // GET-ZERO-1, GET-ZERO-2

    // One write, as the contract has it (ABI-11): straight from the attributes where one slot holds all pages. They may change meanwhile:
    // each byte is of some moment (CONCURRENCY-2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryWriteValues(IUserMemory user, ulong address, SlotTable table, int slotIndex, PageRange range)
    {
        Steps.Reach(Step.ValuesAreRead);
        Slot slot = table.Ascending[slotIndex];
        ulong page = range.First - slot.BaseGfn;
        if ((ulong)range.Length <= slot.Pages - page)
        {
            return user.Write(address, slot.Attributes(page, range.Length)) == range.Length;
        }

        byte[] values = ArrayPool<byte>.Shared.Rent(range.Length);
        CopyFromSlots(table.Ascending[slotIndex..], range.First, values.AsSpan(0, range.Length));
        bool allWritten = user.Write(address, values.AsSpan(0, range.Length)) == range.Length;
        ArrayPool<byte>.Shared.Return(values);
        return allWritten;
    }

    // From slots side by side, the first of which holds the first page.
    private static void CopyFromSlots(ReadOnlySpan<Slot> sideBySide, ulong first, Span<byte> values)
    {
        ulong page = first - sideBySide[0].BaseGfn;
        Span<byte> left = values;
        int index = 0;
        while (left.Length > 0)
        {
            Slot slot = sideBySide[index];
            int length = (int)Math.Min(slot.Pages - page, (ulong)left.Length);
            slot.Attributes(page, length).CopyTo(left);
            left = left[length..];
            page = 0;
            index++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadArgument(IUserMemory user, ulong argument, out KvmS390CmmaLog log)
    {
        ReadOnlySpan<byte> bytes = user.Read(argument, KvmS390CmmaLog.SizeBytes);
        if (bytes.Length != KvmS390CmmaLog.SizeBytes)
        {
            log = default;
            return false;
        }

        log = KvmS390CmmaLog.Decode(bytes, !BitConverter.IsLittleEndian);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryWriteArgument(IUserMemory user, ulong argument, in KvmS390CmmaLog log)
    {
        Span<byte> bytes = stackalloc byte[KvmS390CmmaLog.SizeBytes];
        log.Encode(bytes, !BitConverter.IsLittleEndian);
        return user.Write(argument, bytes) == bytes.Length;
    }

    /// <summary>Pages in a row that all exist.</summary>
    /// <param name="First">The first one.</param>
    /// <param name="Length">How many, from 1 to the largest count.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct PageRange(ulong First, int Length);
}
