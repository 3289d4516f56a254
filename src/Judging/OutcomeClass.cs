// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>
/// The class of an operation: the clause that decides what it answers. A check's clause if a check wins; else the clause of the effect, for a
/// GET the one that says where its block begins or ends.
/// </summary>
public static class OutcomeClass
{
    /// <summary>What each operation of a trace answers and its class, by a machine that keeps to the contract and shows its state.</summary>
    public static IReadOnlyList<(Outcome Outcome, string? Class)> Of(Trace trace, IImplementation contract)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(contract);
        using IRun machine = contract.NewVm(trace.HostHasCmma);
        using IRun before = contract.NewVm(trace.HostHasCmma); // one operation behind
        List<(Outcome, string?)> done = [];
        foreach (Operation operation in trace.Steps.Select(step => step.Operation))
        {
            Outcome outcome = machine.Do(operation);
            done.Add((outcome, Of(before.State!, operation, outcome)));
            before.Do(operation);
        }

        return done;
    }

    /// <summary>The clause, or null where the outcome alone does not determine which check won.</summary>
    /// <param name="before">The state in which the operation was done.</param>
    /// <param name="operation">What was done.</param>
    /// <param name="outcome">What the contract answers.</param>
    public static string? Of(IMachineState before, Operation operation, Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(outcome);
        return operation switch
        {
            Operation.CreateVcpu => "CREATE-VCPU-1",
            Operation.CreateSlot create => CreateSlot(before, create, outcome.Result),
            Operation.SetSlotFlags flags => SetSlotFlags(before, flags, outcome.Result),
            Operation.MoveSlot move => MoveSlot(before, move, outcome.Result),
            Operation.DeleteSlot delete => DeleteSlot(before, delete, outcome.Result),
            Operation.EnableCmma => outcome.Result switch { "ENXIO" => "ENABLE-CMMA-CHECK-1", "EBUSY" => "ENABLE-CMMA-CHECK-2", _ => "ENABLE-CMMA-1" },
            Operation.ClearCmma => outcome.Result switch { "ENXIO" => "CLEAR-CMMA-CHECK-1", "EINVAL" => "CLEAR-CMMA-CHECK-2", _ => "CLEAR-CMMA-1" },
            Operation.StartMigration => StartMigration(before, outcome.Result),
            Operation.StopMigration => before.Migrating ? "STOP-MIGRATION-2" : "STOP-MIGRATION-1",
            Operation.MigrationStatus => "MIGRATION-STATUS-1",
            Operation.Touch => outcome.Result == Outcome.Ok ? "TOUCH-1" : "TOUCH-CHECK-1",
            Operation.Evict => outcome.Result == Outcome.Ok ? "EVICT-1" : "EVICT-CHECK-1",
            Operation.Essa essa => Essa(essa, outcome.Result),
            Operation.EssaBegin => "ESSA-STEPS-1",
            Operation.EssaEnd => "ESSA-STEPS-2",
            Operation.Get get => Get(before, get, outcome),
            Operation.Set set => Set(set, outcome.Result),
            _ => null,
        };
    }

    private static string CreateSlot(IMachineState before, Operation.CreateSlot create, string result) => result switch
    {
        "EEXIST" => "CREATE-SLOT-CHECK-4",
        "ENOMEM" => "CREATE-SLOT-CHECK-5",
        "EINVAL" when create.Pages == 0 => "CREATE-SLOT-CHECK-1",
        "EINVAL" when create.Pages > Limits.MaxSlotPages => "CREATE-SLOT-CHECK-2",
        "EINVAL" => "CREATE-SLOT-CHECK-3",
        _ when !before.Migrating => "CREATE-SLOT-1",
        _ => create.DirtyLog ? "CREATE-SLOT-3" : "CREATE-SLOT-2",
    };

    private static string SetSlotFlags(IMachineState before, Operation.SetSlotFlags flags, string result) =>
        result != Outcome.Ok ? "SET-SLOT-FLAGS-CHECK-1"
        : before.Migrating && !flags.DirtyLog && before.Slots.Any(slot => slot.Id == flags.Id && slot.DirtyLog) ? "SET-SLOT-FLAGS-2"
        : "SET-SLOT-FLAGS-1";

    private static string MoveSlot(IMachineState before, Operation.MoveSlot move, string result) => result switch
    {
        "EEXIST" => "MOVE-SLOT-CHECK-3",
        "ENOMEM" => "MOVE-SLOT-CHECK-4",
        "EINVAL" => before.Slots.Any(slot => slot.Id == move.Id) ? "MOVE-SLOT-CHECK-2" : "MOVE-SLOT-CHECK-1",
        _ => before.Migrating && before.Slots.Any(slot => slot.Id == move.Id && !slot.DirtyLog) ? "MOVE-SLOT-3" : "MOVE-SLOT-1",
    };

    private static string DeleteSlot(IMachineState before, Operation.DeleteSlot delete, string result) =>
        result != Outcome.Ok ? "DELETE-SLOT-CHECK-1"
        : delete.AllocationFails ? "DELETE-SLOT-3"
        : before.Migrating ? "DELETE-SLOT-2"
        : "DELETE-SLOT-1";

    private static string StartMigration(IMachineState before, string result) => result switch
    {
        "EINVAL" => before.Slots.Count == 0 ? "START-MIGRATION-CHECK-2" : "START-MIGRATION-CHECK-4",
        _ when before.Migrating => "START-MIGRATION-CHECK-1",
        _ => before.Enabled ? "START-MIGRATION-1" : "START-MIGRATION-CHECK-3",
    };

    private static string Essa(Operation.Essa essa, string result) => result switch
    {
        "operation" => "ESSA-CHECK-1",
        "specification" => "ESSA-CHECK-2",
        "addressing" => "ESSA-CHECK-3",
        _ => $"ESSA-ORC-{essa.Orc}",
    };

    private static string? Set(Operation.Set set, string result) => result switch
    {
        "EFAULT" when set.Argument != ArgumentMemory.Ok => "SET-CHECK-1",
        "EFAULT" => set.Values.Length < set.Count ? "SET-CHECK-7" : "SET-WALK-1",
        "ENXIO" => "SET-CHECK-2",
        "EINVAL" => set.Flags != 0 ? "SET-CHECK-3" : "SET-CHECK-4",
        "ENOMEM" => "SET-CHECK-6",
        _ => set.Count == 0 ? "SET-CHECK-5" : "SET-MASK-1",
    };

    private static string? Get(IMachineState before, Operation.Get get, Outcome outcome)
    {
        bool peek = get.Flags == (uint)CmmaFlags.Peek;
        bool unused = get.Count == 0 || !before.Used;
        return outcome.Result switch
        {
            "EFAULT" when get.Argument == ArgumentMemory.Unreadable => "GET-CHECK-1",
            "EFAULT" => Fault(before, get, peek, unused),
            "ENXIO" => "GET-CHECK-2",
            "EINVAL" => get.Flags is 0 or (uint)CmmaFlags.Peek ? "GET-CHECK-4" : "GET-CHECK-3",
            "ENOMEM" => "GET-CHECK-7",
            _ when outcome.Zeroed => unused ? "GET-CHECK-5" : "GET-CHECK-6",
            _ => peek ? "PEEK-2" : Block(before, get, outcome),
        };
    }

    private static string? Fault(IMachineState before, Operation.Get get, bool peek, bool unused)
    {
        if (unused || (!peek && !AnyDirty(before)))
        {
            return "GET-ZERO-2";
        }

        if (peek && !Exists(before, get.StartGfn))
        {
            return "PEEK-CHECK-1";
        }

        // with a short buffer and a read-only struct at once it takes the length of the answer to tell
        return (get.Argument, get.BufferBytes) switch
        {
            (ArgumentMemory.Ok, _) => "GET-CHECK-8",
            (_, null) => "GET-CHECK-9",
            _ => null,
        };
    }

    private static string Block(IMachineState before, Operation.Get get, Outcome outcome)
    {
        ulong first = outcome.StartGfn ?? 0;
        uint length = outcome.Count ?? 0;
        if (first < get.StartGfn)
        {
            return "GET-BLOCK-2";
        }

        if (length == Math.Min(get.Count, Limits.MaxCount))
        {
            return "GET-BLOCK-6";
        }

        for (ulong gfn = first; gfn < first + length; gfn++)
        {
            if (!before.Page(gfn).Dirty)
            {
                return "GET-BLOCK-4";
            }
        }

        return Exists(before, first + length) ? "GET-BLOCK-1" : "GET-BLOCK-5";
    }

    private static bool AnyDirty(IMachineState state)
    {
        const ulong PagesAtOnce = 4096;
        Span<PageState> pages = new PageState[PagesAtOnce];
        foreach (Memslot slot in state.Slots)
        {
            for (ulong page = 0; page < slot.Pages; page += PagesAtOnce)
            {
                Span<PageState> some = pages[..(int)Math.Min(PagesAtOnce, slot.Pages - page)];
                state.CopyPages(slot.BaseGfn + page, some);
                foreach (PageState each in some)
                {
                    if (each.Dirty)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static bool Exists(IMachineState state, ulong gfn) => state.Slots.Any(slot => gfn >= slot.BaseGfn && gfn - slot.BaseGfn < slot.Pages);
}
