using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace Cmma.Traces;

/// <summary>Bytes as they are written in traces: "00*15 41 ??" is fifteen zeros, 0x41, and one byte of any value.</summary>
public sealed class ByteRuns
{
    // Not Abi.Limits.MaxCount + 1: where the limit is wrong the vectors about it must still be read, to fail by what they expect.

    /// <summary>No call moves more bytes (ABI-6); one more, so that a trace can offer too much.</summary>
    public const int MaxLength = 1_048_577;

    private readonly List<Run> runs;

    private ByteRuns(List<Run> runs)
    {
        this.runs = runs;
        Length = runs.Sum(run => run.Length);
    }

    /// <summary>How many bytes.</summary>
    public int Length { get; }

    /// <summary>Whether a byte may have any value.</summary>
    public bool HasAny => runs.Exists(run => run.Value == null);

    /// <summary>Exactly these bytes.</summary>
    public static ByteRuns Of(ReadOnlySpan<byte> bytes)
    {
        List<Run> found = [];
        while (bytes.Length > 0)
        {
            ReadOnlySpan<byte> rest = bytes.TrimStart(bytes[0]);
            found.Add(new Run(bytes[0], bytes.Length - rest.Length));
            bytes = rest;
        }

        return new ByteRuns(found);
    }

    /// <summary>Reads the written form (the schema has checked it); null if it stands for more than <see cref="MaxLength"/> bytes.</summary>
    public static ByteRuns? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Run> found = [];
        long total = 0;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int length = word.Length == 2 ? 1 : int.Parse(word.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture);
            byte? value = word[0] == '?' ? null : byte.Parse(word.AsSpan(0, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            Append(found, new Run(value, length));
            total += length;
        }

        return total > MaxLength ? null : new ByteRuns(found);
    }

    /// <summary>The same with any byte where this one stands.</summary>
    public ByteRuns WithAnyFor(byte value) => new([.. runs.Select(run => run.Value == value ? run with { Value = null } : run)]);

    /// <summary>The bytes; any byte as 0.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        int position = 0;
        foreach (Run run in runs)
        {
            bytes.AsSpan(position, run.Length).Fill(run.Value ?? 0);
            position += run.Length;
        }

        return bytes;
    }

    /// <summary>The index of the first byte that does not fit, or -1. Bytes beyond the shorter length are not looked at.</summary>
    public int FirstMismatch(ReadOnlySpan<byte> bytes)
    {
        int position = 0;
        foreach (Run run in runs)
        {
            ReadOnlySpan<byte> part = bytes[position..Math.Min(position + run.Length, bytes.Length)];
            int different = run.Value == null ? -1 : part.IndexOfAnyExcept(run.Value.Value);
            if (different >= 0)
            {
                return position + different;
            }

            position += part.Length;
        }

        return -1;
    }

    /// <summary>The byte at an index as it is written: two hex digits, or ??.</summary>
    public string At(int index)
    {
        foreach (Run run in runs)
        {
            if (index < run.Length)
            {
                return run.ValueText;
            }

            index -= run.Length;
        }

        return "nothing";
    }

    /// <summary>The canonical form: runs as long as possible.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (Run run in runs)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(run.ValueText);
            if (run.Length > 1)
            {
                text.Append('*').Append(run.Length);
            }
        }

        return text.ToString();
    }

    private static void Append(List<Run> runs, Run run)
    {
        if (runs.Count > 0 && runs[^1].Value == run.Value)
        {
            runs[^1] = run with { Length = runs[^1].Length + run.Length };
        }
        else
        {
            runs.Add(run);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Run(byte? Value, int Length)
    {
        public string ValueText => Value?.ToString("x2", CultureInfo.InvariantCulture) ?? "??";
    }
}
