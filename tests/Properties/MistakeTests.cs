// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Reference;
using Cmma.Traces;
using Cmma.Traces.Json;

namespace Cmma.Properties.Tests;

/// <summary>The properties can fail: each planted mistake is caught by a property of its clause.</summary>
public sealed class MistakeTests
{
    private static readonly (string Clause, Func<bool, Vm> NewVm)[] Mistakes = [
        ("GET-BLOCK-1", has => new BlockBeginsAtTheLowestDirtyPage(has)),
        ("GET-BLOCK-2", has => new NoWrap(has)),
        ("GET-BLOCK-3", has => new TrailingCleanPage(has)),
        ("GET-BLOCK-4", has => new GapOfSeventeen(has)),
        ("GET-BLOCK-4", has => new GapOfFifteen(has)),
        ("GET-BLOCK-5", has => new BlockAcrossHoles(has)),
        ("GET-BLOCK-6", has => new BlockOfOnePageTooMany(has)),
        ("GET-BLOCK-7", has => new CleanPagesGiveZero(has)),
        ("GET-BLOCK-8", has => new MarksStay(has)),
        ("H1", has => new MarksComeBackAfterAFault(has)),
        ("GET-CHECK-2", has => new FlagsWinOverEnabled(has)),
        ("GET-ANSWER-3", has => new RemainingIsOneTooMany(has)),
        ("PEEK-CHECK-1", has => new PeekSearches(has)),
        ("PEEK-2", has => new PeekPastAHole(has)),
        ("PEEK-3", has => new PeekRemovesAMark(has)),
        ("SET-MASK-1", has => new SetClearsOtherBits(has)),
        ("SET-WALK-1", has => new SetAllOrNothing(has)),
        ("SET-DIRTY-1", has => new SetMarks(has)),
        ("SET-USED-1", has => new UsedOnlyOnSuccess(has)),
        ("ESSA-CHECK-3", has => new EssaAnswersOutsideMemory(has)),
        ("ESSA-CHECK-2", has => new OneOrcMore(has)),
        ("ESSA-DIRTY-1", has => new OnlyChangesMark(has)),
        ("G8", has => new EssaMarksNothing(has)),
        ("ESSA-R1", has => new NoDatAtItsOldPlace(has)),
        ("ESSA-ORC-5", has => new MadeResident(has)),
        ("ESSA-KEEP", has => new UnusedLosesNoDat(has)),
        ("ESSA-DIRTY-2", has => new AskingMarks(has)),
        ("ESSA-STEPS-1", has => new EssaDoesAllAtItsEnd(has)),
        ("ESSA-STEPS-1", has => new MarkComesAtTheEnd(has)),
        ("ESSA-STEPS-2", has => new MarkComesAtTheEnd(has)),
        ("ESSA-STEPS-2", has => new EndAnswersTheStateThen(has)),
        ("CLEAR-CMMA-1", has => new ClearKeepsNoDat(has)),
        ("CLEAR-CMMA-2", has => new ClearRemovesMarks(has)),
        ("START-MIGRATION-CHECK-4", has => new StartWithoutDirtyLogs(has)),
        ("START-MIGRATION-1", has => new StartLeavesAPageClean(has)),
        ("STOP-MIGRATION-2", has => new StaleMarks(has)),
        ("CREATE-SLOT-1", has => new PagesComeBack(has)),
        ("H5", has => new PagesComeBack(has)),
        ("CREATE-SLOT-2", has => new NoDirtyLogDoesNotStop(has)),
        ("MOVE-SLOT-3", has => new NoDirtyLogDoesNotStop(has)),
        ("SET-SLOT-FLAGS-2", has => new NoDirtyLogDoesNotStop(has)),
        ("MOVE-SLOT-1", has => new MoveToTheSameBaseIsNone(has)),
        ("TOUCH-1", has => new TouchOfADiscardedPageDoesNothing(has)),
        ("DELETE-SLOT-2", has => new LastSlotStops(has)),
        ("G1", has => new RemainingIsOneTooMany(has)),
        ("G3", has => new NoWrap(has)),
        ("G4", has => new GapOfFifteen(has)),
        ("G5", has => new MarksStay(has)),
        ("G9", has => new NoWrap(has)),
        ("G10", has => new CleanPagesGiveZero(has)),
        ("G10", has => new StartLeavesAPageClean(has)),
        ("G14", has => new PeekPastAHole(has)),
        ("G14", has => new SetAllOrNothing(has)),
    ];

    public static TheoryData<int, string> MistakeNames => new(
        Mistakes.Select((mistake, index) => (index, $"{mistake.NewVm(arg: true).GetType().Name} breaks {mistake.Clause}")));

    [Theory]
    [MemberData(nameof(MistakeNames))]
    public void A_mistake_is_caught_by_a_property_of_its_clause(int index, string name)
    {
        Assert.SkipUnless(TestRun.HasFloors, "needs all cases of the fixed seed");
        (string clause, Func<bool, Vm> newVm) = Mistakes[index];
        ClauseProperty[] properties = [.. ClauseProperty.All.Where(property => property.IsOfMachine && property.Clauses.Contains(clause, StringComparer.Ordinal))];
        Assert.True(properties.Any(property => property.Ask(has => new ReferenceMachine(newVm(has)), shrinks: false).Result.IsFailed), name);
    }

    [Fact]
    public void A_failure_tells_the_seed_the_smallest_trace_and_the_command_that_replays_it()
    {
        Assert.SkipUnless(TestRun.HasFloors, "needs all cases of the fixed seed");
        ClauseProperty property = ClauseProperty.All.Single(property => property.Method.Name == nameof(GetBlockProperties.Sixteen_clean_pages_close_the_block));
        FsCheck.TestResult result = property.Ask(has => new ReferenceMachine(new GapOfSeventeen(has)), shrinks: true).Result;
        string message = FsCheck.Runner.onFinishedToString("", result);

        Assert.Contains("GET-BLOCK-4 does not hold: Sixteen clean pages close the block", message, StringComparison.Ordinal);
        Assert.Contains($"./test --seed {TestRun.Seed}", message, StringComparison.Ordinal);
        Assert.Contains(TestRun.Replay, message, StringComparison.Ordinal);
        string file = Regex.Match(message, "replay: ./cmma replay (?<file>.*) reference", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["file"].Value;
        Assert.Contains(File.ReadAllText(file), message.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        Trace trace = TraceReader.Trace(File.ReadAllBytes(file), file);
        Assert.InRange(trace.Steps.Count, 5, 12);
    }

    [Fact]
    public void A_property_that_speaks_too_seldom_fails()
    {
        // Nothing is ever dirty here, so that blocks are never found.
        ClauseProperty property = ClauseProperty.All.Single(property => property.Method.Name == nameof(GetBlockProperties.It_ends_with_a_dirty_page));
        (FsCheck.TestResult result, long spoken) = property.Ask(_ => new ReferenceMachine(hostHasCmma: false), shrinks: false);
        Assert.True(result.IsPassed);
        Exception? e = Record.Exception(() => property.Attribute!.MustSpeak(spoken));
        Assert.Contains("GET-BLOCK-3 spoke 0 times", e!.Message, StringComparison.Ordinal);
    }
}
