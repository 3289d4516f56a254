// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cmma.Optimized;

/// <summary>
/// The marks of a slot (STATE-5): a bit a page, the stripes' headers above them, the summary above those. Pages are counted from the slot's base.
/// <para>
/// Marks are set behind the gate of their stripe, from the bottom up: whoever sees a bit of a level finds the one below. They are taken away
/// behind the gate too, and by one thread at a time (<c>Vm.changes</c>), so that one needs no gate to look for the next mark.
/// </para>
/// <para>The caller keeps the memory alive (see <see cref="SlotMemory"/>).</para>
/// </summary>
/// <param name="memory">The slot's memory.</param>
/// <param name="pages">The slot's size.</param>
internal sealed unsafe class Marks(SlotMemory memory, ulong pages)
{
    private readonly StripeSummary summary = new(memory.StripeCount);
    private readonly DirtyCounter counter = new();
    private readonly ulong* words = memory.Marks; // at hand
    private readonly Stripe* stripes = memory.Stripes;

    /// <summary>How many pages are marked (see <see cref="DirtyCounter.Sum"/>).</summary>
    public ulong Count => counter.Sum;

    /// <summary>Whether the page is marked.</summary>
    public bool IsMarked(ulong page)
    {
        ref ulong word = ref words[page / Words.Bits];
        Steps.Reach(Step.MarkIsRead);
        return (Volatile.Read(ref word) & BitOf(page)) != 0;
    }

    /// <summary>Marks a page, behind its stripe's gate.</summary>
    public void Mark(ulong page)
    {
        ulong word = page / Words.Bits;
        ulong marks = words[word];
        if ((marks & BitOf(page)) == 0)
        {
            Volatile.Write(ref words[word], marks | BitOf(page));
            counter.AddOne();
            MarkWord(word);
        }
    }

    /// <summary>The lowest marked page at or after <paramref name="page"/>, or <see cref="Vm.NoPage"/>.</summary>
    /// <param name="page">Below the slot's size.</param>
    public ulong Next(ulong page)
    {
        ulong next = NextInStripe(page);
        if (next == Vm.NoPage)
        {
            int stripe = summary.Next((int)(page / Stripe.Pages) + 1);
            next = stripe == StripeSummary.None ? Vm.NoPage : NextInStripe((ulong)stripe * Stripe.Pages);
        }

        return next;
    }

    /// <summary>
    /// Takes the marks of a block away: of the one that begins at page <paramref name="from"/>, or of one from the slot below that goes on at page 0.
    /// It ends before page <paramref name="to"/> (GET-BLOCK-6, GET-BLOCK-8).
    /// </summary>
    /// <param name="from">The block's first page, which is marked; or 0.</param>
    /// <param name="to">At most the slot's size, above <paramref name="from"/>.</param>
    /// <param name="end">
    /// One past the last dirty page that the block has, from this slot's base: <paramref name="from"/>, or 0 and below for a block that goes on.
    /// Moves up with the pages taken.
    /// </param>
    /// <returns>Whether 16 clean pages closed the block; else it may go on at <paramref name="to"/>.</returns>
    public bool Take(ulong from, ulong to, ref long end)
    {
        bool closed = false;
        ulong page = from;
        while (!closed && page < to)
        {
            ulong stripeEnd = Math.Min(to, (page | (Stripe.Pages - 1)) + 1);
            closed = TakeFromStripe(page, stripeEnd, ref end);
            page = stripeEnd;
        }

        return closed;
    }

    /// <summary>Marks every page. No page is marked, and nobody marks or takes meanwhile: migration mode is off.</summary>
    public void MarkAll()
    {
        ulong wordCount = (pages + Words.Bits - 1) / Words.Bits;
        NativeMemory.Fill(words, (nuint)wordCount * sizeof(ulong), byte.MaxValue);
        words[wordCount - 1] = Words.BitsBelow(BitsInLast(pages));
        for (int stripe = 0; stripe < memory.StripeCount; stripe++)
        {
            stripes[stripe].WordsWithMarks = ulong.MaxValue;
        }

        stripes[memory.StripeCount - 1].WordsWithMarks = Words.BitsBelow(BitsInLast(wordCount));
        summary.SetAll(memory.StripeCount);
        counter.Remove(-(long)pages);
    }

    /// <summary>Takes all marks away. Passes every gate, so what an ESSA that began before did is undone too.</summary>
    public void UnmarkAll()
    {
        for (int stripe = 0; stripe < memory.StripeCount; stripe++)
        {
            Stripe* header = stripes + stripe;
            header->Enter();
            if (header->WordsWithMarks != 0)
            {
                Span<ulong> stripeWords = WordsOf(stripe);
                long marked = 0;
                foreach (ulong word in stripeWords)
                {
                    marked += BitOperations.PopCount(word);
                }

                stripeWords.Clear();
                counter.Remove(marked);
                header->WordsWithMarks = 0;
                summary.Clear(stripe);
            }

            header->Leave();
        }
    }

    private void MarkWord(ulong word)
    {
        int stripe = (int)(word / Words.Bits);
        ref ulong wordsWithMarks = ref stripes[stripe].WordsWithMarks;
        ulong before = wordsWithMarks;
        Volatile.Write(ref wordsWithMarks, before | BitOf(word));
        if (before == 0)
        {
            summary.Set(stripe);
        }
    }

    private ulong NextInStripe(ulong page)
    {
        ulong word = page / Words.Bits;
        int bit = Words.NextSet(Volatile.Read(ref words[word]), (int)(page % Words.Bits));
        if (bit < Words.Bits)
        {
            return (word * Words.Bits) + (ulong)bit;
        }

        ulong wordsWithMarks = Volatile.Read(ref stripes[word / Words.Bits].WordsWithMarks);
        int next = Words.NextSet(wordsWithMarks, (int)(word % Words.Bits) + 1);
        if (next == Words.Bits)
        {
            return Vm.NoPage;
        }

        word = (word & ~(Words.Bits - 1UL)) + (ulong)next;
        return (word * Words.Bits) + (ulong)BitOperations.TrailingZeroCount(Volatile.Read(ref words[word]));
    }

    private bool TakeFromStripe(ulong from, ulong to, ref long end)
    {
        int stripe = (int)(from / Stripe.Pages);
        Stripe* header = stripes + stripe;
        header->Enter();
        bool closed = false;
        bool hadMarks = header->WordsWithMarks != 0;
        if (to - from == Stripe.Pages && !WordsOf(stripe).ContainsAnyExcept(ulong.MaxValue))
        {
            TakeWholeStripe(stripe);
            end = (long)to;
        }
        else
        {
            closed = TakeWords(from, to, ref end);
        }

        if (hadMarks && header->WordsWithMarks == 0)
        {
            summary.Clear(stripe);
        }

        header->Leave();
        return closed;
    }

    private void TakeWholeStripe(int stripe)
    {
        WordsOf(stripe).Clear();
        stripes[stripe].WordsWithMarks = 0;
        counter.Remove(Stripe.Pages);
    }

    private bool TakeWords(ulong from, ulong to, ref long end)
    {
        long takenPages = 0;
        int endOfBlock = Words.Bits;
        ref ulong wordsWithMarks = ref stripes[from / Stripe.Pages].WordsWithMarks;
        for (ulong word = from / Words.Bits; endOfBlock == Words.Bits && word * Words.Bits < to; word++)
        {
            long start = (long)(word * Words.Bits);
            ulong marks = words[word];
            ulong inside = InsideOf(start, (long)from, (long)to);
            endOfBlock = Words.EndOfBlock(marks | ~inside, start - end); // what lies outside is no gap
            ulong taken = marks & inside & Words.BitsBelow(endOfBlock);
            if (taken != 0)
            {
                end = start + Words.EndOfSet(taken); // GET-BLOCK-3
                takenPages += BitOperations.PopCount(taken);
                Steps.Reach(Step.MarksAreTaken);
                words[word] = marks & ~taken;
                wordsWithMarks &= marks == taken ? ~BitOf(word) : ulong.MaxValue;
            }
        }

        counter.Remove(takenPages);
        return endOfBlock < Words.Bits;
    }

    private Span<ulong> WordsOf(int stripe) => new(words + ((long)stripe * Words.Bits), Words.Bits);

    // The bits of the word that begins at page start which lie at or after page from and before page to.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong InsideOf(long start, long from, long to) =>
        Words.BitsBetween((int)Math.Max(0, from - start), (int)Math.Min(Words.Bits, to - start));

    private static ulong BitOf(ulong position) => 1UL << (int)(position % Words.Bits);

    // How many bits the last word of so many has: 1 to 64.
    private static int BitsInLast(ulong bits) => (int)((bits - 1) % Words.Bits) + 1;
}
