// SPDX-License-Identifier: MIT
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Model;

/// <summary>
/// The pages, slot ids and bytes that matter on one path. A claim about every page is proved for each of these, and for one page of which
/// nothing is known but that it is none of them; an assumption about every page is used for these.
/// </summary>
internal sealed class Scope
{
    private readonly Dictionary<string, List<Word>> candidates = new(StringComparer.Ordinal);

    /// <summary>Symbols for "any other page" and the like, which the solver has to know.</summary>
    public List<Term> Others { get; } = [];

    /// <summary>How many bytes of the buffer matter, from its start.</summary>
    public int Bytes { get; set; }

    public IReadOnlyList<Word> Pages => candidates.GetValueOrDefault("Gfn", []);

    public void AddPage(Word page) => Add("Gfn", page);

    public void AddId(Word id) => Add("SlotId", id);

    /// <summary>What to try for a variable of this sort.</summary>
    public List<Word> Candidates(string sort)
    {
        if (!candidates.TryGetValue(sort, out List<Word>? words))
        {
            words = [];
            candidates[sort] = words;
        }

        return words;
    }

    private void Add(string sort, Word word)
    {
        List<Word> words = Candidates(sort);
        foreach (Word known in words)
        {
            if (known.Term == word.Term)
            {
                return;
            }
        }

        words.Add(word);
    }
}
