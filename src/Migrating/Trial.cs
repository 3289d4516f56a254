// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.Collections.Frozen;
using System.Linq;
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
    /// What a loss may come from: each cause without which it does not show. Deviations of source and target go before what the consumer leaves
    /// out, and causes without which the page has the same attributes at the source before others. If no single cause mends it, the fewest
    /// that must go together, as far as leaving them out one after another finds them.
    /// </summary>
    /// <param name="script">A script that shows it.</param>
    /// <param name="kind">What kind of loss.</param>
    /// <param name="gfn">Of which page; null for what is not of a page.</param>
    public IReadOnlyList<CauseSet> CausesOf(Trace script, LossKind kind, ulong? gfn)
    {
        List<Cause> candidates = Candidates(script);
        byte? atSource = AtSource(Run(script), gfn);
        Cause[] mending = [.. candidates.Where(cause => Mends(script, new CauseSet([cause]), kind, gfn))];
        Cause[] keeping = [.. mending.Where(cause => AtSource(Run(script, new CauseSet([cause])), gfn) == atSource)];
        Cause[] single = keeping.Length > 0 ? keeping : mending;
        if (single.Length > 0)
        {
            bool deviates = Array.Exists(single, cause => cause.Of != CauseOf.Consumer);
            return [.. single.Where(cause => !deviates || cause.Of != CauseOf.Consumer).Select(cause => new CauseSet([cause]))];
        }

        if (!Mends(script, new CauseSet(candidates), kind, gfn))
        {
            return [CauseSet.None];
        }

        for (int index = candidates.Count - 1; index >= 0; index--)
        {
            List<Cause> fewer = [.. candidates.Where((_, each) => each != index)];
            candidates = Mends(script, new CauseSet(fewer), kind, gfn) ? fewer : candidates;
        }

        return [new CauseSet(candidates)];
    }

    /// <summary>Every single cause without which a loss does not show.</summary>
    public IReadOnlyList<Cause> EachCauseOf(Trace script, LossKind kind, ulong? gfn) =>
        [.. Candidates(script).Where(cause => Mends(script, new CauseSet([cause]), kind, gfn))];

    /// <summary>Whether without these causes a loss does not show.</summary>
    internal bool Mends(Trace script, CauseSet causes, LossKind kind, ulong? gfn) =>
        !Run(script, causes).Shows(kind, gfn)
        && (causes.All.Count != 1 || Without(script, causes.Steps) is not { } plainer || !Run(plainer).Shows(kind, gfn));

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

        return
        [
            .. metAtSource.Select(name => new Cause(CauseOf.Source, name)),
            .. metAtTarget.Select(name => new Cause(CauseOf.Target, name)),
            .. Consumer.EachStep.Where(step => !consumer.Has(step)).Select(Cause.Left),
        ];

        void Collect(Consumer program)
        {
            IImplementation from = source.Without(metAtSource.ToFrozenSet(StringComparer.Ordinal), metAtSource);
            Migration.Run(from, target.Without(metAtTarget.ToFrozenSet(StringComparer.Ordinal), metAtTarget), program, script);
        }
    }
}
