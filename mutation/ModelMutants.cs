// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cmma.Mutation;

/// <summary>A change of one definition of spec/smt/model.</summary>
/// <param name="File">The name of the file, without folder and ending.</param>
/// <param name="Definition">The function.</param>
/// <param name="Line">The line of the change, from 1.</param>
/// <param name="Change">What it is, in words.</param>
/// <param name="Text">The whole text of the changed file.</param>
internal sealed record ModelMutant(string File, string Definition, int Line, string Change, string Text)
{
    /// <summary>As a list of mutants names it: it holds while the definition is as it is.</summary>
    public string Name => $"{File}.smt2 {Definition}: {Change}";
}

/// <summary>
/// Changes each definition of the model, one place at a time: each part of a conjunction and of a disjunction left out, each condition negated, each
/// bound shifted by one, each two constants swapped.
/// </summary>
internal static class ModelMutants
{
    // These say nothing of the machine: small VMs for examples, and a logic.
    private static readonly string[] LeftOut = ["examples", "bit-vectors"];

    private static readonly Dictionary<string, string> Shifted = new(StringComparer.Ordinal)
    {
        ["bvult"] = "bvule", ["bvule"] = "bvult", ["bvugt"] = "bvuge", ["bvuge"] = "bvugt", ["bvslt"] = "bvsle", ["bvsge"] = "bvsgt", [">="] = ">",
    };

    // Constants of a datatype, by their sort; those of a name are swapped only with each other.
    private static readonly string[][] Names =
    [
        ["resident", "preserved", "logically-zero"], ["true", "false"],
        ["success", "ENXIO", "ENOMEM", "EFAULT", "EBUSY", "EEXIST", "EINVAL", "operation-exception", "specification-exception", "addressing-exception"],
        ["no-flag", "peek-flag"], ["stable", "unused", "potentially-volatile", "volatile"],
    ];

    /// <summary>Every mutant of these texts, by the names of their files.</summary>
    public static IReadOnlyList<ModelMutant> Of(IReadOnlyDictionary<string, string> model) =>
        [.. model.Where(file => !LeftOut.Contains(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => Of(file.Key, file.Value))];

    /// <summary>The names of the functions that a text defines, each with the names that its definition mentions.</summary>
    public static IEnumerable<(string Name, IReadOnlySet<string> Mentioned)> Definitions(string text) =>
        ModelNode.Read(text).Select(Defined).Where(one => one.Name.Length > 0)
            .Select(one => (one.Name, (IReadOnlySet<string>)one.Body!.All().Select(node => node.Atom ?? "").ToHashSet(StringComparer.Ordinal)));

    /// <summary>A definition with its name, parameters and body. The equation of a declared function counts as its definition.</summary>
    public static (string Name, ModelNode? Parameters, ModelNode? Body) Defined(ModelNode node) => node.Head switch
    {
        "define-fun" => (node.Items[1].Atom!, node.Items[2], node.Items[4]),
        "assert" when node.Items[1].Head == "forall" && node.Items[1].Items[2].Head == "!" =>
            (node.Items[1].Items[2].Items[1].Items[1].Head, node.Items[1].Items[1], node.Items[1].Items[2].Items[1].Items[2]),
        _ => ("", null, null),
    };

    private static IEnumerable<ModelMutant> Of(string file, string text)
    {
        foreach (ModelNode top in ModelNode.Read(text))
        {
            (string name, _, ModelNode? body) = Defined(top);
            if (body == null)
            {
                continue;
            }

            bool isTruth = top.Head == "assert" || top.Items[3].Atom == "Bool";
            IEnumerable<(ModelNode At, string Change, string Text)> changes = Conditions(body, isTruth, text).Concat(Bounds(body, text)).Concat(Swaps(body, text));
            Dictionary<string, int> seen = new(StringComparer.Ordinal);
            foreach ((ModelNode at, string change, string changed) in changes)
            {
                int times = seen[change] = seen.GetValueOrDefault(change) + 1; // the same words may stand in a definition twice
                yield return new ModelMutant(file, name, text.AsSpan(0, at.Begin).Count('\n') + 1, times == 1 ? change : $"{change}, place {times}", changed);
            }
        }
    }

    // A truth value is negated; of several joined each is left out.
    private static IEnumerable<(ModelNode At, string Change, string Text)> Conditions(ModelNode node, bool isTruth, string text)
    {
        if (isTruth && node.Head is not ("not" or "let" or "ite" or "!")) // those are negated further in
        {
            yield return (node, $"negate {Short(node, text)}", With(text, node, $"(not {Words(node, text)})"));
        }

        if (node.Head is "and" or "or")
        {
            foreach (ModelNode part in node.Items.Skip(1))
            {
                IEnumerable<string> rest = node.Items.Skip(1).Where(one => one != part).Select(one => Words(one, text));
                string joined = node.Items.Count > 3 ? $"({node.Head} {string.Join(' ', rest)})" : rest.FirstOrDefault("true");
                yield return (part, $"without {Short(part, text)}", With(text, node, joined));
            }
        }

        for (int index = 0; index < node.Items.Count; index++)
        {
            ModelNode item = node.Items[index];
            bool isTruthToo = node.Head switch
            {
                "and" or "or" or "not" or "=>" => index > 0,
                "ite" => index == 1 || (isTruth && index > 1),
                "forall" or "exists" or "let" => index == 2 && isTruth,
                "!" => index == 1 && isTruth,
                _ => false,
            };
            bool isPattern = node.Head == "!" && index > 1;
            foreach ((ModelNode, string, string) change in isPattern || (node.Head is "forall" or "exists" && index == 1) ? [] : Conditions(item, isTruthToo, text))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<(ModelNode At, string Change, string Text)> Bounds(ModelNode body, string text)
    {
        foreach (ModelNode node in Used(body))
        {
            if (Shifted.TryGetValue(node.Head, out string? other))
            {
                yield return (node, $"{other} in {Short(node, text)}", With(text, node.Items[0], other));
            }
            else if (node.Atom is { } atom && atom.StartsWith("#x", StringComparison.Ordinal))
            {
                ulong number = ulong.Parse(atom.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                string next = (number + 1).ToString("x16", CultureInfo.InvariantCulture)[^(atom.Length - 2)..];
                yield return (node, $"#x{next} for {atom}", With(text, node, $"#x{next}"));
            }
        }
    }

    // Of the same sort and of different values, each two values once for each two places.
    private static IEnumerable<(ModelNode At, string Change, string Text)> Swaps(ModelNode body, string text)
    {
        ModelNode[] constants = [.. Used(body).Where(node => Sort(node).Length > 0)];
        for (int one = 0; one < constants.Length; one++)
        {
            for (int other = one + 1; other < constants.Length; other++)
            {
                (ModelNode first, ModelNode second) = (constants[one], constants[other]);
                if (Sort(first) == Sort(second) && first.Atom != second.Atom)
                {
                    yield return (first, $"swap {first.Atom} and {second.Atom}", With(With(text, second, first.Atom!), first, second.Atom!));
                }
            }
        }
    }

    // Not what only guides a solver.
    private static IEnumerable<ModelNode> Used(ModelNode node) =>
        node.Items.Where((_, index) => node.Head != "!" || index < 2).SelectMany(Used).Prepend(node);

    private static string Sort(ModelNode node) => node.Atom is not { } atom ? ""
        : atom.StartsWith("#x", StringComparison.Ordinal) ? $"{atom.Length}"
        : Array.Find(Names, names => names.Contains(atom, StringComparer.Ordinal)) is { } names ? names[0]
        : "";

    private static string With(string text, ModelNode node, string words) => string.Concat(text.AsSpan(0, node.Begin), words, text.AsSpan(node.End));

    // Without a limit of time, which a busy machine would break: it takes time in proportion to the text.
    private static readonly Regex Blank = new(@"(;[^\n]*|\s)+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    // Without comments, in one line.
    private static string Words(ModelNode node, string text) => Blank.Replace(text[node.Begin..node.End], " ");

    private static string Short(ModelNode node, string text)
    {
        const int Longest = 70;
        string words = Words(node, text);
        return words.Length <= Longest ? words : words[..(Longest - 2)] + "..";
    }
}
