// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

/// <summary>
/// Which pages a GET sends. The block is what the answer says, or, where no answer could be written, what the lost marks show.
/// </summary>
public sealed class GetBlockProperties : MachineProperties
{
    // start at .      D..DD...      the block begins at the next D
    [ClauseProperty("GET-BLOCK-1", AtLeast = 1000)]
    public Property It_begins_at_the_first_dirty_page_at_or_after_start_gfn(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.FindsBlock && call.Before.Memory.Dirty.Any(gfn => gfn >= call.Operation.StartGfn),
        must: call => call.First >= call.Operation.StartGfn
            && call.Before.Memory[call.First].Dirty
            && !call.Before.Memory.Dirty.Any(gfn => gfn >= call.Operation.StartGfn && gfn < call.First));

    [ClauseProperty("GET-BLOCK-1", AtLeast = 300)]
    public Property Clean_pages_and_pages_that_do_not_exist_are_skipped(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.FindsBlock
            && !call.Before.Memory[call.Operation.StartGfn].Dirty
            && call.Before.Memory.Dirty.Any(gfn => gfn >= call.Operation.StartGfn),
        must: call => call.First > call.Operation.StartGfn && call.Before.Memory[call.First].Dirty);

    [ClauseProperty("GET-BLOCK-2", AtLeast = 200)]
    public Property If_there_is_none_it_begins_at_the_lowest_dirty_page(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.FindsBlock && call.Before.Memory.Dirty.All(gfn => gfn < call.Operation.StartGfn),
        must: call => call.Before.Memory[call.First].Dirty && !call.Before.Memory.Dirty.Any(gfn => gfn < call.First));

    [ClauseProperty("GET-BLOCK-3", AtLeast = 1000)]
    public Property It_ends_with_a_dirty_page(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.FindsBlock,
        must: call => call.Before.Memory[call.Last].Dirty && call.Last >= call.First);

    // D.............D: 14 clean pages or fewer
    [ClauseProperty("GET-BLOCK-4", AtLeast = 500)]
    public Property Fewer_than_fifteen_clean_pages_are_bridged(Trace trace) => ForAll<GetCall, DirtyPair>(
        trace,
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.PagesBetween is > 0 and < 15) : [],
        must: (call, pair) => call.InBlock(pair.Upper));

    // D...............D: 15 clean pages
    [ClauseProperty("GET-BLOCK-4", AtLeast = 50)]
    public Property Fifteen_clean_pages_are_bridged(Trace trace) => ForAll<GetCall, DirtyPair>(
        trace,
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.PagesBetween == 15) : [],
        must: (call, pair) => call.InBlock(pair.Upper));

    // D................D: 16 clean pages
    [ClauseProperty("GET-BLOCK-4", AtLeast = 50)]
    public Property Sixteen_clean_pages_close_the_block(Trace trace) => ForAll<GetCall, DirtyPair>(
        trace,
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.PagesBetween == 16) : [],
        must: (call, pair) => call.Last == pair.Lower);

    [ClauseProperty("GET-BLOCK-4", AtLeast = 100)]
    public Property More_than_sixteen_clean_pages_close_the_block(Trace trace) => ForAll<GetCall, DirtyPair>(
        trace,
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.PagesBetween > 16) : [],
        must: (call, pair) => call.Last == pair.Lower);

    [ClauseProperty("GET-BLOCK-4", AtLeast = 50, Traces = typeof(BlockTraces))]
    public Property The_rule_is_the_same_for_the_first_dirty_page_and_for_a_later_one(Trace trace) => ForAll<GetCall, DirtyPair>(
        trace,
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.Lower != call.First && pair.PagesBetween is 15 or 16) : [],
        must: (call, pair) => call.InBlock(pair.Upper) == (pair.PagesBetween == 15));

    [ClauseProperty("GET-BLOCK-5", AtLeast = 500)]
    public Property Every_page_of_it_exists(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.FindsBlock && call.Last > call.First,
        must: call => call.Before.Memory.EndOfRun(call.First) > call.Last);

    // D.. ..D
    [ClauseProperty("GET-BLOCK-5", AtLeast = 30)]
    public Property A_hole_closes_the_block_at_the_dirty_page_below_it(Trace trace) => ForAll<GetCall, DirtyPair>(
        trace,
        of: call => call.FindsBlock ? call.Pairs.Where(pair => !pair.PagesExist && pair.PagesBetween < 16 && call.Fits(pair.Upper)) : [],
        must: (call, pair) => call.Last == pair.Lower);

    // D..|..D
    [ClauseProperty("GET-BLOCK-5", AtLeast = 100)]
    public Property Where_two_slots_adjoin_the_block_goes_on(Trace trace) => ForAll<GetCall, DirtyPair>(
        trace,
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => !pair.OneSlot && pair.PagesBetween < 16) : [],
        must: (call, pair) => call.InBlock(pair.Upper));

    [ClauseProperty("GET-BLOCK-6", "GET-COUNT-1", AtLeast = 1000)]
    public Property It_is_no_longer_than_count_clamped(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.FindsBlock,
        must: call => call.BlockPages <= call.Operation.Count && call.BlockPages <= 1_048_576);

    // count 4: DD..D is cut to DD
    [ClauseProperty("GET-BLOCK-6", AtLeast = 200)]
    public Property The_first_dirty_page_past_count_closes_it_at_the_dirty_page_before(Trace trace) => ForAll<GetCall, DirtyPair>(
        trace,
        of: call => call.FindsBlock ? call.Pairs.Where(pair => pair.Upper - call.First >= call.Limit) : [],
        must: (call, pair) => call.Last == pair.Lower);

    [ClauseProperty("GET-BLOCK-6", AtLeast = 50)]
    public Property The_last_page_that_count_allows_belongs_to_it(Trace trace) => ForAll<GetCall, DirtyPair>(
        trace,
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.Upper - call.First == call.Limit - 1 && pair.PagesBetween < 16) : [],
        must: (call, pair) => call.Last == pair.Upper);

    [ClauseProperty("GET-BLOCK-7", AtLeast = 1000)]
    public Property Each_page_of_it_gives_its_attributes(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsBlock: true, IsAnswer: true },
        must: call => Enumerable.Range(0, call.Values.Length).All(index => call.Values[index] == call.Before.Memory[call.First + (ulong)index].Attributes));

    [ClauseProperty("GET-BLOCK-7", AtLeast = 300)]
    public Property A_clean_page_gives_its_true_attributes_too(Trace trace) => ForAll<GetCall, ulong>(
        trace,
        of: call => call is { FindsBlock: true, IsAnswer: true } ? call.Before.Memory.Gfns.Where(gfn => call.InBlock(gfn) && CleanWithAttributes(call, gfn)) : [],
        must: (call, gfn) => call.Values[gfn - call.First] == call.Before.Memory[gfn].Attributes);

    [ClauseProperty("GET-BLOCK-8", "G5", AtLeast = 1000)]
    public Property Its_marks_are_removed_and_nothing_else_changes(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.FindsBlock,
        must: call => call.LostMarks.Count > 0
            && call.After == call.Before.WithPages((gfn, page) => call.InBlock(gfn) ? page with { Dirty = false } : page));

    [ClauseProperty("GET-BLOCK-8", "H1", AtLeast = 100)]
    public Property Its_marks_are_removed_also_where_no_answer_can_be_written(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.FindsBlock && !call.IsAnswer,
        must: call => call.Result == -(int)Errno.EFAULT && call.LostMarks.Count > 0);

    private static bool CleanWithAttributes(GetCall call, ulong gfn) => call.Before.Memory[gfn] is { Dirty: false, Attributes: not 0 };
}
