// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class EssaProperties : MachineProperties
{
    private const byte Usage = 0x03;
    private const byte NoDat = 0x40;

    [ClauseProperty("ESSA-CHECK-1", AtLeast = 300)]
    public Property Without_CMMA_it_is_an_operation_exception_whatever_the_ORC_and_the_page(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => !essa.Before.Enabled,
        must: essa => essa.Interruption == ProgramInterruption.Operation && essa.ChangesNothing);

    [ClauseProperty("ESSA-CHECK-2", AtLeast = 200)]
    public Property An_ORC_above_7_is_a_specification_exception(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.Before.Enabled && essa.Operation.Orc > 7,
        must: essa => essa.Interruption == ProgramInterruption.Specification && essa.ChangesNothing);

    [ClauseProperty("ESSA-CHECK-2", AtLeast = 50)]
    public Property An_ORC_above_7_wins_over_a_page_that_does_not_exist(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.Before.Enabled && essa.Operation.Orc > 7 && !essa.PageExists,
        must: essa => essa.Interruption == ProgramInterruption.Specification);

    [ClauseProperty("ESSA-CHECK-3", AtLeast = 1000)]
    public Property A_page_that_does_not_exist_is_an_addressing_exception(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.Before.Enabled && essa.KnownOrc && !essa.PageExists,
        must: essa => essa.Interruption == ProgramInterruption.Addressing && essa.After == essa.Before with { Used = essa.After.Used });

    [ClauseProperty("ESSA-CHECK-4", AtLeast = 300, Traces = typeof(MalformedTraces))]
    public Property Before_a_vCPU_exists_it_does_as_if_one_existed(Trace trace) => ForAll(
        trace,
        run => run.Observations.OfType<EssaCall>().Where(essa => essa.Before.VcpuCount == 0).TakeLast(1).Select(essa =>
        {
            Step[] steps = [.. run.Trace.Steps.Take(essa.Index), new Step(new Operation.CreateVcpu()), run.Trace.Steps[essa.Index]];
            EssaCall twin = (EssaCall)Recorder.Run(run.Trace with { Steps = steps }, NewMachine).Observations[^1];
            bool same = twin.Interruption == essa.Interruption && twin.R1 == essa.R1 && twin.After with { VcpuCount = 0 } == essa.After;
            return new Finding(essa, same);
        }));

    [ClauseProperty("ESSA-R1", AtLeast = 5000)]
    public Property The_answer_is_usage_content_and_no_DAT_as_they_were(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage,
        must: essa => essa.Succeeds
            && (essa.R1 & 0x0c) >> 2 == (essa.PageBefore.Attributes & 0x03u)
            && (essa.R1 & 0x03) == (ulong)essa.PageBefore.Content
            && (essa.R1 & 0x20) != 0 == ((essa.PageBefore.Attributes & 0x40) != 0)
            && (essa.R1 & ~0x2ful) == 0);

    [ClauseProperty("ESSA-R1", AtLeast = 3000)]
    public Property An_exception_has_no_answer(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => !essa.GetsToThePage,
        must: essa => !essa.Succeeds && essa.R1 == 0);

    [ClauseProperty("ESSA-ORC-0", AtLeast = 300)]
    public Property Get_changes_nothing(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 0,
        must: essa => essa.PageAfter == essa.PageBefore);

    [ClauseProperty("ESSA-ORC-1", AtLeast = 500)]
    public Property Set_stable_makes_the_page_stable_and_turns_no_DAT_off(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 1,
        must: essa => Becomes(essa, usage: 0, noDat: 0, essa.PageBefore.Content));

    [ClauseProperty("ESSA-ORC-2", AtLeast = 500)]
    public Property Set_unused_makes_the_page_unused_and_discards_it_unless_it_is_resident(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 2,
        must: essa => Becomes(essa, usage: 1, NoDatBefore(essa), DiscardedUnlessResident(essa)));

    [ClauseProperty("ESSA-ORC-2", "STATE-4", AtLeast = 50)]
    public Property Set_unused_discards_a_page_that_was_paged_out(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 2 && essa.PageBefore.Content == PageContent.Preserved,
        must: essa => Becomes(essa, usage: 1, NoDatBefore(essa), PageContent.LogicallyZero));

    [ClauseProperty("ESSA-ORC-3", AtLeast = 500)]
    public Property Set_volatile_makes_the_page_volatile_and_discards_it_unless_it_is_resident(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 3,
        must: essa => Becomes(essa, usage: 3, NoDatBefore(essa), DiscardedUnlessResident(essa)));

    [ClauseProperty("ESSA-ORC-3", AtLeast = 50)]
    public Property Set_volatile_discards_a_page_that_was_paged_out(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 3 && essa.PageBefore.Content == PageContent.Preserved,
        must: essa => Becomes(essa, usage: 3, NoDatBefore(essa), PageContent.LogicallyZero));

    [ClauseProperty("ESSA-ORC-4", AtLeast = 500)]
    public Property Set_potentially_volatile_makes_a_resident_page_so(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 4 && essa.PageBefore.Content == PageContent.Resident,
        must: essa => Becomes(essa, usage: 2, NoDatBefore(essa), PageContent.Resident));

    [ClauseProperty("ESSA-ORC-4", AtLeast = 20)]
    public Property Set_potentially_volatile_makes_a_discarded_page_volatile(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 4 && essa.PageBefore.Content == PageContent.LogicallyZero,
        must: essa => Becomes(essa, usage: 3, NoDatBefore(essa), PageContent.LogicallyZero));

    [ClauseProperty("ESSA-ORC-4", AtLeast = 20)]
    public Property Set_potentially_volatile_makes_a_paged_out_page_volatile_and_discards_it(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 4 && essa.PageBefore.Content == PageContent.Preserved,
        must: essa => Becomes(essa, usage: 3, NoDatBefore(essa), PageContent.LogicallyZero));

    [ClauseProperty("ESSA-ORC-5", AtLeast = 500)]
    public Property Set_stable_and_make_resident_makes_the_page_stable_and_no_more(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 5,
        must: essa => Becomes(essa, usage: 0, NoDatBefore(essa), essa.PageBefore.Content));

    [ClauseProperty("ESSA-ORC-5", AtLeast = 50)]
    public Property Set_stable_and_make_resident_makes_no_page_resident(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 5 && essa.PageBefore.Content != PageContent.Resident,
        must: essa => essa.PageAfter.Content == essa.PageBefore.Content);

    [ClauseProperty("ESSA-ORC-6", AtLeast = 500)]
    public Property Set_stable_if_resident_makes_a_resident_page_stable(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 6 && essa.PageBefore.Content == PageContent.Resident,
        must: essa => Becomes(essa, usage: 0, NoDatBefore(essa), PageContent.Resident));

    [ClauseProperty("ESSA-ORC-6", AtLeast = 50)]
    public Property Set_stable_if_resident_leaves_any_other_page_as_it_is(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 6 && essa.PageBefore.Content != PageContent.Resident,
        must: essa => essa.PageAfter with { Dirty = essa.PageBefore.Dirty } == essa.PageBefore);

    [ClauseProperty("ESSA-ORC-7", AtLeast = 500)]
    public Property Set_stable_and_no_DAT_makes_the_page_stable_and_turns_no_DAT_on(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Operation.Orc == 7,
        must: essa => Becomes(essa, usage: 0, NoDat, essa.PageBefore.Content));

    [ClauseProperty("ESSA-KEEP", AtLeast = 5000)]
    public Property Only_the_page_its_mark_and_used_change(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage,
        must: essa => essa.After == essa.Before.WithPage(essa.Operation.Gfn, essa.PageAfter) with { Used = essa.After.Used });

    [ClauseProperty("ESSA-KEEP", AtLeast = 3000)]
    public Property Only_ORC_1_and_7_change_no_DAT_and_only_2_3_and_4_change_content(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.PageAfter != essa.PageBefore,
        must: essa => (essa.Operation.Orc is 1 or 7 || ((essa.PageAfter.Attributes ^ essa.PageBefore.Attributes) & NoDat) == 0)
            && (essa.PageAfter.Content == essa.PageBefore.Content
                || (essa.Operation.Orc is 2 or 3 or 4 && essa.PageBefore.Content == PageContent.Preserved && essa.PageAfter.Content == PageContent.LogicallyZero)));

    [ClauseProperty("ESSA-USED-1", AtLeast = 3000)]
    public Property Not_migrating_it_sets_used_whatever_the_ORC(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.Before is { Enabled: true, Migrating: false } && essa.KnownOrc,
        must: essa => essa.After.Used);

    [ClauseProperty("ESSA-USED-1", AtLeast = 3)]
    public Property Not_migrating_it_sets_used_also_where_the_page_does_not_exist(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.Before is { Enabled: true, Migrating: false, Used: false } && essa.KnownOrc && !essa.PageExists,
        must: essa => essa.After == essa.Before with { Used = true });

    [ClauseProperty("ESSA-USED-2", AtLeast = 100)]
    public Property Migrating_it_leaves_used_as_it_is(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.Before is { Enabled: true, Migrating: true, Used: false },
        must: essa => !essa.After.Used);

    [ClauseProperty("ESSA-DIRTY-1", AtLeast = 2000)]
    public Property Migrating_every_ORC_but_0_makes_its_page_dirty_changed_or_not(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Before.Migrating && essa.Operation.Orc != 0,
        must: essa => essa.PageAfter.Dirty);

    [ClauseProperty("ESSA-DIRTY-1", AtLeast = 500)]
    public Property Migrating_a_clean_page_becomes_dirty_though_its_attributes_and_content_stay(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Before.Migrating && essa.Operation.Orc != 0
            && essa.PageAfter with { Dirty = false } == essa.PageBefore,
        must: essa => essa.PageAfter.Dirty);

    [ClauseProperty("ESSA-DIRTY-2", AtLeast = 200)]
    public Property Migrating_ORC_0_makes_no_page_dirty(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && essa.Before.Migrating && essa.Operation.Orc == 0,
        must: essa => essa.After.Memory.Dirty.SequenceEqual(essa.Before.Memory.Dirty));

    [ClauseProperty("ESSA-DIRTY-3", AtLeast = 1000)]
    public Property Not_migrating_it_makes_no_page_dirty(Trace trace) => ForAll<EssaCall>(
        trace,
        when: essa => essa.GetsToThePage && !essa.Before.Migrating,
        must: essa => !essa.After.AnyDirty);

    private static bool Becomes(EssaCall essa, byte usage, int noDat, PageContent content) =>
        (essa.PageAfter.Attributes & Usage) == usage && (essa.PageAfter.Attributes & NoDat) == noDat && essa.PageAfter.Content == content;

    private static int NoDatBefore(EssaCall essa) => essa.PageBefore.Attributes & NoDat;

    private static PageContent DiscardedUnlessResident(EssaCall essa) =>
        essa.PageBefore.Content == PageContent.Resident ? PageContent.Resident : PageContent.LogicallyZero;
}
