// SPDX-License-Identifier: MIT
using System.Text;

namespace Cmma.Proofs.Solving;

/// <summary>Reads SMT-LIB command by command: each is the text between a parenthesis and the one that closes it, without comments.</summary>
internal sealed class CommandReader(TextReader input)
{
    private const int EndOfText = -1;

    private readonly StringBuilder text = new();

    /// <summary>
    /// The next command; null at the end. A word outside of parentheses, and a command that the text ends in, are returned as they are:
    /// it is for the solver to refuse them.
    /// </summary>
    public string? Next()
    {
        text.Clear();
        int depth = 0;
        for (int next = input.Read(); next != EndOfText; next = input.Read())
        {
            char character = (char)next;
            switch (character)
            {
                case ';':
                    input.ReadLine();
                    character = '\n';
                    break;
                case '"' or '|':
                    Quoted(character);
                    continue;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
            }

            bool isSpace = char.IsWhiteSpace(character);
            if (!isSpace || text.Length > 0)
            {
                text.Append(character);
            }

            if (depth <= 0 && (character == ')' || (isSpace && text.Length > 0)))
            {
                return text.ToString();
            }
        }

        return text.Length > 0 ? text.ToString() : null;
    }

    /// <summary>What a command is called: the first word in its parentheses.</summary>
    public static string NameOf(string command)
    {
        string inner = command.TrimStart('(', ' ', '\t', '\r', '\n');
        int end = inner.IndexOfAny([' ', '\t', '\r', '\n', '(', ')']);
        return end < 0 ? inner : inner[..end];
    }

    // A quote in a string is written twice: as two strings side by side it reads the same.
    private void Quoted(char quote)
    {
        text.Append(quote);
        for (int next = input.Read(); next != EndOfText; next = input.Read())
        {
            text.Append((char)next);
            if (next == quote)
            {
                return;
            }
        }
    }
}
