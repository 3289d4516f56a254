// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Properties.Tests;

public sealed class StateProperties : MachineProperties
{
    [ClauseProperty("STATE-1", AtLeast = 1000)]
    public Property A_new_VM_is_empty_and_everything_is_off(Trace trace) => ForAll(
        trace,
        run => [new Finding(
            At: null,
            run.Start is { VcpuCount: 0, Enabled: false, Used: false, Migrating: false, Memory.Slots.Count: 0 }
                && run.Start.HostHasCmma == run.Trace.HostHasCmma)]);

    [ClauseProperty("STATE-1", AtLeast = 10_000)]
    public Property The_host_never_changes_and_enabled_and_used_never_go_off(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => seen.Before.Enabled || seen.Before.Used,
        must: seen => seen.After.HostHasCmma == seen.Before.HostHasCmma
            && (seen.After.Enabled || !seen.Before.Enabled)
            && (seen.After.Used || !seen.Before.Used));

    [ClauseProperty("STATE-2", AtLeast = 10_000)]
    public Property Slots_have_pages_and_never_overlap(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => seen.After.Memory.Slots.Count > 1,
        must: seen => seen.After.Memory.Slots.All(slot => slot.Pages > 0)
            && seen.After.Memory.Slots.Zip(seen.After.Memory.Slots.Skip(1)).All(pair => pair.First.BaseGfn + pair.First.Pages <= pair.Second.BaseGfn));

    [ClauseProperty("STATE-2", "ABI-9", "G2", AtLeast = 10_000)]
    public Property A_page_exists_if_and_only_if_a_slot_holds_it(Trace trace) => ForAll(
        trace,
        run => run.Observations.Select(AskedPage).OfType<(Observation Seen, ulong Gfn)>().Select(asked => new Finding(
            asked.Seen,
            asked.Seen.Succeeds == asked.Seen.Before.Memory.Slots.Any(slot => asked.Gfn >= slot.BaseGfn && asked.Gfn - slot.BaseGfn < slot.Pages))));

    [ClauseProperty("STATE-3", "G11", AtLeast = 50_000)]
    public Property Attributes_are_usage_and_no_DAT_and_nothing_else(Trace trace) => ForAll<Observation, ulong>(
        trace,
        of: seen => seen.ChangesNothing ? [] : seen.After.Memory.Gfns.Where(gfn => seen.After.Memory[gfn].Attributes != 0),
        must: (seen, gfn) => (seen.After.Memory[gfn].Attributes & ~0x43) == 0);

    [Fact]
    [Clause("STATE-3")]
    public void Every_usage_comes_with_and_without_no_DAT()
    {
        IEnumerable<byte> found = RandomTraces.Ordinary.Sample(20, new Rnd(TestRun.Seed), size: 50).SelectMany(trace => Recorder.Run(trace, NewMachine).Observations)
            .Where(seen => !seen.ChangesNothing).SelectMany(seen => seen.After.Memory.Gfns.Select(gfn => seen.After.Memory[gfn].Attributes));
        Assert.Equal((byte[])[0, 1, 2, 3, 0x40, 0x41, 0x42, 0x43], found.Distinct().Order());
    }

    [ClauseProperty("STATE-3", AtLeast = 40)]
    public Property A_page_that_was_never_given_memory_takes_attributes_like_any_other(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call is { Walks: true, MeetsMissingPage: false }
            && call.Before.Memory.Gfns.Any(gfn => call.InReach(gfn) && call.Before.Memory[gfn].Content == PageContent.LogicallyZero),
        must: call => call.Succeeds);

    [ClauseProperty("STATE-4", AtLeast = 10_000)]
    public Property Only_slots_touch_evict_and_ESSA_change_content(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => seen.AnyOperation is not (Operation.CreateSlot or Operation.MoveSlot or Operation.DeleteSlot
            or Operation.Touch or Operation.Evict or Operation.Essa),
        must: seen => seen.After.Memory.Gfns.All(gfn => seen.After.Memory[gfn].Content == seen.Before.Memory[gfn].Content));

    [ClauseProperty("STATE-4", AtLeast = 5000)]
    public Property Content_is_resident_preserved_or_logically_zero(Trace trace) => ForAll<Observation, ulong>(
        trace,
        of: seen => seen.ChangesNothing ? [] : seen.After.Memory.Gfns.Where(gfn => seen.After.Memory[gfn].Content != PageContent.Resident),
        must: (seen, gfn) => seen.After.Memory[gfn].Content is PageContent.Preserved or PageContent.LogicallyZero);

    [ClauseProperty("STATE-5", AtLeast = 10_000)]
    public Property No_page_is_dirty_unless_migrating(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => !seen.After.Migrating,
        must: seen => !seen.After.AnyDirty);

    [ClauseProperty("STATE-5", AtLeast = 5000)]
    public Property Only_ESSA_and_the_start_of_migration_make_a_page_dirty(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => seen.After.Migrating && !seen.ChangesNothing && seen.AnyOperation is not Operation.StartMigration,
        must: seen => seen.After.Memory.Dirty.All(gfn => seen.Before.Memory[gfn].Dirty || (seen as EssaCall)?.Operation.Gfn == gfn));

    // Operations whose result shows whether one page exists, in states in which no other check can decide.
    private static (Observation Seen, ulong Gfn)? AskedPage(Observation seen) => seen switch
    {
        Seen<Operation.Touch> touch => (seen, touch.Operation.Gfn),
        Seen<Operation.Evict> evict => (seen, evict.Operation.Gfn),
        EssaCall { KnownOrc: true, Before.Enabled: true } essa => (seen, essa.Operation.Gfn),
        GetCall { Check: GetCheck.None, IsPeek: true, StructWritable: true } peek when peek.BufferBytes >= peek.Limit => (seen, peek.Operation.StartGfn),
        SetCall { Walks: true, Operation.Count: 1 } set => (seen, set.Operation.StartGfn),
        _ => null,
    };

}
