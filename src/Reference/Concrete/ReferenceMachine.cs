// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

/// <summary>The reference behind the interface of all machines: it only converts types.</summary>
/// <param name="vm">The logic, of the contract or derived from it.</param>
public sealed class ReferenceMachine(Vm vm) : IMachine, IMachineState
{
    /// <summary>A machine that does what the contract says.</summary>
    public ReferenceMachine(bool hostHasCmma = true)
        : this(new Vm(hostHasCmma))
    {
    }

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
    public IReadOnlyList<Memslot> Slots
    {
        get
        {
            List<Memslot> slots = vm.Slots.ConvertAll(slot => new Memslot((uint)slot.Id, slot.BaseGfn, slot.Pages, slot.DirtyLog));
            slots.Sort((one, other) => one.BaseGfn.CompareTo(other.BaseGfn));
            return slots;
        }
    }

    /// <inheritdoc/>
    public PageState Page(ulong gfn) =>
        vm.Exists(gfn) ? new PageState(vm.Attributes[gfn], (PageContent)vm.Content[gfn], vm.Dirty[gfn]) : default; // kernels keep some of pages that are gone

    /// <inheritdoc/>
    public int CreateVcpu() => Answer(vm.CreateVcpu());

    /// <inheritdoc/>
    public int CreateSlot(uint id, ulong baseGfn, ulong pages, bool dirtyLog, bool allocationFails = false) =>
        Answer(vm.CreateSlot(id, baseGfn, pages, dirtyLog, !allocationFails));

    /// <inheritdoc/>
    public int SetSlotFlags(uint id, bool dirtyLog) => Answer(vm.SetSlotFlags(id, dirtyLog));

    /// <inheritdoc/>
    public int MoveSlot(uint id, ulong baseGfn, bool allocationFails = false) => Answer(vm.MoveSlot(id, baseGfn, !allocationFails));

    /// <inheritdoc/>
    public int DeleteSlot(uint id, bool allocationFails = false) => Answer(vm.DeleteSlot(id, !allocationFails));

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
    public int Get(IUserMemory user, ulong argument, bool allocationFails = false) =>
        Answer(vm.Get(new UserCaller(user, argument, allocationFails)));

    /// <inheritdoc/>
    public int Set(IUserMemory user, ulong argument, bool allocationFails = false) =>
        Answer(vm.Set(new UserCaller(user, argument, allocationFails)));

    private static int Answer(Errno errno) => -(int)errno;
}
