// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Properties.Tests;

/// <summary>Runs a trace on a machine and keeps what is to be seen.</summary>
public sealed class Recorder
{
    private readonly IMachine machine;
    private readonly List<Observation> observations = [];
    private Snapshot now;

    private Recorder(IMachine machine)
    {
        this.machine = machine;
        now = State();
    }

    /// <summary>Runs the trace on a new VM, up to the end or to an operation that throws.</summary>
    public static Run Run(Trace trace, Func<bool, IMachine> newMachine)
    {
        Recorder recorder = new(newMachine(trace.HostHasCmma));
        Snapshot start = recorder.now;
        string? thrown = null;
        try
        {
            for (int index = 0; index < trace.Steps.Count; index++)
            {
                recorder.Do(index, trace.Steps[index].Operation);
            }
        }
#pragma warning disable CA1031 // whatever a machine throws is something to be seen
        catch (Exception e)
#pragma warning restore CA1031
        {
            thrown = e.ToString();
        }

        return new Run(trace, start, recorder.observations, thrown);
    }

    private void Do(int index, Operation operation)
    {
        if (operation is Operation.Essa essa)
        {
            for (ulong page = 0; page < essa.Pages; page++)
            {
                observations.Add(Essa(index, new Operation.Essa(unchecked(essa.Gfn + page), essa.Orc)));
            }
        }
        else
        {
            observations.Add(Observe(index, operation));
        }
    }

    private Observation Observe(int index, Operation operation) => operation switch
    {
        Operation.CreateVcpu create => Seen(index, create, machine.CreateVcpu()),
        Operation.CreateSlot create => Seen(index, create, machine.CreateSlot(create.Id, create.BaseGfn, create.Pages, create.DirtyLog, create.AllocationFails)),
        Operation.SetSlotFlags flags => Seen(index, flags, machine.SetSlotFlags(flags.Id, flags.DirtyLog)),
        Operation.MoveSlot move => Seen(index, move, machine.MoveSlot(move.Id, move.BaseGfn, move.AllocationFails)),
        Operation.DeleteSlot delete => Seen(index, delete, machine.DeleteSlot(delete.Id, delete.AllocationFails)),
        Operation.EnableCmma enable => Seen(index, enable, machine.EnableCmma()),
        Operation.ClearCmma clear => Seen(index, clear, machine.ClearCmma()),
        Operation.StartMigration start => Seen(index, start, machine.StartMigration()),
        Operation.StopMigration stop => Seen(index, stop, machine.StopMigration()),
        Operation.MigrationStatus status => Seen(index, status, machine.MigrationStatus(out bool migrating), status: migrating),
        Operation.Touch touch => Seen(index, touch, interruption: machine.Touch(touch.Gfn)),
        Operation.Evict evict => Seen(index, evict, interruption: machine.Evict(evict.Gfn)),
        Operation.EssaBegin begin => EssaBegin(index, begin),
        Operation.EssaEnd end => EssaEnd(index, end),
        Operation.Get get => Get(index, get),
        Operation.Set set => Set(index, set),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    // The arguments are evaluated before the body, so the call has been made when the states are taken.
    private Seen<TOperation> Seen<TOperation>(
        int index, TOperation operation, int result = 0, ProgramInterruption interruption = ProgramInterruption.None, bool status = false)
        where TOperation : Operation
    {
        (Snapshot before, Snapshot after) = Pass();
        return new Seen<TOperation>
        {
            Index = index,
            Operation = operation,
            Before = before,
            After = after,
            Result = result,
            Interruption = interruption,
            Status = status,
        };
    }

    private EssaCall Essa(int index, Operation.Essa essa)
    {
        EssaResult result = machine.Essa(essa.Gfn, essa.Orc);
        (Snapshot before, Snapshot after) = Pass();
        return new EssaCall { Index = index, Operation = essa, Before = before, After = after, Interruption = result.Interruption, R1 = result.R1 };
    }

    private Seen<Operation.EssaBegin> EssaBegin(int index, Operation.EssaBegin begin)
    {
        machine.EssaBegin(begin.Gfn, begin.Orc);
        return Seen(index, begin);
    }

    private EssaEndCall EssaEnd(int index, Operation.EssaEnd end)
    {
        EssaResult result = machine.EssaEnd();
        (Snapshot before, Snapshot after) = Pass();
        return new EssaEndCall
        {
            Index = index, Operation = end, Before = before, After = after, Interruption = result.Interruption, R1 = result.R1,
        };
    }

    private GetCall Get(int index, Operation.Get get)
    {
        byte[] buffer = new byte[get.BufferBytes ?? Math.Min(get.Count, Limits.MaxCount)];
        UserSteps user = new(new KvmS390CmmaLog(get.StartGfn, get.Count, get.Flags, get.Remaining, UserSteps.ValuesAddress), get.Argument, buffer);
        int result = machine.Get(user, UserSteps.ArgumentAddress, get.AllocationFails);
        user.Unmap();
        (Snapshot before, Snapshot after) = Pass();
        return new GetCall { Index = index, Operation = get, Before = before, After = after, Result = result, User = user };
    }

    private SetCall Set(int index, Operation.Set set)
    {
        UserSteps user = new(
            new KvmS390CmmaLog(set.StartGfn, set.Count, set.Flags, set.Mask, UserSteps.ValuesAddress), set.Argument, set.Values.ToArray());
        int result = machine.Set(user, UserSteps.ArgumentAddress, set.AllocationFails);
        user.Unmap();
        (Snapshot before, Snapshot after) = Pass();
        return new SetCall { Index = index, Operation = set, Before = before, After = after, Result = result, User = user };
    }

    private (Snapshot Before, Snapshot After) Pass()
    {
        Snapshot before = now;
        Snapshot state = State();
        now = state == before ? before : state; // one object for states that are equal, for memory and for speed
        return (before, now);
    }

    private Snapshot State() => Snapshot.Of((IMachineState)machine);
}
