// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Cmma.Outside;

/// <summary>The functions of harness/c/cmma_impl.h, in its order.</summary>
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "Never compared.")]
internal sealed unsafe class NativeFunctions(Func<string, nint> find)
{
    public readonly delegate* unmanaged<nint> Capabilities = (delegate* unmanaged<nint>)find("cmma_impl_capabilities");
    public readonly delegate* unmanaged<int, nint> NewVm = (delegate* unmanaged<int, nint>)find("cmma_new_vm");
    public readonly delegate* unmanaged<nint, void> FreeVm = (delegate* unmanaged<nint, void>)find("cmma_free_vm");
    public readonly delegate* unmanaged<nint, int> CreateVcpu = (delegate* unmanaged<nint, int>)find("cmma_create_vcpu");
    public readonly delegate* unmanaged<nint, uint, ulong, ulong, int, int, int> CreateSlot =
        (delegate* unmanaged<nint, uint, ulong, ulong, int, int, int>)find("cmma_create_slot");
    public readonly delegate* unmanaged<nint, uint, int, int> SetSlotFlags = (delegate* unmanaged<nint, uint, int, int>)find("cmma_set_slot_flags");
    public readonly delegate* unmanaged<nint, uint, ulong, int, int> MoveSlot = (delegate* unmanaged<nint, uint, ulong, int, int>)find("cmma_move_slot");
    public readonly delegate* unmanaged<nint, uint, int, int> DeleteSlot = (delegate* unmanaged<nint, uint, int, int>)find("cmma_delete_slot");
    public readonly delegate* unmanaged<nint, int> EnableCmma = (delegate* unmanaged<nint, int>)find("cmma_enable_cmma");
    public readonly delegate* unmanaged<nint, int> ClearCmma = (delegate* unmanaged<nint, int>)find("cmma_clear_cmma");
    public readonly delegate* unmanaged<nint, int> StartMigration = (delegate* unmanaged<nint, int>)find("cmma_start_migration");
    public readonly delegate* unmanaged<nint, int> StopMigration = (delegate* unmanaged<nint, int>)find("cmma_stop_migration");
    public readonly delegate* unmanaged<nint, int*, int> MigrationStatus = (delegate* unmanaged<nint, int*, int>)find("cmma_migration_status");
    public readonly delegate* unmanaged<nint, ulong, int> Touch = (delegate* unmanaged<nint, ulong, int>)find("cmma_touch");
    public readonly delegate* unmanaged<nint, ulong, int> Evict = (delegate* unmanaged<nint, ulong, int>)find("cmma_evict");
    public readonly delegate* unmanaged<nint, ulong, uint, ulong*, int> Essa = (delegate* unmanaged<nint, ulong, uint, ulong*, int>)find("cmma_essa");
    public readonly delegate* unmanaged<nint, ulong, uint, void> EssaBegin =
        (delegate* unmanaged<nint, ulong, uint, void>)find("cmma_essa_begin");
    public readonly delegate* unmanaged<nint, ulong*, int> EssaEnd = (delegate* unmanaged<nint, ulong*, int>)find("cmma_essa_end");
    public readonly delegate* unmanaged<nint, NativeUser*, ulong, int> Get = (delegate* unmanaged<nint, NativeUser*, ulong, int>)find("cmma_get");
    public readonly delegate* unmanaged<nint, NativeUser*, ulong, int> Set = (delegate* unmanaged<nint, NativeUser*, ulong, int>)find("cmma_set");
}

/// <summary>struct cmma_user.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeUser
{
    public nint Context;
    public delegate* unmanaged<nint, ulong, void*, ulong, ulong> Read;
    public delegate* unmanaged<nint, ulong, void*, ulong, ulong> Write;
    public int AllocationFails;
}
