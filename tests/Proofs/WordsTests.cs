// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics;
using System.Text;
using Cmma.Abi;
using Cmma.Optimized;
using Cmma.Proofs.Model;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Theorems;

namespace Cmma.Proofs.Tests;

/// <summary>
/// The functions of src/Optimized/Words.cs are those of spec/smt/model/words.smt2, of which the theorems are: both are asked for the same
/// words, edges and random ones.
/// </summary>
public sealed class WordsTests
{
    private const int Seed = 20170719;
    private const int RandomCases = 40;

    private static readonly ulong[] EdgeWords =
    [
        0, 1, 2, 0x8000, 0x1_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, ulong.MaxValue, ulong.MaxValue - 1, 0x0000_ffff_0000_0001,
        0xffff_0000_0000_ffff, 0x0001_0000_8000_0000, 0x5555_5555_5555_5555, 0x0101_0101_0101_0101, 0x0000_0000_4300_0000, 0xffff_ffff_bcff_ffff,
    ];

    private static readonly int[] EdgePositions = [0, 1, 15, 16, 17, 31, 32, 48, 49, 62, 63, 64];
    private static readonly long[] EdgeCounts = [-63, -16, -1, 0, 1, 14, 15, 16, 17, 31, 64, (1L << 52) - 1];
    private static readonly byte[] EdgeBytes = [0, 1, 2, 3, 0x40, 0x41, 0x43, 0x7f, 0x80, 0xff, 0xe4, 0x1b];

    private readonly Random random = new(Seed);

    /// <summary>The functions with a theorem; each has a case in <see cref="Cases"/>.</summary>
    public static IReadOnlyList<string> Functions { get; } =
        [.. new SmtFolder(Spec.Smt).Theorems().Select(theorem => theorem.Header["function"]).Where(name => name.Length > 0)];

    [Fact]
    public void Each_function_has_a_theorem()
    {
        IEnumerable<string> all = typeof(Words).GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Select(method => $"Words.{method.Name}");
        Assert.Empty(all.Except(Functions, StringComparer.Ordinal));
    }

    [Fact]
    public void Each_agrees_with_the_model_on_edges_and_random_words()
    {
        List<(string Function, string Term, string Value)> cases = [.. Cases()];
        Assert.Empty(Functions.Except(cases.Select(one => one.Function), StringComparer.Ordinal));
        IReadOnlyList<string> values = Values(cases.ConvertAll(one => one.Term));
        for (int index = 0; index < cases.Count; index++)
        {
            Assert.True(cases[index].Value == values[index], $"{cases[index].Term} is {values[index]} and not {cases[index].Value}");
        }
    }

    private static IReadOnlyList<string> Values(List<string> terms)
    {
        SmtFolder folder = new(Spec.Smt);
        string text = $"(check-sat)\n(get-value ({string.Join('\n', terms)}))";
        Theorem question = new("words", "model/words.smt2", $"; uses: words\n{text}\n");
        using SolverProcess solver = new(SolverKind.MicrosoftZ3, SolverLimits.Usual, question.File);
        (_, string values) = solver.Run(new Joiner(folder).Proof(question), 1);
        return [.. SExpression.ReadAll(values)[0].Items.Select(pair => pair.Items[1].Atom!)];
    }

    private static string Hex(ulong value) => $"#x{value:x16}";

    private static string Hex(int value) => $"#x{value:x8}";

    private static string Hex(byte value) => $"#x{value:x2}";

    private IEnumerable<(string Function, string Term, string Value)> Cases()
    {
        foreach (ulong word in Pick(EdgeWords, Word))
        {
            yield return Case("BitOperations.TrailingZeroCount", "trailing-zero-count", Hex(BitOperations.TrailingZeroCount(word)), Hex(word));
            yield return Case("BitOperations.LeadingZeroCount", "leading-zero-count", Hex(BitOperations.LeadingZeroCount(word)), Hex(word));
            yield return Case("Words.EndOfSet", "end-of-set", Hex(Words.EndOfSet(word)), Hex(word));
            yield return Case("Words.StartsOf16", "starts-of-16", Hex(Words.StartsOf16(word)), Hex(word));
            yield return Case("Words.SelectedBits", "selected-bits", Hex(Words.SelectedBits(word)), Hex(word));
            int from = Position();
            yield return Case("Words.NextSet", "next-set", Hex(Words.NextSet(word, from)), Hex(word), Hex(from));
            (ulong value, byte selected) = (Word(), Byte());
            yield return Case("Words.Select", "select", Hex(Words.Select(word, value, selected)), Hex(word), Hex(value), Hex(selected));
            long before = Count();
            ulong marks = before < 0 ? word | 1 : word; // the block begins in this word, or before it
            yield return Case("Words.EndOfBlock", "end-of-block", Hex(Words.EndOfBlock(marks, before)), Hex(marks), Hex((ulong)before));
        }

        foreach (int position in Pick(EdgePositions, Position))
        {
            yield return Case("Words.BitsBelow", "bits-below", Hex(Words.BitsBelow(position)), Hex(position));
            int to = Position();
            yield return Case("Words.BitsBetween", "bits-between", Hex(Words.BitsBetween(position, to)), Hex(position), Hex(to));
        }

        foreach (byte four in Pick(EdgeBytes, Byte))
        {
            (ulong page, byte held) = (Word(), (byte)(Byte() & 3));
            yield return Case("Words.Broadcast", "broadcast", Hex(Words.Broadcast(four)), Hex(four));
            yield return Case("Words.Content", "content", Hex((byte)Words.Content(four, page)), Hex(four), Hex(page));
            yield return Case("Words.WithContent", "with-content", Hex(Words.WithContent(four, page, (PageContent)held)), Hex(four), Hex(page), Hex(held));
        }
    }

    private static (string Function, string Term, string Value) Case(string function, string name, string value, params string[] arguments) =>
        (function, $"(words-{name} {string.Join(' ', arguments)})", value);

    private static IEnumerable<T> Pick<T>(T[] edges, Func<T> any) => edges.Concat(Enumerable.Range(0, RandomCases).Select(_ => any()));

    // Few bits or many: runs of 16 clear bits are rare among words with as many of the one as of the other.
    private ulong Word()
    {
        ulong word = (ulong)random.NextInt64() << 1 | (uint)random.Next(2);
        for (int round = random.Next(4); round > 0; round--)
        {
            word &= (ulong)random.NextInt64() << 1;
        }

        return random.Next(2) == 0 ? word : ~word;
    }

    private int Position() => random.Next(3) == 0 ? EdgePositions[random.Next(EdgePositions.Length)] : random.Next(65);

    private long Count() => random.Next(2) == 0 ? EdgeCounts[random.Next(EdgeCounts.Length)] : random.Next(-63, 40);

    private byte Byte() => random.Next(2) == 0 ? EdgeBytes[random.Next(EdgeBytes.Length)] : (byte)random.Next(256);
}
