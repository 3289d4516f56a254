// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Traces.Vectors;

/// <summary>Which slots there would be, without any page of them: so a slot of any size costs nothing here.</summary>
public sealed class SlotPlan
{
    private static readonly Expectation Granted = new([new Expected(Outcome.Ok)]);
    private static readonly Expectation Refused = new([new Expected(nameof(Errno.EINVAL))]); // or EEXIST or ENOMEM: nothing changes

    private readonly Dictionary<uint, Memslot> slots = [];

    /// <summary>The operations of a question, those on slots with whether the contract grants them.</summary>
    public static Trace TraceOf(Question question)
    {
        SlotPlan plan = new();
        return new Trace(question.HostHasCmma, [.. question.Operations.Select(operation => new Step(operation, plan.Do(operation)))]);
    }

    /// <summary>Whether the contract grants a slot operation; null for any other operation.</summary>
    public Expectation? Do(Operation operation) => operation switch
    {
        Operation.CreateSlot { AllocationFails: true } or Operation.MoveSlot { AllocationFails: true } => Refused, // CREATE-SLOT-CHECK-5, MOVE-SLOT-CHECK-4
        Operation.CreateSlot create => Place(new Memslot(create.Id, create.BaseGfn, create.Pages, create.DirtyLog), isNew: true),
        Operation.MoveSlot move => Place(slots.GetValueOrDefault(move.Id) with { Id = move.Id, BaseGfn = move.BaseGfn }, isNew: false),
        Operation.DeleteSlot delete => slots.Remove(delete.Id) ? Granted : Refused,
        _ => null,
    };

    // CREATE-SLOT-CHECK-1 to -4, CREATE-SLOT-4, MOVE-SLOT-CHECK-1 to -3
    private Expectation Place(Memslot slot, bool isNew)
    {
        bool fits = slot.Pages is > 0 and <= Limits.MaxSlotPages && slot.BaseGfn <= Limits.EndOfMemoryGfn - slot.Pages;
        if (!fits || slots.ContainsKey(slot.Id) == isNew || slots.Values.Any(other => other.Id != slot.Id && Overlap(slot, other)))
        {
            return Refused;
        }

        slots[slot.Id] = slot;
        return Granted;
    }

    private static bool Overlap(Memslot one, Memslot other) =>
        one.BaseGfn < other.BaseGfn + other.Pages && other.BaseGfn < one.BaseGfn + one.Pages;
}
