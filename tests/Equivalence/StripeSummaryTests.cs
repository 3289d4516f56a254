// SPDX-License-Identifier: MIT
using Cmma.Exploring.Generators;
using Cmma.Optimized;

namespace Cmma.Equivalence.Tests;

/// <summary>The summary of stripes against a row of booleans, for numbers of stripes around those that need one more word or one more level.</summary>
public sealed class StripeSummaryTests
{
    private const int Changes = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(300_000)] // four levels, as the largest slot has
    public void The_next_stripe_with_marks_is_found_whatever_was_set_and_cleared(int stripes)
    {
        RandomNumbers random = new((ulong)stripes);
        StripeSummary summary = new(stripes);
        bool[] set = new bool[stripes];
        AssertSame(summary, set, random);
        for (int change = 0; change < Changes; change++)
        {
            int stripe = random.OneIn(2) ? Edge(stripes, random) : (int)random.Below((ulong)stripes);
            set[stripe] = !set[stripe];
            if (set[stripe])
            {
                summary.Set(stripe);
            }
            else
            {
                summary.Clear(stripe);
            }

            AssertSame(summary, set, random);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4096)]
    [InlineData(4097)]
    public void All_are_set_and_none_behind_them_and_each_goes_alone(int stripes)
    {
        StripeSummary summary = new(stripes);
        summary.SetAll(stripes);
        for (int stripe = 0; stripe < stripes; stripe++)
        {
            Assert.Equal(stripe, summary.Next(stripe));
        }

        Assert.Equal(StripeSummary.None, summary.Next(stripes));
        for (int stripe = 0; stripe < stripes; stripe++)
        {
            Assert.Equal(stripe, summary.Next(0));
            summary.Clear(stripe);
        }

        Assert.Equal(StripeSummary.None, summary.Next(0));
    }

    [Fact]
    public void To_set_one_twice_is_to_set_it_once()
    {
        StripeSummary summary = new(200);
        summary.Set(130);
        summary.Set(130);
        summary.Set(131);
        summary.Clear(130);
        Assert.Equal(131, summary.Next(0));
        summary.Clear(131);
        Assert.Equal(StripeSummary.None, summary.Next(0));
    }

    private static void AssertSame(StripeSummary summary, bool[] set, RandomNumbers random)
    {
        foreach (int from in (int[])[0, Edge(set.Length, random), (int)random.Below((ulong)set.Length), set.Length])
        {
            int expected = Array.IndexOf(set, true, from);
            Assert.Equal(expected < 0 ? StripeSummary.None : expected, summary.Next(from));
        }
    }

    // The first or the last of some word.
    private static int Edge(int stripes, RandomNumbers random) => Math.Clamp(random.Of(64, 4096) * random.Between(0, 5) - random.Between(0, 1), 0, stripes - 1);
}
