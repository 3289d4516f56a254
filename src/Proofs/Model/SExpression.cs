// SPDX-License-Identifier: MIT
using System.Text;

namespace Cmma.Proofs.Model;

/// <summary>A piece of SMT-LIB: a symbol or constant, or a list of pieces.</summary>
public sealed class SExpression
{
    private SExpression(string? atom, IReadOnlyList<SExpression> items)
    {
        Atom = atom;
        Items = items;
    }

    /// <summary>The text, unless it is a list.</summary>
    public string? Atom { get; }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<SExpression> Items { get; }

    /// <summary>Reads a whole text; comments are left out.</summary>
    /// <exception cref="FormatException">The parentheses do not match.</exception>
    public static IReadOnlyList<SExpression> ReadAll(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Stack<List<SExpression>> open = new();
        open.Push([]);
        int at = 0;
        while (at < text.Length)
        {
            at = ReadOne(text, at, open);
        }

        return open.Count == 1 ? open.Pop() : throw new FormatException("a parenthesis is not closed");
    }

    /// <summary>The first item's text, or nothing.</summary>
    public string Head => Items.Count > 0 ? Items[0].Atom ?? "" : "";

    /// <inheritdoc/>
    public override string ToString() => Atom ?? new StringBuilder().Append('(').AppendJoin(' ', Items.Select(item => item.ToString())).Append(')').ToString();

    private static int ReadOne(string text, int at, Stack<List<SExpression>> open)
    {
        char character = text[at];
        if (char.IsWhiteSpace(character))
        {
            return at + 1;
        }

        switch (character)
        {
            case ';':
                int end = text.IndexOf('\n', at);
                return end < 0 ? text.Length : end;
            case '(':
                open.Push([]);
                return at + 1;
            case ')':
                List<SExpression> items = open.Pop();
                if (open.Count == 0)
                {
                    throw new FormatException("a parenthesis is closed that was not opened");
                }

                open.Peek().Add(new SExpression(null, items));
                return at + 1;
            default:
                int after = EndOfAtom(text, at);
                open.Peek().Add(new SExpression(text[at..after], []));
                return after;
        }
    }

    private static int EndOfAtom(string text, int at)
    {
        if (text[at] is '"' or '|')
        {
            int close = text.IndexOf(text[at], at + 1);
            return close < 0 ? throw new FormatException("a quote is not closed") : close + 1;
        }

        int end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('(' or ')' or ';'))
        {
            end++;
        }

        return end;
    }
}
