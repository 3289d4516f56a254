// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Properties.Tests;

namespace Cmma.Equivalence.Tests;

/// <summary>
/// A slot goes while a call works on it, and the garbage collector runs at every step that the call still has before it. A call that is about to
/// use memory which was freed is ended there.
/// </summary>
public sealed class KeptMemoryTests
{
    private const int Pages = 100; // of each of two slots side by side
    private const string MemoryIsFreed = nameof(MemoryIsFreed);
    private const string ModeChanges = nameof(ModeChanges);

    private static readonly string[] WithSteps = ["STEPS"];
    private static readonly Lazy<PlantedMachine> Right = new(() => new PlantedMachine(WithSteps));

    private static readonly Dictionary<string, Action<IMachine, IUserMemory>> Calls = new(StringComparer.Ordinal)
    {
        ["essa"] = (machine, _) => machine.Essa(0, 2),
        ["evict"] = (machine, _) => machine.Evict(0),
        ["page"] = (machine, _) => ((IMachineState)machine).Page(0),
        ["set"] = (machine, user) => machine.Set(user, Memory.Set),
        ["get"] = (machine, user) => machine.Get(user, Memory.Get),
        ["get of both slots"] = (machine, user) => machine.Get(user, Memory.GetOfBoth),
        ["peek"] = (machine, user) => machine.Get(user, Memory.Peek),
        ["clear"] = (machine, _) => machine.ClearCmma(),
        ["stop"] = (machine, _) => machine.StopMigration(),
    };

    /// <summary>The names of the calls.</summary>
    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [Clause("CONCURRENCY-6")]
    [MemberData(nameof(Names))]
    public void Memory_stays_to_the_end_of_a_call(string name)
    {
        int steps = 0;
        Assert.False(UsesFreedMemory(Right.Value, Calls[name], () => steps++));
        Assert.NotEqual(0, steps);
    }

    /// <summary>The mutants that mutation/equivalent.json says to be seen here.</summary>
    public static TheoryData<string, string, string, string> Mutants => MutantsShownHere.By(nameof(KeptMemoryTests));

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_call_that_does_not_keep_its_memory_is_seen(string file, string line, string old, string wrong) => Assert.All(
        MutantsShownHere.Planted(WithSteps, file, line, old, wrong),
        planted => Assert.Contains(Calls.Values, call => UsesFreedMemory(planted, call, () => { })));

    private static bool UsesFreedMemory(PlantedMachine planted, Action<IMachine, IUserMemory> call, Action stepped)
    {
        IMachine machine = planted.NewMachine(hostHasCmma: true);
        machine.CreateSlot(0, 0, Pages, dirtyLog: true);
        machine.CreateSlot(1, Pages, Pages, dirtyLog: true);
        machine.EnableCmma();
        machine.CreateVcpu();
        machine.Essa(0, 0);
        machine.StartMigration();
        CollectGarbage(); // what others left

        int freed = 0;
        void Step()
        {
            stepped();
            machine.DeleteSlot(0); // from this thread, which may do so even behind the machine's lock
            CollectGarbage();
            if (Volatile.Read(ref freed) != 0)
            {
                throw new OperationCanceledException(MemoryIsFreed);
            }
        }

        planted.Watch(step =>
        {
            if (step == MemoryIsFreed) // another thread, that of the finalizers
            {
                Interlocked.Increment(ref freed);
            }
            else if (step != ModeChanges) // before that, stop has no slot yet
            {
                Step();
            }
        });
        try
        {
            call(machine, new Memory(Step));
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        finally
        {
            planted.Watch(null);
        }
    }

    private static void CollectGarbage()
    {
#pragma warning disable S1215 // what would free the memory must run now
        GC.Collect();
#pragma warning restore S1215
        GC.WaitForPendingFinalizers();
    }

    /// <summary>The memory of a caller, with a step before values are written.</summary>
    private sealed class Memory : IUserMemory
    {
        public const ulong Set = 0x1000;
        public const ulong Get = 0x2000;
        public const ulong GetOfBoth = 0x3000;
        public const ulong Peek = 0x4000;
        private const ulong Values = 0x10_0000;

        private readonly UserRegions regions = new();
        private readonly Action step;

        public Memory(Action step)
        {
            this.step = step;
            regions.Map(Values, new byte[2 * Pages]);
            Map(Set, new KvmS390CmmaLog(0, 2 * Pages, 0, ulong.MaxValue, Values));
            Map(Get, new KvmS390CmmaLog(0, Pages, 0, 0, Values));
            Map(GetOfBoth, new KvmS390CmmaLog(0, 2 * Pages, 0, 0, Values));
            Map(Peek, new KvmS390CmmaLog(0, Pages, (uint)CmmaFlags.Peek, 0, Values));
        }

        public ReadOnlySpan<byte> Read(ulong address, int length) => regions.Read(address, length);

        public int Write(ulong address, ReadOnlySpan<byte> source)
        {
            if (address == Values)
            {
                step();
            }

            return regions.Write(address, source);
        }

        private void Map(ulong address, KvmS390CmmaLog log)
        {
            byte[] bytes = new byte[KvmS390CmmaLog.SizeBytes];
            log.Encode(bytes, !BitConverter.IsLittleEndian);
            regions.Map(address, bytes);
        }
    }
}
