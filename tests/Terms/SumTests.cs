// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Terms;

namespace Cmma.Terms.Tests;

/// <summary>Sums, their comparisons, and what facts make of them, against what the solver says of the same in whole numbers.</summary>
public sealed class SumTests
{
    private const int Seed = 20170719;
    private const string TwoTo64 = "18446744073709551616";

    private static readonly (string Name, ulong Minimum, ulong Maximum)[] Symbols =
        [("x", 0, 1UL << 52), ("y", 0, ulong.MaxValue), ("z", 1, 4), ("w", 5, 5), ("v", 0, ulong.MaxValue)];

    private static readonly ulong[] Constants = [0, 1, 2, 3, 4, 5, 16, 1UL << 52, (1UL << 52) - 1, ulong.MaxValue, ulong.MaxValue - 4];

    private static readonly string Declarations = string.Concat(Symbols.Select(one => $"(declare-const {one.Name} Int)(assert (<= {one.Minimum} {one.Name} {one.Maximum}))\n"));

    private static readonly int Cases = RunSize.Of(150);

    private readonly Random random = new(Seed);

    [Fact]
    public void A_sum_has_the_bounds_of_its_parts_together()
    {
        Ask.Path();
        Word five = Ask.Word("five", 5, 10);
        Word three = Ask.Word("three", 3, 20);

        Assert.Equal((UInt128)9, (five + three + 1).Sum.Minimum);
        Assert.Equal((UInt128)31, (five + three + 1).Sum.Maximum);
        Assert.Equal(Term.True, (five + three >= 8).Term);
        Assert.NotEqual(Term.True, (five + three >= 9).Term);
    }

    [Fact]
    public void A_number_may_be_equal_to_a_symbol_on_either_side()
    {
        Ask.Path();
        Word three = 3;
        Word x = Ask.Word("x");

        Assert.Equal("(= 3 x)", (three == x).Term.ToString());
        Assert.Equal("(= 3 x)", (x == three).Term.ToString());
    }

    [Theory]
    [InlineData(ulong.MaxValue - 1, 1UL, true)]
    [InlineData(ulong.MaxValue - 1, 2UL, false)]
    [InlineData(ulong.MaxValue, 0UL, true)]
    public void A_sum_is_exact_up_to_the_largest_number(ulong one, ulong other, bool isExact) =>
        Assert.Equal(isExact, Ask.Word("x", 0, one).Sum.IsExactWith(Ask.Word("y", 0, other).Sum));

    [Fact]
    public void A_condition_is_known_where_all_of_its_parts_are()
    {
        Facts facts = Ask.Path().Facts;
        (Term p, Term q, Term r) = (Ask.Truth("p").Term, Ask.Truth("q").Term, Ask.Truth("r").Term);
        facts.Learn(p, true);
        facts.Learn(q, true);
        facts.Learn(r, false);

        Assert.True(facts.Answer(Term.And(p, q)));
        Assert.False(facts.Answer(Term.And(q, r)));
        Assert.True(facts.Answer(Term.Apply("or", Sort.Bool, r, q)));
        Assert.False(facts.Answer(Term.Apply("or", Sort.Bool, r, Term.Not(p))));
        Assert.Null(facts.Answer(Term.And(p, Ask.Truth("s").Term)));
    }

    [Fact]
    public void Sums_and_comparisons_say_what_whole_numbers_modulo_2_to_64_say()
    {
        int folded = 0;
        for (int number = 0; number < Cases; number++)
        {
            Facts facts = Ask.Path().Facts;
            List<string> known = Learn(facts, random.Next(4));
            (Word one, string meaning) = Any();
            (Word other, string otherMeaning) = Any();
            (Term Term, string Meaning)[] all =
            [
                ((one < other).Term, $"(< {meaning} {otherMeaning})"), ((one <= other).Term, $"(<= {meaning} {otherMeaning})"),
                ((one == other).Term, $"(= {meaning} {otherMeaning})"), ((one != other).Term, $"(not (= {meaning} {otherMeaning}))"),
                ((one > other).Term, $"(> {meaning} {otherMeaning})"), ((one >= other).Term, $"(>= {meaning} {otherMeaning})"),
            ];
            folded += all.Count(pair => pair.Term == Term.True || pair.Term == Term.False);
            string differ = string.Join(' ', all.Select(pair => $"(distinct {pair.Term} {pair.Meaning})"));
            Answer answer = Ask.Of($"{Declarations}{string.Join('\n', known)}", $"(or (distinct {one.Term} {meaning}) (distinct {other.Term} {otherMeaning}) {differ})");
            Assert.True(answer == Answer.Unsatisfiable, $"case {number}: {answer}: {one.Term}, {other.Term}, {string.Join(' ', known)}");
        }

        Assert.InRange(folded, Cases / 2, 5 * Cases); // some are known, and some are not
    }

    [Theory]
    [InlineData(3, 3, "false")]
    [InlineData(3, 4, "true")]
    [InlineData(4, 3, "false")]
    public void Constants_are_compared_at_once(ulong one, ulong other, string less)
    {
        Ask.Path();
        Assert.Equal(less, ((Word)one < other).Term.Head);
    }

    [Fact]
    public void What_both_sides_share_is_taken_away()
    {
        Ask.Path();
        Word x = Ask.Word("x", 0, 1UL << 52);
        Assert.Same(Term.True, (x < x + 1).Term);
        Assert.Same(Term.False, (x + 1 < x).Term);
        Assert.Equal(1UL, (x + 1 - x).Constant);
    }

    [Fact]
    public void A_sum_that_may_carry_is_a_remainder_and_must_be_proved_not_to()
    {
        Exploration path = Ask.Path();
        Word sum = Ask.Word("y") + Ask.Word("v");

        Assert.Equal("mod", sum.Term.Head);
        Assert.Equal($"(<= (+ y v) {ulong.MaxValue})", Assert.Single(path.Obligations).ToString());
    }

    [Fact]
    public void A_difference_that_may_borrow_must_be_proved_not_to()
    {
        Exploration path = Ask.Path();
        Word difference = Ask.Word("y") - Ask.Word("v");

        Assert.Equal("mod", difference.Term.Head);
        Assert.Single(path.Obligations);
    }

    [Fact]
    public void Facts_answer_what_follows_and_forget_from_a_mark_on()
    {
        Facts facts = Ask.Path().Facts;
        Word x = Ask.Word("x");
        Term below5 = (x < 5).Term;
        int mark = facts.Mark;
        facts.Learn(below5, value: true);
        Assert.True(facts.Answer((x < 6).Term));
        Assert.False(facts.Answer((x > 8).Term));
        Assert.Null(facts.Answer((x < 4).Term));
        facts.Learn((x != 4).Term, value: true);
        facts.Learn((x != 3).Term, value: true);
        Assert.True(facts.Answer((x < 3).Term));
        facts.Learn((x == 2).Term, value: true);
        Assert.True(facts.Answer((x == 2).Term));
        Assert.False(facts.Answer((x == 1).Term));
        facts.ForgetSince(mark);
        Assert.Null(facts.Answer(below5));
    }

    [Fact]
    public void Facts_know_parts_by_the_whole_and_the_whole_by_its_parts()
    {
        Facts facts = Ask.Path().Facts;
        (Term p, Term q, Term r) = (Ask.Truth("p").Term, Ask.Truth("q").Term, Ask.Truth("r").Term);
        facts.Learn(Term.And(p, Term.Not(q)), value: true);
        Assert.True(facts.Answer(p));
        Assert.False(facts.Answer(q));
        Assert.Null(facts.Answer(r));
        Assert.False(facts.Answer(Term.And(q, r)));
        Assert.Null(facts.Answer(Term.And(p, r)));
        Assert.True(facts.Answer(Term.Apply("or", Sort.Bool, r, p)));
        Assert.Null(facts.Answer(Term.Apply("or", Sort.Bool, r, q)));
        facts.Learn(Term.Apply("or", Sort.Bool, r, q), value: false);
        Assert.False(facts.Answer(r));
        Assert.False(facts.Answer(Term.Not(Term.True)));
    }

    // A sum or difference of symbols and constants, and the same in whole numbers.
    private (Word Word, string Meaning) Any()
    {
        (Word word, string meaning) = One();
        for (int round = random.Next(4); round > 0; round--)
        {
            (Word other, string otherMeaning) = One();
            bool adds = random.Next(3) > 0;
            word = new Word(adds ? word.Sum.Add(other.Sum) : word.Sum.Subtract(other.Sum));
            meaning = $"(mod ({(adds ? '+' : '-')} {meaning} {otherMeaning}) {TwoTo64})";
        }

        return (word, meaning);
    }

    private (Word Word, string Meaning) One()
    {
        if (random.Next(3) == 0)
        {
            ulong constant = Constants[random.Next(Constants.Length)];
            return (constant, $"{constant}");
        }

        (string name, ulong minimum, ulong maximum) = Symbols[random.Next(Symbols.Length)];
        return (Ask.Word(name, minimum, maximum), name);
    }

    private List<string> Learn(Facts facts, int count)
    {
        List<string> known = [];
        for (int number = 0; number < count; number++)
        {
            (Word one, string meaning) = Any();
            (Word other, string otherMeaning) = Any();
            bool isEquality = random.Next(2) == 0;
            bool value = random.Next(2) == 0;
            Term term = (isEquality ? one == other : one < other).Term;
            if (facts.Answer(term) is null)
            {
                facts.Learn(term, value);
                string plain = $"({(isEquality ? '=' : '<')} {meaning} {otherMeaning})";
                known.Add($"(assert {(value ? plain : $"(not {plain})")})");
            }
        }

        return known;
    }
}
