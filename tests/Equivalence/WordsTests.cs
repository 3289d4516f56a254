// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Optimized;

namespace Cmma.Equivalence.Tests;

/// <summary>Each bit trick against what its summary says, bit by bit. The theorems say so for all words; this checks the functions themselves.</summary>
public sealed class WordsTests
{
    private const int Cases = 300;

    private readonly RandomNumbers random = new(1);

    [Fact]
    public void BitsBelow_and_BitsBetween()
    {
        for (int to = 0; to <= 64; to++)
        {
            Assert.Equal(Word(bit => bit < to), Words.BitsBelow(to));
            for (int from = 0; from <= 64; from++)
            {
                Assert.Equal(Word(bit => bit >= from && bit < to), Words.BitsBetween(from, to));
            }
        }
    }

    [Fact]
    public void NextSet_and_EndOfSet() => ForWords(word =>
    {
        int from = random.Between(0, 64);
        Assert.Equal(Enumerable.Range(from, 64 - from).Where(bit => Bit(word, bit)).DefaultIfEmpty(64).First(), Words.NextSet(word, from));
        Assert.Equal(Enumerable.Range(0, 64).Where(bit => Bit(word, bit)).DefaultIfEmpty(-1).Last() + 1, Words.EndOfSet(word));
    });

    [Fact]
    public void StartsOf16() => ForWords(word => Assert.Equal(Word(bit => RunOf16(word, bit)), Words.StartsOf16(word)));

    [Fact]
    public void EndOfBlock() => ForWords(word =>
    {
        long cleanBefore = random.Of(-63, -1, 0, 1, 14, 15, 16, 17, 64, 1L << 51);
        ulong marks = cleanBefore < 0 ? word | 1 : word;
        int leading = Enumerable.Range(0, 64).TakeWhile(bit => !Bit(marks, bit)).Count();
        int expected = cleanBefore + leading >= Limits.GapPages ? 0 : Enumerable.Range(0, 64).Where(bit => RunOf16(~marks, bit)).DefaultIfEmpty(64).First();
        Assert.Equal(expected, Words.EndOfBlock(marks, cleanBefore));
    });

    [Fact]
    public void Select_and_Broadcast() => ForWords(word =>
    {
        (ulong value, byte selected) = (random.Next(), (byte)random.Next());
        Assert.Equal(Word(bit => Bit(Bit(selected, bit % 8) ? value : word, bit)), Words.Select(word, value, selected));
        Assert.Equal(Word(bit => Bit(selected, bit % 8)), Words.Broadcast(selected));
    });

    [Fact]
    public void SelectedBits() => ForWords(word => Assert.Equal((word / (1UL << 24)) % 256 & 0x43, Words.SelectedBits(word)));

    [Fact]
    public void Content_and_WithContent() => ForWords(word =>
    {
        byte four = (byte)word;
        for (ulong page = 4; page < 8; page++)
        {
            PageContent content = random.Of(PageContent.Resident, PageContent.Preserved, PageContent.LogicallyZero);
            byte changed = Words.WithContent(four, page, content);
            Assert.Equal(content, Words.Content(changed, page));
            Assert.All(Enumerable.Range(4, 4).Where(other => (ulong)other != page), other => Assert.Equal(Words.Content(four, (ulong)other), Words.Content(changed, (ulong)other)));
            Assert.Equal((four / (int)Math.Pow(4, page - 4)) % 4, (int)Words.Content(four, page));
        }
    });

    // Random ones, and such with long runs.
    private void ForWords(Action<ulong> check)
    {
        for (int index = 0; index < Cases; index++)
        {
            (int from, int to) = (random.Between(0, 64), random.Between(0, 64));
            ulong run = Word(bit => bit >= from && bit < to);
            check(random.Of(random.Next(), run, ~run, run & random.Next(), run | random.Next(), run | (1UL << random.Between(0, 63))));
        }
    }

    private static bool RunOf16(ulong word, int from) => from <= 48 && Enumerable.Range(from, 16).All(bit => Bit(word, bit));

    private static bool Bit(ulong word, int bit) => (word / (ulong)Math.Pow(2, bit)) % 2 == 1;

    private static ulong Word(Func<int, bool> bit) => Enumerable.Range(0, 64).Aggregate(0UL, (word, index) => word + (bit(index) ? 1UL << index : 0));
}
