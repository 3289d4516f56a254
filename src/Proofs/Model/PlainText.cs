// SPDX-License-Identifier: MIT
using System.Globalization;
using Cmma.Abi;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Model;

/// <summary>
/// Values and terms as the model itself would have them: in bit vectors of their widths, arrays and datatypes, for a solver that reads the
/// model's own files. It knows nothing of what the evaluator makes of a definition.
/// </summary>
internal sealed class PlainText(Definitions definitions)
{
    private const string TwoTo64 = "18446744073709551616";
    private const string TwoTo32 = "4294967296";

    /// <summary>A condition of a path. One that speaks of the vCPUs stays one of whole numbers, as their count does in the model.</summary>
    public static Term Condition(Term term) => Mentions(term, "vcpu-count") ? Renamed(term) : Bits(term);

    /// <summary>A symbol of a path, by a name that the model has not.</summary>
    public static string Symbol(Term symbol) => $"path-{symbol.Head}";

    /// <summary>A value where one of this sort is wanted.</summary>
    public string Of(Value value, string sort) => value switch
    {
        TruthValue truth => Bits(truth.Term).ToString(),
        WordValue word when sort == "Int" => Renamed(word.Word.Term).ToString(),
        WordValue word when sort is "(_ BitVec 32)" or "SlotId" => $"((_ extract 31 0) {Bits(word.Word.Term)})",
        WordValue word => Bits(word.Word.Term).ToString(),
        OctetValue octet when sort == "Content" => Content(octet.Octet.Term),
        OctetValue octet => Bits(octet.Octet.Term).ToString(),
        RecordValue { Fields.Count: 0 } record => record.Constructor,
        RecordValue record => $"({record.Constructor} {string.Join(' ', record.Fields.Zip(definitions.FieldSorts[record.Constructor], Of))})",
        ConstantArray array => $"((as const {sort}) {Of(array.Element, ElementOf(sort))})",
        StoredArray array => $"(store {Of(array.Origin, sort)} {Of(new WordValue(array.Index), IndexOf(sort))} {Of(array.Element, ElementOf(sort))})",
        OctetArray array when sort == "(Array Gfn Content)" => Map(array.Map, "all-resident", Content),
        OctetArray array => Map(array.Map, "all-stable", octet => Bits(octet).ToString()),
        TruthArray array => Map(array.Map, "no-page", truth => Bits(truth).ToString()),
        SymbolArray array => Symbol(array.Array),
        _ => throw new NotSupportedException($"no text of {value.GetType().Name}"),
    };

    /// <summary>How many of the pages are in the set that is written as <paramref name="set"/>.</summary>
    public static string Count(IEnumerable<Word> pages, string set) => pages.Aggregate(
        Number(0), (sum, page) => $"(bvadd {sum} (ite (select {set} {Bits(page.Term)}) {Number(1)} {Number(0)}))");

    // What is written over is left out: so the texts stay readable.
    private static string Map(TermMap map, string background, Func<Term, string> element) => map.Assignments.DistinctBy(one => one.Gfn.Term).Reverse().Aggregate(
        background, (array, one) => $"(store {array} {Bits(one.Gfn.Term)} {element(one.Value)})");

    private static string Content(Term octet) => $"(ite (= {Bits(octet)} {Term.Constant((byte)PageContent.Resident)}) resident "
        + $"(ite (= {Bits(octet)} {Term.Constant((byte)PageContent.Preserved)}) preserved logically-zero))";

    private static string ElementOf(string sort) => sort switch
    {
        "(Array SlotId Slot)" => "Slot",
        "Bytes" => "Byte",
        _ => throw new NotSupportedException($"the elements of {sort}"),
    };

    private static string IndexOf(string sort) => sort == "(Array SlotId Slot)" ? "SlotId" : "Gfn";

    // Every sum that is compared stays below 2^64 by the bounds of its symbols, or is written with its remainder: so over 64 bits it means
    // the same.
    private static Term Bits(Term term)
    {
        if (term.Arguments.Count == 0)
        {
            return char.IsAsciiDigit(term.Head[0])
                ? Term.Leaf(Number(ulong.Parse(term.Head, CultureInfo.InvariantCulture)), Sort.Bits)
                : Renamed(term);
        }

        if (term.Head is "mod")
        {
            Term inner = Bits(term.Arguments[0]);
            return term.Arguments[1].Head switch
            {
                TwoTo64 => inner,
                TwoTo32 => Term.Apply("bvand", Sort.Bits, inner, Term.Leaf(Number(uint.MaxValue), Sort.Bits)),
                _ => throw new NotSupportedException($"no text of {term}"),
            };
        }

        Term[] arguments = [.. term.Arguments.Select(Bits)];
        return term.Head switch
        {
            "bv2nat" => arguments[0],
            "+" => Term.Apply("bvadd", Sort.Bits, arguments),
            "-" => Term.Apply("bvsub", Sort.Bits, arguments),
            "<" => Term.Apply("bvult", Sort.Bool, arguments),
            "<=" => Term.Apply("bvule", Sort.Bool, arguments),
            _ => Term.Apply(term.Head, term.Sort, arguments),
        };
    }

    private static Term Renamed(Term term) => term.Arguments.Count > 0 ? Term.Apply(term.Head, term.Sort, [.. term.Arguments.Select(Renamed)])
        : char.IsAsciiDigit(term.Head[0]) || term.Head[0] == '#' || term.Head is "true" or "false" ? term
        : Term.Leaf(Symbol(term), term.Sort);

    private static string Number(ulong value) => $"#x{value:x16}";

    private static bool Mentions(Term term, string symbol) => term.Arguments.Count == 0 ? term.Head == symbol : term.Arguments.Any(one => Mentions(one, symbol));
}
