// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>A whole migration: what the source sent, what the target made of it, and where they differ.</summary>
/// <param name="Outgoing">The source's side.</param>
/// <param name="Incoming">The target's side; null if the source's did not come to its end.</param>
/// <param name="Pages">The pages that differ, by ascending gfn.</param>
public sealed record Migration(Outgoing Outgoing, Incoming? Incoming, IReadOnlyList<PageLoss> Pages)
{
    /// <summary>Why it did not come to its end, or null.</summary>
    public Broken? Broken => Outgoing.Broken ?? Incoming?.Broken;

    /// <summary>What went wrong, each kind once.</summary>
    public IEnumerable<LossKind> Kinds => Pages.Select(page => page.Kind).Concat(Broken == null ? [] : [Broken.Kind]).Distinct().Order();

    /// <summary>Whether a page differs in this way, or the migration breaks off so.</summary>
    /// <param name="kind">The way.</param>
    /// <param name="gfn">The page; for what is not of a page, nothing.</param>
    public bool Shows(LossKind kind, ulong? gfn) =>
        gfn == null ? Broken?.Kind == kind : Pages.Any(page => page.Kind == kind && page.Gfn == gfn);

    /// <summary>Runs a script from a source to a target.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target: a new VM with the slots that the source has at the end, enabled.</param>
    /// <param name="consumer">The program on both sides.</param>
    /// <param name="script">See <see cref="Script"/>.</param>
    /// <exception cref="CouldNotRunException">The consumer needs what one of them cannot do.</exception>
    public static Migration Run(IImplementation source, IImplementation target, Consumer consumer, Trace script) =>
        Of(SourceRun.Of(source, script, consumer), source, target, consumer, script);

    /// <summary>What a target makes of what a source has sent.</summary>
    internal static Migration Of(Outgoing outgoing, IImplementation source, IImplementation target, Consumer consumer, Trace script)
    {
        if (outgoing.Broken != null)
        {
            return new Migration(outgoing, Incoming: null, []);
        }

        Incoming incoming = TargetRun.Of(target, [.. outgoing.Slots.Select(slot => slot.Slot)], outgoing.Blocks, consumer.Loop);
        return new Migration(outgoing, incoming, incoming.Broken != null ? [] : Differences(outgoing, incoming, gfns => History(source, consumer, script, gfns)));
    }

    private static List<PageLoss> Differences(Outgoing outgoing, Incoming incoming, Func<IReadOnlyList<ulong>, HashSet<(ulong Gfn, byte Value)>> historyOf)
    {
        List<(PageLoss Page, bool WasSent)> different = [];
        for (int index = 0; index < outgoing.Slots.Count; index++)
        {
            SlotPages atSource = outgoing.Slots[index];
            for (int page = 0; page < atSource.Pages.Count; page++)
            {
                (PageState source, byte target) = (atSource.Pages[page], incoming.Slots[index].Pages[page].Attributes);
                if (source.Attributes != target)
                {
                    ulong gfn = atSource.Slot.BaseGfn + (ulong)page;
                    different.Add((new PageLoss(LossKind.Lost, gfn, source.Attributes, target), !source.Dirty && outgoing.Blocks.Any(block => block.Holds(gfn))));
                }
            }
        }

        ulong[] unknown = [.. different.Where(each => each.WasSent && each.Page.AtTarget != PageAttributes.Stable).Select(each => each.Page.Gfn)]; // every page begins as stable
        HashSet<(ulong Gfn, byte Value)> history = unknown.Length == 0 ? [] : historyOf(unknown);
        return [.. different.Select(each => each.Page with
        {
            Kind = !each.WasSent ? LossKind.Lost
                : each.Page.AtTarget == PageAttributes.Stable || history.Contains((each.Page.Gfn, each.Page.AtTarget)) ? LossKind.Stale
                : LossKind.Wrong,
        })];
    }

    // Every value that these pages ever had: by the source's own word, or by the contract where it shows no state.
    private static HashSet<(ulong Gfn, byte Value)> History(IImplementation source, Consumer consumer, Trace script, IReadOnlyList<ulong> gfns)
    {
        HashSet<(ulong, byte)> history = [];
        SourceRun.Of(source is MachineImplementation ? source : Implementations.Find("reference"), script, consumer, (state, slots) =>
        {
            foreach (ulong gfn in gfns.Where(gfn => slots.Any(slot => gfn >= slot.BaseGfn && gfn - slot.BaseGfn < slot.Pages)))
            {
                history.Add((gfn, state!.Page(gfn).Attributes));
            }
        });
        return history;
    }
}
