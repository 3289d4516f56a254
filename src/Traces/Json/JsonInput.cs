// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Cmma.Traces.Json;

/// <summary>JSON that somebody wrote, read strictly: what is wrong with it is reported in one line, with the place, the field and the reason.</summary>
public static class JsonInput
{
    /// <summary>Larger files are refused.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private const int PartBytes = 64 * 1024;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file cannot be read, is too large, or does not hold what it should; file, line and reason.</exception>
    public static T ReadFile<T>(string path, string shownAs, JsonRead<T> read) => Parse(Bytes(path, shownAs), shownAs, read);

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="InputException">It cannot be read, or is too large.</exception>
    public static byte[] Bytes(string path, string shownAs)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (Directory.Exists(path))
            {
                throw new InputException(shownAs, "is a directory, not a file");
            }

            return File.Exists(path) ? ReadBytes(path, shownAs) : throw new InputException(shownAs, "no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{shownAs}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the one value of a file.</summary>
    /// <exception cref="InputException">File, line and reason.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> utf8, string shownAs, JsonRead<T> read)
    {
        try
        {
            return Read(utf8, read);
        }
        catch (JsonException e)
        {
            throw new InputException($"{shownAs}:{LineOf(utf8, e)}: {Reason(e)}", e);
        }
    }

    /// <summary>Reads a message, which is a value on a line of its own.</summary>
    /// <exception cref="InputException">Field and reason.</exception>
    public static T ParseLine<T>(ReadOnlySpan<byte> utf8, JsonRead<T> read)
    {
        try
        {
            return Read(utf8, read);
        }
        catch (JsonException e)
        {
            throw new InputException(Reason(e), e);
        }
    }

    private static T Read<T>(ReadOnlySpan<byte> utf8, JsonRead<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        JsonCursor json = default;
        try
        {
            json = new JsonCursor(utf8);
            T value = read(ref json);
            json.End();
            return value;
        }
        catch (InvalidOperationException e)
        {
            throw json.Within("", e);
        }
    }

    // A device or a pipe reports no length and may never end, so the bytes that come are counted.
    private static byte[] ReadBytes(string path, string shownAs)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using MemoryStream bytes = new((int)Math.Min(file.CanSeek ? file.Length : 0, MaxBytes));
        byte[] part = new byte[PartBytes];
        for (int length = file.Read(part); length > 0; length = file.Read(part))
        {
            bytes.Write(part, 0, length);
            if (bytes.Length > MaxBytes)
            {
                throw new InputException(shownAs, $"is larger than {MaxBytes / 1024 / 1024} MiB");
            }
        }

        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }

    // What the cursor refuses has a way and a place in bytes, what the reader refuses a line; see JsonCursor.IsRefusal.
    private static int LineOf(ReadOnlySpan<byte> utf8, JsonException e) => e.Path != null
        ? utf8[..(int)e.BytePositionInLine!.Value].Count((byte)'\n') + 1
        : (int)(e.LineNumber ?? 0) + 1;

    private static string Reason(JsonException e)
    {
        if (e.Path is { } way)
        {
            return way.Length == 0 ? e.Message : $"{way.TrimStart('.')}: {e.Message}"; // operations[3].count: is above 1
        }

        int end = e.Message.IndexOf(". ", StringComparison.Ordinal);
        return $"no valid JSON: {(end < 0 ? e.Message : e.Message[..end])}";
    }
}
