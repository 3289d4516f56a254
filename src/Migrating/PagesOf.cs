// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>The pages of a VM at the end of a migration.</summary>
internal static class PagesOf
{
    private const int MostGets = 4096;

    /// <summary>Every page of these slots.</summary>
    public static IReadOnlyList<SlotPages> All(IRun vm, IReadOnlyList<Memslot> slots)
    {
        if (vm.State is { } state)
        {
            return [.. slots.Select(slot => new SlotPages(slot, Shown(state, slot)))];
        }

        HashSet<ulong> dirty = Drained(vm);
        SetUsed(vm, slots);
        return [.. slots.Select(slot => new SlotPages(slot, Peeked(vm, slot, dirty)))];
    }

    private static PageState[] Shown(IMachineState state, Memslot slot)
    {
        PageState[] pages = new PageState[slot.Pages];
        state.CopyPages(slot.BaseGfn, pages);
        return pages;
    }

    // Who shows no state is asked by the calls that there are: GET for what is dirty still, PEEK for the attributes.
    private static HashSet<ulong> Drained(IRun vm)
    {
        HashSet<ulong> dirty = [];
        for (int left = MostGets; left > 0; left--)
        {
            Outcome outcome = vm.Do(new Operation.Get(0, SourceRun.BufferPages));
            if (outcome.Result != Outcome.Ok || outcome.Values.Length == 0)
            {
                break;
            }

            for (int page = 0; page < outcome.Values.Length; page++)
            {
                dirty.Add((outcome.StartGfn ?? 0) + (ulong)page);
            }
        }

        return dirty;
    }

    // PEEK answers nothing where Used is off; an ESSA that only asks sets it when migration mode is off.
    private static void SetUsed(IRun vm, IReadOnlyList<Memslot> slots)
    {
        if (slots.Count > 0 && vm.Do(new Operation.Get(slots[0].BaseGfn, 1, (uint)CmmaFlags.Peek)).Zeroed)
        {
            vm.Do(new Operation.StopMigration());
            vm.Do(new Operation.CreateVcpu());
            vm.Do(new Operation.Essa(slots[0].BaseGfn, 0));
        }
    }

    private static PageState[] Peeked(IRun vm, Memslot slot, HashSet<ulong> dirty)
    {
        PageState[] pages = new PageState[slot.Pages];
        ulong done = 0;
        while (done < slot.Pages)
        {
            uint count = (uint)Math.Min(slot.Pages - done, SourceRun.BufferPages);
            Outcome outcome = vm.Do(new Operation.Get(slot.BaseGfn + done, count, (uint)CmmaFlags.Peek));
            if (outcome.Result != Outcome.Ok || outcome.Values.Length == 0)
            {
                throw new CouldNotRunException($"PEEK of page {TraceWriter.Hex(slot.BaseGfn + done)} answers {outcome.Result}, so its attributes cannot be compared");
            }

            foreach (byte value in outcome.Values.Span)
            {
                ulong gfn = slot.BaseGfn + done;
                pages[done++] = new PageState(value, PageContent.Resident, dirty.Contains(gfn));
            }
        }

        return pages;
    }
}
