// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

/// <summary>
/// The VM of the contract, fast. One file an operation, with the names and the order of the naive reference; it is held to that by random
/// testing and shares no code with it.
/// <para>
/// Who may change what. <c>changes</c> is held by whoever changes slots or the mode or takes marks away (CONCURRENCY-5); never, nor a gate,
/// while the caller's memory is read or written (CONCURRENCY-7). The gate of a stripe (see <see cref="Stripe"/>) is held by whoever changes attributes, content or marks of its pages. Attributes
/// are read without either. Whoever holds both took <c>changes</c> first.
/// </para>
/// <para>
/// The memory of a removed slot stays until no call uses it (see <see cref="SlotMemory"/>): a call takes <see cref="Slots"/> once and works
/// with that table to its end.
/// </para>
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
internal sealed partial class Vm(bool hostHasCmma)
{
    // 2^64 - 1 is above the highest gfn that a slot can hold, so it stands for "none".
    internal const ulong NoPage = ulong.MaxValue;

    private readonly Lock changes = new();
    private volatile SlotTable slots = SlotTable.Empty;
    private volatile bool enabled;
    private volatile bool used;
    private volatile bool migrating;
    private ulong vcpuCount; // STATE-1

    /// <summary>The host can do CMMA.</summary>
    public bool HostHasCmma { get; } = hostHasCmma;

    /// <summary>vCPUs created so far.</summary>
    public ulong VcpuCount => Volatile.Read(ref vcpuCount);

    /// <summary>CMMA is switched on for this VM.</summary>
    public bool Enabled => enabled;

    /// <summary>CMMA was ever used by this VM.</summary>
    public bool Used => used;

    /// <summary>Migration mode is on.</summary>
    public bool Migrating => migrating;

    /// <summary>The slots of this moment.</summary>
    public SlotTable Slots => slots;

    /// <summary>The state of a page; the default where no slot holds it.</summary>
    public PageState Page(ulong gfn)
    {
        Slot? slot = slots.Holding(gfn);
        return slot == null ? default : slot.StateOf(gfn - slot.BaseGfn);
    }

    /// <summary>The states of pages in a row, one page after another: no moment for all of them.</summary>
    public void CopyPages(ulong firstGfn, Span<PageState> pages)
    {
        SlotTable table = slots;
        Slot? slot = null;
        for (int index = 0; index < pages.Length; index++)
        {
            ulong gfn = firstGfn + (ulong)index;
            slot = slot != null && gfn < slot.EndGfn ? slot : table.Holding(gfn);
            pages[index] = slot == null ? default : slot.StateOf(gfn - slot.BaseGfn);
        }
    }

    /// <summary>How many pages are dirty. Exact for the moment if <c>changes</c> is held: then nobody takes marks away.</summary>
    private static ulong CountDirty(SlotTable table)
    {
        ulong count = 0;
        foreach (Slot slot in table.Ascending)
        {
            count += slot.Marks.Count;
        }

        return count;
    }

    // base + pages above 2^52, without the sum, which could carry (G13)
    private static bool ReachesPastMemory(ulong baseGfn, ulong pages) =>
        baseGfn > Limits.EndOfMemoryGfn || pages > Limits.EndOfMemoryGfn - baseGfn;
}
