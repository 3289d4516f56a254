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

    /// <summary>An allocation that fails on demand.</summary>
    public const string AllocationFailure = "allocation_failure";

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

    private const ulong LargeMemoryPages = 1 << 16;
    private const ulong AlignedPages = 256;

    /// <summary>Every capability, sorted.</summary>
    public static IReadOnlyList<string> All { get; } =
        [AllocationFailure, BadArgument, BadBuffer, Essa, EssaSteps, LargeMemory, NoCmmaHost, Residency, UnalignedSlots, Vcpu];

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

        Dictionary<uint, ulong> slotPages = [];
        foreach (Step step in trace.Steps)
        {
            Add(needed, step, slotPages);
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

    private static void Add(SortedSet<string> needed, Step step, Dictionary<uint, ulong> slotPages)
    {
        switch (step.Operation)
        {
            case Operation.CreateVcpu:
                needed.Add(Vcpu);
                break;
            case Operation.Essa:
                needed.Add(Essa);
                break;
            case Operation.EssaBegin or Operation.EssaEnd:
                needed.Add(EssaSteps);
                break;
            case Operation.Touch or Operation.Evict:
                needed.Add(Residency);
                break;
            case Operation.CreateSlot or Operation.MoveSlot or Operation.DeleteSlot when Succeeds(step):
                AddSlot(needed, step.Operation, slotPages);
                break;
            case Operation.Get get:
                AddFaults(needed, get.Argument, get.AllocationFails, get.BufferBytes < Math.Min(get.Count, Limits.MaxCount));
                break;
            case Operation.Set set:
                AddFaults(needed, set.Argument, set.AllocationFails, set.Count <= Limits.MaxCount && set.Values.Length < set.Count);
                break;
        }
    }

    // Without an expectation: whether it could, as far as one sees without the slots that are there (CREATE-SLOT-CHECK-1 to -3).
    private static bool Succeeds(Step step) => step.Expect == null
        ? step.Operation is not Operation.CreateSlot create || create.Pages is > 0 and <= Limits.MaxSlotPages
            && create.BaseGfn <= Limits.EndOfMemoryGfn - create.Pages
        : step.Expect.Alternatives.Any(expected => string.Equals(expected.Result, Outcome.Ok, StringComparison.Ordinal));

    private static void AddSlot(SortedSet<string> needed, Operation operation, Dictionary<uint, ulong> slotPages)
    {
        switch (operation)
        {
            case Operation.CreateSlot create:
                slotPages[create.Id] = create.Pages;
                AddIfUnaligned(needed, create.BaseGfn | create.Pages);
                break;
            case Operation.MoveSlot move:
                AddIfUnaligned(needed, move.BaseGfn);
                break;
            case Operation.DeleteSlot delete:
                slotPages.Remove(delete.Id);
                break;
        }

        // decimal, since page counts of a trace without expectations may add up to more than 64 bits
        if (slotPages.Values.Sum(pages => (decimal)pages) > LargeMemoryPages)
        {
            needed.Add(LargeMemory);
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
