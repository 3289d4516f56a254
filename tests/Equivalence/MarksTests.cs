// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Optimized;

namespace Cmma.Equivalence.Tests;

/// <summary>The marks of a slot of a few stripes against a row of booleans.</summary>
public sealed class MarksTests
{
    private const int Changes = 60;
    private const ulong Stripe = 4096;

    [Theory]
    [InlineData(1UL)]
    [InlineData(64UL)]
    [InlineData(100UL)]
    [InlineData(Stripe)]
    [InlineData(Stripe + 1)]
    [InlineData((2 * Stripe) + 65)]
    [InlineData(70 * Stripe)] // more stripes than a word of the summary has bits
    public void Marks_are_found_counted_and_taken_as_of_a_row_of_booleans(ulong pages)
    {
        RandomNumbers random = new(pages);
        using SlotMemory memory = new(pages);
        Marks marks = new(memory, pages);
        bool[] marked = new bool[pages];
        for (int change = 0; change < Changes; change++)
        {
            Change(marks, marked, random);
            AssertSame(marks, marked, random);
        }
    }

    [Theory]
    [InlineData(1UL, 4095UL)] // the ends sum up to a stripe
    [InlineData(0UL, 4095UL)]
    [InlineData(0UL, 4096UL)]
    [InlineData(4096UL, 8192UL)]
    [InlineData(5UL, 8200UL)]
    public void A_block_in_a_slot_all_marked_takes_just_its_pages(ulong from, ulong to)
    {
        const ulong Pages = (2 * Stripe) + 100;
        using SlotMemory memory = new(Pages);
        Marks marks = new(memory, Pages);
        marks.MarkAll();
        long end = (long)from;

        Assert.False(marks.Take(from, to, ref end));

        Assert.Equal(to, (ulong)end);
        Assert.Equal(Pages - (to - from), marks.Count);
        Assert.All(Enumerable.Range(0, (int)Pages), page => Assert.Equal((ulong)page < from || (ulong)page >= to, marks.IsMarked((ulong)page)));
        Assert.Equal(from == 0 ? to : 0, marks.Next(0));
    }

    // A stripe all marked is taken without a look at what lies before it.
    [Fact]
    public void A_block_that_is_closed_leaves_the_next_stripe_though_it_is_all_marked()
    {
        const ulong Pages = 2 * Stripe;
        const ulong Last = 4000;
        using SlotMemory memory = new(Pages);
        Marks marks = new(memory, Pages);
        marks.Mark(Last);
        for (ulong page = Stripe; page < Pages; page++)
        {
            marks.Mark(page);
        }

        long end = (long)Last;
        Assert.True(marks.Take(Last, Pages, ref end));

        Assert.Equal((Last + 1, Stripe), ((ulong)end, marks.Count));
        Assert.Equal(Stripe, marks.Next(0));
    }

    [Fact]
    public void A_stripe_taken_whole_hides_none_behind_it()
    {
        const ulong Pages = 3 * Stripe;
        using SlotMemory memory = new(Pages);
        Marks marks = new(memory, Pages);
        marks.MarkAll();
        marks.UnmarkAll();
        marks.Mark(2 * Stripe);

        Assert.Equal((2 * Stripe, 1UL), (marks.Next(0), marks.Count));
        Assert.Equal(Vm.NoPage, marks.Next((2 * Stripe) + 1));
    }

    private static void Change(Marks marks, bool[] marked, RandomNumbers random)
    {
        switch (random.Between(0, 9))
        {
            case 0 when !marked.Contains(true):
                marks.MarkAll();
                Array.Fill(marked, true);
                break;
            case 0:
                marks.UnmarkAll();
                Array.Fill(marked, false);
                break;
            case < 6:
                MarkSome(marks, marked, random);
                break;
            default:
                Take(marks, marked, random);
                break;
        }
    }

    // Pages in a row with few or many between them, so that blocks go on over words and stripes.
    private static void MarkSome(Marks marks, bool[] marked, RandomNumbers random)
    {
        ulong step = (ulong)random.Of(1, 2, 15, 16, 17, 63, 1000);
        for (ulong page = Place(marked, random), left = random.Below(400); left > 0 && page < (ulong)marked.Length; page += step, left--)
        {
            marks.Mark(page);
            marked[page] = true;
        }
    }

    // As the contract has a block: it begins with a mark, and sixteen clean pages or its limit end it.
    private static void Take(Marks marks, bool[] marked, RandomNumbers random)
    {
        int from = Array.IndexOf(marked, true, (int)Place(marked, random));
        if (from < 0)
        {
            return;
        }

        int to = (int)Math.Min(marked.Length, from + 1 + (long)random.Below(random.OneIn(2) ? 100UL : 3 * Stripe));
        int expectedEnd = from;
        int page = from;
        for (; page < to && page - expectedEnd < Limits.GapPages; page++)
        {
            expectedEnd = marked[page] ? page + 1 : expectedEnd;
            marked[page] = false;
        }

        long end = from;
        bool closed = marks.Take((ulong)from, (ulong)to, ref end);
        Assert.Equal((page - expectedEnd == Limits.GapPages, expectedEnd), (closed, end));
    }

    private static void AssertSame(Marks marks, bool[] marked, RandomNumbers random)
    {
        Assert.Equal((ulong)marked.Count(each => each), marks.Count);
        for (int question = 0; question < 20; question++)
        {
            ulong page = Place(marked, random);
            int next = Array.IndexOf(marked, true, (int)page);
            Assert.Equal(next < 0 ? Vm.NoPage : (ulong)next, marks.Next(page));
            Assert.Equal(marked[page], marks.IsMarked(page));
        }
    }

    private static ulong Place(bool[] marked, RandomNumbers random)
    {
        ulong near = (random.Of(0UL, 64UL, Stripe) * (ulong)random.Between(0, 70)) + (ulong)random.Between(0, 70);
        return random.OneIn(3) ? random.Below((ulong)marked.Length) : Math.Min(near, (ulong)marked.Length - 1);
    }
}
