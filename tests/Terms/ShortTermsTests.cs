// SPDX-License-Identifier: MIT
using Cmma.Proofs.Model;
using Cmma.Proofs.Paths;
using Cmma.Proofs.Terms;

namespace Cmma.Terms.Tests;

/// <summary>
/// What is known is not written: constants fold, what was learnt within a formula shortens the rest of it, and what is not needed is not looked at. The
/// meaning is the same without that, which other tests ask a solver for; but terms of a path would grow until no solver answers, and what would be
/// refused if it were looked at stands in places where nobody looks.
/// </summary>
public sealed class ShortTermsTests
{
    private static readonly Term P = Ask.Truth("p").Term;
    private static readonly Term Q = Ask.Truth("q").Term;

    [Fact]
    public void Connectives_with_a_constant_are_a_part_or_a_constant()
    {
        Ask.Path();
        Assert.Equal(["false", "true", "p"], new[] { Logic.Not(Term.True), Logic.Not(Term.False), Logic.Not(Term.Not(P)) }.Select(term => term.ToString()));
        foreach ((Term some, Term other) in new[] { (P, Q), (Q, P) })
        {
            string text = other.ToString();
            Assert.Equal(["false", "false", "true", "true"], Texts(Logic.And(Term.False, some), Logic.And(some, Term.False), Logic.Or(Term.True, some), Logic.Or(some, Term.True)));
            Assert.Equal([text, text, text, text], Texts(Logic.And(Term.True, other), Logic.And(other, Term.True), Logic.Or(Term.False, other), Logic.Or(other, Term.False)));
            Assert.Equal([text, text, $"(not {text})", $"(not {text})", "true"], Texts(Logic.Same(Term.True, other), Logic.Same(other, Term.True), Logic.Same(Term.False, other), Logic.Same(other, Term.False), Logic.Same(some, some)));
            Assert.Equal(text, Logic.Choose(some, other, other).ToString());
        }
    }

    [Fact]
    public void A_sum_is_written_in_one_order()
    {
        Ask.Path();
        Word x = Ask.Word("x", 0, 9);
        Word y = Ask.Word("y", 0, 9);
        Word z = Ask.Word("z", 0, 9);

        Assert.Equal(["(+ x y)", "(+ x y)"], Texts((x + y).Term, (y + x).Term));
        Assert.Equal(["(+ (+ x y) z)", "(+ (+ x y) z)", "(+ (+ x y) z)"], Texts((z + y + x).Term, (y + z + x).Term, (x + z + y).Term));
        Assert.Equal("(- x y)", (Ask.Word("x", 9, 12) - y).Term.ToString()); // never below 0
        Assert.Equal("(mod (- x y) 18446744073709551616)", (x - y).Term.ToString());
    }

    [Fact]
    public void A_comparison_that_bounds_decide_is_a_constant_whichever_side_is_written_first()
    {
        Ask.Path();
        foreach ((string low, string high) in new[] { ("a", "b"), ("b", "a") })
        {
            Word lower = Ask.Word(low, 0, 3);
            Word higher = Ask.Word(high, 10, 20);
            Assert.Equal(["true", "false", "false", "true"], Texts((lower < higher).Term, (higher < lower).Term, (higher <= lower).Term, (lower <= higher).Term));
            Assert.Same(Term.True, (lower < higher).Term);
            Assert.Same(Term.False, (higher < lower).Term);
        }

        Word any = Ask.Word("x") + Ask.Word("y"); // may pass 2^64
        Assert.Equal("false", (any < (Ask.Word("y") + Ask.Word("x"))).Term.ToString());
    }

    [Theory]
    [InlineData("(and (bvult x y) (or (bvult x y) q))", "(< x y)")]
    [InlineData("(or (bvult x y) (and (bvult x y) q))", "(< x y)")]
    [InlineData("(or (bvult x y) (and (not (bvult x y)) q))", "(or (< x y) q)")]
    [InlineData("(=> (bvult x y) (or (bvult x y) q))", "true")]
    [InlineData("(=> (bvule x x) p)", "p")]
    [InlineData("(=> (bvult x x) p)", "true")]
    [InlineData("(ite (bvule x x) p q)", "p")]
    [InlineData("(ite (bvult x x) p q)", "q")]
    [InlineData("(= (ite (bvule x x) a b) c)", "(= a c)")]
    [InlineData("(= (ite (bvult x x) a b) c)", "(= b c)")]
    [InlineData("(=> (bvult x x) (= p (forall ((page Gfn)) p)))", "true")] // which would be refused
    [InlineData("(= (ite (bvule x x) p (forall ((page Gfn)) p)) q)", "(= p q)")]
    [InlineData("(= (ite (bvult x x) (forall ((page Gfn)) p) p) q)", "(= p q)")]
    [InlineData("(and (bvult x x) (= p (forall ((page Gfn)) p)))", "false")]
    [InlineData("(or (bvule x x) (= p (forall ((page Gfn)) p)))", "true")]
    [InlineData("(exists ((index (_ BitVec 64))) (= index x))", "(or (= 0 x) (= 1 x))")] // the two bytes of the buffer
    [InlineData("(forall ((page Gfn)) (or (not (= page x)) p))", "p")] // any other page is not x
    public void A_formula_is_as_short_as_what_is_known_makes_it(string formula, string text)
    {
        (Evaluator evaluator, Value[] values) = Evaluator($"(define-fun f {Parameters} Bool {formula})");

        Assert.Equal(text, evaluator.Goal("f", values).ToString());
    }

    [Fact]
    public void A_word_of_bits_is_cut_where_the_model_cuts_it()
    {
        Ask.Path();
        Definitions definitions = new();
        definitions.Read("(define-fun f ((x (_ BitVec 32)) (a Byte)) Bool (= ((_ extract 31 24) x) a))\n");
        Word bits = Word.OfBits(Term.Leaf("bits", Sort.Bits));
        Term goal = new Evaluator(definitions, new Scope()).Goal("f", new WordValue(bits), new OctetValue(Ask.Octet("a")));

        Assert.Equal(Cmma.Proofs.Solving.Answer.Unsatisfiable, Ask.Of("(declare-const bits (_ BitVec 64))(declare-const a (_ BitVec 8))", $"(distinct {goal} (= ((_ extract 31 24) bits) a))"));
    }

    [Fact]
    public void Only_a_claim_about_every_page_is_asked_of_any_other_and_then_that_page_is_forgotten()
    {
        (Evaluator evaluator, Value[] values) = Evaluator($"(define-fun f {Parameters} Bool (exists ((page Gfn)) (= page y)))\n(define-fun g {Parameters} Bool (forall ((page Gfn)) (bvult page y)))");
        int known = Exploration.Current.Facts.Mark;

        evaluator.Goal("f", values);
        Assert.Empty(evaluator.Scope.Others);
        evaluator.Goal("g", values);
        Assert.Single(evaluator.Scope.Others);
        Assert.Equal("x", Assert.Single(evaluator.Scope.Candidates("Gfn")).Term.ToString());
        Assert.Equal(known, Exploration.Current.Facts.Mark);
    }

    [Fact]
    public void What_is_assumed_is_known_on_each_path()
    {
        Exploration exploration = new(null);
        exploration.Assume([P]);
        Assert.True(exploration.Next());

        Assert.True(exploration.Facts.Answer(P));
        Assert.Null(exploration.Facts.Answer(Q));
    }

    [Fact]
    public void What_would_take_a_solver_is_refused_where_there_is_none()
    {
        Exploration exploration = Ask.Path();

        Assert.Equal("a decision outside of an exploration", Assert.Throws<InvalidOperationException>(() => exploration.Decide(Term.Apply("=", Sort.Bool, P, Q))).Message);
    }

    [Fact]
    public void What_may_be_anything_is_a_number_of_64_bits()
    {
        (Evaluator evaluator, Value[] values) = Evaluator($"(define-fun f {Parameters} Bool (= (base no-slot) x))");
        evaluator.Goal("f", values);

        Assert.Contains("(assert (<= 0 unspecified-base 18446744073709551615))", evaluator.Declarations(), StringComparison.Ordinal);
        Assert.DoesNotContain("unspecified-flag 18446744073709551615", evaluator.Declarations(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_of_a_set_are_counted_by_card_if_each_is_known_to_be_another()
    {
        Ask.Path();
        Definitions definitions = new();
        definitions.Read("(define-fun f ((set (Array Gfn Bool)) (x Gfn)) Bool (= (card set) x))\n");
        TruthMap set = new();
        set[Ask.Word("x")] = true;

        Assert.Equal("(= 1 x)", new Evaluator(definitions, new Scope()).Goal("f", new TruthArray(set), new WordValue(Ask.Word("x"))).ToString());
        Assert.Equal("it is not known whether two are the same: x, y", Assert.Throws<NotSupportedException>(() => Primitives.Distinct([Ask.Word("x"), Ask.Word("y")])).Message);
    }

    private const string Parameters = "((x Gfn) (y Gfn) (a Byte) (b Byte) (c Byte) (p Bool) (q Bool))";

    private static string[] Texts(params Term[] terms) => [.. terms.Select(term => term.ToString())];

    private static (Evaluator Evaluator, Value[] Values) Evaluator(string text)
    {
        Ask.Path();
        Definitions definitions = new();
        definitions.Read("(declare-datatypes ((Slot 0)) (((no-slot) (slot (base Gfn) (flag Bool)))))\n" + text);
        Value[] values =
        [
            new WordValue(Ask.Word("x")), new WordValue(Ask.Word("y")), new OctetValue(Ask.Octet("a")), new OctetValue(Ask.Octet("b")), new OctetValue(Ask.Octet("c")),
            new TruthValue(P), new TruthValue(Q),
        ];
        Evaluator evaluator = new(definitions, new Scope { Bytes = 2 });
        evaluator.Scope.AddPage(Ask.Word("x"));
        return (evaluator, values);
    }
}
