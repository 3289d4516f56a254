// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Cmma.Abi;

namespace Cmma.Outside;

/// <summary>A VM of a native library.</summary>
public sealed unsafe class NativeMachine : IMachine, IDisposable
{
    private readonly NativeFunctions functions;
    private readonly nint vm;
    private GCHandle self;
    private IUserMemory? caller;

    /// <summary>Makes a new VM.</summary>
    /// <exception cref="InvalidOperationException">The library makes none.</exception>
    internal NativeMachine(NativeFunctions functions, bool hostHasCmma)
    {
        this.functions = functions;
        vm = functions.NewVm(hostHasCmma ? 1 : 0);
        if (vm == 0)
        {
            throw new InvalidOperationException("cmma_new_vm answers NULL");
        }

        self = GCHandle.Alloc(this);
    }

    /// <inheritdoc/>
    public int CreateVcpu() => functions.CreateVcpu(vm);

    /// <inheritdoc/>
    public int CreateSlot(uint id, ulong baseGfn, ulong pages, bool dirtyLog, bool allocationFails = false) =>
        functions.CreateSlot(vm, id, baseGfn, pages, dirtyLog ? 1 : 0, allocationFails ? 1 : 0);

    /// <inheritdoc/>
    public int SetSlotFlags(uint id, bool dirtyLog) => functions.SetSlotFlags(vm, id, dirtyLog ? 1 : 0);

    /// <inheritdoc/>
    public int MoveSlot(uint id, ulong baseGfn, bool allocationFails = false) => functions.MoveSlot(vm, id, baseGfn, allocationFails ? 1 : 0);

    /// <inheritdoc/>
    public int DeleteSlot(uint id, bool allocationFails = false) => functions.DeleteSlot(vm, id, allocationFails ? 1 : 0);

    /// <inheritdoc/>
    public int EnableCmma() => functions.EnableCmma(vm);

    /// <inheritdoc/>
    public int ClearCmma() => functions.ClearCmma(vm);

    /// <inheritdoc/>
    public int StartMigration() => functions.StartMigration(vm);

    /// <inheritdoc/>
    public int StopMigration() => functions.StopMigration(vm);

    /// <inheritdoc/>
    public int MigrationStatus(out bool migrating)
    {
        int answer = 0;
        int result = functions.MigrationStatus(vm, &answer);
        migrating = answer is 0 or 1 ? answer != 0 : throw new InvalidOperationException($"cmma_migration_status answers {answer}");
        return result;
    }

    /// <inheritdoc/>
    public ProgramInterruption Touch(ulong gfn) => Interruption(functions.Touch(vm, gfn));

    /// <inheritdoc/>
    public ProgramInterruption Evict(ulong gfn) => Interruption(functions.Evict(vm, gfn));

    /// <inheritdoc/>
    public EssaResult Essa(ulong gfn, uint orc)
    {
        ulong r1 = 0;
        return Answer(functions.Essa(vm, gfn, orc, &r1), r1);
    }

    /// <inheritdoc/>
    public void EssaBegin(ulong gfn, uint orc) => functions.EssaBegin(vm, gfn, orc);

    /// <inheritdoc/>
    public EssaResult EssaEnd()
    {
        ulong r1 = 0;
        return Answer(functions.EssaEnd(vm, &r1), r1);
    }

    /// <inheritdoc/>
    public int Get(IUserMemory user, ulong argument, bool allocationFails = false)
    {
        NativeUser native = User(user, allocationFails);
        return functions.Get(vm, &native, argument);
    }

    /// <inheritdoc/>
    public int Set(IUserMemory user, ulong argument, bool allocationFails = false)
    {
        NativeUser native = User(user, allocationFails);
        return functions.Set(vm, &native, argument);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (self.IsAllocated)
        {
            functions.FreeVm(vm);
            self.Free();
        }
    }

    private static EssaResult Answer(int code, ulong r1)
    {
        ProgramInterruption interruption = Interruption(code);
        return new EssaResult(interruption, interruption == ProgramInterruption.None ? r1 : 0);
    }

    // The codes of z/Architecture, as in cmma_impl.h.
    private static ProgramInterruption Interruption(int code) => code switch
    {
        0 => ProgramInterruption.None,
        1 => ProgramInterruption.Operation,
        5 => ProgramInterruption.Addressing,
        6 => ProgramInterruption.Specification,
        _ => throw new InvalidOperationException($"{code} is no program interruption of cmma_impl.h"),
    };

    [UnmanagedCallersOnly]
    private static ulong Read(nint context, ulong address, void* to, ulong length)
    {
        NativeMachine machine = (NativeMachine)GCHandle.FromIntPtr(context).Target!;
        ReadOnlySpan<byte> bytes = machine.caller!.Read(address, (int)Math.Min(length, int.MaxValue));
        bytes.CopyTo(new Span<byte>(to, bytes.Length));
        return (ulong)bytes.Length;
    }

    [UnmanagedCallersOnly]
    private static ulong Write(nint context, ulong address, void* from, ulong length)
    {
        NativeMachine machine = (NativeMachine)GCHandle.FromIntPtr(context).Target!;
        return (ulong)machine.caller!.Write(address, new ReadOnlySpan<byte>(from, (int)Math.Min(length, int.MaxValue)));
    }

    private NativeUser User(IUserMemory user, bool allocationFails)
    {
        caller = user;
        return new NativeUser { Context = GCHandle.ToIntPtr(self), Read = &Read, Write = &Write, AllocationFails = allocationFails ? 1 : 0 };
    }
}
