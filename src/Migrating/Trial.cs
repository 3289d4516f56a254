// SPDX-License-Identifier: MIT
using System.Collections.Frozen;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Migrating;

/// <summary>Migrations from one source to one target, with or without what may be the cause of a loss.</summary>
/// <param name="source">The source.</param>
/// <param name="target">The target.</param>
/// <param name="consumer">The program on both sides.</param>
public sealed class Trial(Side source, Side target, Consumer consumer)
{
    private const int MostKept = 4096;

    // The same consumer on both sides of a migration between two machines that keep the contract.
    private readonly Lazy<Trial> onContract = new(() => new Trial(Side.Of(Implementations.Find("reference")), Side.Of(Implementations.Find("reference")), consumer));

    private readonly Capability[] capabilities =
        [.. source.Implementation.Capabilities.Intersect(target.Implementation.Capabilities)];

    /// <summary>What a machine inside this program sent, so that it is not run again for the next target; cleared when it is full.</summary>
    internal Dictionary<(Trace Script, string Without), Outgoing> Sent { get; init; } = [];

    /// <summary>The program on both sides.</summary>
    public Consumer Consumer => consumer;

    /// <summary>Whether a trace is a script that both sides can do.</summary>
    public bool CanRun(Trace script) =>
        Script.Malformed(script) == null && !Capabilities.NeededBy(script).Except(capabilities).Any();

    /// <summary>Runs a script.</summary>
    public Migration Run(Trace script) => Run(script, CauseSet.None);

    /// <summary>Runs a script with some causes taken away.</summary>
    public Migration Run(Trace script, CauseSet without)
    {
        ArgumentNullException.ThrowIfNull(without);
        Consumer program = consumer with { Steps = consumer.Steps | without.Steps };
        IImplementation from = source.Without(without.Source);
        (Trace, string) key = (script, $"{string.Join(',', without.Source.Order(StringComparer.Ordinal))} {without.Steps}");
        if (from is not MachineImplementation || !Sent.TryGetValue(key, out Outgoing? outgoing))
        {
            outgoing = SourceRun.Of(from, script, program);
            Keep(key, outgoing);
        }

        return Migration.Of(outgoing, from, target.Without(without.Target), program, script);
    }

    /// <summary>
    /// What a loss may come from. Where two machines that keep the contract lose the same by the same script: the hazard that the consumer runs
    /// into. Else each cause without which it does not show: deviations go before what the consumer leaves out, known bugs among them come
    /// first, and causes without which the page has the same attributes at the source go before others. If no single cause mends it, each two that
    /// must go together, or as few as possible.
    /// </summary>
    /// <param name="script">A script that shows it.</param>
    /// <param name="kind">What kind of loss.</param>
    /// <param name="gfn">Of which page; null for what is not of a page.</param>
    public IReadOnlyList<CauseSet> CausesOf(Trace script, LossKind kind, ulong? gfn)
    {
        CauseSet[] hazards = HazardsOf(script, kind, gfn);
        if (hazards.Length > 0)
        {
            return hazards;
        }

        List<Cause> candidates = Candidates(script);
        Cause[] single = [.. candidates.Where(cause => Mends(script, new CauseSet([cause]), kind, gfn))];
        if (single.Length > 0)
        {
            return [.. Preferred(script, single, gfn).Select(cause => new CauseSet([cause]))];
        }

        if (!Mends(script, new CauseSet(candidates), kind, gfn))
        {
            return [CauseSet.None];
        }

        IEnumerable<CauseSet> pairs = candidates.SelectMany((one, index) => candidates.Skip(index + 1).Select(other => new CauseSet([one, other])));
        CauseSet[] mending = [.. pairs.Where(pair => Mends(script, pair, kind, gfn))];
        return mending.Length > 0 ? mending : [Fewest(candidates, causes => Mends(script, causes, kind, gfn))];
    }

    // A deviation without which the migration breaks off is named only where nothing but facts mend it so that it comes to its end.
    private Cause[] Preferred(Trace script, Cause[] mending, ulong? gfn)
    {
        byte? atSource = AtSource(Run(script), gfn);
        Dictionary<Cause, Migration> without = mending.ToDictionary(cause => cause, cause => Run(script, new CauseSet([cause])));
        Cause[] keeping = [.. mending.Where(cause => without[cause].Broken != null || AtSource(without[cause], gfn) == atSource)];
        Cause[] single = keeping.Length > 0 ? keeping : mending;
        Cause[] whole = [.. single.Where(cause => without[cause].Broken == null)];
        Cause[] deviations = [.. single.Where(cause => cause.Of != CauseOf.Consumer)
            .Where(cause => whole.Contains(cause) || whole.All(other => other.Of != CauseOf.Consumer && other.Rank > cause.Rank))];
        return deviations.Length > 0 ? deviations : single;
    }

    // Steps that save the page on the contract, where it is lost too: those that save it here as well; or, where a deviation loses the page once
    // more, each step together with such a deviation.
    private CauseSet[] HazardsOf(Trace script, LossKind kind, ulong? gfn)
    {
        if (!Left.Any() || !onContract.Value.CanRun(script) || !onContract.Value.Run(script).Shows(kind, gfn))
        {
            return [];
        }

        Cause[] hazards = [.. Left.Where(step => onContract.Value.Mends(script, new CauseSet([step]), kind, gfn))];
        CauseSet[] alone = [.. hazards.Select(step => new CauseSet([step])).Where(step => Mends(script, step, kind, gfn))];
        return alone.Length > 0 || hazards.Length == 0 ? alone : [.. Candidates(script).Where(cause => cause.Of != CauseOf.Consumer)
            .SelectMany(cause => hazards.Select(step => new CauseSet([cause, step])))
            .Where(pair => Mends(script, pair, kind, gfn) && Run(script, pair).Broken == null)];
    }

    // Leaves out one after another, the least preferred first.
    private static CauseSet Fewest(List<Cause> causes, Func<CauseSet, bool> mend)
    {
        for (int index = causes.Count - 1; index >= 0; index--)
        {
            List<Cause> fewer = [.. causes.Where((_, each) => each != index)];
            causes = mend(new CauseSet(fewer)) ? fewer : causes;
        }

        return new CauseSet(causes);
    }

    /// <summary>Every single cause without which a loss does not show.</summary>
    public IReadOnlyList<Cause> EachCauseOf(Trace script, LossKind kind, ulong? gfn) =>
        [.. Candidates(script).Where(cause => Mends(script, new CauseSet([cause]), kind, gfn))];

    /// <summary>
    /// Whether without these causes a loss does not show. A consumer that breaks off instead has mended nothing; a kernel without a bug may show the
    /// next one.
    /// </summary>
    internal bool Mends(Trace script, CauseSet causes, LossKind kind, ulong? gfn)
    {
        Migration without = Run(script, causes);
        return !without.Shows(kind, gfn)
            && (without.Broken == null || causes.All.Any(cause => cause.Of != CauseOf.Consumer))
            && (causes.All.Count != 1 || Without(script, causes.Steps) is not { } plainer || !Run(plainer).Shows(kind, gfn));
    }

    private IEnumerable<Cause> Left => Consumer.EachStep.Where(step => !consumer.Has(step)).Select(Cause.Left);

    private void Keep((Trace, string) key, Outgoing outgoing)
    {
        if (Sent.Count >= MostKept)
        {
            Sent.Clear();
        }

        Sent[key] = outgoing;
    }

    private static byte? AtSource(Migration migration, ulong? gfn)
    {
        SlotPages? slot = gfn == null ? null : migration.Outgoing.Slots.FirstOrDefault(each => gfn >= each.Slot.BaseGfn && gfn - each.Slot.BaseGfn < each.Slot.Pages);
        return slot?.Pages[(int)(gfn!.Value - slot.Slot.BaseGfn)].Attributes;
    }

    // To start anew mends what came before, too: a reset or a SET is the cause only if nothing is lost without it.
    private static Trace? Without(Trace script, ConsumerSteps step)
    {
        Step[] left = [.. script.Steps.Where(each => step switch
        {
            ConsumerSteps.RestartsAfterClear => each.Operation is not Operation.ClearCmma,
            ConsumerSteps.RestartsAfterSet => each.Operation is not Operation.Set,
            _ => true,
        })];
        return left.Length == script.Steps.Count ? null : script with { Steps = left };
    }

    // What mattered in the run, or matters when that is taken away, and the steps that the consumer leaves out.
    private List<Cause> Candidates(Trace script)
    {
        SortedSet<string> metAtSource = new(StringComparer.Ordinal);
        SortedSet<string> metAtTarget = new(StringComparer.Ordinal);
        int met;
        Collect(consumer);
        do
        {
            met = metAtSource.Count + metAtTarget.Count;
            Collect(consumer with { Steps = ConsumerSteps.All });
        }
        while (met < metAtSource.Count + metAtTarget.Count);

        IEnumerable<Cause> atSource = metAtSource.Select(name => new Cause(CauseOf.Source, name));
        return [.. atSource.Concat(metAtTarget.Select(name => new Cause(CauseOf.Target, name))).Concat(Left).OrderBy(cause => cause.Rank)];

        void Collect(Consumer program)
        {
            IImplementation from = source.Without(metAtSource.ToFrozenSet(StringComparer.Ordinal), metAtSource);
            Migration.Run(from, target.Without(metAtTarget.ToFrozenSet(StringComparer.Ordinal), metAtTarget), program, script);
        }
    }
}
