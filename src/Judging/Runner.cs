// SPDX-License-Identifier: MIT
using System.Globalization;
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>Does one operation of a trace on a machine and reports what came back.</summary>
public static class Runner
{
    /// <summary>Where the argument struct lies in the caller's memory.</summary>
    public const ulong ArgumentAddress = 0x1000;

    /// <summary>Where the values buffer lies in the caller's memory.</summary>
    public const ulong ValuesAddress = 0x10_0000;

    [ThreadStatic]
    private static byte[]? spare;

    /// <summary>Does the operation. A machine that throws is an outcome, not an exception.</summary>
    public static Outcome Run(IMachine machine, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(machine);
        try
        {
            return RunOperation(machine, operation);
        }
        catch (HostCrashException e)
        {
            return new Outcome(Outcome.HostCrash) { Breach = $"host crash: {e.Message}" };
        }
        catch (MemoryLeakException e)
        {
            return new Outcome(Outcome.LeaksMemory) { Breach = $"leaks memory: {e.Message}" };
        }
#pragma warning disable CA1031 // whatever the machine throws is its verdict
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new Outcome(Outcome.Exception) { Breach = $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}" };
        }
    }

    private static Outcome RunOperation(IMachine machine, Operation operation) => operation switch
    {
        Operation.CreateVcpu => Result(machine.CreateVcpu()),
        Operation.CreateSlot create => Result(machine.CreateSlot(create.Id, create.BaseGfn, create.Pages, create.DirtyLog, create.AllocationFails)),
        Operation.SetSlotFlags flags => Result(machine.SetSlotFlags(flags.Id, flags.DirtyLog)),
        Operation.MoveSlot move => Result(machine.MoveSlot(move.Id, move.BaseGfn, move.AllocationFails)),
        Operation.DeleteSlot delete => Result(machine.DeleteSlot(delete.Id, delete.AllocationFails)),
        Operation.EnableCmma => Result(machine.EnableCmma()),
        Operation.ClearCmma => Result(machine.ClearCmma()),
        Operation.StartMigration => Result(machine.StartMigration()),
        Operation.StopMigration => Result(machine.StopMigration()),
        Operation.MigrationStatus => MigrationStatus(machine),
        Operation.Touch touch => Result(machine.Touch(touch.Gfn)),
        Operation.Evict evict => Result(machine.Evict(evict.Gfn)),
        Operation.Essa essa => Essa(machine, essa),
        Operation.EssaBegin begin => EssaBegin(machine, begin),
        Operation.EssaEnd => Essa(machine.EssaEnd()),
        Operation.Get get => Get(machine, get),
        Operation.Set set => Set(machine, set),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private static Outcome Result(int result) => new(Outcome.NameOf(result));

    private static Outcome Result(ProgramInterruption interruption) => new(Outcome.NameOf(interruption));

    private static Outcome MigrationStatus(IMachine machine)
    {
        int result = machine.MigrationStatus(out bool migrating);
        return Result(result) with { Migrating = result == 0 ? migrating : null };
    }

    private static Outcome Essa(IMachine machine, Operation.Essa essa)
    {
        EssaResult first = machine.Essa(essa.Gfn, essa.Orc);
        for (ulong page = 1; page < essa.Pages; page++)
        {
            EssaResult other = machine.Essa(unchecked(essa.Gfn + page), essa.Orc);
            if (other != first)
            {
                return Essa(other) with { Breach = $"page {TraceWriter.Hex(unchecked(essa.Gfn + page))} answers otherwise than the first one" };
            }
        }

        return Essa(first);
    }

    private static Outcome Essa(EssaResult result) =>
        Result(result.Interruption) with { R1 = result.Interruption == ProgramInterruption.None ? result.R1 : null };

    private static Outcome EssaBegin(IMachine machine, Operation.EssaBegin begin)
    {
        machine.EssaBegin(begin.Gfn, begin.Orc);
        return new Outcome(Outcome.Ok);
    }

    private static Outcome Get(IMachine machine, Operation.Get get)
    {
        byte[] memory = TakeMemory();
        int length = AfterCall.BufferBytes(get);
        Outcome outcome = Get(machine, get, memory.AsMemory(0, length));

        bool known = outcome is { Result: Outcome.Ok, Breach: null };
        memory.AsSpan(0, known ? outcome.Values.Length : length).Fill(AfterCall.Filler);
        spare = memory; // not if the machine threw
        return outcome;
    }

    private static Outcome Get(IMachine machine, Operation.Get get, Memory<byte> memory)
    {
        KvmS390CmmaLog given = AfterCall.Given(get, ValuesAddress);
        byte[] argument = Encode(given);
        Outcome result = Result(machine.Get(UserMemory(argument, get.Argument, memory), ArgumentAddress, get.AllocationFails));
        return AfterCall.Of(get, result, given, Decode(argument), memory.Span);
    }

    // The largest buffer, all filler: kept from call to call, since a megabyte that is new costs more than most calls.
    private static byte[] TakeMemory()
    {
        byte[]? memory = spare;
        spare = null;
        if (memory == null)
        {
            memory = new byte[Limits.MaxCount + AfterCall.MarginBytes];
            memory.AsSpan().Fill(AfterCall.Filler);
        }

        return memory;
    }

    private static Outcome Set(IMachine machine, Operation.Set set)
    {
        byte[] values = set.Values.ToArray();
        KvmS390CmmaLog given = AfterCall.Given(set, ValuesAddress);
        byte[] argument = Encode(given);
        Outcome result = Result(machine.Set(UserMemory(argument, set.Argument, values), ArgumentAddress, set.AllocationFails));
        return AfterCall.Of(set, result, given, Decode(argument), values);
    }

    private static KvmS390CmmaLog Decode(byte[] argument) => KvmS390CmmaLog.Decode(argument, !BitConverter.IsLittleEndian);

    private static byte[] Encode(KvmS390CmmaLog log)
    {
        byte[] bytes = new byte[KvmS390CmmaLog.SizeBytes];
        log.Encode(bytes, !BitConverter.IsLittleEndian);
        return bytes;
    }

    private static UserRegions UserMemory(byte[] argument, ArgumentMemory memory, Memory<byte> values)
    {
        UserRegions user = new();
        if (memory != ArgumentMemory.Unreadable)
        {
            user.Map(ArgumentAddress, argument, writable: memory == ArgumentMemory.Ok);
        }

        user.Map(ValuesAddress, values);
        return user;
    }
}
