// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Properties.Tests;

/// <summary>The whole state of a machine at one moment. "What a clause does not name stays" is: the state after equals this state with what it names.</summary>
public sealed record Snapshot(bool HostHasCmma, ulong VcpuCount, bool Enabled, bool Used, bool Migrating, Memory Memory) : IMachineState
{
    public static Snapshot Of(IMachineState machine) =>
        new(machine.HostHasCmma, machine.VcpuCount, machine.Enabled, machine.Used, machine.Migrating, Memory.Of(machine));

    IReadOnlyList<Memslot> IMachineState.Slots => Memory.Slots;

    PageState IMachineState.Page(ulong gfn) => Memory[gfn];

    public bool AnyDirty => Memory.Dirty.Count > 0;

    public bool AllSlotsHaveDirtyLog => Memory.Slots.All(slot => slot.DirtyLog);

    /// <summary>"Migration mode stops" (STOP-MIGRATION-2).</summary>
    public Snapshot WithMigrationStopped() => WithPages((_, page) => page with { Dirty = false }) with { Migrating = false };

    public Snapshot WithPages(Func<ulong, PageState, PageState> change) => this with { Memory = Memory.Select(change) };

    public Snapshot WithPage(ulong gfn, PageState page) => WithPages((other, old) => other == gfn ? page : old);

    public Memslot? Slot(uint id) => Memory.Slots.Where(slot => slot.Id == id).Select(slot => (Memslot?)slot).FirstOrDefault();

    public bool Overlaps(ulong baseGfn, ulong pages, uint? except = null) =>
        Memory.Slots.Any(slot => slot.Id != except && (Int128)slot.BaseGfn < (Int128)baseGfn + pages && baseGfn < (Int128)slot.BaseGfn + slot.Pages);
}
