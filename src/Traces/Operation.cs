// SPDX-License-Identifier: MIT
namespace Cmma.Traces;

/// <summary>One operation of a trace, with its arguments.</summary>
public abstract record Operation
{
    private Operation()
    {
    }

    /// <summary>Creates a vCPU.</summary>
    public sealed record CreateVcpu : Operation;

    /// <summary>Creates a slot.</summary>
    /// <param name="Id">The number that names it.</param>
    /// <param name="BaseGfn">Its first page.</param>
    /// <param name="Pages">How many pages.</param>
    /// <param name="DirtyLog">Whether its dirty log is on.</param>
    /// <param name="AllocationFails">The allocation inside the call fails.</param>
    public sealed record CreateSlot(uint Id, ulong BaseGfn, ulong Pages, bool DirtyLog, bool AllocationFails = false) : Operation;

    /// <summary>Switches a slot's dirty log.</summary>
    public sealed record SetSlotFlags(uint Id, bool DirtyLog) : Operation;

    /// <summary>Moves a slot. Parameters as in <see cref="CreateSlot"/>.</summary>
    public sealed record MoveSlot(uint Id, ulong BaseGfn, bool AllocationFails = false) : Operation;

    /// <summary>Deletes a slot. Parameters as in <see cref="CreateSlot"/>.</summary>
    public sealed record DeleteSlot(uint Id, bool AllocationFails = false) : Operation;

    /// <summary>Enables CMMA.</summary>
    public sealed record EnableCmma : Operation;

    /// <summary>Clears CMMA.</summary>
    public sealed record ClearCmma : Operation;

    /// <summary>Starts migration mode.</summary>
    public sealed record StartMigration : Operation;

    /// <summary>Stops migration mode.</summary>
    public sealed record StopMigration : Operation;

    /// <summary>Asks whether migration mode is on.</summary>
    public sealed record MigrationStatus : Operation;

    /// <summary>The guest touches a page.</summary>
    public sealed record Touch(ulong Gfn) : Operation;

    /// <summary>The host pages a page out.</summary>
    public sealed record Evict(ulong Gfn) : Operation;

    /// <summary>The guest executes ESSA on <paramref name="Pages"/> pages, one after another; each must answer the same.</summary>
    public sealed record Essa(ulong Gfn, uint Orc, uint Pages = 1) : Operation;

    /// <summary>The guest begins an ESSA; other operations may come before its end.</summary>
    public sealed record EssaBegin(ulong Gfn, uint Orc) : Operation;

    /// <summary>The ESSA that was begun ends, and answers.</summary>
    public sealed record EssaEnd : Operation;

    /// <summary>GET, or PEEK by its flag.</summary>
    /// <param name="StartGfn">First gfn.</param>
    /// <param name="Count">Bytes of the buffer, as the caller says.</param>
    /// <param name="Flags">1 is PEEK.</param>
    /// <param name="Remaining">The value of the field on the way in.</param>
    /// <param name="BufferBytes">How many bytes of the buffer can be written; null: as many as count (clamped).</param>
    /// <param name="Argument">What the struct's memory allows.</param>
    /// <param name="AllocationFails">The allocation inside the call fails.</param>
    public sealed record Get(
        ulong StartGfn,
        uint Count,
        uint Flags = 0,
        ulong Remaining = 0,
        uint? BufferBytes = null,
        ArgumentMemory Argument = ArgumentMemory.Ok,
        bool AllocationFails = false) : Operation;

    /// <summary>SET.</summary>
    /// <param name="StartGfn">First gfn.</param>
    /// <param name="Count">Bytes of the buffer, as the caller says.</param>
    /// <param name="Flags">Must be 0.</param>
    /// <param name="Mask">In PGSTE bit positions.</param>
    /// <param name="Values">The bytes of the buffer that can be read.</param>
    /// <param name="Argument">What the struct's memory allows.</param>
    /// <param name="AllocationFails">The allocation inside the call fails.</param>
    public sealed record Set(
        ulong StartGfn,
        uint Count,
        uint Flags,
        ulong Mask,
        ByteRuns Values,
        ArgumentMemory Argument = ArgumentMemory.Ok,
        bool AllocationFails = false) : Operation;
}

/// <summary>What the memory of the argument struct allows.</summary>
public enum ArgumentMemory
{
    /// <summary>Reading and writing.</summary>
    Ok = 0,

    /// <summary>Nothing.</summary>
    Unreadable = 1,

    /// <summary>Reading only.</summary>
    ReadOnly = 2,
}
