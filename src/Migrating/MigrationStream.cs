// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>
/// What a consumer sends, in QEMU's format: the bytes of the section s390-storage_attributes (instance 0, version 0), without what frames sections. All
/// numbers are big-endian. A word is gfn &lt;&lt; 12 | flag: MORE is followed by a 64-bit count and so many bytes, DONE applies all, EOS ends a part. The
/// start part is EOS, each pass a part of MOREs and EOS, the end part MOREs, DONE and EOS.
/// </summary>
public static class MigrationStream
{
    /// <summary>The name of the section.</summary>
    public const string Section = "s390-storage_attributes";

    private const ulong Eos = 1;
    private const ulong More = 2;
    private const ulong Error = 4;
    private const ulong Done = 8;
    private const int FlagBits = 12;
    private const ulong MostGfn = ulong.MaxValue >> FlagBits;
    private const int WordBytes = 8;

    /// <summary>The bytes of each part: the start, the passes, the end.</summary>
    /// <param name="passes">The blocks of each pass; the last is the final one.</param>
    /// <exception cref="CouldNotRunException">The gfn of a block has more than 52 bits.</exception>
    public static IReadOnlyList<byte[]> Parts(IReadOnlyList<IReadOnlyList<Block>> passes)
    {
        ArgumentNullException.ThrowIfNull(passes);
        List<byte[]> parts = [Part([], isEnd: false)];
        parts.AddRange(passes.SkipLast(1).Select(pass => Part(pass, isEnd: false)));
        parts.Add(Part(passes.Count == 0 ? [] : passes[^1], isEnd: true));
        return parts;
    }

    /// <summary>The whole section.</summary>
    /// <param name="passes">As for <see cref="Parts"/>.</param>
    /// <exception cref="CouldNotRunException">As for <see cref="Parts"/>.</exception>
    public static byte[] Write(IReadOnlyList<IReadOnlyList<Block>> passes) => [.. Parts(passes).SelectMany(part => part)];

    /// <summary>Reads a whole section.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="memoryPages">The pages of the target: no block may reach behind them.</param>
    /// <param name="shownAs">The name of the file, for errors.</param>
    /// <exception cref="InputException">It is damaged: at which byte, and why.</exception>
    public static IReadOnlyList<IReadOnlyList<Block>> Read(ReadOnlyMemory<byte> bytes, ulong memoryPages, string shownAs) => new Reader(bytes, memoryPages, shownAs).All();

    private static byte[] Part(IReadOnlyList<Block> blocks, bool isEnd)
    {
        using MemoryStream part = new();
        foreach (Block block in blocks)
        {
            // no machine of ours has such a page, but a program can answer anything
            if (block.FirstGfn > MostGfn)
            {
                throw new CouldNotRunException($"a block begins at page {TraceWriter.Hex(block.FirstGfn)}, and a word of the stream has no place for a page above {TraceWriter.Hex(MostGfn)}");
            }

            Write(part, (block.FirstGfn << FlagBits) | More);
            Write(part, (ulong)block.Values.Length);
            part.Write(block.Values.Span);
        }

        if (isEnd)
        {
            Write(part, Done);
        }

        Write(part, Eos);
        return part.ToArray();
    }

    private static void Write(MemoryStream part, ulong word)
    {
        Span<byte> bytes = stackalloc byte[WordBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, word);
        part.Write(bytes);
    }

    private sealed class Reader(ReadOnlyMemory<byte> bytes, ulong memoryPages, string shownAs)
    {
        private readonly List<List<Block>> passes = [];
        private int place;

        public List<List<Block>> All()
        {
            if (Word("the start part") != Eos)
            {
                place = 0;
                throw Damaged("the start part is not an EOS");
            }

            while (!ReadPart())
            {
                // the next pass
            }

            return place < bytes.Length ? throw Damaged($"{bytes.Length - place} bytes follow the end part") : passes;
        }

        // One pass; whether it was the last.
        private bool ReadPart()
        {
            List<Block> blocks = [];
            bool isDone = false;
            passes.Add(blocks);
            while (true)
            {
                int begin = place;
                ulong word = Word(isDone ? "an EOS behind DONE" : "an EOS, so the part has no end");
                switch (word & ((1UL << FlagBits) - 1))
                {
                    case Eos:
                        return isDone;
                    case More when !isDone:
                        blocks.Add(ReadBlock(word >> FlagBits));
                        break;
                    case Done when !isDone:
                        isDone = true;
                        break;
                    case Error:
                        place = begin;
                        throw Damaged("ERROR: the source says that it failed");
                    case More or Done:
                        place = begin;
                        throw Damaged("DONE is not followed by EOS");
                    default:
                        place = begin;
                        throw Damaged($"unknown flag {TraceWriter.Hex(word & ((1UL << FlagBits) - 1))}");
                }
            }
        }

        private Block ReadBlock(ulong gfn)
        {
            ulong count = Word("a count");
            int begin = place - WordBytes;
            if (count > uint.MaxValue)
            {
                place = begin;
                throw Damaged($"count {TraceWriter.Hex(count)} has more than 32 bits");
            }

            if (gfn > memoryPages || count > memoryPages - gfn)
            {
                place = begin;
                throw Damaged($"the block of {count} pages from page {TraceWriter.Hex(gfn)} on reaches behind memory, which has {memoryPages} pages");
            }

            if (count > (ulong)(bytes.Length - place))
            {
                throw Damaged($"truncated: {count} values are said to follow, and {bytes.Length - place} bytes do");
            }

            Block block = new(passes.Count, gfn, bytes.Slice(place, (int)count));
            place += (int)count;
            return block;
        }

        private ulong Word(string what)
        {
            if (bytes.Length - place < WordBytes)
            {
                throw Damaged($"truncated: {bytes.Length - place} bytes stand where there must be {what}");
            }

            ulong word = BinaryPrimitives.ReadUInt64BigEndian(bytes.Span[place..]);
            place += WordBytes;
            return word;
        }

        private InputException Damaged(string reason) => new(shownAs, $"byte {place}: {reason}");
    }
}
