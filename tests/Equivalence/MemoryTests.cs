// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Optimized;

namespace Cmma.Equivalence.Tests;

/// <summary>Alone: it looks at the memory of the whole process.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class AloneForItsMemory;

/// <summary>The memory of slots, which the garbage collector does not see, goes back to the host.</summary>
[Collection(nameof(MemoryTests))]
[Trait("Run", "alone")]
public sealed class MemoryTests
{
    private const int Rounds = 16;
    private const int RoundsUntouched = 100; // too few for their small objects to make the collector run
    private const ulong UntouchedPages = 1 << 26; // 92 MiB, which the host gives only where it is touched
    private const ulong SlotPages = 1 << 24; // 20 MiB where it is touched, so 320 MiB in all rounds
    private const ulong HostPage = 4096; // a byte of attributes for each page
    private const long MostGrowth = 64L << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50); // it does not run for what it is told right behind a collection, and not for several times as long as that took

    [Fact]
    public void A_machine_that_is_disposed_gives_its_memory_back_at_once()
    {
        CollectGarbage(); // of the tests before, which would go meanwhile
        long before = Environment.WorkingSet;
        OptimizedMachine[] machines = [.. Enumerable.Range(0, Rounds).Select(_ => new OptimizedMachine())]; // none is garbage
        foreach (OptimizedMachine machine in machines)
        {
            machine.EnableCmma();
            CreateUsedSlot(machine);
            machine.Dispose();
        }

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, MostGrowth);
        Assert.All(machines, machine => Assert.Empty(machine.Slots));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_collector_is_told_of_the_memory_of_slots_that_go_or_move(bool moves)
    {
        Assert.SkipUnless(RunSize.IsSmall, "behind the large tests the collector waits for more than can be told here; for mutants it is asked behind small ones");
        using OptimizedMachine machine = new();
        CollectGarbage();
        int before = GC.CollectionCount(0);
        machine.CreateSlot(0, 0, UntouchedPages, dirtyLog: true);
        for (int round = 0; round < RoundsUntouched && GC.CollectionCount(0) == before; round++)
        {
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
            Assert.Equal(0, moves ? machine.MoveSlot(0, UntouchedPages * (ulong)(round + 1)) : machine.DeleteSlot(0));
            machine.CreateSlot(0, 0, UntouchedPages, dirtyLog: true);
        }

        Assert.NotEqual(before, GC.CollectionCount(0)); // there is no other garbage
    }

    private static void CollectGarbage()
    {
#pragma warning disable S1215 // to begin with as little as there can be
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
#pragma warning restore S1215
    }

    private static void CreateUsedSlot(OptimizedMachine machine)
    {
        machine.CreateSlot(0, 0, SlotPages, dirtyLog: true);
        for (ulong gfn = 0; gfn < SlotPages; gfn += HostPage)
        {
            Assert.Equal(ProgramInterruption.None, machine.Essa(gfn, 2).Interruption);
        }
    }
}
