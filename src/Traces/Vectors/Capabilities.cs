using System;
using System.Collections.Generic;
using System.Linq;
using Cmma.Abi;

namespace Cmma.Traces.Vectors;

/// <summary>What an implementation must be able to do to run a trace. It declares what it can; a vector that needs more is skipped by name.</summary>
public static class Capabilities
{
    /// <summary>Creating a vCPU.</summary>
    public const string Vcpu = "vcpu";

    /// <summary>A guest that executes ESSA.</summary>
    public const string Essa = "essa";

    /// <summary>An ESSA in two steps with other operations between them.</summary>
    public const string EssaSteps = "essa_steps";

    /// <summary>Paging a page out and in.</summary>
    public const string Residency = "residency";

    /// <summary>An allocation in GET or SET that fails on demand.</summary>
    public const string AllocationFailure = "allocation_failure";

    /// <summary>An allocation in a slot operation that fails on demand.</summary>
    public const string SlotAllocationFailure = "slot_allocation_failure";

    /// <summary>More than 2^16 pages in a slot or in all slots together.</summary>
    public const string LargeMemory = "large_memory";

    /// <summary>A slot whose base or page count is no multiple of 256: kernels before 7.1 refuse it.</summary>
    public const string UnalignedSlots = "unaligned_slots";

    /// <summary>A host without CMMA.</summary>
    public const string NoCmmaHost = "no_cmma_host";

    /// <summary>An argument struct that cannot be read or written.</summary>
    public const string BadArgument = "bad_argument";

    /// <summary>A values buffer that faults.</summary>
    public const string BadBuffer = "bad_buffer";

    /// <summary>A slot that ends above 2^40 pages, or a page up there that the guest or the host reaches: no VM of a real host has so much.</summary>
    public const string HighMemory = "high_memory";

    /// <summary>A slot that is moved to where it is: KVM takes a region that does not change as nothing to do, so no call says it.</summary>
    public const string MoveInPlace = "move_in_place";

    /// <summary>ESSA with ORC 7: a guest whose machine has facility 147.</summary>
    public const string NoDat = "no_dat";

    /// <summary>ESSA with an ORC above 15: the instruction has four bits for it.</summary>
    public const string WideOrc = "wide_orc";

    private const ulong HighMemoryGfn = 1ul << 40;
    private const uint NoDatOrc = 7;
    private const uint MaxInstructionOrc = 15;
    private const ulong LargeMemoryPages = 1 << 16;
    private const ulong AlignedPages = 256;

    /// <summary>Every capability, sorted.</summary>
    public static IReadOnlyList<string> All { get; } =
        [AllocationFailure, BadArgument, BadBuffer, Essa, EssaSteps, HighMemory, LargeMemory, MoveInPlace, NoCmmaHost, NoDat, Residency, SlotAllocationFailure, UnalignedSlots, Vcpu, WideOrc];

    /// <summary>What the reference offers: all but large memory, since it looks at every page one by one.</summary>
    public static IReadOnlyList<string> Reference { get; } = [.. All.Where(capability => !string.Equals(capability, LargeMemory, StringComparison.Ordinal))];

    /// <summary>The capabilities that a trace needs, sorted.</summary>
    public static IReadOnlyList<string> NeededBy(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        SortedSet<string> needed = new(StringComparer.Ordinal);
        if (!trace.HostHasCmma)
        {
            needed.Add(NoCmmaHost);
        }

        Dictionary<uint, (ulong BaseGfn, ulong Pages)> slots = [];
        foreach (Step step in trace.Steps)
        {
            Add(needed, step, slots);
            if (ReachesHighMemory(step.Operation))
            {
                needed.Add(HighMemory);
            }
        }

        return [.. needed];
    }

    /// <summary>
    /// The capabilities that operations need which nobody has run yet: as of their trace, but a slot operation counts only where the contract
    /// grants it, as told from the slots before it.
    /// </summary>
    public static IReadOnlyList<string> NeededBy(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return NeededBy(SlotPlan.TraceOf(question));
    }

    /// <summary>The capabilities that an ESSA with this ORC needs beside being executed at all.</summary>
    public static IReadOnlyList<string> NeededBy(uint orc) => orc switch
    {
        NoDatOrc => [NoDat],
        > MaxInstructionOrc => [WideOrc],
        _ => [],
    };

    /// <summary>
    /// Whether an operation needs <see cref="HighMemory"/>, also where it is refused: there are no such addresses to ask with. GET and SET name
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

    private static void Add(SortedSet<string> needed, Step step, Dictionary<uint, (ulong BaseGfn, ulong Pages)> slots)
    {
        if (step.Operation is Operation.CreateSlot { AllocationFails: true } or Operation.MoveSlot { AllocationFails: true } or Operation.DeleteSlot { AllocationFails: true })
        {
            needed.Add(SlotAllocationFailure);
        }

        switch (step.Operation)
        {
            case Operation.CreateVcpu:
                needed.Add(Vcpu);
                break;
            case Operation.Essa essa:
                needed.Add(Essa);
                needed.UnionWith(NeededBy(essa.Orc));
                break;
            case Operation.EssaBegin begin:
                needed.Add(EssaSteps);
                needed.UnionWith(NeededBy(begin.Orc));
                break;
            case Operation.EssaEnd:
                needed.Add(EssaSteps);
                break;
            case Operation.Touch or Operation.Evict:
                needed.Add(Residency);
                break;
            case Operation.CreateSlot or Operation.MoveSlot or Operation.DeleteSlot when Succeeds(step):
                AddSlot(needed, step.Operation, slots);
                break;
            case Operation.Get get:
                AddFaults(needed, get.Argument, get.AllocationFails, get.BufferBytes < Math.Min(get.Count, Limits.MaxCount));
                break;
            case Operation.Set set:
                AddFaults(needed, set.Argument, set.AllocationFails, set.Count <= Limits.MaxCount && set.Values.Length < set.Count);
                break;
        }
    }

    // Without an expectation: whether it could, as far as one sees without the slots that are there (CREATE-SLOT-CHECK-1 to -3, -5; MOVE-SLOT-CHECK-4).
    private static bool Succeeds(Step step) => step.Expect == null
        ? step.Operation is not (Operation.CreateSlot or Operation.MoveSlot { AllocationFails: true })
            || (step.Operation is Operation.CreateSlot { AllocationFails: false, Pages: > 0 and <= Limits.MaxSlotPages } create && create.BaseGfn <= Limits.EndOfMemoryGfn - create.Pages)
        : step.Expect.Alternatives.Any(expected => string.Equals(expected.Result, Outcome.Ok, StringComparison.Ordinal));

    private static void AddSlot(SortedSet<string> needed, Operation operation, Dictionary<uint, (ulong BaseGfn, ulong Pages)> slots)
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
            needed.Add(LargeMemory);
        }
    }

    private static void AddMove(SortedSet<string> needed, Operation.MoveSlot move, Dictionary<uint, (ulong BaseGfn, ulong Pages)> slots)
    {
        if (slots.TryGetValue(move.Id, out (ulong BaseGfn, ulong Pages) slot))
        {
            if (slot.BaseGfn == move.BaseGfn)
            {
                needed.Add(MoveInPlace);
            }

            slots[move.Id] = slot with { BaseGfn = move.BaseGfn };
        }
    }

    private static void AddIfUnaligned(SortedSet<string> needed, ulong gfn)
    {
        if (gfn % AlignedPages != 0)
        {
            needed.Add(UnalignedSlots);
        }
    }

    private static void AddFaults(SortedSet<string> needed, ArgumentMemory argument, bool allocationFails, bool shortBuffer)
    {
        if (argument != ArgumentMemory.Ok)
        {
            needed.Add(BadArgument);
        }

        if (allocationFails)
        {
            needed.Add(AllocationFailure);
        }

        if (shortBuffer)
        {
            needed.Add(BadBuffer);
        }
    }
}
