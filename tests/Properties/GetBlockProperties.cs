using System;
using System.Linq;
using Cmma.Abi;
using Xunit;

namespace Cmma.Properties.Tests;

/// <summary>
/// Which pages a GET sends. The block is what the answer says, or, where no answer could be written, what the lost marks show.
/// </summary>
public sealed class GetBlockProperties : MachineProperties
{
    // start at .      D..DD...      the block begins at the next D
    [Fact]
    [Clause("GET-BLOCK-1")]
    public void It_begins_at_the_first_dirty_page_at_or_after_start_gfn() => Always<GetCall>(
        when: call => call.FindsBlock && call.Before.Memory.Dirty.Any(gfn => gfn >= call.Operation.StartGfn),
        must: call => call.First >= call.Operation.StartGfn
            && call.Before.Memory[call.First].Dirty
            && !call.Before.Memory.Dirty.Any(gfn => gfn >= call.Operation.StartGfn && gfn < call.First),
        atLeast: 1000);

    [Fact]
    [Clause("GET-BLOCK-1")]
    public void Clean_pages_and_pages_that_do_not_exist_are_skipped() => Always<GetCall>(
        when: call => call.FindsBlock
            && !call.Before.Memory[call.Operation.StartGfn].Dirty
            && call.Before.Memory.Dirty.Any(gfn => gfn >= call.Operation.StartGfn),
        must: call => call.First > call.Operation.StartGfn && call.Before.Memory[call.First].Dirty,
        atLeast: 300);

    [Fact]
    [Clause("GET-BLOCK-2")]
    public void If_there_is_none_it_begins_at_the_lowest_dirty_page() => Always<GetCall>(
        when: call => call.FindsBlock && call.Before.Memory.Dirty.All(gfn => gfn < call.Operation.StartGfn),
        must: call => call.Before.Memory[call.First].Dirty && !call.Before.Memory.Dirty.Any(gfn => gfn < call.First),
        atLeast: 200);

    [Fact]
    [Clause("GET-BLOCK-3")]
    public void It_ends_with_a_dirty_page() => Always<GetCall>(
        when: call => call.FindsBlock,
        must: call => call.Before.Memory[call.Last].Dirty && call.Last >= call.First,
        atLeast: 1000);

    // D.............D: 14 clean pages or fewer
    [Fact]
    [Clause("GET-BLOCK-4")]
    public void Fewer_than_fifteen_clean_pages_are_bridged() => EveryIn<GetCall, DirtyPair>(
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.PagesBetween is > 0 and < 15) : [],
        must: (call, pair) => call.InBlock(pair.Upper),
        atLeast: 500);

    // D...............D: 15 clean pages
    [Fact]
    [Clause("GET-BLOCK-4")]
    public void Fifteen_clean_pages_are_bridged() => EveryIn<GetCall, DirtyPair>(
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.PagesBetween == 15) : [],
        must: (call, pair) => call.InBlock(pair.Upper),
        atLeast: 50);

    // D................D: 16 clean pages
    [Fact]
    [Clause("GET-BLOCK-4")]
    public void Sixteen_clean_pages_close_the_block() => EveryIn<GetCall, DirtyPair>(
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.PagesBetween == 16) : [],
        must: (call, pair) => call.Last == pair.Lower,
        atLeast: 50);

    [Fact]
    [Clause("GET-BLOCK-4")]
    public void More_than_sixteen_clean_pages_close_the_block() => EveryIn<GetCall, DirtyPair>(
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.PagesBetween > 16) : [],
        must: (call, pair) => call.Last == pair.Lower,
        atLeast: 100);

    [Fact]
    [Clause("GET-BLOCK-4")]
    public void The_rule_is_the_same_for_the_first_dirty_page_and_for_a_later_one() => EveryIn<GetCall, DirtyPair>(
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.Lower != call.First && pair.PagesBetween is 15 or 16) : [],
        must: (call, pair) => call.InBlock(pair.Upper) == (pair.PagesBetween == 15),
        atLeast: 50);

    [Fact]
    [Clause("GET-BLOCK-5")]
    public void Every_page_of_it_exists() => Always<GetCall>(
        when: call => call.FindsBlock && call.Last > call.First,
        must: call => call.Before.Memory.EndOfRun(call.First) > call.Last,
        atLeast: 500);

    // D.. ..D
    [Fact]
    [Clause("GET-BLOCK-5")]
    public void A_hole_closes_the_block_at_the_dirty_page_below_it() => EveryIn<GetCall, DirtyPair>(
        of: call => call.FindsBlock ? call.Pairs.Where(pair => !pair.PagesExist && pair.PagesBetween < 16 && call.Fits(pair.Upper)) : [],
        must: (call, pair) => call.Last == pair.Lower,
        atLeast: 30);

    // D..|..D
    [Fact]
    [Clause("GET-BLOCK-5")]
    public void Where_two_slots_adjoin_the_block_goes_on() => EveryIn<GetCall, DirtyPair>(
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => !pair.OneSlot && pair.PagesBetween < 16) : [],
        must: (call, pair) => call.InBlock(pair.Upper),
        atLeast: 100);

    [Fact]
    [Clause("GET-BLOCK-6")]
    [Clause("GET-COUNT-1")]
    public void It_is_no_longer_than_count_clamped() => Always<GetCall>(
        when: call => call.FindsBlock,
        must: call => call.BlockPages <= call.Operation.Count && call.BlockPages <= 1_048_576,
        atLeast: 1000);

    // count 4: DD..D is cut to DD
    [Fact]
    [Clause("GET-BLOCK-6")]
    public void The_first_dirty_page_past_count_closes_it_at_the_dirty_page_before() => EveryIn<GetCall, DirtyPair>(
        of: call => call.FindsBlock ? call.Pairs.Where(pair => pair.Upper - call.First >= call.Limit) : [],
        must: (call, pair) => call.Last == pair.Lower,
        atLeast: 200);

    [Fact]
    [Clause("GET-BLOCK-6")]
    public void The_last_page_that_count_allows_belongs_to_it() => EveryIn<GetCall, DirtyPair>(
        of: call => call.FindsBlock ? call.PairsWithin.Where(pair => pair.Upper - call.First == call.Limit - 1 && pair.PagesBetween < 16) : [],
        must: (call, pair) => call.Last == pair.Upper,
        atLeast: 50);

    [Fact]
    [Clause("GET-BLOCK-7")]
    public void Each_page_of_it_gives_its_attributes() => Always<GetCall>(
        when: call => call is { FindsBlock: true, IsAnswer: true },
        must: call => Enumerable.Range(0, call.Values.Length).All(index => call.Values[index] == call.Before.Memory[call.First + (ulong)index].Attributes),
        atLeast: 1000);

    [Fact]
    [Clause("GET-BLOCK-7")]
    public void A_clean_page_gives_its_true_attributes_too() => EveryIn<GetCall, ulong>(
        of: call => call is { FindsBlock: true, IsAnswer: true } ? call.Before.Memory.Gfns.Where(gfn => call.InBlock(gfn) && CleanWithAttributes(call, gfn)) : [],
        must: (call, gfn) => call.Values[gfn - call.First] == call.Before.Memory[gfn].Attributes,
        atLeast: 300);

    [Fact]
    [Clause("GET-BLOCK-8")]
    [Clause("G5")]
    public void Its_marks_are_removed_and_nothing_else_changes() => Always<GetCall>(
        when: call => call.FindsBlock,
        must: call => call.LostMarks.Count > 0
            && call.After == call.Before.WithPages((gfn, page) => call.InBlock(gfn) ? page with { Dirty = false } : page),
        atLeast: 1000);

    [Fact]
    [Clause("GET-BLOCK-8")]
    [Clause("H1")]
    public void Its_marks_are_removed_also_where_no_answer_can_be_written() => Always<GetCall>(
        when: call => call.FindsBlock && !call.IsAnswer,
        must: call => call.Result == -(int)Errno.EFAULT && call.LostMarks.Count > 0,
        atLeast: 100);

    private static bool CleanWithAttributes(GetCall call, ulong gfn) => call.Before.Memory[gfn] is { Dirty: false, Attributes: not 0 };
}
