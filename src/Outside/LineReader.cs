// SPDX-License-Identifier: MIT
namespace Cmma.Outside;

/// <summary>Cuts a stream into lines, none longer than a limit.</summary>
/// <param name="stream">Read to its end, unless a line is too long.</param>
public sealed class LineReader(Stream stream)
{
    /// <summary>The longest line, in bytes. The largest answer of one GET has 3 MiB.</summary>
    public const int MaxLineBytes = 64 * 1024 * 1024;

    private const int FirstBufferBytes = 64 * 1024;

    private byte[] buffer = new byte[FirstBufferBytes];
    private int start;
    private int end;
    private int searched;

    /// <summary>The last line had no end, or was longer than <see cref="MaxLineBytes"/>.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Whether the next line is here already, so that reading it does not wait.</summary>
    public bool HasLine => Array.IndexOf(buffer, (byte)'\n', searched, end - searched) >= 0;

    /// <summary>The beginning of a line that is here without its end. For another thread than the one that reads: a moment later it may be otherwise.</summary>
    public byte[] Beginning
    {
        get
        {
            byte[] here = Volatile.Read(ref buffer);
            int last = Math.Min(Volatile.Read(ref end), here.Length);
            int first = Math.Min(Volatile.Read(ref start), last);
            return here[first..last];
        }
    }

    /// <summary>Whether the last line that was read ended with the stream, and without a newline.</summary>
    public bool IsUnfinished { get; private set; }

    /// <summary>The next line without its end, valid until the next call; false at the end of the stream. An unfinished last line is a line.</summary>
    public bool Read(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int newline = Array.IndexOf(buffer, (byte)'\n', searched, end - searched);
            if (newline >= 0)
            {
                line = buffer.AsSpan(start, newline - start);
                start = newline + 1;
                searched = start;
                return true;
            }

            searched = end;
            if (end - start > MaxLineBytes)
            {
                TooLong = true;
                line = [];
                return false;
            }

            if (!Fill())
            {
                line = buffer.AsSpan(start, end - start);
                start = end;
                IsUnfinished = !line.IsEmpty;
                return IsUnfinished;
            }
        }
    }

    private bool Fill()
    {
        if (end == buffer.Length)
        {
            byte[] target = start > 0 ? buffer : new byte[buffer.Length * 2];
            buffer.AsSpan(start, end - start).CopyTo(target);
            (buffer, end, searched, start) = (target, end - start, searched - start, 0);
        }

        int read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
