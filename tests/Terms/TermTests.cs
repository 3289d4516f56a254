// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Reflection;
using System.Text;
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Terms;

namespace Cmma.Terms.Tests;

/// <summary>
/// Each operator and conversion that the reference may use means over terms what C# means by it. For bytes the solver is asked for every
/// value at once: the term against what C# computed of all of them. For words, which are too many, it is asked for all of them against the
/// meaning in SMT-LIB, and the meaning is held to C# at the edges.
/// </summary>
public sealed class TermTests
{
    private const string TermsOnly = "terms of bytes are not what `./mutate prover` changes";

    private const string Bytes = "(declare-const a (_ BitVec 8))\n(declare-const b (_ BitVec 8))";

    private static readonly int[] Places = [0, 1, 2, 6, 7, 8, 9, 24, 25, 31, 32, 33, 38, 63, 64, -1];

    private static readonly ulong[] Edges = [0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0xffff_ffff, 0x1_0000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, ulong.MaxValue];

    private static readonly (string Name, Func<Octet, Octet> Term, Func<byte, byte> Number)[] OfOneByte =
    [
        ("~a", a => (Octet)~a, a => (byte)~a),
        ("a << n >> n", a => (Octet)((a << 6) >> 6), a => (byte)((a << 6) >> 6)),
        ("a << 28 >> 28", a => (Octet)((a << 28) >> 28), a => (byte)((a << 28) >> 28)),
        ("a << 28 >>> 28", a => (Octet)((a << 28) >>> 28), a => (byte)((a << 28) >>> 28)),
        ("~a >> 4", a => (Octet)(~a >> 4), a => (byte)(~a >> 4)),
        ("~a >>> 4", a => (Octet)(~a >>> 4), a => (byte)(~a >>> 4)),
        ("~a >>> 28", a => (Octet)(~a >>> 28), a => (byte)(~a >>> 28)),
        ("~(a << 1) >> 1", a => (Octet)(~(a << 1) >> 1), a => (byte)(~(a << 1) >> 1)),
        ("(a & 0x43) << 2", a => (Octet)((a & 0x43) << 2), a => (byte)((a & 0x43) << 2)),
        ("((a | 0x140) >> 6", a => (Octet)(((a | a) | 0x140) >> 6), a => (byte)(((a | a) | 0x140) >> 6)),
        ("((a | -1) >> 6", a => (Octet)(((a | a) | -1) >> 6), a => (byte)(((a | a) | -1) >> 6)),
        ("((a & -2)", a => (Octet)((a & a) & -2), a => (byte)((a & a) & -2)),
        ("a << 4 | ~a", a => (Octet)((a << 4) | ~a), a => (byte)((a << 4) | ~a)),
        ("a << 4 & ~a", a => (Octet)(((a << 4) & ~a) >> 4), a => (byte)(((a << 4) & ~a) >> 4)),
    ];

    private static readonly (string Name, Func<Octet, Octet, Octet> Term, Func<byte, byte, byte> Number)[] OfTwoBytes =
    [
        ("a & b", (a, b) => (Octet)(a & b), (a, b) => (byte)(a & b)),
        ("a | b", (a, b) => (Octet)(a | b), (a, b) => (byte)(a | b)),
        ("a & ~b", (a, b) => (Octet)(a & ~b), (a, b) => (byte)(a & ~b)),
        ("(a | ~b) >> 3", (a, b) => (Octet)((a | ~b) >> 3), (a, b) => (byte)((a | ~b) >> 3)),
        ("((a << 3) | b) >> 3", (a, b) => (Octet)(((a << 3) | b) >> 3), (a, b) => (byte)(((a << 3) | b) >> 3)),
        ("((a << 8) & ~b) >> 8", (a, b) => (Octet)(((a << 8) & ~b) >> 8), (a, b) => (byte)(((a << 8) & ~b) >> 8)),
    ];

    private static readonly (string Name, Func<Octet, Octet, Truth> Term, Func<byte, byte, bool> Number)[] Comparisons =
    [
        ("a == b", (a, b) => a == b, (a, b) => a == b),
        ("a != b", (a, b) => a != b, (a, b) => a != b),
        ("a << 8 == b", (a, b) => a << 8 == b, (a, b) => a << 8 == b),
        ("(a & b) == 0", (a, b) => (a & b) == 0, (a, b) => (a & b) == 0),
        ("(a | b) != 0x43", (a, b) => (a | b) != 0x43, (a, b) => (a | b) != 0x43),
        ("(a | b) == 0x143", (a, b) => (a | b) == 0x143, (a, b) => (a | b) == 0x143),
        ("~a == b", (a, b) => ~a == b, (a, b) => ~a == b),
        ("~a == ~b", (a, b) => ~a == ~b, (a, b) => ~a == ~b),
        ("~a != -1", (a, b) => ~a != -1, (a, b) => ~a != -1),
    ];

    private static readonly string[] Operators =
    [
        "Octet.op_BitwiseAnd", "Octet.op_BitwiseOr", "Octet.op_Equality", "Octet.op_Explicit", "Octet.op_Explicit", "Octet.op_Implicit",
        "Octet.op_Inequality", "Octet.op_LeftShift", "Octet.op_OnesComplement", "Octet.op_RightShift", "Octet.op_UnsignedRightShift",
        "Promoted.op_BitwiseAnd", "Promoted.op_BitwiseOr", "Promoted.op_Equality", "Promoted.op_Implicit", "Promoted.op_Implicit",
        "Promoted.op_Inequality", "Promoted.op_LeftShift", "Promoted.op_OnesComplement", "Promoted.op_RightShift", "Promoted.op_UnsignedRightShift",
        "Truth.op_BitwiseAnd", "Truth.op_BitwiseOr", "Truth.op_False", "Truth.op_Implicit", "Truth.op_LogicalNot", "Truth.op_True",
        "Word.op_Addition", "Word.op_BitwiseAnd", "Word.op_Equality", "Word.op_Explicit", "Word.op_GreaterThan", "Word.op_GreaterThanOrEqual",
        "Word.op_Implicit", "Word.op_Inequality", "Word.op_LessThan", "Word.op_LessThanOrEqual", "Word.op_RightShift", "Word.op_Subtraction",
    ];

    [Fact]
    public void Every_operator_that_there_is_has_a_case_here()
    {
        Type[] types = [typeof(Octet), typeof(Promoted), typeof(Truth), typeof(Word)];
        IEnumerable<string> all = types.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.IsSpecialName && method.Name.StartsWith("op_", StringComparison.Ordinal)).Select(method => $"{type.Name}.{method.Name}"));
        Assert.Equal(Operators, all.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_byte_becomes_is_what_CSharp_makes_of_every_byte()
    {
        Assert.SkipWhen(RunSize.IsSmall, TermsOnly);
        List<(string Name, Octet Term, Func<byte, byte> Number)> all = [.. OfOneByte.Select(one => (one.Name, one.Term(Ask.Octet("a")), one.Number))];
        foreach (int places in Places)
        {
            all.Add(($"a << {places}", (Octet)(Ask.Octet("a") << places), a => (byte)(a << places)));
            all.Add(($"a >> {places}", (Octet)(Ask.Octet("a") >> places), a => (byte)(a >> places)));
            all.Add(($"a >>> {places}", (Octet)(Ask.Octet("a") >>> places), a => (byte)(a >>> places)));
            all.Add(($"a << 24 >> {places}", (Octet)((Ask.Octet("a") << 24) >> places), a => (byte)((a << 24) >> places)));
            all.Add(($"a << 24 >>> {places}", (Octet)((Ask.Octet("a") << 24) >>> places), a => (byte)((a << 24) >>> places)));
            all.Add(($"~a << {places}", (Octet)((~Ask.Octet("a") << places) >> 5), a => (byte)((~a << places) >> 5)));
        }

        AssertSame(all.Select(one => (one.Name, one.Term.Term, new Table(Sort.Octet, (a, _) => Hex(one.Number(a))))));
    }

    [Fact]
    public void What_two_bytes_become_is_what_CSharp_makes_of_all_of_them()
    {
        Assert.SkipWhen(RunSize.IsSmall, TermsOnly);
        AssertSame(
        [
            .. OfTwoBytes.Select(one => (one.Name, one.Term(Ask.Octet("a"), Ask.Octet("b")).Term, new Table(Sort.Octet, (a, b) => Hex(one.Number(a, b))))),
            .. Comparisons.Select(one => (one.Name, one.Term(Ask.Octet("a"), Ask.Octet("b")).Term, new Table(Sort.Bool, (a, b) => one.Number(a, b) ? "true" : "false"))),
        ]);
    }

    [Fact]
    public void Of_constants_it_is_what_CSharp_makes_of_them()
    {
        Assert.SkipWhen(RunSize.IsSmall, TermsOnly);
        foreach (byte a in (byte[])[0, 1, 0x3f, 0x40, 0x43, 0x80, 0xff])
        {
            Assert.All(OfOneByte, one => Assert.Equal(Hex(one.Number(a)), Value(one.Term(a).Term, Sort.Octet)));
            Assert.All(OfTwoBytes, one => Assert.Equal(Hex(one.Number(a, 0x42)), Value(one.Term(a, 0x42).Term, Sort.Octet)));
            Assert.All(Comparisons, one => Assert.Equal(one.Number(a, 0x42) ? "true" : "false", Value(one.Term(a, 0x42).Term, Sort.Bool)));
        }
    }

    [Fact]
    public void A_word_is_shifted_and_masked_as_CSharp_does_it()
    {
        Word word = Word.OfBits(Term.Leaf("w", Sort.Bits));
        Word other = Word.OfBits(Term.Leaf("v", Sort.Bits));
        List<(Term Term, string Meaning, Func<ulong, ulong> Number)> all =
        [
            .. Places.Select(places => ((word >> places).Bits, $"(bvlshr w {Hex((ulong)(places & 63))})", (Func<ulong, ulong>)(w => w >> places))),
            ((word & 0x43).Bits, "(bvand w #x0000000000000043)", w => w & 0x43),
            (((word >> 24) & 0x43).Bits, "(bvand (bvlshr w #x0000000000000018) #x0000000000000043)", w => (w >> 24) & 0x43),
        ];
        string declarations = "(declare-const w (_ BitVec 64))\n(declare-const v (_ BitVec 64))";
        Assert.All(all, one => Assert.Equal(Answer.Unsatisfiable, Ask.Of(declarations, $"(distinct {one.Term} {one.Meaning})")));
        Assert.Equal(Answer.Unsatisfiable, Ask.Of(declarations, $"(distinct {(word & other).Bits} (bvand w v))"));
        Assert.Equal(Answer.Unsatisfiable, Ask.Of(declarations, $"(distinct {((Octet)word).Term} ((_ extract 7 0) w))"));
        Assert.Equal(Answer.Unsatisfiable, Ask.Of(declarations, $"(distinct {word.Term} (bv2nat w))"));
        IEnumerable<string> edges = all.SelectMany(one => Edges.Select(edge => $"(distinct (let ((w {Hex(edge)})) {one.Meaning}) {Hex(one.Number(edge))})"));
        Assert.Equal(Answer.Unsatisfiable, Ask.Of("", $"(or {string.Join(' ', edges)})"));
        Assert.All(Edges, edge => Assert.Equal((byte)edge, ((Octet)(Word)edge).Constant));
        Assert.All(Edges, edge => Assert.Equal(edge >> 65, ((Word)edge >> 65).Constant));
        Assert.All(Edges, edge => Assert.Equal(edge & 0x8000_0043, ((Word)edge & 0x8000_0043).Constant));
    }

    [Fact]
    public void A_count_of_values_is_the_number_that_it_is() => Assert.Equal(7UL, ((Word)7).Constant);

    [Fact]
    public void Truth_values_are_joined_and_turned()
    {
        Ask.Path();
        Truth a = Ask.Truth("p");
        Truth b = Ask.Truth("q");
        (Truth Term, string Meaning)[] all =
        [
            (a & b, "(and p q)"), (a | b, "(or p q)"), (!a, "(not p)"), (!(a & !b), "(not (and p (not q)))"), (a & true, "p"), (a & false, "false"),
            (true & a, "p"), (false & a, "false"), (a | true, "true"), (a | false, "p"), (true | a, "true"), (false | a, "p"), (!(Truth)true, "false"), (!(Truth)false, "true"), (default, "false"),
        ];
        Assert.All(all, one => Assert.Equal(Answer.Unsatisfiable, Ask.Of("(declare-const p Bool)\n(declare-const q Bool)", $"(distinct {one.Term.Term} {one.Meaning})")));
    }

    [Fact]
    public void What_would_compare_terms_instead_of_numbers_is_refused()
    {
        object[] all = [(Word)1, (Octet)1, (Promoted)1, (Truth)true];
        foreach (object one in all)
        {
            Assert.Throws<NotSupportedException>(() => one.Equals(one));
            Assert.Throws<NotSupportedException>(() => one.GetHashCode());
            Assert.Throws<NotSupportedException>(() => one.ToString());
        }

        Assert.Throws<NotSupportedException>(() => ((List<Word>)[1]).Contains(1));
        Assert.Throws<NotSupportedException>(() => Ask.Word("n").Bits);
    }

    private static void AssertSame(IEnumerable<(string Name, Term Term, Table Table)> all)
    {
        foreach ((string name, Term term, Table table) in all)
        {
            Answer answer = Ask.Of($"{Bytes}\n{table.Definitions}", $"(distinct {term} {table.Root})");
            Assert.True(answer == Answer.Unsatisfiable, $"{name}: {answer}");
        }
    }

    // What a term without symbols is.
    private static string Value(Term term, string sort)
    {
        using SolverProcess solver = new(SolverKind.MicrosoftZ3, SolverLimits.Usual, "a constant");
        solver.Send($"(define-fun value () {sort} {term})");
        solver.Check();
        return solver.Ask("(get-value (value))").Trim().Split(' ')[1].TrimEnd(')');
    }

    private static string Hex(byte value) => $"#x{value:x2}";

    private static string Hex(ulong value) => $"#x{value:x16}";

    /// <summary>What a function gives of every two bytes a and b, as a term: a tree over their bits, in which equal parts are shared.</summary>
    private sealed class Table
    {
        private const int BitsOfAByte = 8;

        private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
        private readonly StringBuilder definitions = new();
        private readonly string sort;

        public Table(string sort, Func<byte, byte, string> value)
        {
            this.sort = sort;
            string[] values = [.. Enumerable.Range(0, 1 << (2 * BitsOfAByte)).Select(one => value(Byte(one), Byte(one >> 1)))];
            for (int bit = 0; bit < 2 * BitsOfAByte; bit++)
            {
                string condition = $"(= ((_ extract {bit / 2} {bit / 2}) {(bit % 2 == 0 ? "a" : "b")}) #b0)";
                values = [.. values.Chunk(2).Select(pair => pair[0] == pair[1] ? pair[0] : Name($"(ite {condition} {pair[0]} {pair[1]})"))];
            }

            Root = values[0];
        }

        public string Definitions => definitions.ToString();

        public string Root { get; }

        // The bits of the two bytes take turns: then few parts differ.
        private static byte Byte(int mixed) => (byte)Enumerable.Range(0, BitsOfAByte).Sum(bit => ((mixed >> (2 * bit)) & 1) << bit);

        private string Name(string term)
        {
            if (!names.TryGetValue(term, out string? name))
            {
                name = $"part-{names.Count}";
                names[term] = name;
                definitions.Append(CultureInfo.InvariantCulture, $"(define-fun {name} () {sort} {term})\n");
            }

            return name;
        }
    }
}
