// SPDX-License-Identifier: MIT
using System.Numerics;

namespace Cmma.Optimized;

/// <summary>
/// Which stripes of a slot have marks: a bit for each, and above that levels with a bit for each word below, up to a level of one word. The
/// next stripe with marks costs a load or two a level, whatever the slot's size: four levels for the largest.
/// <para>
/// <see cref="Set"/> may run on any number of threads beside one of the others; those come one at a time (<c>Vm.changes</c>). When Set has
/// returned, the bits of its stripe are set on every level, unless that stripe was cleared since.
/// </para>
/// </summary>
internal sealed class StripeSummary
{
    /// <summary>No stripe.</summary>
    public const int None = -1;

    private readonly ulong[][] levels;

    /// <summary>No stripe has marks.</summary>
    public StripeSummary(int stripes)
    {
        int depth = 1;
        for (int words = WordsFor(stripes); words > 1; words = WordsFor(words))
        {
            depth++;
        }

        levels = new ulong[depth][];
        int bits = stripes;
        for (int level = 0; level < depth; level++)
        {
            bits = WordsFor(bits);
            levels[level] = new ulong[bits];
        }
    }

    /// <summary>The stripe has marks. Called behind its gate.</summary>
    public void Set(int stripe)
    {
        int position = stripe;
        foreach (ulong[] words in levels)
        {
            SetBit(words, position);
            position /= Words.Bits;
        }
    }

    /// <summary>The stripe has no marks. Called behind its gate.</summary>
    public void Clear(int stripe)
    {
        int position = stripe;
        for (int level = 0; level < levels.Length; level++)
        {
            ref ulong word = ref levels[level][position / Words.Bits];
            Steps.Reach(Step.SummaryChanges);
            Interlocked.And(ref word, ~(1UL << (position % Words.Bits)));
            if (level > 0 && IsChildInUse(level, position)) // not covered: a race, which the interleavings of a second build drive
            {
                SetBit(levels[level], position); // a bit below came meanwhile; not covered: as above
                return; // not covered: as above
            }

            if (Volatile.Read(ref word) != 0)
            {
                return;
            }

            position /= Words.Bits;
        }
    }

    /// <summary>Every stripe has marks. No Set may be running.</summary>
    public void SetAll(int stripes)
    {
        int bits = stripes;
        foreach (ulong[] words in levels)
        {
            System.Array.Fill(words, ulong.MaxValue);
            words[^1] = Words.BitsBelow(((bits - 1) % Words.Bits) + 1);
            bits = words.Length;
        }
    }

    /// <summary>The lowest stripe with marks at or after <paramref name="from"/>; <see cref="None"/> if there is none.</summary>
    public int Next(int from)
    {
        int position = from;
        for (int level = 0; level < levels.Length; level++)
        {
            ulong[] words = levels[level];
            int index = position / Words.Bits;
            if (index >= words.Length)
            {
                return None;
            }

            int bit = Words.NextSet(Volatile.Read(ref words[index]), position % Words.Bits);
            if (bit < Words.Bits)
            {
                return LowestBelow(level, (index * Words.Bits) + bit);
            }

            position = index + 1;
        }

        return None;
    }

    private int LowestBelow(int level, int position)
    {
        int lowest = position;
        for (int below = level - 1; below >= 0; below--)
        {
            lowest = (lowest * Words.Bits) + BitOperations.TrailingZeroCount(Volatile.Read(ref levels[below][lowest]));
        }

        return lowest;
    }

    private bool IsChildInUse(int level, int position)
    {
        Steps.Reach(Step.SummaryChanges);
        return Volatile.Read(ref levels[level - 1][position]) != 0;
    }

    private static void SetBit(ulong[] words, int position)
    {
        ref ulong word = ref words[position / Words.Bits];
        ulong bit = 1UL << (position % Words.Bits);
        Steps.Reach(Step.SummaryChanges);
        if ((Volatile.Read(ref word) & bit) == 0)
        {
            Interlocked.Or(ref word, bit);
        }
    }

    private static int WordsFor(int bits) => (bits + Words.Bits - 1) / Words.Bits;
}
