// SPDX-License-Identifier: MIT
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

    private readonly HashSet<Capability> both;

    /// <summary>For these two.</summary>
    /// <exception cref="CouldNotRunException">One of them lacks what every trace needs.</exception>
    public Fitting(IImplementation implementation, IImplementation against)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(against);
        both = [.. implementation.Capabilities.Intersect(against.Capabilities)];
        foreach (IImplementation each in (IImplementation[])[implementation, against])
        {
            if (new[] { Capability.Vcpu, Capability.Essa }.Except(each.Capabilities).FirstOrDefault() is { } missing)
            {
                throw new CouldNotRunException($"{each.Name} lacks {missing}, which every random trace needs");
            }
        }

        bool large = Array.TrueForAll([implementation, against], each => each is MachineImplementation || each.Capabilities.Contains(Capability.LargeMemory));
        Memory = large ? FuzzMemory.Mixed : FuzzMemory.Small;
    }

    /// <summary>How large memory may be. The machines inside this program take what time allows.</summary>
    public FuzzMemory Memory { get; }

    /// <summary>The trace without what one of them cannot do.</summary>
    public Trace Fit(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        trace = Can(Capability.EssaSteps) ? trace : EssaInSteps.InOne(trace);
        bool moves = Can(Capability.MoveInPlace) || !Capabilities.NeededBy(trace).Contains(Capability.MoveInPlace);
        return new Trace(
            trace.HostHasCmma || !Can(Capability.NoCmmaHost),
            [.. trace.Steps.Where(step => Can(Capability.Residency) || step.Operation is not (Operation.Touch or Operation.Evict))
                .Where(step => moves || step.Operation is not Operation.MoveSlot)
                .Where(step => Can(Capability.HighMemory) || !Capabilities.ReachesHighMemory(step.Operation))
                .Select(step => step with { Operation = Fit(step.Operation) })]);
    }

    private Operation Fit(Operation operation) => operation switch
    {
        Operation.Get get => get with
        {
            Argument = Fit(get.Argument),
            AllocationFails = get.AllocationFails && Can(Capability.AllocationFailure),
            BufferBytes = Can(Capability.BadBuffer) ? get.BufferBytes : null,
        },
        Operation.Set set => set with
        {
            Argument = Fit(set.Argument),
            AllocationFails = set.AllocationFails && Can(Capability.AllocationFailure),
            Count = Can(Capability.BadBuffer) || set.Count > Limits.MaxCount ? set.Count : (uint)set.Values.Length,
        },
        Operation.CreateSlot create => create with
        {
            BaseGfn = Fit(create.BaseGfn),
            Pages = Fit(create.Pages),
            AllocationFails = create.AllocationFails && Can(Capability.SlotAllocationFailure),
        },
        Operation.MoveSlot move => move with
        {
            BaseGfn = Fit(move.BaseGfn),
            AllocationFails = move.AllocationFails && Can(Capability.SlotAllocationFailure),
        },
        Operation.DeleteSlot delete => delete with { AllocationFails = delete.AllocationFails && Can(Capability.SlotAllocationFailure) },
        Operation.Essa essa => essa with { Orc = FitOrc(essa.Orc) },
        Operation.EssaBegin begin => begin with { Orc = FitOrc(begin.Orc) },
        _ => operation,
    };

    private ArgumentMemory Fit(ArgumentMemory argument) => Can(Capability.BadArgument) ? argument : ArgumentMemory.Ok;

    // a slot's place
    private ulong Fit(ulong gfn) => Can(Capability.UnalignedSlots) ? gfn : Aligned(gfn);

    private uint FitOrc(uint orc) => Capabilities.NeededBy(orc).All(Can) ? orc : 6; // the highest that every machine with CMMA has

    private bool Can(Capability capability) => both.Contains(capability);

    // Up to the next multiple, down where there is none.
    private static ulong Aligned(ulong gfn) => gfn > ulong.MaxValue - SlotAlignment ? gfn & ~(SlotAlignment - 1) : (gfn + SlotAlignment - 1) & ~(SlotAlignment - 1);
}
