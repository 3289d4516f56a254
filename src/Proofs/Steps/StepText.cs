// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Cmma.Abi;
using Cmma.Traces;
using Cmma.Proofs.Traces;

namespace Cmma.Proofs.Steps;

/// <summary>A step of a machine, written in the words of spec/smt/model.</summary>
internal static class StepText
{
    // As many values as there can be pages to take them, and one more: of SET the model looks at no other, and of its own length at none.
    private const int SpareValues = 1;

    /// <summary>The operation as the model's files are called.</summary>
    public static string NameOf(Operation operation) => operation switch
    {
        Operation.Get { Flags: (uint)CmmaFlags.Peek } => "peek",
        Operation.EssaBegin or Operation.EssaEnd => throw new NotSupportedException($"the model has no operation of its own for {operation.GetType().Name}"),
        _ => OperationForm.Of(operation).FileName,
    };

    /// <summary>
    /// The state before, the arguments, the state after and the result as constants of these names, and how many pages the sets count; null
    /// if the outcome is none that the model has.
    /// </summary>
    public static string? Declarations(MachineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (OutcomeOf(step.Outcome.Result) is not { } outcome)
        {
            return null;
        }

        StringBuilder text = new();
        Define(text, "before", "State", State(step.Before));
        Define(text, "after", "State", State(step.After));
        Define(text, "outcome", "Outcome", outcome);
        switch (step.Operation)
        {
            case Operation.Get get:
                Define(text, "arguments", "get-arguments", ArgumentsOfGet(step, get));
                Define(text, "result", "get-result", ResultOfGet(step, get));
                break;
            case Operation.Set set:
                Define(text, "arguments", "set-arguments", ArgumentsOfSet(step, set));
                Define(text, "result", "set-result", ResultOfSet(step, set));
                break;
            case Operation.Essa essa:
                Define(text, "arguments", "essa-arguments", $"(essa-of {Bits(essa.Gfn)} {Bits(essa.Orc)})");
                Define(text, "result", "essa-result", $"(essa-returns {Octet((byte)(step.Outcome.R1 ?? 0))})");
                break;
            case Operation.MigrationStatus:
                Define(text, "arguments", "Nothing", "nothing");
                Define(text, "result", "migration-status-result", $"(migration-status-returns {Truth(step.Outcome.Migrating ?? false)})");
                break;
            default:
                (string sort, string arguments) = Arguments(step.Operation);
                Define(text, "arguments", sort, arguments);
                Define(text, "result", "Nothing", "nothing");
                break;
        }

        if (step.Operation is not Operation.Get)
        {
            return text.ToString(); // nothing else counts, and knows the word
        }

        return text.Append(CultureInfo.InvariantCulture, $"(assert (= (card (dirty after)) {Bits((ulong)step.After.Pages.Count(page => page.State.Dirty))}))\n").ToString();
    }

    /// <summary>A state.</summary>
    public static string State(ConcreteState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        string slots = Stores("((as const (Array SlotId Slot)) no-slot)", state.Slots.Select(slot =>
            (Bits(slot.Id), $"(slot {Bits(slot.BaseGfn)} {Bits(slot.Pages)} {Truth(slot.DirtyLog)})")));
        return $"(state {Truth(state.HostHasCmma)} {state.VcpuCount} {Truth(state.Enabled)} {Truth(state.Used)} {Truth(state.Migrating)}\n  {slots}\n  "
            + Pages("no-page", state, _ => true, _ => "true") + "\n  "
            + Pages("all-stable", state, page => page.Attributes != 0, page => Octet(page.Attributes)) + "\n  "
            + Pages("all-resident", state, page => page.Content != PageContent.Resident, page => ContentOf(page.Content)) + "\n  "
            + Pages("no-page", state, page => page.Dirty, _ => "true") + ")";
    }

    private static string? OutcomeOf(string result) => result switch
    {
        Outcome.Ok => "success",
        "operation" or "specification" or "addressing" => $"{result}-exception",
        "ENXIO" or "ENOMEM" or "EFAULT" or "EBUSY" or "EEXIST" or "EINVAL" => result,
        _ => null,
    };

    private static (string Sort, string Text) Arguments(Operation operation) => operation switch
    {
        Operation.CreateSlot create =>
            ("create-slot-arguments", $"(create-slot-of {Bits(create.Id)} {Bits(create.BaseGfn)} {Bits(create.Pages)} {Truth(create.DirtyLog)} {Truth(!create.AllocationFails)})"),
        Operation.SetSlotFlags flags => ("set-slot-flags-arguments", $"(set-slot-flags-of {Bits(flags.Id)} {Truth(flags.DirtyLog)})"),
        Operation.MoveSlot move => ("move-slot-arguments", $"(move-slot-of {Bits(move.Id)} {Bits(move.BaseGfn)} {Truth(!move.AllocationFails)})"),
        Operation.DeleteSlot delete => ("delete-slot-arguments", $"(delete-slot-of {Bits(delete.Id)} {Truth(!delete.AllocationFails)})"),
        Operation.Touch touch => ("touch-arguments", $"(touch-of {Bits(touch.Gfn)})"),
        Operation.Evict evict => ("evict-arguments", $"(evict-of {Bits(evict.Gfn)})"),
        _ => ("Nothing", "nothing"),
    };

    private static string ArgumentsOfGet(MachineStep step, Operation.Get get) =>
        $"(get-of {Log(step.LogBefore)} {Truth(get.Argument != ArgumentMemory.Unreadable)} {Truth(get.Argument == ArgumentMemory.Ok)} "
        + $"{Truth(!get.AllocationFails)} {Bits((ulong)step.Buffer.Length)} {Blank(MachineStep.Filler)})";

    // What a failing call does not show is read off what it did: the block of GET off the marks that it took, the walk of PEEK off the pages.
    private static string ResultOfGet(MachineStep step, Operation.Get get)
    {
        (ulong first, ulong last) = step.Outcome.Result == Outcome.Ok ? Answered(step.LogAfter)
            : get.Flags == (uint)CmmaFlags.Peek ? (get.StartGfn, unchecked(get.StartGfn + WalkedFrom(step.Before, get.StartGfn, Math.Min(get.Count, Limits.MaxCount)) - 1))
            : MarksTaken(step);
        ReadOnlyMemory<byte> buffer = step.Buffer;
        string after = Stores(Blank(MachineStep.Filler), Enumerable.Range(0, buffer.Length)
            .Where(index => buffer.Span[index] != MachineStep.Filler)
            .Select(index => (Bits((ulong)index), Octet(buffer.Span[index]))));
        return $"(get-returns {Log(step.LogAfter)}\n  {after}\n  {Bits(first)} {Bits(last)})";
    }

    private static string ArgumentsOfSet(MachineStep step, Operation.Set set)
    {
        ReadOnlySpan<byte> values = step.Buffer.Span[..Math.Min(step.Buffer.Length, step.Before.Pages.Count + SpareValues)];
        List<(string, string)> bytes = [];
        for (int index = 0; index < values.Length; index++)
        {
            bytes.Add((Bits((ulong)index), Octet(values[index])));
        }

        return $"(set-of {Log(step.LogBefore)} {Truth(set.Argument != ArgumentMemory.Unreadable)} {Truth(!set.AllocationFails)} "
            + $"{Bits((ulong)step.Buffer.Length)} {Stores(Blank(0), bytes)})";
    }

    private static string ResultOfSet(MachineStep step, Operation.Set set)
    {
        bool walks = step.Outcome.Result == Outcome.Ok
            || (step.Outcome.Result == "EFAULT" && set.Argument != ArgumentMemory.Unreadable && set.Values.Length >= set.Count);
        ulong done = walks ? WalkedFrom(step.Before, set.StartGfn, set.Count) : 0;
        return $"(set-returns {Log(step.LogAfter)} {Bits(done)})";
    }

    private static (ulong First, ulong Last) Answered(KvmS390CmmaLog log) => (log.StartGfn, unchecked(log.StartGfn + log.Count - 1));

    private static (ulong First, ulong Last) MarksTaken(MachineStep step)
    {
        HashSet<ulong> left = [.. step.After.Pages.Where(page => page.State.Dirty).Select(page => page.Gfn)];
        List<ulong> taken = [.. step.Before.Pages.Where(page => page.State.Dirty && !left.Contains(page.Gfn)).Select(page => page.Gfn)];
        return taken.Count == 0 ? (0, 0) : (taken.Min(), taken.Max());
    }

    private static ulong WalkedFrom(ConcreteState state, ulong start, ulong most)
    {
        HashSet<ulong> pages = [.. state.Pages.Select(page => page.Gfn)];
        ulong walked = 0;
        while (walked < most && pages.Contains(unchecked(start + walked)))
        {
            walked++;
        }

        return walked;
    }

    private static string Log(KvmS390CmmaLog log) =>
        $"(log {Bits(log.StartGfn)} {Bits(log.Count)} {Bits(log.Flags)} {Bits(log.RemainingOrMask)} {Bits(log.Values)})";

    private static string Pages(string blank, ConcreteState state, Func<PageState, bool> isStored, Func<PageState, string> value) =>
        Stores(blank, state.Pages.Where(page => isStored(page.State)).Select(page => (Bits(page.Gfn), value(page.State))));

    private static string Stores(string array, IEnumerable<(string Index, string Value)> stores)
    {
        StringBuilder text = new(array);
        foreach ((string index, string value) in stores)
        {
            text.Insert(0, "(store ").Append(CultureInfo.InvariantCulture, $" {index} {value})");
        }

        return text.ToString();
    }

    private static void Define(StringBuilder text, string name, string sort, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"(define-fun {name} () {sort} {value})\n");

    private static string ContentOf(PageContent content) => content switch
    {
        PageContent.Preserved => "preserved",
        PageContent.LogicallyZero => "logically-zero",
        _ => "resident",
    };

    private static string Blank(byte value) => $"((as const Bytes) {Octet(value)})";

    private static string Bits(ulong value) => string.Create(CultureInfo.InvariantCulture, $"#x{value:x16}");

    private static string Bits(uint value) => string.Create(CultureInfo.InvariantCulture, $"#x{value:x8}");

    private static string Octet(byte value) => string.Create(CultureInfo.InvariantCulture, $"#x{value:x2}");

    private static string Truth(bool value) => value ? "true" : "false";
}
