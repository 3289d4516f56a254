// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Theorems;

namespace Cmma.Proofs.Tests;

/// <summary>
/// The laws of spec/smt/model/card.smt2, as they are written there, hold for all sets of the pages 0 to 5, with card defined as the plain sum
/// of its members. The theorem of 64 pages says the laws over again, of words; this asks the very text that the other theorems assume.
/// </summary>
public sealed class CountingTests
{
    private const string Uninterpreted = "(declare-fun card (Pages) (_ BitVec 64))";
    private const int Pages = 6;

    /// <summary>Each law of card.smt2, with sets that may be any.</summary>
    private static readonly Dictionary<string, string> Instances = new(StringComparer.Ordinal)
    {
        ["law-of-the-empty-set"] = "law-of-the-empty-set",
        ["law-of-one-page"] = "(law-of-one-page one page member)",
        ["law-of-two-parts"] = "(law-of-two-parts whole one other)",
        ["law-of-a-part"] = "(law-of-a-part whole one)",
        ["law-of-a-range"] = "(law-of-a-range whole page length)",
    };

    [Fact]
    public void Each_law_of_the_model_is_asked()
    {
        IEnumerable<string> laws = Regex
            .Matches(new SmtFolder(Spec.Smt).Model["card"], @"(?<=\(define-fun )law-\S+", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(match => match.Value);
        Assert.Equal(Instances.Keys.Order(StringComparer.Ordinal), laws.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_law_of_the_model_holds() => Assert.Empty(Broken([.. Instances.Keys], text => text));

    [Theory]
    [InlineData("(card no-page) #x0000000000000000", "(card no-page) #x0000000000000001", "law-of-the-empty-set")]
    [InlineData("(ite member #x0000000000000001", "(ite member #x0000000000000002", "law-of-one-page")]
    [InlineData("(not (and (select one page) (select other page)))", "true", "law-of-two-parts")]
    [InlineData("(bvule (card part) (card whole))", "(bvult (card part) (card whole))", "law-of-a-part")]
    [InlineData("(= (card set) length)", "(bvult (card set) length)", "law-of-a-range")]
    public void A_false_law_is_found(string law, string falseLaw, string name) =>
        Assert.Equal([name], Broken([name], text =>
        {
            Assert.Contains(law, text, StringComparison.Ordinal);
            return text.Replace(law, falseLaw, StringComparison.Ordinal);
        }));

    private static List<string> Broken(string[] names, Func<string, string> change)
    {
        SmtFolder folder = new(Spec.Smt);
        string laws = change(folder.Model["card"]);
        Assert.Contains(Uninterpreted, laws, StringComparison.Ordinal);
        string members = string.Join(' ', Enumerable.Range(0, Pages).Select(page => $"(ite (select set {Gfn(page)}) {Gfn(1)} {Gfn(0)})"));
        folder.Model["card"] = laws.Replace(
            Uninterpreted, $"(define-fun card ((set Pages)) (_ BitVec 64) (bvadd {members}))", StringComparison.Ordinal);
        string questions = string.Concat(names.Select(name => $"(push 1)\n(assert (not {Instances[name]}))\n(check-sat)\n(pop 1)\n"));
        Theorem question = new("counting", "model/card.smt2", $"; uses: card\n{Sets()}{questions}");
        using SolverProcess solver = new(SolverKind.MicrosoftZ3, SolverLimits.Usual, question.File);
        (IReadOnlyList<Answer> answers, _) = solver.Run(new Joiner(folder).Proof(question), names.Length);
        return [.. names.Where((_, index) => answers[index] != Answer.Unsatisfiable)];
    }

    // Three sets, of which any page from 0 to 5 is a member or not, and one such page.
    private static string Sets()
    {
        string text = $"(declare-const page Gfn)\n(assert (bvult page {Gfn(Pages)}))\n(declare-const length Gfn)\n(declare-const member Bool)\n";
        foreach (string set in (string[])["whole", "one", "other"])
        {
            string members = "no-page";
            for (int page = 0; page < Pages; page++)
            {
                text += $"(declare-const {set}-{page} Bool)\n";
                members = $"(store {members} {Gfn(page)} {set}-{page})";
            }

            text += $"(define-fun {set} () Pages {members})\n";
        }

        return text;
    }

    private static string Gfn(int number) => $"#x{number:x16}";
}
