// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>
/// Gathers what scripts lose, and explains it by as few causes as possible: of the causes each of which mends a loss the one is named that mends
/// the most, and of two that mend as many a known bug before a fact.
/// </summary>
/// <param name="trial">The migrations.</param>
/// <param name="pagesOfEachKind">So many pages of each kind are explained in each script.</param>
/// <param name="analyses">So many losses of each kind are looked into; of the others only those that no cause so far mends.</param>
internal sealed class Collector(Trial trial, int pagesOfEachKind, int analyses)
{
    private readonly List<Observed> observed = [];
    private readonly Dictionary<LossKind, int> looked = [];

    /// <summary>Runs a script, and looks into what it loses.</summary>
    public void Add(Trace script)
    {
        Migration migration = trial.Run(script);
        foreach (LossKind kind in migration.Kinds)
        {
            foreach (ulong? gfn in PagesOf(migration, kind).Take(pagesOfEachKind))
            {
                int before = looked.GetValueOrDefault(kind);
                if (before >= analyses && Causes(kind).Any(cause => trial.Mends(script, new CauseSet([cause]), kind, gfn)))
                {
                    continue;
                }

                looked[kind] = before + 1;
                observed.Add(new Observed(script, kind, trial.CausesOf(script, kind, gfn)));
            }
        }
    }

    /// <summary>The kinds and causes, each with the scripts that show it, the plainest first.</summary>
    public IReadOnlyList<(LossKind Kind, CauseSet Cause, IReadOnlyList<Trace> Scripts)> Explained() =>
        [.. observed.GroupBy(each => each.Kind).OrderBy(each => each.Key).SelectMany(each => Explained(each.Key, [.. each]))];

    /// <summary>The pages of a migration that show a kind of loss; nothing in their place where it is not of a page.</summary>
    public static IEnumerable<ulong?> PagesOf(Migration migration, LossKind kind) => migration.Broken != null
        ? [null]
        : migration.Pages.Where(page => page.Kind == kind).Select(page => (ulong?)page.Gfn);

    private IEnumerable<Cause> Causes(LossKind kind) =>
        observed.Where(each => each.Kind == kind).SelectMany(each => each.Causes).Where(set => set.All.Count == 1).Select(set => set.All[0]).Distinct();

    private static List<(LossKind Kind, CauseSet Cause, IReadOnlyList<Trace> Scripts)> Explained(LossKind kind, List<Observed> left)
    {
        List<(LossKind Kind, CauseSet Cause, IReadOnlyList<Trace> Scripts)> explained = [];
        while (left.Count > 0)
        {
            CauseSet most = left.SelectMany(each => each.Causes)
                .GroupBy(set => set)
                .OrderBy(group => group.Key.All.Count == 1 ? 0 : 1).ThenBy(group => IsTold(group.Key) ? 0 : 1)
                .ThenByDescending(group => group.Count()).ThenBy(group => group.Key.Rank).ThenBy(group => group.Key.ToString(), StringComparer.Ordinal)
                .First().Key;
            Observed[] mended = [.. left.Where(each => each.Causes.Contains(most)).OrderBy(each => each.Causes.Count)];
            left = [.. left.Except(mended)];
            if (!IsTold(most))
            {
                explained.Add((kind, most, [.. mended.Select(each => each.Script)])); // two that come together are not told again
            }
        }

        return explained;

        bool IsTold(CauseSet set) => set.All.Count > 1 && set.All.All(cause => explained.Exists(known => known.Cause.All.Contains(cause)));
    }

    private sealed record Observed(Trace Script, LossKind Kind, IReadOnlyList<CauseSet> Causes);
}
