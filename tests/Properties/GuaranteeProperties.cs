// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

/// <summary>What follows from the clauses of all operations together.</summary>
public sealed class GuaranteeProperties : MachineProperties
{
    [ClauseProperty("G1", AtLeast = 1000)]
    public Property Remaining_is_the_number_of_dirty_pages_after_the_call(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.IsAnswer,
        must: call => call.User.Got.RemainingOrMask == (ulong)call.After.Memory.Gfns.Count(gfn => call.After.Migrating && call.After.Memory[gfn].Dirty));

    [ClauseProperty("G1", AtLeast = 500)]
    public Property Zero_bytes_have_a_cause(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.IsZeroed,
        must: call => call.Operation.Count == 0 || !call.Before.Used || !call.Before.AnyDirty);

    [ClauseProperty("G2", AtLeast = 10_000)]
    public Property Every_dirty_page_exists_while_migrating_and_enabled(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => seen.After.AnyDirty,
        must: seen => seen.After is { Migrating: true, Enabled: true } && seen.After.Memory.Dirty.All(seen.After.Memory.Exists));

    [ClauseProperty("G3", AtLeast = 1000)]
    public Property GET_makes_progress(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => !call.IsPeek && call.Succeeds && call.Before is { AnyDirty: true, Used: true } && call.Operation.Count > 0,
        must: call => call.User.Got.Count > 0 && call.After.Memory.Dirty.Count < call.Before.Memory.Dirty.Count);

    [ClauseProperty("G4", AtLeast = 1000)]
    public Property A_block_is_tight_and_complete(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { IsAnswer: true, IsPeek: false },
        must: call => call.Before.Memory[call.First].Dirty
            && call.Before.Memory[call.Last].Dirty
            && LongestCleanRun(call) < 16
            && call.Before.Memory.EndOfRun(call.First) > call.Last
            && call.User.Got.Count <= call.Limit);

    [ClauseProperty("G4", AtLeast = 500)]
    public Property A_block_is_as_long_as_it_can_be(Trace trace) => ForAll<GetCall, ulong>(
        trace,
        of: call => call is { IsAnswer: true, IsPeek: false } ? call.Before.Memory.Dirty.Where(gfn => gfn > call.Last).Take(1) : [],
        must: (call, next) => next - call.Last > 16 || call.Before.Memory.EndOfRun(call.Last) <= next || next - call.First >= call.Limit);

    [ClauseProperty("G5", AtLeast = 1000)]
    public Property What_was_dirty_is_the_block_together_with_what_is_dirty_after_it(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { IsAnswer: true, IsPeek: false },
        must: call => call.Before.Memory.Dirty.All(gfn => call.InBlock(gfn) != call.After.Memory[gfn].Dirty)
            && call.After.Memory.Dirty.All(gfn => call.Before.Memory[gfn].Dirty)
            && call.Before.Memory.Gfns.All(gfn => call.Before.Memory[gfn].Attributes == call.After.Memory[gfn].Attributes));

    [ClauseProperty("G7", AtLeast = 3000)]
    public Property A_call_that_fails_changes_nothing_but_for_two_exceptions(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => seen.Result != 0 && !(seen is GetCall { FindsBlock: true } or SetCall { Walks: true }),
        must: seen => seen.ChangesNothing);

    [ClauseProperty("G7", AtLeast = 1000)]
    public Property The_exceptions_change_marks_or_attributes_and_used_and_no_more(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => seen.Result != 0 && seen is GetCall { FindsBlock: true } or SetCall { Walks: true, MeetsMissingPage: true },
        must: seen => seen is GetCall get
            ? seen.After == seen.Before.WithPages((gfn, page) => get.LostMarks.Contains(gfn) ? page with { Dirty = false } : page)
            : seen.After == seen.Before.WithPages((gfn, page) => page with { Attributes = seen.After.Memory[gfn].Attributes }) with { Used = true });

    [ClauseProperty("G8", AtLeast = 1000)]
    public Property An_ESSA_that_changes_attributes_while_migrating_leaves_its_page_dirty(Trace trace) => ForAll<EssaCall, ulong>(
        trace,
        of: essa => essa.Before.Migrating
            ? essa.Before.Memory.Gfns.Where(gfn => essa.After.Memory[gfn].Attributes != essa.Before.Memory[gfn].Attributes) : [],
        must: (essa, gfn) => essa.After.Memory[gfn].Dirty);

    // A drain: GET after GET that succeeds, and nothing else.
    [ClauseProperty("G9", AtLeast = 200, Traces = typeof(DrainingTraces))]
    public Property Draining_ends_and_sends_each_dirty_page_once(Trace trace) => ForAll(
        trace,
        run => Drains(run).Where(drain => drain.Count >= drain[0].Before.Memory.Dirty.Count || !drain[^1].After.AnyDirty).Select(drain =>
        {
            IReadOnlyList<ulong> dirty = drain[0].Before.Memory.Dirty;
            bool empty = !drain[Math.Min(drain.Count, dirty.Count) - 1].After.AnyDirty;
            bool once = dirty.All(gfn => drain.Count(call => call.IsAnswer && call.InBlock(gfn) && call.Before.Memory[gfn].Dirty) == 1);
            return new Finding(drain[^1], empty && once);
        }));

    [ClauseProperty("G10", AtLeast = 300, Traces = typeof(MigrationTraces))]
    public Property A_target_that_sets_what_a_source_delivered_has_its_attributes(Trace trace) => ForAll(
        trace,
        run => Delivered(run) is { } blocks ? [new Finding(run.Observations[^1], Target(run, blocks).Equals(Attributes(run.Observations[^1].After)))] : []);

    private static int LongestCleanRun(GetCall call)
    {
        int run = 0;
        int longest = 0;
        for (ulong gfn = call.First; gfn <= call.Last; gfn++)
        {
            run = call.Before.Memory[gfn].Dirty ? 0 : run + 1;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    // The longest stretches of such GETs that begin with a dirty page.
    private static IEnumerable<List<GetCall>> Drains(Run run)
    {
        List<GetCall> drain = [];
        foreach (Observation seen in run.Observations)
        {
            if (seen is GetCall { IsPeek: false, Succeeds: true, Before.Used: true, Operation.Count: > 0 } call && (drain.Count > 0 || call.Before.AnyDirty))
            {
                drain.Add(call);
            }
            else if (drain.Count > 0)
            {
                yield return drain;
                drain = [];
            }
        }

        if (drain.Count > 0)
        {
            yield return drain;
        }
    }

    // The blocks since migration mode started, or null where the guarantee does not speak.
    private static List<GetCall>? Delivered(Run run)
    {
        int start = run.Observations.ToList().FindLastIndex(seen => seen is Seen<Operation.StartMigration> && !seen.Before.Migrating && seen.After is { Migrating: true, Enabled: true });
        if (start < 0 || run.Observations[^1].After.AnyDirty)
        {
            return null;
        }

        List<GetCall> blocks = [];
        foreach (Observation seen in run.Observations.Skip(start + 1))
        {
            bool harmless = seen.Before.Used && seen is EssaCall or GetCall { Succeeds: true } or Seen<Operation.Touch> or Seen<Operation.Evict>;
            if (!harmless)
            {
                return null;
            }

            if (seen is GetCall { IsPeek: false, IsAnswer: true } block)
            {
                blocks.Add(block);
            }
        }

        return blocks;
    }

    // A new VM with the slots of the source, which takes the blocks in their order.
    private Memory Target(Run run, List<GetCall> blocks)
    {
        IReadOnlyList<Memslot> slots = run.Observations[^1].After.Memory.Slots;
        Step[] steps = [
            new(new Operation.EnableCmma()),
            .. slots.Select(slot => new Step(new Operation.CreateSlot(slot.Id, slot.BaseGfn, slot.Pages, slot.DirtyLog))),
            .. blocks.Select(block => new Step(new Operation.Set(
                block.User.Got.StartGfn, block.User.Got.Count, Flags: 0, Mask: ulong.MaxValue, ByteRuns.Of(block.Values))))];
        return Attributes(Recorder.Run(new Trace(HostHasCmma: true, steps), NewMachine).Observations[^1].After);
    }

    private static Memory Attributes(Snapshot state) =>
        state.WithPages((_, page) => new PageState(page.Attributes, PageContent.Resident, Dirty: false)).Memory;
}
