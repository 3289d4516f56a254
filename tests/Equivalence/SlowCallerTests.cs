// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Fuzzing.Threads;
using Cmma.Optimized;
using Cmma.Properties.Tests;

namespace Cmma.Equivalence.Tests;

/// <summary>What other threads may do while the machine waits for the memory of a caller.</summary>
public sealed class SlowCallerTests
{
    // So many that the operating system takes the memory back when it is freed; for mutants, which are slow, not.
    private static readonly uint Pages = RunSize.IsSmall ? 1U << 16 : 1U << 26;
    private const int Count = 1 << 12;
    private const byte Value = 0x43;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [Clause("CONCURRENCY-6")]
    [InlineData(CmmaFlags.None)]
    [InlineData(CmmaFlags.Peek)]
    public void A_slot_deleted_under_a_call_keeps_its_memory_until_the_call_ends(CmmaFlags flags)
    {
        using OptimizedMachine machine = NewMachine();
        int deleted = -1;
        SlowMemory memory = new(source =>
        {
            if (source.Length == Count) // the values
            {
                Elsewhere(() => deleted = machine.DeleteSlot(0));
                CollectGarbage();
                Assert.False(source.ContainsAnyExcept(Value));
            }
        });

        Assert.Equal(0, memory.Call(machine.Get, new KvmS390CmmaLog(0, Count, (uint)flags, 0, SlowMemory.ValuesAddress)));
        Assert.Equal(0, deleted);
        Assert.Equal(ProgramInterruption.Addressing, machine.Touch(0));
    }

    [Fact]
    [Clause("CONCURRENCY-7")]
    public void A_call_whose_memory_is_slow_keeps_no_other_waiting()
    {
        using OptimizedMachine machine = NewMachine();
        int asked = 0;
        SlowMemory memory = new(_ =>
        {
            asked++;
            Elsewhere(() => DoEverything(machine));
            DoEverything(machine); // it may call from here, too
        });

        memory.Call(machine.Get, new KvmS390CmmaLog(0, Count, (uint)CmmaFlags.None, 0, SlowMemory.ValuesAddress));
        memory.Call(machine.Get, new KvmS390CmmaLog(0, Count, (uint)CmmaFlags.Peek, 0, SlowMemory.ValuesAddress));
        memory.Call(machine.Set, new KvmS390CmmaLog(0, Count, 0, ulong.MaxValue, SlowMemory.ValuesAddress));
        Assert.Equal(3 + 3 + 2, asked); // GET and PEEK: the struct, the values, the struct; SET: the struct, the values
    }

    private static OptimizedMachine NewMachine()
    {
        OptimizedMachine machine = new();
        Assert.Equal(0, machine.CreateSlot(0, 0, Pages, dirtyLog: true));
        Assert.Equal(0, machine.EnableCmma());
        Caller caller = new(Count);
        caller.Values.Fill(Value);
        Assert.Equal(0, caller.Set(machine, 0, Count, ulong.MaxValue));
        Assert.Equal(0, machine.StartMigration());
        return machine;
    }

    private static void DoEverything(OptimizedMachine machine)
    {
        Caller caller = new(Count);
        machine.CreateVcpu();
        machine.Essa(1, 2);
        machine.Touch(1);
        machine.Evict(1);
        caller.Get(machine, 0, Count, CmmaFlags.None, out _);
        caller.Get(machine, 0, Count, CmmaFlags.Peek, out _);
        caller.Set(machine, 0, Count, ulong.MaxValue);
        machine.StopMigration();
        machine.StartMigration();
        machine.ClearCmma();
        machine.EnableCmma();
        machine.MigrationStatus(out _);
        machine.CreateSlot(1, Pages, 1, dirtyLog: true);
        machine.SetSlotFlags(1, dirtyLog: true);
        machine.MoveSlot(1, Pages + 1);
        machine.DeleteSlot(1);
    }

    private static void Elsewhere(Action action)
    {
        Thread thread = new(() => action()) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(Patience), "the other thread waits");
    }

    private static void CollectGarbage()
    {
        for (int round = 0; round < 3; round++)
        {
#pragma warning disable S1215 // what would free the memory must run now
            GC.Collect();
#pragma warning restore S1215
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>A caller's memory in which something happens before it answers; it receives what is to be written.</summary>
    private sealed class SlowMemory : IUserMemory
    {
        public const ulong ValuesAddress = 0x10_0000;
        private const ulong ArgumentAddress = 0x1000;

        private readonly UserRegions regions = new();
        private readonly byte[] argument = new byte[KvmS390CmmaLog.SizeBytes];
        private readonly Step before;

        public SlowMemory(Step before)
        {
            this.before = before;
            regions.Map(ArgumentAddress, argument);
            regions.Map(ValuesAddress, new byte[Count]);
        }

        public delegate void Step(ReadOnlySpan<byte> source);

        public int Call(Func<IUserMemory, ulong, bool, int> call, KvmS390CmmaLog log)
        {
            log.Encode(argument, !BitConverter.IsLittleEndian);
            return call(this, ArgumentAddress, false);
        }

        public ReadOnlySpan<byte> Read(ulong address, int length)
        {
            before([]);
            return regions.Read(address, length);
        }

        public int Write(ulong address, ReadOnlySpan<byte> source)
        {
            before(source);
            return regions.Write(address, source);
        }
    }
}
