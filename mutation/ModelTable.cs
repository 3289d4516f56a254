// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cmma.Mutation;

/// <summary>The table of the model's mutants, and the reasons of those that no theorem refutes.</summary>
internal static class ModelTable
{
    private const string File = "mutation/model.json";

    /// <summary>From the name of a mutant to why no theorem can be false of it.</summary>
    public static IReadOnlyDictionary<string, string> Reasons(string root)
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(root, File)));
        return document.RootElement.EnumerateObject().ToDictionary(reason => reason.Name, reason => reason.Value.GetString()!, StringComparer.Ordinal);
    }

    /// <summary>The mutants that live without a reason, and the reasons of those that do not live: there must be none of either.</summary>
    public static IReadOnlyList<string> Holes(IReadOnlyList<ModelFate> fates, IReadOnlyDictionary<string, string> reasons)
    {
        HashSet<string> living = [.. fates.Where(fate => fate.Lives).Select(fate => fate.Mutant.Name)];
        return [.. living.Where(name => !reasons.ContainsKey(name)).Select(name => $"{name}: refuted by no theorem, and no reason"),
            .. reasons.Keys.Where(name => !living.Contains(name)).Select(name => $"{name}: has a reason in {File}, but does not live")];
    }

    /// <summary>The section of docs/mutation.md.</summary>
    public static string Markdown(IReadOnlyList<ModelFate> fates, IReadOnlyDictionary<string, string> reasons)
    {
        StringBuilder text = new();
        text.Append("## The model of the proofs\n\nEach definition of spec/smt/model changed, one place at a time: a part of a conjunction or disjunction left out, a condition negated, a\n");
        text.Append("bound shifted by one, two constants swapped. Refuted: the solver falsifies a theorem about it. The same: it proves that the changed\n");
        text.Append("definition means what the original means. Listed: it falsifies no theorem, for a reason below.\n\n");
        text.Append("| file | mutants | refuted | the same | listed | living |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (IGrouping<string, ModelFate> file in fates.GroupBy(fate => fate.Mutant.File, StringComparer.Ordinal))
        {
            text.Append(Row(file.Key, [.. file], reasons));
        }

        text.Append(Row("all", fates, reasons));
        text.Append("\nNot refuted, and why:\n\n");
        return text.Append(string.Concat(fates.Where(fate => fate.Lives).Select(fate => $"- {fate.Mutant.Name}: {reasons.GetValueOrDefault(fate.Mutant.Name, "NO REASON")}\n"))).ToString();
    }

    private static string Row(string name, IReadOnlyList<ModelFate> fates, IReadOnlyDictionary<string, string> reasons)
    {
        int listed = fates.Count(fate => fate.Lives && reasons.ContainsKey(fate.Mutant.Name));
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {fates.Count} | {fates.Count(fate => fate.RefutedBy.Length > 0)} | {fates.Count(fate => fate.IsTheSame)} | {listed} | {fates.Count(fate => fate.Lives) - listed} |\n");
    }
}
