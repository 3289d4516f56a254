// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Exploring.Fuzzing.Threads;

/// <summary>What threads do with a new VM until all have come to their end.</summary>
/// <param name="machine">The VM.</param>
internal abstract class Round(IMachine machine)
{
    /// <summary>The threads meet: there are no more pages than these.</summary>
    public const int Pages = 64;

    private volatile bool broken;

    /// <summary>The VM.</summary>
    public IMachine Machine => machine;

    /// <summary>A part broke off. Nobody may wait for it any more.</summary>
    protected bool Broken => broken;

    /// <summary>One part for each thread; the result is how many operations it did.</summary>
    public abstract IReadOnlyList<Func<long>> Parts(int threads);

    /// <summary>When all threads have ended: checks the promises for a machine at rest.</summary>
    public abstract long AtRest();

    /// <summary>A part that notifies the others when it breaks off.</summary>
    protected Func<long> Part(Func<long> part) => () =>
    {
        try
        {
            return part();
        }
        catch
        {
            broken = true;
            throw;
        }
    };

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
