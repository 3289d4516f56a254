// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using Cmma.Abi;

namespace Cmma.Measures;

/// <summary>
/// GET in the way in which the kernels do it, written for comparison: one bit per page in one row of words, the next mark found by looking at word
/// after word, then page after page with an atomic clear each. One slot at gfn 0, CMMA in use, migrating.
/// </summary>
/// <param name="pages">How many.</param>
/// <param name="isGated">
/// Whether it also does what the optimized machine owes to an ESSA on another processor and to guests of any size, which the kernels leave out: it
/// takes the marks behind a gate, which ESSA would take too, so that no page is answered half changed; and it keeps a bit for each word of marks, so
/// that the next mark is found without walking through clean words.
/// </param>
public sealed class KernelsWay(int pages, bool isGated = false)
{
    private readonly Lock slotsLock = new();
    private readonly ulong[] marks = new ulong[(pages + 63) / 64];
    private readonly byte[] attributes = new byte[pages];
    private readonly byte[] values = new byte[Limits.MaxCount];
    private readonly ulong[] wordsWithMarks = new ulong[(pages / 64 / 64) + 1];
    private long dirtyPages;
    private int gate; // 0 open, 1 taken

    /// <summary>Marks every page whose number is a multiple of <paramref name="distance"/>.</summary>
    public void Mark(int distance)
    {
        for (int page = 0; page < pages; page += distance)
        {
            marks[page / 64] |= 1UL << (page % 64);
            wordsWithMarks[page / 64 / 64] |= 1UL << (page / 64 % 64);
            dirtyPages++;
        }
    }

    /// <summary>GET without PEEK.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Get(IUserMemory user, ulong argument, bool allocationFails)
    {
        ArgumentNullException.ThrowIfNull(user);
        KvmS390CmmaLog log = KvmS390CmmaLog.Decode(user.Read(argument, KvmS390CmmaLog.SizeBytes), !BitConverter.IsLittleEndian);
        int first;
        int count;
        lock (slotsLock)
        {
            first = Next((int)Math.Min(log.StartGfn, (ulong)pages));
            first = first < pages ? first : Next(0);
            Enter();
            count = first < pages && !allocationFails ? TakeBlock(first, (int)Math.Min(log.Count, Limits.MaxCount)) : 0;
            Leave();
        }

        Span<byte> answer = stackalloc byte[KvmS390CmmaLog.SizeBytes];
        KvmS390CmmaLog answered = count == 0 ? default : log with { StartGfn = (ulong)first, Count = (uint)count, RemainingOrMask = (ulong)dirtyPages };
        answered.Encode(answer, !BitConverter.IsLittleEndian);
        user.Write(log.Values, values.AsSpan(0, count));
        return user.Write(argument, answer) == answer.Length ? 0 : -(int)Errno.EFAULT;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TakeBlock(int first, int limit)
    {
        int page = first;
        int next = Next(first + 1);
        int count = 0;
        while (true)
        {
            ref ulong word = ref marks[page / 64];
            ulong bit = 1UL << (page % 64);
            bool wasSet = (word & bit) != 0; // nobody else clears; so the compiler needs no loop for what the kernels do in one instruction
            Interlocked.And(ref word, ~bit);
            if (wasSet)
            {
                Interlocked.Decrement(ref dirtyPages);
            }

            if (isGated && word == 0)
            {
                wordsWithMarks[page / 64 / 64] &= ~(1UL << (page / 64 % 64));
            }

            values[count++] = (byte)(attributes[page] & PageAttributes.All);
            next = next == page ? Next(page + 1) : next;
            if (next >= pages || next - page > Limits.GapPages || next - first >= limit)
            {
                return count;
            }

            page++;
        }
    }

    // The next marked page; the number of pages or more if there is none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Next(int from)
    {
        int index = from / 64;
        if (from >= pages)
        {
            return pages;
        }

        ulong word = marks[index] & (ulong.MaxValue << (from % 64));
        if (isGated)
        {
            return word != 0 ? (index * 64) + BitOperations.TrailingZeroCount(word) : NextBySummary(index + 1);
        }

        while (word == 0)
        {
            if (++index == marks.Length)
            {
                return pages;
            }

            word = marks[index];
        }

        return (index * 64) + BitOperations.TrailingZeroCount(word);
    }

    // From a word on; the next bit of the summary is looked for as the kernels look for the next mark.
    private int NextBySummary(int from)
    {
        int index = from / 64;
        if (index >= wordsWithMarks.Length)
        {
            return pages;
        }

        ulong words = wordsWithMarks[index] & (ulong.MaxValue << (from % 64));
        while (words == 0)
        {
            if (++index == wordsWithMarks.Length)
            {
                return pages;
            }

            words = wordsWithMarks[index];
        }

        int word = (index * 64) + BitOperations.TrailingZeroCount(words);
        return (word * 64) + BitOperations.TrailingZeroCount(marks[word]);
    }

    private void Enter()
    {
        while (isGated && Interlocked.CompareExchange(ref gate, 1, 0) != 0)
        {
            Thread.SpinWait(1);
        }
    }

    private void Leave()
    {
        if (isGated)
        {
            Volatile.Write(ref gate, 0);
        }
    }
}
