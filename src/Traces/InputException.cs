// SPDX-License-Identifier: MIT
namespace Cmma.Traces;

/// <summary>Something that the user gave is wrong. The message is one line: file, line where there is one, reason.</summary>
public sealed class InputException : Exception
{
    /// <summary>Without a place.</summary>
    public InputException(string reason)
        : base(OneLine(reason))
    {
    }

    /// <summary>With the file and the line, counted from 1.</summary>
    public InputException(string file, int line, string reason)
        : base(OneLine($"{file}:{line}: {reason}"))
    {
    }

    /// <summary>With the file only.</summary>
    public InputException(string file, string reason)
        : base(OneLine($"{file}: {reason}"))
    {
    }

    /// <summary>With what caused it.</summary>
    public InputException(string message, Exception inner)
        : base(OneLine(message), inner)
    {
    }

    /// <summary>For serializers; unused.</summary>
    public InputException()
    {
    }

    // What is quoted from a file may hold anything, an escape sequence of the terminal for one.
    private static string OneLine(string text) =>
        string.Concat(text.ReplaceLineEndings(" ").Select(character => char.IsControl(character) ? '?' : character));
}
