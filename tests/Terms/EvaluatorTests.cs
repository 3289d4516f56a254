// SPDX-License-Identifier: MIT
using Cmma.Proofs.Model;
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Terms;

namespace Cmma.Terms.Tests;

/// <summary>
/// What the evaluator makes of a definition is what the solver reads in it: each operator with all its operands, and a formula that is
/// strong enough where it has a quantifier. What it does not handle it refuses.
/// </summary>
public sealed class EvaluatorTests
{
    private const string Symbols =
        "(declare-const x Int)(declare-const y Int)(declare-const z Int)(declare-const a (_ BitVec 8))(declare-const b (_ BitVec 8))(declare-const c (_ BitVec 8))"
        + "(declare-const p Bool)(declare-const q Bool)(declare-const r Bool)(assert (<= 0 x 18446744073709551615))(assert (<= 0 y 18446744073709551615))(assert (<= 0 z 18446744073709551615))";

    private const string Types =
        "(declare-datatypes ((Pair 0)) (((pair (left Bool) (right Bool)))))\n(declare-datatypes ((Slot 0)) (((no-slot) (slot (base Gfn) (flag Bool)))))\n(define-fun both ((one Bool) (other Bool)) Bool (and one other))\n";

    [Theory]
    [InlineData("(= (bvadd x y) z)", "(= (mod (+ x y) 18446744073709551616) z)")]
    [InlineData("(= (bvadd x y z) x)", "(= (mod (+ x y z) 18446744073709551616) x)")]
    [InlineData("(= (bvadd x y z y) x)", "(= (mod (+ x y z y) 18446744073709551616) x)")]
    [InlineData("(= (bvsub x y) z)", "(= (mod (- x y) 18446744073709551616) z)")]
    [InlineData("(bvult x y)", "(< x y)")]
    [InlineData("(bvule x y)", "(<= x y)")]
    [InlineData("(bvugt x y)", "(> x y)")]
    [InlineData("(bvuge x y)", "(>= x y)")]
    [InlineData("(<= x y)", "(<= x y)")]
    [InlineData("(>= x y)", "(>= x y)")]
    [InlineData("(= ((_ extract 31 0) x) y)", "(= (mod x 4294967296) y)")]
    [InlineData("(= ((_ zero_extend 32) x) y)", "(= x y)")]
    [InlineData("(= (bvand a b) c)", "(= (bvand a b) c)")]
    [InlineData("(= (bvand a b c) #x00)", "(= (bvand a b c) #x00)")]
    [InlineData("(= (bvor a b c) #xff)", "(= (bvor a b c) #xff)")]
    [InlineData("(= (bvnot a) b)", "(= (bvnot a) b)")]
    [InlineData("(= (bvshl a #x02) b)", "(= (bvshl a #x02) b)")]
    [InlineData("(= (bvshl a #x09) b)", "(= (bvshl a #x09) b)")]
    [InlineData("(and p q r)", "(and p q r)")]
    [InlineData("(or p q r)", "(or p q r)")]
    [InlineData("(and)", "true")]
    [InlineData("(=> p q)", "(=> p q)")]
    [InlineData("(not p)", "(not p)")]
    [InlineData("(= p q)", "(= p q)")]
    [InlineData("(ite p q r)", "(ite p q r)")]
    [InlineData("(= (ite p a b) c)", "(= (ite p a b) c)")]
    [InlineData("(= (ite p x y) z)", "(= (ite p x y) z)")]
    [InlineData("(let ((p q) (q p)) (and p (not q) r))", "(and q (not p) r)")]
    [InlineData("(! (and p q) :pattern (p))", "(and p q)")]
    [InlineData("(both p q)", "(and p q)")]
    [InlineData("(= (pair p q) (pair q r))", "(and (= p q) (= q r))")]
    [InlineData("(left (pair p q))", "p")]
    [InlineData("(right (pair p q))", "q")]
    [InlineData("((_ is slot) (ite p no-slot (slot x q)))", "(not p)")]
    [InlineData("(= (ite p no-slot (slot x q)) (slot y r))", "(and (not p) (= x y) (= q r))")]
    [InlineData("(= (base (slot x q)) y)", "(= x y)")]
    [InlineData("(= (select (store ((as const (Array Gfn Byte)) a) x b) y) c)", "(= (ite (= x y) b a) c)")]
    [InlineData("(= (store ((as const (Array Gfn Byte)) a) x b) ((as const (Array Gfn Byte)) c))", "(and (= b c) (= a c))")]
    [InlineData("(and (=> p q) (or (not p) r) (not (and p (or q r))))", "(and (=> p q) (or (not p) r) (not (and p (or q r))))")]
    [InlineData("(or p false)", "p")]
    [InlineData("(= (+ 1 2) x)", "(= x 3)")]
    [InlineData("(or (and p (bvult x y)) (bvult x y))", "(or (and p (< x y)) (< x y))")] // what is known within a part is not known outside of it
    [InlineData("(and (or p (bvult x y)) (bvult x y))", "(and (or p (< x y)) (< x y))")]
    [InlineData("(or (=> (bvult x y) p) (bvult x y))", "true")]
    [InlineData("(and (=> (bvult x y) p) (bvult x y))", "(and (=> (< x y) p) (< x y))")]
    [InlineData("(and (or (bvult x y) (ite (bvult x y) p q)) (bvult x y))", "(and (or (< x y) q) (< x y))")]
    [InlineData("(or (and p (not q)) (ite (bvult x y) (bvule x y) (bvult y x)))", "(or (and p (not q)) (ite (< x y) (<= x y) (< y x)))")]
    public void A_formula_without_quantifiers_stays_what_it_is(string formula, string meaning)
    {
        (Evaluator evaluator, Value[] values) = Evaluator($"(define-fun f {Parameters} Bool {formula})");

        Assert.Equal(Answer.Unsatisfiable, Ask.Of(Symbols, $"(distinct {evaluator.Goal("f", values)} {meaning})"));
    }

    [Theory]
    [InlineData("(not (=> p q))", "(and p (not q))")]
    [InlineData("(not (ite p q r))", "(ite p (not q) (not r))")]
    [InlineData("(bvult x y)", "(< x y)")]
    public void The_opposite_of_a_formula_without_quantifiers_is_its_opposite(string formula, string meaning)
    {
        (Evaluator evaluator, Value[] values) = Evaluator($"(define-fun f {Parameters} Bool {formula})");

        Assert.Equal(Answer.Unsatisfiable, Ask.Of(Symbols, $"(distinct {evaluator.GoalNot("f", values)} (not {meaning}))"));
    }

    [Theory]
    [InlineData("(forall ((page Gfn)) (=> (bvult page x) (bvule page x)))", true)]
    [InlineData("(forall ((page Gfn)) (bvult page x))", false)]
    [InlineData("(forall ((page Gfn)) (not (= page y)))", false)] // y is none of the pages that are looked at, but may be any other
    [InlineData("(exists ((page Gfn)) (= page x))", true)]
    [InlineData("(exists ((page Gfn)) (= page y))", false)] // true, but y is not looked at: it cannot be proved
    [InlineData("(not (forall ((page Gfn)) (not (= page x))))", true)]
    [InlineData("(not (exists ((page Gfn)) (bvult page page)))", true)]
    [InlineData("(not (exists ((page Gfn)) (= page y)))", false)]
    [InlineData("(=> (forall ((page Gfn)) (bvult page y)) (bvult x y))", true)]
    [InlineData("(=> (exists ((page Gfn)) (bvult page y)) (not (= y #x0000000000000000)))", true)]
    [InlineData("(=> (exists ((page Gfn)) (bvult page y)) (bvult x y))", false)]
    [InlineData("(ite (forall ((page Gfn)) (bvult page x)) p true)", true)] // never: x is not below x
    [InlineData("(ite (exists ((page Gfn)) (= page x)) true p)", true)]
    [InlineData("(ite (exists ((page Gfn)) (= page y)) true p)", false)]
    [InlineData("(forall ((page Gfn)) (exists ((near Gfn)) (bvule page near)))", true)]
    [InlineData("(forall ((page Gfn) (near Gfn)) (or (bvule page near) (bvule near page)))", true)]
    [InlineData("(forall ((page Gfn)) (= page x))", false)]
    [InlineData("(forall ((page Gfn)) (bvule #x0000000000000002 page))", false)] // the bytes of the buffer have nothing to do with pages
    [InlineData("(forall ((page Gfn)) (or (bvule #x0000000000000002 page) (= page x)))", false)]
    [InlineData("(forall ((page Gfn)) (or (bvule page #x00000000ffffffff) (= page x)))", false)]
    [InlineData("(or (exists ((page Gfn)) (and (= page x) p)) (not p))", true)]
    [InlineData("(forall ((index (_ BitVec 64))) (bvule #x0000000000000002 index))", false)]
    [InlineData("(forall ((index (_ BitVec 64))) (not (= index #x0000000000000002)))", false)]
    [InlineData("(ite (exists ((page Gfn)) (bvult page x)) false true)", false)]
    [InlineData("(=> (ite (forall ((page Gfn)) (bvule page y)) false true) (bvult y x))", false)]
    [InlineData("(=> (ite (exists ((page Gfn)) (bvult page y)) false true) (= y #x0000000000000000))", false)] // true, but no page below y is looked at
    [InlineData("(forall ((id SlotId)) (bvule id #x00000000ffffffff))", true)]
    [InlineData("(forall ((index (_ BitVec 64))) (bvule #x0000000000000000 index))", true)]
    [InlineData("(forall ((index (_ BitVec 64))) (bvult index #x0000000000000002))", false)]
    [InlineData("(forall ((index (_ BitVec 64))) (= (select (store ((as const (Array (_ BitVec 64) Byte)) a) #x0000000000000001 b) index) (ite (= index #x0000000000000001) b a)))", true)]
    public void A_quantifier_is_proved_only_where_it_holds(string formula, bool proved)
    {
        (Evaluator evaluator, Value[] values) = Evaluator($"(define-fun f {Parameters} Bool {formula})");
        evaluator.Scope = new Scope { Bytes = 2 };
        evaluator.Scope.AddPage(Ask.Word("x"));
        Term goal = evaluator.Goal("f", values);
        string others = string.Concat(evaluator.Scope.Others.Select(other => $"(declare-const {other} Int)(assert (<= 0 {other} 18446744073709551615))"));

        Assert.Equal(proved ? Answer.Unsatisfiable : Answer.Satisfiable, Ask.Of(Symbols + others, $"(not {goal})"));
    }

    [Theory]
    [InlineData("(= x y z)", "3 operands")]
    [InlineData("(= x)", "1 operands")]
    [InlineData("(=> p q r)", "3 operands")]
    [InlineData("(not p q)", "2 operands")]
    [InlineData("(ite p q)", "2 operands")]
    [InlineData("(ite p q r p)", "4 operands")]
    [InlineData("(= (bvsub x y z) x)", "3 operands")]
    [InlineData("(= (bvadd x) x)", "1 operands")]
    [InlineData("(bvult x y z)", "3 operands")]
    [InlineData("(<= x y z)", "3 operands")]
    [InlineData("(= (bvnot a b) c)", "2 operands")]
    [InlineData("(= (bvshl a #x01 b) c)", "3 operands")]
    [InlineData("(= (bvshl a b) c)", "places that is not known")]
    [InlineData("(both p)", "1 operands")]
    [InlineData("(both p q r)", "3 operands")]
    [InlineData("(left (pair p))", "1 operands")]
    [InlineData("(left (pair p q) p)", "2 operands")]
    [InlineData("((_ is slot) no-slot no-slot)", "2 operands")]
    [InlineData("(= (bvmul x y) z)", "bvmul")]
    [InlineData("(xor p q)", "xor")]
    [InlineData("(distinct x y)", "distinct")]
    [InlineData("(= ((_ extract 7 0) x) a)", "extract 7 0")]
    [InlineData("(= ((negate) x) x)", "the operator (negate)")]
    [InlineData("(= ((as other (Array Gfn Byte)) a) x)", "the operator (as other (Array Gfn Byte))")]
    [InlineData("(= ((_ const 8) a) x)", "the operator (_ const 8)")]
    [InlineData("(= (+ x y) z)", "may reach 2^64")]
    [InlineData("(= nobody x)", "nobody")]
    [InlineData("(= p (forall ((page Gfn)) (bvult page x)))", "must stay the same")]
    [InlineData("(let ((all (forall ((page Gfn)) (bvult page x)))) all)", "must stay the same")]
    [InlineData("(forall ((flag Bool)) flag)", "a quantifier over Bool")]
    [InlineData("(forall ((half (_ BitVec 32))) (bvule half x))", "a quantifier over (_ BitVec 32)")]
    [InlineData("(not (= ((as const (Array Gfn Byte)) a) ((as const (Array Gfn Byte)) b)))", "only be proved")]
    [InlineData("(=> (= (store ((as const (Array Gfn Byte)) a) x b) ((as const (Array Gfn Byte)) b)) p)", "only be proved")]
    [InlineData("(= x p)", "equality")]
    [InlineData("(and (let ((inner p)) inner) inner)", "inner")]
    [InlineData("(and (exists ((page Gfn)) (= page x)) (= page x))", "page")]
    [InlineData("(= (card x y) z)", "2 operands")]
    [InlineData("(= (+ x y z) z)", "may reach 2^64")]
    public void What_is_not_handled_is_refused(string formula, string reason)
    {
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() =>
        {
            (Evaluator evaluator, Value[] values) = Evaluator($"(define-fun f {Parameters} Bool {formula})");
            evaluator.Goal("f", values);
        });
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_selector_of_another_constructor_may_be_anything()
    {
        (Evaluator evaluator, Value[] values) = Evaluator($"(define-fun f {Parameters} Bool (= (base no-slot) x))");
        Term goal = evaluator.Goal("f", values);

        Assert.Contains("(declare-const unspecified-base Int)", evaluator.Declarations(), StringComparison.Ordinal);
        Assert.Equal(Answer.Satisfiable, Ask.Of(Symbols + evaluator.Declarations(), $"(not {goal})"));
    }

    [Fact]
    public void A_truth_value_that_may_be_anything_is_declared_as_one()
    {
        (Evaluator evaluator, Value[] values) = Evaluator($"(define-fun f {Parameters} Bool (flag no-slot))");
        Term goal = evaluator.Goal("f", values);

        Assert.Contains("(declare-const unspecified-flag Bool)", evaluator.Declarations(), StringComparison.Ordinal);
        Assert.Equal(Answer.Satisfiable, Ask.Of(Symbols + evaluator.Declarations(), $"(not {goal})"));
    }

    [Fact]
    public void An_array_of_which_nothing_is_known_equals_itself_and_no_other()
    {
        Ask.Path();
        Definitions definitions = new();
        definitions.Read("(define-fun f ((one (Array Gfn Byte)) (other (Array Gfn Byte))) Bool (= one other))\n");
        Evaluator evaluator = new(definitions, new Scope());
        Value one = new SymbolArray(Term.Leaf("one", Sort.Bytes));
        Value other = new SymbolArray(Term.Leaf("other", Sort.Bytes));

        Assert.Equal(Term.True, evaluator.Goal("f", one, one));
        Assert.Equal(Term.False, evaluator.Goal("f", one, other));
    }

    [Fact]
    public void A_constant_of_the_model_can_be_replaced()
    {
        (Evaluator evaluator, Value[] values) = Evaluator($"(define-fun gap () Gfn #x0000000000000010)\n(define-fun f {Parameters} Bool (= x gap))");
        evaluator.Override("gap", new WordValue(3));

        Assert.Equal("(= 3 x)", evaluator.Goal("f", values).ToString());
    }

    [Fact]
    public void Pages_are_counted_once_each()
    {
        Ask.Path();
        TruthMap set = new();
        Word x = Ask.Word("x", 0, 1UL << 52);
        set[x] = true;
        set[x + 1] = Ask.Truth("p");
        set[x + 2] = true;
        set[x] = Ask.Truth("q");
        Word count = Primitives.Count(new TruthArray(set));

        Assert.Equal(Answer.Unsatisfiable, Ask.Of(Symbols, $"(distinct {count.Term} (+ (ite p 1 0) 1 (ite q 1 0)))"));
    }

    [Fact]
    public void Pages_that_may_be_one_are_not_counted()
    {
        Ask.Path();
        TruthMap set = new();
        set[Ask.Word("x")] = true;
        set[Ask.Word("y")] = true;

        Assert.Throws<NotSupportedException>(() => Primitives.Count(new TruthArray(set)));
        Assert.Throws<NotSupportedException>(() => Primitives.Distinct([Ask.Word("x"), Ask.Word("y")]));
        Assert.Equal(2, Primitives.WithoutRepeats([Ask.Word("x"), Ask.Word("y"), Ask.Word("x")]).Count);
        Assert.Equal(2, Primitives.Distinct([1, 2, 1]).Count);
    }

    [Fact]
    public void The_low_half_of_a_small_number_is_the_number()
    {
        Ask.Path();
        Assert.Equal(0x5678UL, Primitives.LowHalf(0x1234_0000_5678).Constant);
        Assert.Equal("x", Primitives.LowHalf(Ask.Word("x", 0, uint.MaxValue)).Term.ToString());
        Assert.Equal("(mod x 4294967296)", Primitives.LowHalf(Ask.Word("x", 0, 1UL << 32)).Term.ToString());
    }

    [Fact]
    public void A_scope_has_each_page_once()
    {
        Ask.Path();
        Scope scope = new();
        scope.AddPage(Ask.Word("x"));
        scope.AddPage(Ask.Word("x"));
        scope.AddPage(Ask.Word("y"));
        scope.AddId(3);

        Assert.Equal(["x", "y"], scope.Pages.Select(page => page.Term.ToString()));
        Assert.Equal("3", Assert.Single(scope.Candidates("SlotId")).Term.ToString());
        Assert.Empty(scope.Candidates("(_ BitVec 64)"));
    }

    [Fact]
    public void Connectives_fold_what_is_known_and_nothing_else()
    {
        Ask.Path();
        Term[] all = [Term.True, Term.False, Ask.Truth("p").Term, Ask.Truth("q").Term, Term.Not(Ask.Truth("p").Term)];
        List<string> differ = [];
        foreach (Term one in all)
        {
            differ.Add($"(distinct {Logic.Not(one)} (not {one}))");
            foreach (Term other in all)
            {
                differ.Add($"(distinct {Logic.And(one, other)} (and {one} {other}))");
                differ.Add($"(distinct {Logic.Or(one, other)} (or {one} {other}))");
                differ.Add($"(distinct {Logic.Implies(one, other)} (=> {one} {other}))");
                differ.Add($"(distinct {Logic.Same(one, other)} (= {one} {other}))");
                differ.AddRange(all.Select(condition => $"(distinct {Logic.Choose(condition, one, other)} (ite {condition} {one} {other}))"));
            }
        }

        Assert.Equal(Answer.Unsatisfiable, Ask.Of(Symbols, $"(or {string.Join(' ', differ)})"));
    }

    private const string Parameters = "((x Gfn) (y Gfn) (z Gfn) (a Byte) (b Byte) (c Byte) (p Bool) (q Bool) (r Bool))";

    private static (Evaluator Evaluator, Value[] Values) Evaluator(string text)
    {
        Ask.Path();
        Definitions definitions = new();
        definitions.Read(Types + text);
        Value[] values =
        [
            new WordValue(Ask.Word("x")), new WordValue(Ask.Word("y")), new WordValue(Ask.Word("z")),
            new OctetValue(Ask.Octet("a")), new OctetValue(Ask.Octet("b")), new OctetValue(Ask.Octet("c")),
            new TruthValue(Ask.Truth("p").Term), new TruthValue(Ask.Truth("q").Term), new TruthValue(Ask.Truth("r").Term),
        ];
        return (new Evaluator(definitions, new Scope()), values);
    }
}
