// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

/// <summary>
/// The contract, fast, for guests of any size whose vCPUs run while other threads call GET, PEEK, SET, start and stop
/// (spec/clauses/concurrency.md). Every member may be called from any thread at any time, but for <see cref="Dispose"/>.
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public sealed class OptimizedMachine(bool hostHasCmma = true) : IMachine, IMachineState, IDisposable
{
    private readonly Vm vm = new(hostHasCmma);

    /// <inheritdoc/>
    public bool HostHasCmma => vm.HostHasCmma;

    /// <inheritdoc/>
    public ulong VcpuCount => vm.VcpuCount;

    /// <inheritdoc/>
    public bool Enabled => vm.Enabled;

    /// <inheritdoc/>
    public bool Used => vm.Used;

    /// <inheritdoc/>
    public bool Migrating => vm.Migrating;

    /// <inheritdoc/>
    public IReadOnlyList<Memslot> Slots => vm.Slots.ToMemslots();

    /// <inheritdoc/>
    public PageState Page(ulong gfn) => vm.Page(gfn);

    /// <inheritdoc/>
    public void CopyPages(ulong firstGfn, Span<PageState> pages) => vm.CopyPages(firstGfn, pages);

    /// <inheritdoc/>
    public int CreateVcpu() => Answer(vm.CreateVcpu());

    /// <inheritdoc/>
    public int CreateSlot(uint id, ulong baseGfn, ulong pages, bool dirtyLog, bool allocationFails = false) =>
        Answer(vm.CreateSlot(id, baseGfn, pages, dirtyLog, allocationFails));

    /// <inheritdoc/>
    public int SetSlotFlags(uint id, bool dirtyLog) => Answer(vm.SetSlotFlags(id, dirtyLog));

    /// <inheritdoc/>
    public int MoveSlot(uint id, ulong baseGfn, bool allocationFails = false) => Answer(vm.MoveSlot(id, baseGfn, allocationFails));

    /// <inheritdoc/>
    public int DeleteSlot(uint id, bool allocationFails = false) => Answer(vm.DeleteSlot(id, allocationFails));

    /// <inheritdoc/>
    public int EnableCmma() => Answer(vm.EnableCmma());

    /// <inheritdoc/>
    public int ClearCmma() => Answer(vm.ClearCmma());

    /// <inheritdoc/>
    public int StartMigration() => Answer(vm.StartMigration());

    /// <inheritdoc/>
    public int StopMigration() => Answer(vm.StopMigration());

    /// <inheritdoc/>
    public int MigrationStatus(out bool migrating) => Answer(vm.MigrationStatus(out migrating));

    /// <inheritdoc/>
    public ProgramInterruption Touch(ulong gfn) => vm.Touch(gfn);

    /// <inheritdoc/>
    public ProgramInterruption Evict(ulong gfn) => vm.Evict(gfn);

    /// <inheritdoc/>
    public EssaResult Essa(ulong gfn, uint orc)
    {
        ProgramInterruption interruption = vm.Essa(gfn, orc, out byte r1);
        return new EssaResult(interruption, r1);
    }

    /// <inheritdoc/>
    public void EssaBegin(ulong gfn, uint orc) => vm.EssaBegin(gfn, orc);

    /// <inheritdoc/>
    public EssaResult EssaEnd()
    {
        ProgramInterruption interruption = vm.EssaEnd(out byte r1);
        return new EssaResult(interruption, r1);
    }

    /// <inheritdoc/>
    public int Get(IUserMemory user, ulong argument, bool allocationFails = false) => Answer(vm.Get(user, argument, allocationFails));

    /// <inheritdoc/>
    public int Set(IUserMemory user, ulong argument, bool allocationFails = false) => Answer(vm.Set(user, argument, allocationFails));

    /// <summary>Gives the memory back at once; it goes by itself otherwise. No call may be running. What comes after finds a VM without slots.</summary>
    public void Dispose() => vm.RemoveAllSlots();

    private static int Answer(Errno errno) => -(int)errno;
}
