using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Cmma.Traces.Json;

/// <summary>Reads JSON into values that know their line. Stricter than most readers: no comments, no trailing commas, no name twice.</summary>
public static class JsonDocumentText
{
    /// <summary>Larger files are refused.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private const int MaxDepth = 32;
    private const int PartBytes = 64 * 1024;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file cannot be read, is too large, or holds no JSON.</exception>
    public static JsonValue ReadFile(string path, string shownAs)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (Directory.Exists(path))
            {
                throw new InputException(shownAs, "is a directory, not a file");
            }

            if (!File.Exists(path))
            {
                throw new InputException(shownAs, "no such file");
            }

            return Parse(ReadBytes(path, shownAs), shownAs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{shownAs}: cannot be read: {e.Message}", e);
        }
    }

    // A device or a pipe tells no length and may never end, so the bytes that come are counted.
    private static ReadOnlySpan<byte> ReadBytes(string path, string shownAs)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream bytes = new();
        byte[] part = new byte[PartBytes];
        for (int length = file.Read(part); length > 0; length = file.Read(part))
        {
            bytes.Write(part, 0, length);
            if (bytes.Length > MaxBytes)
            {
                throw new InputException(shownAs, $"is larger than {MaxBytes / 1024 / 1024} MiB");
            }
        }

        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
    }

    /// <summary>Reads one JSON value.</summary>
    /// <exception cref="InputException">It is no JSON.</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8, string shownAs)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
        {
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        }

        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        LineCounter lines = new();
        try
        {
            reader.Read();
            JsonValue value = ReadValue(ref reader, utf8, ref lines, shownAs);
            if (reader.Read())
            {
                throw new InputException(shownAs, lines.At(utf8, reader.TokenStartIndex), "more than one JSON value");
            }

            return value;
        }
        catch (JsonException e)
        {
            throw new InputException($"{shownAs}:{(e.LineNumber ?? 0) + 1}: no valid JSON: {FirstSentence(e.Message)}", e);
        }
        catch (InvalidOperationException e)
        {
            // the reader's way to say that a string holds bytes that are no UTF-8, or half a surrogate pair
            throw new InputException($"{shownAs}:{lines.At(utf8, reader.TokenStartIndex)}: no valid JSON: a string is not valid Unicode", e);
        }
    }

    private static JsonValue ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref LineCounter lines, string shownAs)
    {
        int line = lines.At(utf8, reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, utf8, ref lines, shownAs, line);
            case JsonTokenType.StartArray:
                List<JsonValue> items = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue(ref reader, utf8, ref lines, shownAs));
                }

                return new JsonValue { Kind = JsonValueKind.Array, Line = line, Items = items };
            case JsonTokenType.String:
                return new JsonValue { Kind = JsonValueKind.String, Line = line, Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new JsonValue { Kind = JsonValueKind.Number, Line = line, Text = Encoding.ASCII.GetString(reader.ValueSpan) };
            case JsonTokenType.True:
                return new JsonValue { Kind = JsonValueKind.True, Line = line, Text = "true" };
            case JsonTokenType.False:
                return new JsonValue { Kind = JsonValueKind.False, Line = line, Text = "false" };
            default:
                return new JsonValue { Kind = JsonValueKind.Null, Line = line, Text = "null" };
        }
    }

    private static JsonValue ReadObject(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref LineCounter lines, string shownAs, int line)
    {
        List<JsonMember> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            int nameLine = lines.At(utf8, reader.TokenStartIndex);
            if (!names.Add(name))
            {
                throw new InputException(shownAs, nameLine, $"field '{name}' stands twice");
            }

            reader.Read();
            members.Add(new JsonMember(name, nameLine, ReadValue(ref reader, utf8, ref lines, shownAs)));
        }

        return new JsonValue { Kind = JsonValueKind.Object, Line = line, Members = members };
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    // Tokens come in order, so each newline is counted once.
    [StructLayout(LayoutKind.Auto)]
    private struct LineCounter
    {
        private long position;
        private int newlines;

        public int At(ReadOnlySpan<byte> utf8, long index)
        {
            newlines += utf8[(int)position..(int)index].Count((byte)'\n');
            position = index;
            return newlines + 1;
        }
    }
}
