// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

/// <summary>What the machine does not guarantee, and keeps on purpose. H2 is with SET and clear CMMA, part of H1 with GET's block.</summary>
public sealed class HazardProperties : MachineProperties
{
    // From a GET that failed on: no later GET finds these pages dirty, unless an ESSA marks them or migration mode starts again.
    [ClauseProperty("H1", AtLeast = 1000)]
    public Property No_later_GET_sends_what_a_GET_lost_that_could_not_write_its_answer(Trace trace) => ForAll(
        trace,
        run =>
        {
            HashSet<ulong> lost = [];
            List<Finding> findings = [];
            foreach (Observation seen in run.Observations)
            {
                if (seen is EssaCall { PageAfter.Dirty: true } essa)
                {
                    lost.Remove(essa.Operation.Gfn);
                }
                else if (seen.AnyOperation is Operation.StartMigration && !seen.ChangesNothing)
                {
                    lost.Clear();
                }
                else if (seen is GetCall { FindsBlock: true } get)
                {
                    findings.AddRange(lost.Select(gfn => new Finding(seen, !get.LostMarks.Contains(gfn))));
                    lost.UnionWith(get.IsAnswer ? [] : get.LostMarks);
                }
            }

            return findings;
        });

    [ClauseProperty("H2", AtLeast = 1000)]
    public Property Clear_CMMA_changes_attributes_of_clean_pages_while_migrating_and_marks_none(Trace trace) => ForAll<Seen<Operation.ClearCmma>, ulong>(
        trace,
        of: seen => seen.Before.Migrating
            ? seen.Before.Memory.Gfns.Where(gfn => seen.Before.Memory[gfn] is { Dirty: false, Attributes: not 0 }) : [],
        must: (seen, gfn) => seen.After.Memory[gfn] is { Dirty: false, Attributes: 0 });

    [ClauseProperty("H3", AtLeast = 100)]
    public Property A_guest_that_uses_CMMA_only_while_migrating_gets_zero_bytes_though_pages_are_dirty(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { StructWritable: true, Operation: { Count: > 0, Flags: 0 or 1 }, Before: { Enabled: true, Migrating: true, Used: false, AnyDirty: true } },
        must: call => call.IsZeroed && call.After.AnyDirty);

    [ClauseProperty("H3", AtLeast = 100)]
    public Property An_ESSA_while_migrating_is_no_first_use(Trace trace) => ForAll<EssaCall>(
        trace,
        when: call => call.Before is { Migrating: true, Used: false, VcpuCount: > 0 },
        must: call => !call.After.Used);

    // Migration mode on, CMMA not enabled: from then on nothing is dirty until an ESSA, a stop or a start.
    [ClauseProperty("H4", AtLeast = 1000)]
    public Property After_start_migration_before_enable_CMMA_nothing_is_dirty_until_an_ESSA_marks_a_page(Trace trace) => ForAll(
        trace,
        run =>
        {
            bool early = false;
            List<Finding> findings = [];
            foreach (Observation seen in run.Observations)
            {
                early = (early && seen.After.Migrating && !(seen is EssaCall && seen.After.AnyDirty))
                    || (seen.AnyOperation is Operation.StartMigration && seen.Before is { Migrating: false, Enabled: false } && seen.After.Migrating);
                if (early)
                {
                    bool zeros = seen is not GetCall { Check: > GetCheck.NotMigrating, IsPeek: false, StructWritable: true } get || get.IsZeroed;
                    findings.Add(new Finding(seen, !seen.After.AnyDirty && zeros));
                }
            }

            return findings;
        });

    [ClauseProperty("H5", AtLeast = 100)]
    public Property A_slot_that_is_moved_while_migrating_resets_attributes_that_are_not_sent_again(Trace trace) => ForAll<Seen<Operation.MoveSlot>, ulong>(
        trace,
        of: seen => seen is { Succeeds: true, Before.Migrating: true, After.Migrating: true }
            ? seen.Before.Memory.Gfns.Where(gfn => seen.Before.Memory[gfn].Attributes != 0 && seen.Before.Slot(seen.Operation.Id) is { } slot
                && gfn >= slot.BaseGfn && gfn < slot.BaseGfn + slot.Pages && seen.After.Memory.Exists(gfn)) : [],
        must: (seen, gfn) => seen.After.Memory[gfn] is { Dirty: false, Attributes: 0 });

    [ClauseProperty("H5", AtLeast = 300, Traces = typeof(SlotChangeTraces))]
    public Property A_slot_that_is_removed_and_created_again_while_migrating_resets_them_too(Trace trace) => ForAll(
        trace,
        run =>
        {
            HashSet<ulong> removed = []; // pages that had attributes when they were removed while migrating
            List<Finding> findings = [];
            foreach (Observation seen in run.Observations)
            {
                if (seen is Seen<Operation.DeleteSlot> && seen.Before.Migrating)
                {
                    removed.UnionWith(seen.Before.Memory.Gfns.Where(gfn => seen.Before.Memory[gfn].Attributes != 0 && !seen.After.Memory.Exists(gfn)));
                }
                else if (seen is Seen<Operation.CreateSlot> && seen.Before.Migrating && seen.After.Migrating)
                {
                    findings.AddRange(removed.Where(gfn => !seen.Before.Memory.Exists(gfn) && seen.After.Memory.Exists(gfn))
                        .Select(gfn => new Finding(seen, seen.After.Memory[gfn] is { Dirty: false, Attributes: 0 })));
                }
            }

            return findings;
        });
}
