// SPDX-License-Identifier: MIT
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Model;

/// <summary>The few operators of the model that need more than a line.</summary>
internal static class Primitives
{
    /// <summary>The low 32 bits, filled up with zeros.</summary>
    public static Word LowHalf(Word word)
    {
        if (word.Constant is ulong constant)
        {
            return constant & uint.MaxValue;
        }

        return word.Sum.IsExact && word.Sum.Maximum <= uint.MaxValue
            ? word
            : Word.Symbol(Term.Apply("mod", Sort.Word, word.Term, Term.Constant(uint.MaxValue + 1UL)), 0, uint.MaxValue);
    }

    /// <summary>
    /// How many pages are in a set: the law of one page, once for each assignment. A page that was assigned twice counts by the later.
    /// </summary>
    public static Word Count(TruthArray set)
    {
        Word count = 0;
        foreach (Word page in Distinct(set.Indices()))
        {
            Term member = ((TruthValue)set.Select(new WordValue(page))).Term;
            Value one = ChoiceValue.Between(member, new WordValue(1), new WordValue(0));
            count = new Word(count.Sum.Add(((WordValue)one).Word.Sum));
        }

        return count;
    }

    /// <summary>Each of them once.</summary>
    /// <exception cref="NotSupportedException">It is not known whether two are the same.</exception>
    public static IReadOnlyList<Word> Distinct(IEnumerable<Word> words)
    {
        IReadOnlyList<Word> distinct = WithoutRepeats(words);
        for (int index = 1; index < distinct.Count; index++)
        {
            for (int before = 0; before < index; before++)
            {
                if (!ReferenceEquals((distinct[before] == distinct[index]).Term, Term.False))
                {
                    throw new NotSupportedException($"it is not known whether two are the same: {distinct[before].Term}, {distinct[index].Term}");
                }
            }
        }

        return distinct;
    }

    /// <summary>All of them; of those that are known to be the same, the first.</summary>
    public static IReadOnlyList<Word> WithoutRepeats(IEnumerable<Word> words)
    {
        List<Word> distinct = [];
        foreach (Word word in words)
        {
            if (!distinct.Exists(other => ReferenceEquals((other == word).Term, Term.True)))
            {
                distinct.Add(word);
            }
        }

        return distinct;
    }
}
