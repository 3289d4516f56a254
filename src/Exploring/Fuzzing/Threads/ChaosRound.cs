// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Traces;

namespace Cmma.Exploring.Fuzzing.Threads;

/// <summary>
/// Every thread does every operation, slots come and go under running calls. Nothing may crash or answer what it never may; at rest the marks
/// and their number must agree.
/// </summary>
/// <param name="machine">A new VM.</param>
/// <param name="seed">For this round.</param>
internal sealed class ChaosRound(IMachine machine, ulong seed) : Round(machine)
{
    private const int OperationsPerThread = 3000;
    private const uint SlotPages = 16; // four slots, so 64 pages

    public override IReadOnlyList<Func<long>> Parts(int threads)
    {
        SetUp();
        Require(Machine.DeleteSlot(0) == 0, "DELETE-SLOT-1");
        List<Func<long>> parts = [];
        for (int thread = 0; thread < threads; thread++)
        {
            ulong ownSeed = seed + (ulong)thread;
            parts.Add(Part(() => RunAll(new RandomNumbers(ownSeed))));
        }

        return parts;
    }

    public override long AtRest()
    {
        Caller caller = new(Pages);
        Machine.CreateSlot(99, Pages, 1, dirtyLog: true); // so that PEEK has a page, and start a slot
        RequireRemaining(caller);
        Require(Machine.StopMigration() == 0 && CountDirty() is null or 0, "STOP-MIGRATION-2: pages are dirty after stop");
        Machine.StartMigration();
        RequireRemaining(caller);
        return 5;
    }

    private long RunAll(RandomNumbers random)
    {
        Caller caller = new(Pages);
        for (int operation = 0; operation < OperationsPerThread; operation++)
        {
            RunOne(caller, random);
        }

        return OperationsPerThread;
    }

    private void RunOne(Caller caller, RandomNumbers random)
    {
        ulong gfn = random.Below(Pages + 4);
        switch (random.Between(0, 99))
        {
            case < 50: RequireOneOf(Machine.Essa(gfn, (uint)random.Below(8)).Interruption, ProgramInterruption.None, ProgramInterruption.Addressing); break;
            case < 65: RequireGet(caller, gfn, CmmaFlags.None); break;
            case < 75: RequireGet(caller, gfn, CmmaFlags.Peek); break;
            case < 83: RequireOneOf(caller.Set(Machine, gfn, 1 + (int)random.Below(Pages), random.Next()), 0, -(int)Errno.EFAULT); break;
            case < 85: RequireOneOf(Machine.StartMigration(), 0, -(int)Errno.EINVAL); break;
            case < 86: RequireOneOf(Machine.StopMigration(), 0); break;
            case < 88: RequireOneOf(Machine.ClearCmma(), 0); break;
            case < 90: RequireOneOf(Machine.Evict(gfn), ProgramInterruption.None, ProgramInterruption.Addressing); break;
            case < 92: RequireOneOf(Machine.Touch(gfn), ProgramInterruption.None, ProgramInterruption.Addressing); break;
            default: ChangeSlot((uint)random.Below(4), random); break;
        }
    }

    private void ChangeSlot(uint id, RandomNumbers random)
    {
        switch (random.Between(0, 7))
        {
            case < 3: RequireOneOf(Machine.CreateSlot(id, id * SlotPages, SlotPages, !random.OneIn(20)), 0, -(int)Errno.EEXIST); break;
            case < 5: RequireOneOf(Machine.DeleteSlot(id), 0, -(int)Errno.EINVAL); break;
            case < 7: RequireOneOf(Machine.MoveSlot(id, random.Below(4) * SlotPages), 0, -(int)Errno.EINVAL, -(int)Errno.EEXIST); break;
            default: RequireOneOf(Machine.SetSlotFlags(id, !random.OneIn(20)), 0, -(int)Errno.EINVAL); break;
        }
    }

    private void RequireGet(Caller caller, ulong gfn, CmmaFlags flags)
    {
        int result = caller.Get(Machine, gfn, Pages, flags, out KvmS390CmmaLog answer);
        RequireOneOf(result, 0, flags == CmmaFlags.Peek ? -(int)Errno.EFAULT : -(int)Errno.EINVAL);
        Require(result != 0 || answer.RemainingOrMask <= Pages, $"CONCURRENCY-4: remaining is {TraceWriter.Hex(answer.RemainingOrMask)}");
        Require(result != 0 || !caller.Values[..(int)answer.Count].ContainsAnyExcept<byte>([0, 1, 2, 3, 0x40, 0x41, 0x42, 0x43]), "G11: a value has other bits than attributes");
    }

    private void RequireRemaining(Caller caller)
    {
        Require(caller.Get(Machine, Pages, 1, CmmaFlags.Peek, out KvmS390CmmaLog answer) == 0, "PEEK fails");
        ulong dirty = CountDirty() ?? answer.RemainingOrMask;
        Require(answer.RemainingOrMask == dirty, $"CONCURRENCY-4: remaining is {answer.RemainingOrMask} at rest, and {dirty} pages are dirty");
    }

    private ulong? CountDirty()
    {
        if (Machine is not IMachineState state)
        {
            return null;
        }

        ulong dirty = 0;
        for (ulong gfn = 0; gfn <= Pages; gfn++)
        {
            dirty += state.Page(gfn).Dirty ? 1UL : 0;
        }

        return dirty;
    }

    private static void RequireOneOf<T>(T result, params ReadOnlySpan<T> allowed)
        where T : IEquatable<T> =>
        Require(allowed.Contains(result), $"CONCURRENCY-6: result {result}");

    private static void RequireOneOf(ProgramInterruption result, params ReadOnlySpan<ProgramInterruption> allowed)
    {
        bool found = false;
        foreach (ProgramInterruption each in allowed)
        {
            found |= each == result;
        }

        Require(found, $"CONCURRENCY-6: result {result}");
    }
}
