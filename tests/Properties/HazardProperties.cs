using System.Collections.Generic;
using System.Linq;
using Cmma.Abi;
using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

/// <summary>What the machine does not guarantee, and keeps on purpose. H2 stands with SET and clear CMMA, part of H1 with GET's block.</summary>
public sealed class HazardProperties : MachineProperties
{
    // From a GET that failed on: no later GET finds these pages dirty, unless an ESSA marks them or migration mode starts again.
    [Fact]
    [Clause("H1")]
    public void No_later_GET_sends_what_a_GET_lost_that_could_not_write_its_answer() => InRuns(
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
        },
        atLeast: 1000);

    [Fact]
    [Clause("H2")]
    public void Clear_CMMA_changes_attributes_of_clean_pages_while_migrating_and_marks_none() => EveryIn<Seen<Operation.ClearCmma>, ulong>(
        of: seen => seen.Before.Migrating
            ? seen.Before.Memory.Gfns.Where(gfn => seen.Before.Memory[gfn] is { Dirty: false, Attributes: not 0 }) : [],
        must: (seen, gfn) => seen.After.Memory[gfn] is { Dirty: false, Attributes: 0 },
        atLeast: 1000);

    [Fact]
    [Clause("H3")]
    public void A_guest_that_uses_CMMA_only_while_migrating_gets_zero_bytes_though_pages_are_dirty() => Always<GetCall>(
        when: call => call is { StructWritable: true, Operation: { Count: > 0, Flags: 0 or 1 }, Before: { Enabled: true, Migrating: true, Used: false, AnyDirty: true } },
        must: call => call.IsZeroed && call.After.AnyDirty,
        atLeast: 100);

    [Fact]
    [Clause("H3")]
    public void An_ESSA_while_migrating_is_no_first_use() => Always<EssaCall>(
        when: call => call.Before is { Migrating: true, Used: false, VcpuCount: > 0 },
        must: call => !call.After.Used,
        atLeast: 100);

    // Migration mode on, CMMA not enabled: from then on nothing is dirty until an ESSA, a stop or a start.
    [Fact]
    [Clause("H4")]
    public void After_start_migration_before_enable_CMMA_nothing_is_dirty_until_an_ESSA_marks_a_page() => InRuns(
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
        },
        atLeast: 1000);

    [Fact]
    [Clause("H5")]
    public void A_slot_that_is_moved_while_migrating_resets_attributes_that_are_not_sent_again() => EveryIn<Seen<Operation.MoveSlot>, ulong>(
        of: seen => seen is { Succeeds: true, Before.Migrating: true, After.Migrating: true }
            ? seen.Before.Memory.Gfns.Where(gfn => seen.Before.Memory[gfn].Attributes != 0 && seen.Before.Slot(seen.Operation.Id) is { } slot
                && gfn >= slot.BaseGfn && gfn < slot.BaseGfn + slot.Pages && seen.After.Memory.Exists(gfn)) : [],
        must: (seen, gfn) => seen.After.Memory[gfn] is { Dirty: false, Attributes: 0 },
        atLeast: 100);

    [Fact]
    [Clause("H5")]
    public void A_slot_that_is_removed_and_created_again_while_migrating_resets_them_too() => InRuns(
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
        },
        atLeast: 300);
}
