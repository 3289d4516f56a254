// SPDX-License-Identifier: MIT
using System.Numerics;
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Generators;

/// <summary>Which of the cases worth testing a trace holds, so that a generator can show what it generates.</summary>
public static class TraceLabels
{
    private static readonly ulong[] MaskSubsets = [0, 1, 2, 3, 0x40, 0x41, 0x42, 0x43];

    private static readonly uint[] Counts = [0, 1, Limits.MaxCount - 1, Limits.MaxCount, Limits.MaxCount + 1, uint.MaxValue];

    /// <summary>Every label; a generator that never gives one of them tests less than it says.</summary>
    public static IReadOnlyList<string> All { get; } = [
        "slots: created without memory", "slots: moved without memory", "slots: deleted without memory", "slots: side by side", "slots: with a hole", "slots: at gfn 0", "slots: up to gfn 2^52",
        .. Counts.SelectMany(count => (string[])[$"get: count {count}", $"set: count {count}"]).Where(label => label != "set: count 1"), "set: count 1",
        "get: start 0", "get: start inside", "get: start last page", "get: start past the end", "get: start in a hole", "get: start 2^64-1",
        "get: no flag", "get: PEEK", "get: unknown flag", "set: unknown flag",
        .. MaskSubsets.Select(subset => $"set: mask 0x{subset:x2} in place"), "set: mask in the wrong place", "set: mask all ones",
        "get: buffer faults at once", "get: buffer faults in the middle", "get: struct unreadable", "get: struct read-only", "get: allocation fails",
        "set: buffer faults", "set: struct unreadable", "set: allocation fails",
    ];

    /// <summary>The labels of a trace, none twice.</summary>
    public static IReadOnlySet<string> Of(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        HashSet<string> labels = new(StringComparer.Ordinal);
        Operation.CreateSlot[] slots = [.. trace.Steps.Select(step => step.Operation).OfType<Operation.CreateSlot>()
            .Where(slot => slot.Pages is > 0 and <= Limits.MaxSlotPages && slot.BaseGfn < Limits.EndOfMemoryGfn)];
        AddSlots(labels, slots);
        foreach (Step step in trace.Steps)
        {
            switch (step.Operation)
            {
                case Operation.CreateSlot create:
                    AddIf(labels, create.AllocationFails, "slots: created without memory");
                    break;
                case Operation.MoveSlot move:
                    AddIf(labels, move.AllocationFails, "slots: moved without memory");
                    break;
                case Operation.DeleteSlot delete:
                    AddIf(labels, delete.AllocationFails, "slots: deleted without memory");
                    break;
                case Operation.Get get:
                    AddGet(labels, get, slots);
                    break;
                case Operation.Set set:
                    AddSet(labels, set);
                    break;
            }
        }

        return labels;
    }

    private static void AddSlots(HashSet<string> labels, Operation.CreateSlot[] slots)
    {
        foreach (Operation.CreateSlot slot in slots)
        {
            ulong end = slot.BaseGfn + slot.Pages;
            AddIf(labels, slot.BaseGfn == 0, "slots: at gfn 0");
            AddIf(labels, end == Limits.EndOfMemoryGfn, "slots: up to gfn 2^52");
            AddIf(labels, slots.Any(other => other.BaseGfn == end), "slots: side by side");
            AddIf(labels, slots.Any(other => other.BaseGfn > end) && slots.All(other => other.BaseGfn != end), "slots: with a hole");
        }
    }

    private static void AddGet(HashSet<string> labels, Operation.Get get, Operation.CreateSlot[] slots)
    {
        ulong start = get.StartGfn;
        ulong pages = slots.Aggregate(0UL, (sum, slot) => sum + slot.Pages); // a buffer as long as memory holds every answer
        bool inside = slots.Any(slot => start >= slot.BaseGfn && start < slot.BaseGfn + slot.Pages);
        AddIf(labels, Counts.Contains(get.Count), $"get: count {get.Count}");
        AddIf(labels, start == 0, "get: start 0");
        AddIf(labels, start == ulong.MaxValue, "get: start 2^64-1");
        AddIf(labels, inside, "get: start inside");
        AddIf(labels, inside && slots.All(slot => start + 1 >= slot.BaseGfn + slot.Pages), "get: start last page");
        AddIf(labels, slots.All(slot => start >= slot.BaseGfn + slot.Pages), "get: start past the end");
        AddIf(labels, !inside && slots.Any(slot => start < slot.BaseGfn) && slots.Any(slot => start > slot.BaseGfn), "get: start in a hole");
        labels.Add(get.Flags switch { 0 => "get: no flag", (uint)CmmaFlags.Peek => "get: PEEK", _ => "get: unknown flag" });
        AddIf(labels, get.BufferBytes == 0 && get.Count > 0, "get: buffer faults at once");
        AddIf(labels, get.BufferBytes > 0 && get.BufferBytes < get.Count && get.BufferBytes < pages, "get: buffer faults in the middle");
        AddIf(labels, get.Argument == ArgumentMemory.Unreadable, "get: struct unreadable");
        AddIf(labels, get.Argument == ArgumentMemory.ReadOnly, "get: struct read-only");
        AddIf(labels, get.AllocationFails, "get: allocation fails");
    }

    private static void AddSet(HashSet<string> labels, Operation.Set set)
    {
        ulong inPlace = (set.Mask >> PageAttributes.PgsteShift) & PageAttributes.All;
        AddIf(labels, Counts.Contains(set.Count), $"set: count {set.Count}");
        AddIf(labels, set.Flags != 0, "set: unknown flag");
        AddIf(labels, set.Mask == inPlace << PageAttributes.PgsteShift, $"set: mask 0x{inPlace:x2} in place");
        AddIf(labels, set.Mask != 0 && inPlace == 0 && BitOperations.PopCount(set.Mask) <= 3, "set: mask in the wrong place");
        AddIf(labels, set.Mask == ulong.MaxValue, "set: mask all ones");
        AddIf(labels, set.Count <= Limits.MaxCount && set.Values.Length < set.Count, "set: buffer faults");
        AddIf(labels, set.Argument == ArgumentMemory.Unreadable, "set: struct unreadable");
        AddIf(labels, set.AllocationFails, "set: allocation fails");
    }

    private static void AddIf(HashSet<string> labels, bool condition, string label)
    {
        if (condition)
        {
            labels.Add(label);
        }
    }
}
