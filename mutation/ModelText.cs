// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Cmma.Mutation;

/// <summary>A piece of SMT-LIB with its place in the text.</summary>
/// <param name="Begin">Its first character.</param>
/// <param name="Atom">The text of a symbol or constant; nothing for a list.</param>
internal sealed partial record ModelNode(int Begin, string? Atom)
{
    /// <summary>One past its last character.</summary>
    public int End { get; set; }

    /// <summary>The items of a list.</summary>
    public List<ModelNode> Items { get; } = [];

    /// <summary>The first item's text, or nothing.</summary>
    public string Head => Items.Count > 0 ? Items[0].Atom ?? "" : "";

    /// <summary>It, and all pieces in it.</summary>
    public IEnumerable<ModelNode> All() => Items.SelectMany(item => item.All()).Prepend(this);

    /// <summary>The pieces that a text consists of; comments are left out.</summary>
    public static List<ModelNode> Read(string text)
    {
        ModelNode root = new(0, null);
        Stack<ModelNode> open = new([root]);
        foreach (Match match in Piece.Matches(text))
        {
            if (match.Value == "(")
            {
                ModelNode list = new(match.Index, null);
                open.Peek().Items.Add(list);
                open.Push(list);
            }
            else if (match.Value == ")")
            {
                open.Pop().End = match.Index + 1;
            }
            else if (match.Value[0] != ';')
            {
                open.Peek().Items.Add(new ModelNode(match.Index, match.Value) { End = match.Index + match.Length });
            }
        }

        return root.Items;
    }

    // Without a limit of time, which a busy machine would break: it takes time in proportion to the text.
    private static readonly Regex Piece = new(@";[^\n]*|[()]|[^\s();]+", RegexOptions.NonBacktracking);
}
