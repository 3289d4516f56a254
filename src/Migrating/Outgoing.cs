// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>Pages in a row as they were sent.</summary>
/// <param name="Pass">The pass that sent them, from 1.</param>
/// <param name="FirstGfn">The first one.</param>
/// <param name="Values">A byte for each.</param>
public sealed record Block(int Pass, ulong FirstGfn, ReadOnlyMemory<byte> Values)
{
    /// <summary>Whether a page is among them.</summary>
    public bool Holds(ulong gfn) => gfn >= FirstGfn && gfn - FirstGfn < (ulong)Values.Length;
}

/// <summary>An operation that was done in a migration.</summary>
/// <param name="Operation">What.</param>
/// <param name="Outcome">What came back.</param>
/// <param name="Pass">The pass that is done or was done last, from 1; 0: none since the migration began.</param>
/// <param name="ByConsumer">Whether the consumer did it; else the guest, or whoever manages the VM.</param>
public sealed record MigrationStep(Operation Operation, Outcome Outcome, int Pass, bool ByConsumer)
{
    /// <summary>Whether this GET was under way while the steps before it, back to the GET that returned first, were done (hazard H6).</summary>
    public bool ReturnedLate { get; init; }
}

/// <summary>Why a migration did not come to its end.</summary>
/// <param name="Kind">Endless or failed.</param>
/// <param name="Reason">In a few words.</param>
public sealed record Broken(LossKind Kind, string Reason);

/// <summary>A slot of the source when all was sent.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Pages">Its pages.</param>
public sealed record SlotPages(Memslot Slot, IReadOnlyList<PageState> Pages);

/// <summary>What the source's side of a migration did and sent.</summary>
/// <param name="Steps">Every operation.</param>
/// <param name="Parts">The blocks of each pass since migration mode was started for the last time; the last part is that of the final pass.</param>
/// <param name="Slots">The source at the end, by ascending base.</param>
/// <param name="EndGfn">One past the highest page that a slot ever had.</param>
/// <param name="Broken">Why it did not come to its end, or null.</param>
public sealed record Outgoing(
    IReadOnlyList<MigrationStep> Steps,
    IReadOnlyList<IReadOnlyList<Block>> Parts,
    IReadOnlyList<SlotPages> Slots,
    ulong EndGfn,
    Broken? Broken)
{
    /// <summary>All blocks in the order in which they were sent.</summary>
    public IEnumerable<Block> Blocks => Parts.SelectMany(part => part);
}
