// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Model;

/// <summary>One quantifier, taken apart into cases.</summary>
/// <param name="Scope">Which cases.</param>
/// <param name="IsForAll">"For all", otherwise "there is".</param>
/// <param name="IsStrong">Every case counts, so "any other" is one of them; otherwise some cases do.</param>
internal sealed record Quantifier(Scope Scope, bool IsForAll, bool IsStrong)
{
    /// <summary>The body in all cases of the variables from <paramref name="at"/> on.</summary>
    public Term Cases(Value[] frame, IReadOnlyList<(int Slot, string Sort)> variables, Func<Term> body, int at = 0)
    {
        if (at == variables.Count)
        {
            return body();
        }

        (int slot, string sort) = variables[at];
        if (sort is not ("Gfn" or "SlotId") && !IsByteIndex(sort))
        {
            throw new NotSupportedException($"a quantifier over {sort}");
        }

        Term decisive = Term.Constant(!IsForAll);
        Term result = Term.Constant(IsForAll);
        foreach (Word word in Known(sort))
        {
            frame[slot] = new WordValue(word);
            Term term = Cases(frame, variables, body, at + 1);
            if (ReferenceEquals(term, decisive))
            {
                return decisive;
            }

            result = IsForAll ? Logic.And(result, term) : Logic.Or(result, term);
        }

        return IsStrong ? WithAnyOther(result, frame, slot, sort, () => Cases(frame, variables, body, at + 1)) : result;
    }

    private static bool IsByteIndex(string sort) => sort is "(_ BitVec 64)";

    private List<Word> Known(string sort)
    {
        if (!IsByteIndex(sort))
        {
            return [.. Scope.Candidates(sort)];
        }

        List<Word> words = [];
        for (int index = 0; index < Scope.Bytes; index++)
        {
            words.Add((ulong)index);
        }

        return words;
    }

    // A value of which nothing is known but that it is none of the others.
    private Term WithAnyOther(Term result, Value[] frame, int slot, string sort, Func<Term> cases)
    {
        Term symbol = Term.Leaf($"other-{Scope.Others.Count}", Sort.Word);
        Scope.Others.Add(symbol);
        ulong most = sort == "SlotId" ? uint.MaxValue : ulong.MaxValue;
        Word word = Word.Symbol(symbol, IsByteIndex(sort) ? (ulong)Scope.Bytes : 0, most);
        List<Word> candidates = Scope.Candidates(sort);
        Term isOther = (word >= (IsByteIndex(sort) ? (ulong)Scope.Bytes : 0UL)).Term;
        Facts facts = Exploration.Current.Facts;
        int mark = facts.Mark;
        foreach (Word candidate in candidates)
        {
            Term differs = (word != candidate).Term;
            facts.Learn(differs, true);
            isOther = Logic.And(isOther, differs);
        }

        candidates.Add(word);
        frame[slot] = new WordValue(word);
        Term term = cases();
        candidates.RemoveAt(candidates.Count - 1);
        facts.ForgetSince(mark);
        return IsForAll ? Logic.And(result, Logic.Implies(isOther, term)) : Logic.Or(result, Logic.And(isOther, term));
    }
}
