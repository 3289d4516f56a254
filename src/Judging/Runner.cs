// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.Globalization;
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>Does one operation of a trace on a machine and tells what came back.</summary>
public static class Runner
{
    /// <summary>Where the argument struct lies in the caller's memory.</summary>
    public const ulong ArgumentAddress = 0x1000;

    /// <summary>Where the values buffer lies in the caller's memory.</summary>
    public const ulong ValuesAddress = 0x10_0000;

    // No value byte looks like this one (G11), so a byte that was written shows.
    private const byte Filler = 0xA5;

    // Behind a buffer of the default length, so that writing past count shows as that and not as a fault.
    private const int GuardBytes = 64;

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
        int length = (int)(get.BufferBytes ?? (Math.Min(get.Count, Limits.MaxCount) + GuardBytes));
        Outcome outcome = Get(machine, get, memory.AsMemory(0, length));

        bool known = outcome is { Result: Outcome.Ok, Breach: null };
        memory.AsSpan(0, known ? outcome.Values.Length : length).Fill(Filler);
        spare = memory; // not if the machine threw
        return outcome;
    }

    private static Outcome Get(IMachine machine, Operation.Get get, Memory<byte> memory)
    {
        ReadOnlySpan<byte> buffer = memory.Span;
        KvmS390CmmaLog given = new(get.StartGfn, get.Count, get.Flags, get.Remaining, ValuesAddress);
        byte[] argument = Encode(given);

        int result = machine.Get(UserMemory(argument, get.Argument, memory), ArgumentAddress, get.AllocationFails);

        KvmS390CmmaLog got = KvmS390CmmaLog.Decode(argument, !BitConverter.IsLittleEndian);
        Outcome outcome = Result(result);
        if (result != 0)
        {
            // After a fault the bytes before it are unspecified (GET-WRITE-3); any other failing call leaves them alone.
            bool writeMayFault = get.BufferBytes != null || get.Argument == ArgumentMemory.ReadOnly;
            bool touched = !(result == -(int)Errno.EFAULT && writeMayFault) && buffer.ContainsAnyExcept(Filler);
            return outcome with { Breach = got != given ? "the struct was written back" : touched ? "the buffer was written" : null };
        }

        if (got == default)
        {
            return outcome with { Zeroed = true, Breach = buffer.ContainsAnyExcept(Filler) ? "the buffer was written" : null };
        }

        int written = (int)Math.Min(got.Count, (uint)buffer.Length);
        return outcome with
        {
            StartGfn = got.StartGfn,
            Count = got.Count,
            Remaining = got.RemainingOrMask,
            Values = buffer[..written].ToArray(),
            Breach = BreachOfAnswer(given, got, buffer),
        };
    }

    // The largest buffer, all filler: kept from call to call, since a megabyte that is new costs more than most calls.
    private static byte[] TakeMemory()
    {
        byte[]? memory = spare;
        spare = null;
        if (memory == null)
        {
            memory = new byte[Limits.MaxCount + GuardBytes];
            memory.AsSpan().Fill(Filler);
        }

        return memory;
    }

    private static string? BreachOfAnswer(KvmS390CmmaLog given, KvmS390CmmaLog got, ReadOnlySpan<byte> buffer)
    {
        if (got.Flags != given.Flags)
        {
            return $"flags became {TraceWriter.Hex(got.Flags)}"; // GET-ANSWER-4, PEEK-ANSWER-4
        }

        if (got.Values != given.Values)
        {
            return $"the values pointer became {TraceWriter.Hex(got.Values)}";
        }

        uint count = Math.Min(given.Count, Limits.MaxCount);
        if (got.Count > count)
        {
            return $"count {got.Count} is above the {count} that were asked for";
        }

        int written = (int)Math.Min(got.Count, (uint)buffer.Length);
        return buffer[written..].ContainsAnyExcept(Filler) ? "bytes past count were written" : null; // GET-WRITE-2
    }

    private static Outcome Set(IMachine machine, Operation.Set set)
    {
        byte[] values = set.Values.ToArray();
        byte[] argument = Encode(new KvmS390CmmaLog(set.StartGfn, set.Count, set.Flags, set.Mask, ValuesAddress));
        byte[] given = [.. argument];

        int result = machine.Set(UserMemory(argument, set.Argument, values), ArgumentAddress, set.AllocationFails);

        string? breach = !argument.AsSpan().SequenceEqual(given) ? "the struct was written back" // SET-2
            : set.Values.FirstMismatch(values) >= 0 ? "the values buffer was written"
            : null;
        return Result(result) with { Breach = breach };
    }

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
