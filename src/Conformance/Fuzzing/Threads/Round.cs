using System;
using System.Collections.Generic;
using System.Threading;
using Cmma.Abi;

namespace Cmma.Conformance.Fuzzing.Threads;

/// <summary>What threads do with a new VM until all have come to their end.</summary>
/// <param name="machine">The VM.</param>
internal abstract class Round(IMachine machine)
{
    /// <summary>The threads meet: there are no more pages than these.</summary>
    public const int Pages = 64;

    private int running;

    /// <summary>The VM.</summary>
    public IMachine Machine => machine;

    /// <summary>Whether the parts that end by themselves still run; the others go on as long.</summary>
    protected bool Busy => Volatile.Read(ref running) > 0;

    /// <summary>One part for each thread; the result is how many operations it did.</summary>
    public abstract IReadOnlyList<Func<long>> Parts(int threads);

    /// <summary>When all threads have ended: checks the promises for a machine at rest.</summary>
    public abstract long AtRest();

    /// <summary>A part that comes to its end; those that go on while <see cref="Busy"/> end after the last of these.</summary>
    protected Func<long> Ending(Func<long> part)
    {
        running++;
        return () =>
        {
            try
            {
                return part();
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        };
    }

    /// <summary>A VM with one slot, CMMA in use, and migration mode on.</summary>
    protected void SetUp()
    {
        Require(machine.CreateSlot(0, 0, Pages, dirtyLog: true) == 0, "CREATE-SLOT-1");
        Require(machine.EnableCmma() == 0, "ENABLE-CMMA-1");
        Require(machine.CreateVcpu() == 0, "CREATE-VCPU-1");
        Require(machine.Essa(0, 0).Interruption == ProgramInterruption.None, "ESSA-USED-1");
        Require(machine.StartMigration() == 0, "START-MIGRATION-1");
    }

    /// <summary>Breaks the round off where a promise does not hold.</summary>
    protected static void Require(bool holds, string promise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(promise);
        }
    }
}
