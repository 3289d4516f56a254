// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Exploring.Fuzzing.Threads;
using Cmma.Optimized;
using Cmma.Properties.Tests;

namespace Cmma.Equivalence.Tests;

/// <summary>Real threads, and that a planted mistake shows under them.</summary>
[Trait("Run", "alone")]
public sealed class ThreadTests
{
    [Theory]
    [Clause("CONCURRENCY-1")]
    [Clause("CONCURRENCY-2")]
    [Clause("CONCURRENCY-3")]
    [Clause("CONCURRENCY-4")]
    [Clause("CONCURRENCY-5")]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void Threads_that_meet_find_every_promise_kept(int threads)
    {
        Assert.SkipWhen(RunSize.IsSmall, "meets by chance, and so kills a mutant at one time and not at another; those are planted in the interleavings");
        ThreadPlan plan = new(Seed: 1) { Threads = threads, MaxOperations = RunSize.Of(300_000) }; // and at least once every kind of round
        ThreadReport report = new ThreadFuzzer(() => new OptimizedMachine(), Implementations.Find("reference"), plan).Run(cancellation: TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.Null(report.Broken);
    }

    [Fact]
    public void Reading_the_value_before_the_mark_is_taken_loses_a_mark()
    {
        ThreadPlan plan = new(Seed: 1) { MaxTime = TimeSpan.FromMinutes(1) };
        ThreadReport report = Run(plan, [.. InterleavingTests.ReadsBeforeItTakes, GivesWay]);
        Assert.StartsWith("CONCURRENCY-1: a mark was lost", report.Broken, StringComparison.Ordinal);
    }

    [Fact]
    public void Giving_way_alone_loses_none()
    {
        ThreadPlan plan = new(Seed: 1) { MaxOperations = 100_000 };
        Assert.Null(Run(plan, [GivesWay]).Broken);
    }

    /// <summary>The mutants that mutation/equivalent.json says to be seen here.</summary>
    public static TheoryData<string, string, string, string> Mutants => MutantsShownHere.By(nameof(ThreadTests));

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_mutant_that_only_threads_can_see_is_seen(string file, string line, string old, string wrong) => Assert.All(
        MutantsShownHere.Planted([], file, line, old, wrong, StaysInTheGate),
        planted => Assert.NotNull(Run(new ThreadPlan(Seed: 1) { MaxTime = TimeSpan.FromMinutes(1) }, planted).Broken));

    [Fact]
    public void Staying_in_the_gate_alone_breaks_nothing()
    {
        ThreadPlan plan = new(Seed: 1) { MaxOperations = 100_000 };
        Assert.Null(Run(plan, [StaysInTheGate]).Broken);
    }

    // As if the host took the processor away while ESSA has its page.
    private static readonly Planted StaysInTheGate = new("Slot.cs", "            Steps.Reach(Step.EssaChanges);", "            System.Threading.Thread.Yield();");

    // As if the host took the processor away there: else a busy machine takes minutes until the threads meet.
    private static readonly Planted GivesWay = new("Get.cs", TakeBlock, TakeBlock + "\n        System.Threading.Thread.Yield();");

    private const string TakeBlock = "private static ulong TakeBlock(SlotTable table, int slotIndex, ulong first, ulong limitGfn)\n    {";

    private static ThreadReport Run(ThreadPlan plan, Planted[] mistakes) => Run(plan, new PlantedMachine([], mistakes));

    private static ThreadReport Run(ThreadPlan plan, PlantedMachine planted)
    {
        ThreadReport report = new ThreadFuzzer(() => planted.NewMachine(hostHasCmma: true), Implementations.Find("reference"), plan).Run(cancellation: TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        return report;
    }
}
