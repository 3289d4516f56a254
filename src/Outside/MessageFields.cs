using System;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cmma.Traces;

namespace Cmma.Outside;

/// <summary>Takes single values out of a message. Each throws an <see cref="InputException"/> that names the field.</summary>
internal static class MessageFields
{
    private const int MaxTextLength = 1000;
    private const int MaxHexDigits = 16;

    public static ulong Hex(ref Utf8JsonReader json, string field)
    {
        ReadOnlySpan<byte> text = Plain(ref json, field);
        ReadOnlySpan<byte> digits = text.StartsWith("0x"u8) ? text[2..] : [];
        bool canonical = digits.Length is > 0 and <= MaxHexDigits && (digits[0] != '0' || digits.Length == 1) && !digits.ContainsAnyInRange((byte)'A', (byte)'F');
        return canonical && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new InputException($"{field}: '{Show(text)}' is no number written as 0x and lower-case hex digits without leading zeros");
    }

    public static uint Hex32(ref Utf8JsonReader json, string field)
    {
        ulong value = Hex(ref json, field);
        return value <= uint.MaxValue ? (uint)value : throw new InputException($"{field}: is above 32 bits");
    }

    /// <summary>A number of at most 32 bits; -0 is 0.</summary>
    public static uint Number(ref Utf8JsonReader json, string field) =>
        json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long value) && value is >= 0 and <= uint.MaxValue
            ? (uint)value
            : throw new InputException($"{field}: must be a number of 32 bits");

    public static bool Flag(ref Utf8JsonReader json, string field) => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new InputException($"{field}: must be true or false"),
    };

    /// <summary>A word such as ok, EFAULT or -38.</summary>
    public static string Word(ref Utf8JsonReader json, string field)
    {
        const int MaxLength = 40;
        ReadOnlySpan<byte> text = Plain(ref json, field);
        if (text.SequenceEqual("ok"u8))
        {
            return Outcome.Ok; // nearly always; not a new string each time
        }

        foreach (byte each in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)each) && each is not ((byte)'_' or (byte)'-'))
            {
                throw new InputException($"{field}: '{Show(text)}' is no word");
            }
        }

        return text.Length is > 0 and <= MaxLength ? Encoding.ASCII.GetString(text) : throw new InputException($"{field}: '{Show(text)}' is no word");
    }

    /// <summary>Anything that a person reads; long texts are cut, line ends become spaces.</summary>
    public static string Text(ref Utf8JsonReader json, string field)
    {
        string text = json.TokenType == JsonTokenType.String ? json.GetString()! : throw new InputException($"{field}: must be a string");
        return (text.Length <= MaxTextLength ? text : text[..MaxTextLength] + "...").ReplaceLineEndings(" ");
    }

    public static ByteRuns Runs(ref Utf8JsonReader json, string field)
    {
        ReadOnlySpan<byte> text = Plain(ref json, field);
        _ = CountBytes(text, field);
        return ByteRuns.Parse(Encoding.ASCII.GetString(text))!;
    }

    public static byte[] Bytes(ref Utf8JsonReader json, string field)
    {
        ReadOnlySpan<byte> text = Plain(ref json, field);
        byte[] bytes = new byte[CountBytes(text, field)];
        Span<byte> target = bytes;
        while (!text.IsEmpty)
        {
            int run = NextRun(ref text, out byte value);
            target[..run].Fill(value);
            target = target[run..];
        }

        return bytes;
    }

    /// <summary>The start of a text that came from outside, fit for one line.</summary>
    public static string Show(ReadOnlySpan<byte> text)
    {
        const int MaxShown = 60;
        StringBuilder shown = new();
        foreach (byte each in text[..Math.Min(text.Length, MaxShown)])
        {
            shown.Append(each is >= (byte)' ' and < 0x7F ? (char)each : '?');
        }

        return shown.Append(text.Length > MaxShown ? "..." : "").ToString();
    }

    private static int CountBytes(ReadOnlySpan<byte> text, string field)
    {
        int length = 0;
        for (ReadOnlySpan<byte> rest = text; !rest.IsEmpty;)
        {
            length += NextRun(ref rest, out _) is var run and > 0 ? run : throw NoBytes(text, field);
            if (length > ByteRuns.MaxLength)
            {
                throw new InputException($"{field}: more than {ByteRuns.MaxLength} bytes");
            }
        }

        return length;
    }

    // One byte or a run of it: "41" or "41*15"; 0 if it is neither.
    private static int NextRun(ref ReadOnlySpan<byte> text, out byte value)
    {
        int space = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = space < 0 ? text : text[..space];
        text = space < 0 ? [] : text[(space + 1)..];
        value = 0;
        if (word.Length < 2 || !byte.TryParse(word[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
        {
            return 0;
        }

        if (word.Length == 2)
        {
            return 1;
        }

        bool valid = word[2] == '*' && word.Length is > 3 and <= 10 && Utf8Parser.TryParse(word[3..], out int _, out int used) && used == word.Length - 3;
        int run = valid ? int.Parse(word[3..], NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        return run <= ByteRuns.MaxLength ? run : 0;
    }

    private static InputException NoBytes(ReadOnlySpan<byte> text, string field) =>
        new($"{field}: '{Show(text)}' is not hex bytes separated by single spaces, each with an optional *N");

    private static ReadOnlySpan<byte> Plain(ref Utf8JsonReader json, string field) =>
        json.TokenType == JsonTokenType.String && !json.ValueIsEscaped
            ? json.ValueSpan
            : throw new InputException($"{field}: must be a string without escapes");
}
