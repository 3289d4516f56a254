// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Proofs.Traces;

namespace Cmma.Proofs.Steps;

/// <summary>One operation on a machine of numbers, with all that it read and wrote.</summary>
/// <param name="Operation">What was done; an ESSA on one page.</param>
/// <param name="Before">The state before.</param>
/// <param name="After">The state after.</param>
/// <param name="Outcome">What came back.</param>
internal sealed record MachineStep(Operation Operation, ConcreteState Before, ConcreteState After, Outcome Outcome)
{
    // Behind a buffer of the default length, so that writing past count shows as that and not as a fault.
    private const int GuardBytes = 64;

    /// <summary>What the buffer of GET is full of: no value byte looks like this one (G11).</summary>
    public const byte Filler = 0xA5;

    /// <summary>GET and SET: the struct as it is passed in.</summary>
    public KvmS390CmmaLog LogBefore { get; private init; }

    /// <summary>GET and SET: the struct as it comes back.</summary>
    public KvmS390CmmaLog LogAfter { get; private init; }

    /// <summary>GET: the buffer as it comes back; SET: its bytes.</summary>
    public ReadOnlyMemory<byte> Buffer { get; private init; }

    /// <summary>Does the operation on a machine, whose state before is known.</summary>
    /// <param name="machine">The machine; it shows its state.</param>
    /// <param name="before">Its state now.</param>
    /// <param name="operation">What to do.</param>
    public static MachineStep Do(IMachine machine, ConcreteState before, Operation operation) => operation switch
    {
        Operation.Get get => Get(machine, before, get),
        Operation.Set set => Set(machine, before, set),
        _ => Step(machine, before, operation, Runner.Run(machine, operation)),
    };

    private static MachineStep Get(IMachine machine, ConcreteState before, Operation.Get get)
    {
        byte[] buffer = new byte[get.BufferBytes ?? (Math.Min(get.Count, Limits.MaxCount) + GuardBytes)];
        buffer.AsSpan().Fill(Filler);
        KvmS390CmmaLog log = new(get.StartGfn, get.Count, get.Flags, get.Remaining, Runner.ValuesAddress);
        return Call(machine, before, get, log, buffer, get.Argument, user => machine.Get(user, Runner.ArgumentAddress, get.AllocationFails));
    }

    private static MachineStep Set(IMachine machine, ConcreteState before, Operation.Set set)
    {
        KvmS390CmmaLog log = new(set.StartGfn, set.Count, set.Flags, set.Mask, Runner.ValuesAddress);
        return Call(machine, before, set, log, set.Values.ToArray(), set.Argument, user => machine.Set(user, Runner.ArgumentAddress, set.AllocationFails));
    }

    private static MachineStep Call(
        IMachine machine, ConcreteState before, Operation operation, KvmS390CmmaLog log, byte[] buffer, ArgumentMemory memory, Func<UserRegions, int> call)
    {
        byte[] argument = new byte[KvmS390CmmaLog.SizeBytes];
        log.Encode(argument, !BitConverter.IsLittleEndian);
        UserRegions user = new();
        if (memory != ArgumentMemory.Unreadable)
        {
            user.Map(Runner.ArgumentAddress, argument, writable: memory == ArgumentMemory.Ok);
        }

        user.Map(Runner.ValuesAddress, buffer);
        int result = call(user);
        Outcome outcome = new(result == 0 ? Outcome.Ok : ((Errno)(-(long)result)).ToString());
        KvmS390CmmaLog after = KvmS390CmmaLog.Decode(argument, !BitConverter.IsLittleEndian);
        if (result == 0 && operation is Operation.Get)
        {
            outcome = after == default ? outcome with { Zeroed = true } : outcome with { StartGfn = after.StartGfn, Count = after.Count };
        }

        return Step(machine, before, operation, outcome) with { LogBefore = log, LogAfter = after, Buffer = buffer };
    }

    private static MachineStep Step(IMachine machine, ConcreteState before, Operation operation, Outcome outcome) =>
        new(operation, before, ConcreteState.Of((IMachineState)machine), outcome);
}
