// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Exploring.Differences;

/// <summary>
/// Which clause a shortest trace is about: its operations are all needed, so one that changes something is what the difference comes from. That is
/// another question than which clause decides the last answer (<see cref="OutcomeClass"/>), but where nothing before it can be the reason.
/// </summary>
/// <param name="contract">What keeps the contract and shows its state.</param>
internal sealed class DifferenceClause(IImplementation contract)
{
    /// <summary>What a trace does besides setting up, in words that are the same for traces that look alike.</summary>
    public static IReadOnlyList<string> Changes(Trace trace)
    {
        List<string> changes = [];
        bool started = false;
        foreach (Operation operation in trace.Steps.SkipLast(1).Select(step => step.Operation))
        {
            started |= operation is Operation.StartMigration;
            string? change = operation switch
            {
                Operation.CreateSlot create => started ? "create_slot" : create.DirtyLog ? null : "no_log",
                Operation.DeleteSlot or Operation.MoveSlot or Operation.SetSlotFlags or Operation.ClearCmma or Operation.StopMigration => OperationForm.Of(operation).Name,
                Operation.EnableCmma => started ? "enable_late" : null,
                Operation.Set set => set.Mask == ulong.MaxValue ? "set" : "set_mask",
                Operation.Evict => "evict",
                Operation.EssaBegin => "essa_begin",
                _ => null,
            };
            if (change != null)
            {
                changes.Add(change);
            }
        }

        return [.. changes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The clause that the last operation of a shortest trace is about.</summary>
    public string Of(Trace trace, Outcome one, Outcome other, Outcome must)
    {
        IReadOnlyList<string> changes = Changes(trace);
        return trace.Steps[^1].Operation switch
        {
            Operation.EssaEnd => "ESSA-STEPS-2",
            _ when Has(changes, "essa_begin") => "ESSA-STEPS-1", // what an ESSA in one step shows too is shrunk to that
            Operation.MigrationStatus => Mode(changes),
            Operation.StartMigration => "START-MIGRATION-CHECK-4",
            Operation.Essa => Essa(trace, one, other, changes),
            Operation.Set set => set.AllocationFails ? "SET-CHECK-6" : set.StartGfn > ulong.MaxValue - set.Count ? "SET-WALK-2" : "SET-WALK-1",
            Operation.Get get => (get.Flags & (uint)CmmaFlags.Peek) != 0
                ? Peek(trace, one, other, changes)
                : Get(trace, get, one, other, must, changes),
            Operation last => OutcomeClass.Of(StateBefore(trace), last, must)!,
        };
    }

    // whether migration mode is on
    private static string Mode(IReadOnlyList<string> changes) =>
        Has(changes, "set_slot_flags") ? "SET-SLOT-FLAGS-2"
        : Has(changes, "create_slot") ? "CREATE-SLOT-2"
        : Has(changes, "move_slot") ? "MOVE-SLOT-3"
        : "MIGRATION-STATUS-1";

    // which pages are dirty: what changed them last
    private static string? Marks(Trace trace)
    {
        string? clause = null;
        bool started = false;
        foreach (Operation operation in trace.Steps.SkipLast(1).Select(step => step.Operation))
        {
            clause = operation switch
            {
                Operation.ClearCmma => "CLEAR-CMMA-2",
                Operation.MoveSlot => "MOVE-SLOT-1",
                Operation.DeleteSlot => "DELETE-SLOT-1",
                Operation.SetSlotFlags => "SET-SLOT-FLAGS-2",
                Operation.StopMigration => "STOP-MIGRATION-2",
                Operation.CreateSlot when started => "CREATE-SLOT-3",
                Operation.EnableCmma when started => "START-MIGRATION-CHECK-3",
                _ => clause,
            };
            started |= operation is Operation.StartMigration;
        }

        return clause;
    }

    // what the attributes of a page are
    private string Attributes(Trace trace, IReadOnlyList<string> changes)
    {
        if (Has(changes, "clear_cmma"))
        {
            return "CLEAR-CMMA-1";
        }

        if (Has(changes, "delete_slot") || Has(changes, "move_slot"))
        {
            return Has(changes, "delete_slot") ? "CREATE-SLOT-1" : "MOVE-SLOT-1";
        }

        if (Has(changes, "set_mask"))
        {
            return "SET-MASK-1";
        }

        bool refused = Outcomes(trace).Any(each => each is { Operation: Operation.Set, Result: not Outcome.Ok });
        Operation.Essa? essa = trace.Steps.SkipLast(1).Select(step => step.Operation).OfType<Operation.Essa>().LastOrDefault();
        return refused ? "SET-WALK-1" : Has(changes, "set") ? "ABI-7" : essa != null ? $"ESSA-ORC-{essa.Orc}" : "STATE-3";
    }

    private string Essa(Trace trace, Outcome one, Outcome other, IReadOnlyList<string> changes)
    {
        if (Crashes(one) || Crashes(other))
        {
            return Marks(trace) ?? "ESSA-DIRTY-1";
        }

        if (one.Result != other.Result)
        {
            return one.Result == "specification" || other.Result == "specification" ? "ESSA-CHECK-2" : "ESSA-CHECK-3";
        }

        const ulong attributes = 0x2C; // usage << 2 and no-DAT; below that is the content
        return ((one.R1 ^ other.R1) & attributes) != 0 ? Attributes(trace, changes)
            : Has(changes, "delete_slot") || Has(changes, "move_slot") ? "STATE-4"
            : trace.Steps.Any(step => step.Operation is Operation.Touch) ? "TOUCH-1"
            : "ESSA-ORC-0";
    }

    private string Peek(Trace trace, Outcome one, Outcome other, IReadOnlyList<string> changes) =>
        one.Result == other.Result && one.Count == other.Count && one.Zeroed == other.Zeroed
            ? one.Remaining == other.Remaining ? Attributes(trace, changes) : Marks(trace) ?? "START-MIGRATION-1"
            : one.Result != other.Result && (Crashes(one) || Crashes(other) || one.Count is null or 0 || other.Count is null or 0) && Starts(trace)
                ? "PEEK-2"
                : "PEEK-CHECK-1";

    // whether the first page of a PEEK exists
    private bool Starts(Trace trace) => StateBefore(trace).Slots.Any(slot =>
        trace.Steps[^1].Operation is Operation.Get peek && peek.StartGfn >= slot.BaseGfn && peek.StartGfn - slot.BaseGfn < slot.Pages);

    private string Get(Trace trace, Operation.Get get, Outcome one, Outcome other, Outcome must, IReadOnlyList<string> changes)
    {
        IMachineState state = StateBefore(trace);
        if (state.Slots.Count == 0)
        {
            return "GET-CHECK-6";
        }

        if (one.Result == "EINVAL" || other.Result == "EINVAL")
        {
            return Mode(changes);
        }

        if (one.Result != other.Result)
        {
            return Marks(trace) ?? "GET-BLOCK-5";
        }

        if (one.Zeroed != other.Zeroed || one.StartGfn != other.StartGfn || one.Count is 0 || other.Count is 0)
        {
            string? marks = Marks(trace);
            bool wraps = must.StartGfn < get.StartGfn;
            return wraps && (marks is null or "CREATE-SLOT-3") ? "GET-BLOCK-2" : marks ?? "GET-BLOCK-1";
        }

        if (one.Count != other.Count)
        {
            return Length(state, one.Count > other.Count ? one : other);
        }

        return one.Remaining != other.Remaining ? Marks(trace) ?? "GET-ANSWER-3" : Value(trace, state, one, other, changes);
    }

    // why a block is longer than another
    private static string Length(IMachineState state, Outcome longer)
    {
        ulong last = longer.StartGfn.GetValueOrDefault() + longer.Count.GetValueOrDefault() - 1;
        for (ulong gfn = longer.StartGfn.GetValueOrDefault(); gfn <= last; gfn++)
        {
            if (!state.Slots.Any(slot => gfn >= slot.BaseGfn && gfn - slot.BaseGfn < slot.Pages))
            {
                return "GET-BLOCK-5";
            }
        }

        return state.Page(last).Dirty ? "GET-BLOCK-4" : "GET-BLOCK-3";
    }

    private string Value(Trace trace, IMachineState state, Outcome one, Outcome other, IReadOnlyList<string> changes)
    {
        int index = one.Values.Span.CommonPrefixLength(other.Values.Span);
        bool dirty = index == 0 // for both of them, whatever the contract says: their blocks begin here
            || state.Page(one.StartGfn.GetValueOrDefault() + (ulong)index).Dirty;
        return dirty ? Attributes(trace, changes) : "GET-BLOCK-7";
    }

    private static bool Crashes(Outcome outcome) => outcome.Result is Outcome.HostCrash or Outcome.LeaksMemory;

    private static bool Has(IReadOnlyList<string> changes, string change) => changes.Contains(change, StringComparer.Ordinal);

    // the contract's state before the last operation
    private IMachineState StateBefore(Trace trace)
    {
        IRun machine = contract.NewVm(trace.HostHasCmma); // not disposed: its state is asked afterwards
        foreach (Step step in trace.Steps.SkipLast(1))
        {
            machine.Do(step.Operation);
        }

        return machine.State!;
    }

    private IEnumerable<(Operation Operation, string Result)> Outcomes(Trace trace)
    {
        using IRun machine = contract.NewVm(trace.HostHasCmma);
        return [.. trace.Steps.Select(step => (step.Operation, machine.Do(step.Operation).Result))];
    }
}
