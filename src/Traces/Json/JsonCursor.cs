// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Cmma.Traces.Json;

/// <summary>Reads the value at the cursor.</summary>
public delegate T JsonRead<out T>(ref JsonCursor json);

/// <summary>Reads the value of a field of an object.</summary>
/// <param name="json">Stands at it.</param>
/// <param name="field">Which one of the names.</param>
/// <param name="known">What is known of the object before.</param>
/// <returns>What is known with it.</returns>
public delegate T JsonField<T>(ref JsonCursor json, int field, T known);

/// <summary>
/// A place in JSON, from which values are taken one by one, each of the kind that is required there. Everything else is refused with a
/// <see cref="JsonException"/>, which <see cref="JsonInput"/> turns into a line with place, field and reason.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public ref struct JsonCursor
{
    /// <summary>Deeper values are refused.</summary>
    public const int MaxDepth = 32;

    private const int MostShown = 40;

    private readonly ReadOnlySpan<byte> utf8;
    private Utf8JsonReader json;
    private int counted;
    private int newlines;

    /// <summary>Stands on the first value.</summary>
    internal JsonCursor(ReadOnlySpan<byte> utf8)
    {
        this.utf8 = utf8;
        json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
        {
            throw Wrong("begins with a byte order mark");
        }

        json.Read();
    }

    /// <summary>Where the value begins, in bytes.</summary>
    internal readonly long Position => json.TokenStartIndex;

    /// <summary>The line of the value, from 1. Values come in order, so each line is counted once.</summary>
    public int Line
    {
        get
        {
            int position = (int)json.TokenStartIndex;
            newlines += utf8[counted..position].Count((byte)'\n');
            counted = position;
            return newlines + 1;
        }
    }

    /// <summary>The refusal of the value at the cursor.</summary>
    public readonly JsonException Wrong(string reason) => WrongAt(json.TokenStartIndex, reason);

    /// <summary>The refusal of what begins at a place that <see cref="BeginObject"/> returned.</summary>
    public static JsonException WrongAt(long begin, string reason) => new(reason, path: "", lineNumber: null, bytePositionInLine: begin);

    /// <summary>Begins an object, whose fields follow.</summary>
    /// <returns>Where it begins, for what is to be said of it as a whole.</returns>
    public readonly long BeginObject() => json.TokenType == JsonTokenType.StartObject ? json.TokenStartIndex : throw Wrong("must be an object");

    /// <summary>An object whose fields are read one by one; none that is required may be missing.</summary>
    /// <param name="names">The fields that it may have.</param>
    /// <param name="nothing">What is known before the first.</param>
    /// <param name="read">Reads one.</param>
    public T Fields<T>(JsonNames names, T nothing, JsonField<T> read)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(read);
        long begin = BeginObject();
        T known = nothing;
        uint seen = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            int field = names.IndexOf(ref json, seen);
            if (field < 0 || (seen & (1u << field)) != 0)
            {
                throw Wrong(field < 0 ? $"unknown field '{Shown()}'" : $"field '{Shown()}' stands twice");
            }

            seen |= 1u << field;
            json.Read();
            try
            {
                known = read(ref this, field, known);
            }
            catch (Exception e) when (IsRefusal(e))
            {
                throw Within($".{names[field]}", e);
            }
        }

        return names.Missing(seen) is { } missing ? throw WrongAt(begin, $"field '{missing}' is missing") : known;
    }

    /// <summary>Whether the first field of the object has this name.</summary>
    public readonly bool BeginsWith(ReadOnlySpan<byte> name)
    {
        BeginObject();
        Utf8JsonReader ahead = json;
        return ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName && ahead.ValueTextEquals(name);
    }

    /// <summary>Reads the value of a field of the object, whatever else is there; nothing if it has none of this name.</summary>
    public T Find<T>(ReadOnlySpan<byte> name, JsonRead<T> read, T nothing)
    {
        ArgumentNullException.ThrowIfNull(read);
        BeginObject();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool found = json.ValueTextEquals(name);
            json.Read();
            if (found)
            {
                try
                {
                    return read(ref this);
                }
                catch (Exception e) when (IsRefusal(e))
                {
                    throw Within($".{Encoding.UTF8.GetString(name)}", e);
                }
            }

            json.Skip();
        }

        return nothing;
    }

    /// <summary>The items of an array.</summary>
    public List<T> Items<T>(JsonRead<T> read, int least = 0)
    {
        ArgumentNullException.ThrowIfNull(read);
        long begin = json.TokenType == JsonTokenType.StartArray ? json.TokenStartIndex : throw Wrong("must be an array");
        List<T> items = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            try
            {
                items.Add(read(ref this));
            }
            catch (Exception e) when (IsRefusal(e))
            {
                throw Within($"[{items.Count}]", e);
            }
        }

        return items.Count >= least ? items : throw WrongAt(begin, $"needs at least {least} item(s)");
    }

    /// <summary>As <see cref="Items"/>, of which none may occur twice.</summary>
    public List<T> Set<T>(JsonRead<T> read, int least = 0)
    {
        HashSet<T> seen = [];
        return Items((ref json) => read(ref json) is var item && seen.Add(item) ? item : throw json.Wrong($"'{item}' stands twice"), least);
    }

    /// <summary>true or false.</summary>
    public readonly bool Flag() => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Wrong("must be a boolean"),
    };

    /// <summary>The one value that the field may have.</summary>
    public readonly bool Flag(bool only) =>
        json.TokenType == (only ? JsonTokenType.True : JsonTokenType.False) ? only : throw Wrong(only ? "must be true" : "must be false");

    /// <summary>A whole number, however it is written.</summary>
    public readonly ulong Number(ulong minimum = 0, ulong maximum = uint.MaxValue)
    {
        bool negative = false;
        if (json.TokenType != JsonTokenType.Number || !(json.TryGetUInt64(out ulong value) || JsonInteger.TryParse(json.ValueSpan, out negative, out value)))
        {
            throw Wrong("must be an integer");
        }

        return negative || value < minimum ? throw Wrong($"is below {minimum}")
            : value > maximum ? throw Wrong($"is above {maximum}")
            : value;
    }

    /// <summary>A number written as 0x and hex digits.</summary>
    public readonly ulong Hex(ulong maximum = ulong.MaxValue)
    {
        ReadOnlySpan<byte> text = Utf8();
        int most = maximum == ulong.MaxValue ? 18 : 10;
        bool fits = text.StartsWith("0x"u8) && text.Length > 2 && text.Length <= most && (text[2] != '0' || text.Length == 3);
        ulong value = 0;
        for (int index = 2; fits && index < text.Length; index++)
        {
            int digit = text[index] is >= (byte)'0' and <= (byte)'9' ? text[index] - '0' : text[index] is >= (byte)'a' and <= (byte)'f' ? text[index] - 'a' + 10 : -1;
            fits = digit >= 0;
            value = (value << 4) | (uint)digit;
        }

        return fits ? value : throw Form($"a {(most == 18 ? 64 : 32)}-bit number as 0x and lower-case hex digits without leading zeros");
    }

    /// <summary>Bytes in runs.</summary>
    /// <param name="form">How they may be written.</param>
    /// <param name="maxLength">How many they are at most.</param>
    public readonly ByteRuns Runs(RunsForm form, int maxLength = ByteRuns.MaxLength)
    {
        ReadOnlySpan<byte> text = Utf8();
        if (form != RunsForm.Plain && text.Length > ByteRuns.MaxTextLength)
        {
            throw Wrong($"is longer than {ByteRuns.MaxTextLength} characters");
        }

        return ByteRuns.Parse(text, form, out bool tooMany, maxLength)
            ?? throw (tooMany ? Wrong($"more than {maxLength} bytes") : Form(ByteRuns.Describe(form)));
    }

    /// <summary>One of a few words.</summary>
    /// <returns>Its index.</returns>
    public readonly int Word(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        ReadOnlySpan<byte> text = Utf8();
        for (int index = 0; index < words.Count; index++)
        {
            if (Ascii.Equals(text, words[index]))
            {
                return index;
            }
        }

        throw Wrong(words.Count == 1 ? $"must be '{words[0]}'" : $"'{Shown()}' is none of {string.Join(", ", words)}");
    }

    /// <summary>A string of a form.</summary>
    /// <param name="fits">Whether it has the form.</param>
    /// <param name="form">The form, in words.</param>
    /// <param name="maxLength">How many characters it has at most.</param>
    public readonly string Text(Func<string, bool> fits, string form, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(fits);
        string text = Text(maxLength);
        return fits(text) ? text : throw Form(form);
    }

    /// <summary>Any string.</summary>
    public readonly string Text(int maxLength)
    {
        RequireString();
        string text = json.GetString()!;
        return text.Length <= maxLength || Characters(text) <= maxLength ? text : throw Wrong($"is longer than {maxLength} characters");
    }

    /// <summary>A string that people read: its first line, where what would command a terminal is a question mark.</summary>
    public readonly string OneLine(int maxLength)
    {
        string text = Text(maxLength).TrimEnd('\r', '\n');
        text = text.AsSpan().IndexOfAny('\r', '\n') is > 0 and int end ? $"{text[..end]} ..." : text;
        return text.Any(IsNoText) ? string.Concat(text.Select(each => IsNoText(each) ? '?' : each)) : text;
    }

    private static bool IsNoText(char each) => char.IsControl(each) || each is '\u2028' or '\u2029';

    /// <summary>The UTF-8 bytes of a string, valid until the cursor moves.</summary>
    public readonly ReadOnlySpan<byte> Utf8()
    {
        RequireString();
        if (!json.ValueIsEscaped)
        {
            return json.ValueSpan;
        }

        byte[] plain = new byte[json.ValueSpan.Length];
        return plain.AsSpan(0, json.CopyString(plain));
    }

    /// <summary>What is here, to be shown in a line.</summary>
    public readonly string Shown()
    {
        string text = Encoding.UTF8.GetString(json.ValueSpan);
        return text.Length <= MostShown ? text : text[..MostShown] + "...";
    }

    /// <summary>Goes past the only value that there may be.</summary>
    internal void End() => json.Read();

    // The reader's own refusals have no path. Its way to say that a string holds bytes that are no UTF-8, or half a surrogate pair, is the other exception.
    internal static bool IsRefusal(Exception e) => e is JsonException { Path: not null } or InvalidOperationException;

    /// <summary>A refusal from further in, with the way there: ".count" of an object, "[3]" of an array.</summary>
    internal readonly JsonException Within(string way, Exception e)
    {
        JsonException refusal = e as JsonException ?? Wrong("no valid JSON: a string is not valid Unicode");
        return new JsonException(refusal.Message, way + refusal.Path, refusal.LineNumber, refusal.BytePositionInLine, e);
    }

    private readonly void RequireString()
    {
        if (json.TokenType != JsonTokenType.String)
        {
            throw Wrong("must be a string");
        }
    }

    private readonly JsonException Form(string form) => Wrong($"'{Shown()}' does not have the form: {form}");

    // A schema counts characters, not the halves of which some are made.
    private static int Characters(string text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}

/// <summary>Whole numbers as JSON may write them: 3, 3.0, 30e-1, -0.</summary>
internal static class JsonInteger
{
    private const double Huge = 1e30; // more than 64 bits; a greater number could have more digits than there is memory

    /// <summary>Reads a number of JSON; false if it is not whole.</summary>
    /// <param name="token">The number.</param>
    /// <param name="negative">Whether it is below 0.</param>
    /// <param name="magnitude">Its value without the sign; the greatest there is where it has more than 64 bits.</param>
    public static bool TryParse(ReadOnlySpan<byte> token, out bool negative, out ulong magnitude)
    {
        string text = Encoding.ASCII.GetString(token);
        double about = double.Parse(text, CultureInfo.InvariantCulture);
        BigInteger whole = about < 0 ? long.MinValue : ulong.MaxValue;
        bool isWhole = Math.Abs(about) > Huge || BigInteger.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out whole);
        negative = whole.Sign < 0;
        magnitude = (ulong)BigInteger.Min(BigInteger.Abs(whole), ulong.MaxValue);
        return isWhole;
    }
}
