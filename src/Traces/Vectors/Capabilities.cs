// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Traces.Vectors;

/// <summary>What an implementation must be able to do to run a trace. It declares what it can; a vector that needs more is skipped by name.</summary>
public static class Capabilities
{
    private const ulong HighMemoryGfn = 1ul << 40;
    private const uint NoDatOrc = 7;
    private const uint MaxInstructionOrc = 15;
    private const ulong LargeMemoryPages = 1 << 16;
    private const ulong AlignedPages = 256;
    private const int FewVcpus = 64;

    /// <summary>The capabilities that a trace needs, sorted.</summary>
    public static IReadOnlyList<Capability> NeededBy(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        SortedSet<Capability> needed = new(Capability.ByName);
        if (!trace.HostHasCmma)
        {
            needed.Add(Capability.NoCmmaHost);
        }

        Dictionary<uint, (ulong BaseGfn, ulong Pages)> slots = [];
        foreach (Step step in trace.Steps)
        {
            Add(needed, step, slots);
            if (ReachesHighMemory(step.Operation))
            {
                needed.Add(Capability.HighMemory);
            }
        }

        if (trace.Steps.Count(step => step.Operation is Operation.CreateVcpu) > FewVcpus)
        {
            needed.Add(Capability.ManyVcpus);
        }

        return [.. needed];
    }

    /// <summary>
    /// The capabilities that operations need which nobody has run yet: as of their trace, but a slot operation counts only where the contract
    /// grants it, as determined from the slots before it.
    /// </summary>
    public static IReadOnlyList<Capability> NeededBy(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return NeededBy(SlotPlan.TraceOf(question));
    }

    /// <summary>The capabilities that an ESSA with this ORC needs besides being executed at all.</summary>
    public static IReadOnlyList<Capability> NeededBy(uint orc) => orc switch
    {
        NoDatOrc => [Capability.NoDat],
        > MaxInstructionOrc => [Capability.WideOrc],
        _ => [],
    };

    /// <summary>
    /// Whether an operation needs <see cref="Capability.HighMemory"/>, also where it is refused: there are no such addresses to ask with. GET and SET name
    /// pages by their number, which may be any.
    /// </summary>
    public static bool ReachesHighMemory(Operation operation) => operation switch
    {
        Operation.CreateSlot create => create.BaseGfn > HighMemoryGfn || create.Pages > HighMemoryGfn - create.BaseGfn,
        Operation.MoveSlot move => move.BaseGfn >= HighMemoryGfn,
        Operation.Essa essa => essa.Gfn >= HighMemoryGfn,
        Operation.EssaBegin begin => begin.Gfn >= HighMemoryGfn,
        Operation.Touch touch => touch.Gfn >= HighMemoryGfn,
        Operation.Evict evict => evict.Gfn >= HighMemoryGfn,
        _ => false,
    };

    private static void Add(SortedSet<Capability> needed, Step step, Dictionary<uint, (ulong BaseGfn, ulong Pages)> slots)
    {
        AddByForm(needed, step.Operation);
        switch (step.Operation)
        {
            case Operation.Essa essa:
                needed.UnionWith(NeededBy(essa.Orc));
                break;
            case Operation.EssaBegin begin:
                needed.UnionWith(NeededBy(begin.Orc));
                break;
            case Operation.CreateSlot or Operation.MoveSlot or Operation.DeleteSlot when Succeeds(step):
                AddSlot(needed, step.Operation, slots);
                break;
            case Operation.Get get when get.BufferBytes < Math.Min(get.Count, Limits.MaxCount):
            case Operation.Set set when set.Count <= Limits.MaxCount && set.Values.Length < set.Count:
                needed.Add(Capability.BadBuffer);
                break;
        }
    }

    private static void AddByForm(SortedSet<Capability> needed, Operation operation)
    {
        OperationForm form = OperationForm.Of(operation);
        if (form.Needs is { } capability)
        {
            needed.Add(capability);
        }

        FieldValues values = form.ValuesOf(operation);
        for (int index = 0; index < form.Fields.Count; index++)
        {
            if (form.Fields[index].Needs is { } ofField && form.IsWritten(index, values))
            {
                needed.Add(ofField);
            }
        }
    }

    // Without an expectation: whether it could, as far as one sees without the slots that are there (CREATE-SLOT-CHECK-1 to -3, -5; MOVE-SLOT-CHECK-4).
    private static bool Succeeds(Step step) => step.Expect == null
        ? step.Operation is not (Operation.CreateSlot or Operation.MoveSlot { AllocationFails: true })
            || (step.Operation is Operation.CreateSlot { AllocationFails: false, Pages: > 0 and <= Limits.MaxSlotPages } create && create.BaseGfn <= Limits.EndOfMemoryGfn - create.Pages)
        : step.Expect.Alternatives.Any(expected => string.Equals(expected.Result, Outcome.Ok, StringComparison.Ordinal));

    private static void AddSlot(SortedSet<Capability> needed, Operation operation, Dictionary<uint, (ulong BaseGfn, ulong Pages)> slots)
    {
        switch (operation)
        {
            case Operation.CreateSlot create:
                slots[create.Id] = (create.BaseGfn, create.Pages);
                AddIfUnaligned(needed, create.BaseGfn | create.Pages);
                break;
            case Operation.MoveSlot move:
                AddIfUnaligned(needed, move.BaseGfn);
                AddMove(needed, move, slots);
                break;
            case Operation.DeleteSlot delete:
                slots.Remove(delete.Id);
                break;
        }

        // decimal, since page counts of a trace without expectations may add up to more than 64 bits
        if (slots.Values.Sum(slot => (decimal)slot.Pages) > LargeMemoryPages)
        {
            needed.Add(Capability.LargeMemory);
        }
    }

    private static void AddMove(SortedSet<Capability> needed, Operation.MoveSlot move, Dictionary<uint, (ulong BaseGfn, ulong Pages)> slots)
    {
        if (slots.TryGetValue(move.Id, out (ulong BaseGfn, ulong Pages) slot))
        {
            if (slot.BaseGfn == move.BaseGfn)
            {
                needed.Add(Capability.MoveInPlace);
            }

            slots[move.Id] = slot with { BaseGfn = move.BaseGfn };
        }
    }

    private static void AddIfUnaligned(SortedSet<Capability> needed, ulong gfn)
    {
        if (gfn % AlignedPages != 0)
        {
            needed.Add(Capability.UnalignedSlots);
        }
    }
}
