using System;
using System.Collections.Generic;
using System.Linq;
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Exploring.Fuzzing;

/// <summary>Leaves out of random traces what one of two implementations cannot do, so that what differs is a difference.</summary>
public sealed class Fitting
{
    private const ulong SlotAlignment = 256;

    private readonly HashSet<string> both;

    /// <summary>For these two.</summary>
    /// <exception cref="CouldNotRunException">One of them lacks what every trace needs.</exception>
    public Fitting(IImplementation implementation, IImplementation against)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(against);
        both = [.. implementation.Capabilities.Intersect(against.Capabilities, StringComparer.Ordinal)];
        foreach (IImplementation each in (IImplementation[])[implementation, against])
        {
            if (new[] { Capabilities.Vcpu, Capabilities.Essa }.Except(each.Capabilities, StringComparer.Ordinal).FirstOrDefault() is { } missing)
            {
                throw new CouldNotRunException($"{each.Name} lacks {missing}, which every random trace needs");
            }
        }

        bool large = Array.TrueForAll([implementation, against], each => each is MachineImplementation || each.Capabilities.Contains(Capabilities.LargeMemory, StringComparer.Ordinal));
        Memory = large ? FuzzMemory.Mixed : FuzzMemory.Small;
    }

    /// <summary>How large memory may be. The machines inside this program take what time allows.</summary>
    public FuzzMemory Memory { get; }

    /// <summary>The trace without what one of them cannot do.</summary>
    public Trace Fit(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        trace = Can(Capabilities.EssaSteps) ? trace : EssaInSteps.InOne(trace);
        bool moves = Can(Capabilities.MoveInPlace) || !Capabilities.NeededBy(trace).Contains(Capabilities.MoveInPlace, StringComparer.Ordinal);
        return new Trace(
            trace.HostHasCmma || !Can(Capabilities.NoCmmaHost),
            [.. trace.Steps.Where(step => Can(Capabilities.Residency) || step.Operation is not (Operation.Touch or Operation.Evict))
                .Where(step => moves || step.Operation is not Operation.MoveSlot)
                .Where(step => Can(Capabilities.HighMemory) || !Capabilities.ReachesHighMemory(step.Operation))
                .Select(step => step with { Operation = Fit(step.Operation) })]);
    }

    private Operation Fit(Operation operation) => operation switch
    {
        Operation.Get get => get with
        {
            Argument = Fit(get.Argument),
            AllocationFails = get.AllocationFails && Can(Capabilities.AllocationFailure),
            BufferBytes = Can(Capabilities.BadBuffer) ? get.BufferBytes : null,
        },
        Operation.Set set => set with
        {
            Argument = Fit(set.Argument),
            AllocationFails = set.AllocationFails && Can(Capabilities.AllocationFailure),
            Count = Can(Capabilities.BadBuffer) || set.Count > Limits.MaxCount ? set.Count : (uint)set.Values.Length,
        },
        Operation.CreateSlot create => create with
        {
            BaseGfn = Fit(create.BaseGfn),
            Pages = Fit(create.Pages),
            AllocationFails = create.AllocationFails && Can(Capabilities.SlotAllocationFailure),
        },
        Operation.MoveSlot move => move with
        {
            BaseGfn = Fit(move.BaseGfn),
            AllocationFails = move.AllocationFails && Can(Capabilities.SlotAllocationFailure),
        },
        Operation.DeleteSlot delete => delete with { AllocationFails = delete.AllocationFails && Can(Capabilities.SlotAllocationFailure) },
        Operation.Essa essa => essa with { Orc = FitOrc(essa.Orc) },
        Operation.EssaBegin begin => begin with { Orc = FitOrc(begin.Orc) },
        _ => operation,
    };

    private ArgumentMemory Fit(ArgumentMemory argument) => Can(Capabilities.BadArgument) ? argument : ArgumentMemory.Ok;

    // a slot's place
    private ulong Fit(ulong gfn) => Can(Capabilities.UnalignedSlots) ? gfn : Aligned(gfn);

    private uint FitOrc(uint orc) => Capabilities.NeededBy(orc).All(Can) ? orc : 6; // the highest that every machine with CMMA has

    private bool Can(string capability) => both.Contains(capability);

    // Up to the next multiple, down where there is none.
    private static ulong Aligned(ulong gfn) => gfn > ulong.MaxValue - SlotAlignment ? gfn & ~(SlotAlignment - 1) : (gfn + SlotAlignment - 1) & ~(SlotAlignment - 1);
}
