// SPDX-License-Identifier: MIT
using System.Text;

namespace Cmma.Proofs.Terms;

/// <summary>Writes a term as SMT-LIB text. What occurs more than once is named by a let, so that the text stays as small as the term.</summary>
public sealed class TermWriter
{
    private readonly Dictionary<Term, int> uses = [];
    private readonly Dictionary<Term, string> names = [];
    private readonly List<Term> shared = [];
    private readonly StringBuilder text = new();

    private TermWriter()
    {
    }

    /// <summary>The text of a term.</summary>
    public static string Write(Term term)
    {
        ArgumentNullException.ThrowIfNull(term);
        TermWriter writer = new();
        writer.Count(term);
        return writer.WriteLets(term);
    }

    // Children come before their parents in the list of shared terms.
    private void Count(Term term)
    {
        if (term.Arguments.Count == 0)
        {
            return;
        }

        int count = uses.GetValueOrDefault(term);
        uses[term] = count + 1;
        if (count == 0)
        {
            foreach (Term argument in term.Arguments)
            {
                Count(argument);
            }

            shared.Add(term);
        }
    }

    private string WriteLets(Term term)
    {
        int lets = 0;
        foreach (Term part in shared)
        {
            if (uses[part] > 1)
            {
                string name = $"?{names.Count}";
                text.Append("(let ((").Append(name).Append(' ');
                Append(part);
                text.Append(")) ");
                names[part] = name;
                lets++;
            }
        }

        Append(term);
        return text.Append(')', lets).ToString();
    }

    private void Append(Term term)
    {
        if (names.TryGetValue(term, out string? name))
        {
            text.Append(name);
        }
        else if (term.Arguments.Count == 0)
        {
            text.Append(term.Head);
        }
        else
        {
            text.Append('(').Append(term.Head);
            foreach (Term argument in term.Arguments)
            {
                text.Append(' ');
                Append(argument);
            }

            text.Append(')');
        }
    }
}
