// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Cmma.Traces;

/// <summary>Bytes as they are written in traces: "00*15 41 ??" is fifteen zeros, 0x41, and one byte of any value.</summary>
public sealed class ByteRuns
{
    // Not Abi.Limits.MaxCount + 1: where the limit is wrong the vectors about it must still be read, to fail by what they expect.

    /// <summary>No call moves more bytes (ABI-6); one more, so that a trace can offer too much.</summary>
    public const int MaxLength = 1_048_577;

    /// <summary>This many characters are the longest text of a file, with each byte written on its own.</summary>
    public const int MaxTextLength = (3 * MaxLength) - 1;

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

    /// <summary>Reads the written form; null if it has another one, or stands for more bytes than there may be.</summary>
    public static ByteRuns? Parse(ReadOnlySpan<byte> text, RunsForm form, out bool tooMany, int maxLength = MaxLength)
    {
        List<Run> found = [];
        long total = 0;
        tooMany = false;
        for (bool more = !text.IsEmpty; more;)
        {
            int space = text.IndexOf((byte)' ');
            if (Word(space < 0 ? text : text[..space], form) is not { } run)
            {
                return null;
            }

            Append(found, run);
            total += run.Length;
            text = text[(space + 1)..];
            more = space >= 0;
        }

        tooMany = total > maxLength;
        return tooMany ? null : new ByteRuns(found);
    }

    /// <summary>As <see cref="Parse(ReadOnlySpan{byte}, RunsForm, out bool, int)"/> of what may be expected; null also for another form.</summary>
    public static ByteRuns? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(Encoding.UTF8.GetBytes(text), RunsForm.Expected, out _);
    }

    /// <summary>The form in words.</summary>
    public static string Describe(RunsForm form) => form switch
    {
        RunsForm.Plain => "hex bytes separated by single spaces, each with an optional *N",
        RunsForm.Given => "hex bytes separated by single spaces, each with an optional *N (N from 2)",
        _ => "hex bytes or ?? (any) separated by single spaces, each with an optional *N (N from 2)",
    };

    /// <summary>The same with any byte where this one is.</summary>
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

    // One byte or a run of it: "41", "41*15", "??".
    private static Run? Word(ReadOnlySpan<byte> word, RunsForm form)
    {
        const int MostDigits = 7;
        bool any = form == RunsForm.Expected && word.StartsWith("??"u8);
        if (word.Length < 2 || !(any || (Digit(word[0]) >= 0 && Digit(word[1]) >= 0)))
        {
            return null;
        }

        byte? value = any ? null : (byte)((Digit(word[0]) << 4) | Digit(word[1]));
        if (word.Length == 2)
        {
            return new Run(value, 1);
        }

        ReadOnlySpan<byte> digits = word[2] == '*' ? word[3..] : [];
        int least = form == RunsForm.Plain ? 1 : 2;
        return digits.Length is > 0 and <= MostDigits && digits[0] != '0' && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length >= least
            ? new Run(value, length)
            : null;
    }

    private static int Digit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        _ => -1,
    };

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

/// <summary>Where bytes are written decides how they may be.</summary>
public enum RunsForm
{
    /// <summary>In a message: a run may be of one byte.</summary>
    Plain = 0,

    /// <summary>In a file, of what is given: runs from 2.</summary>
    Given,

    /// <summary>In a file, of what is expected: also bytes of any value.</summary>
    Expected,
}
