// SPDX-License-Identifier: MIT
using System.Globalization;
using Cmma.Abi;
using Cmma.Proofs.Paths;
using Cmma.Reference;
using Cmma.Traces;

namespace Cmma.Symbolic;

/// <summary>The reference behind the interface of machines on terms: it only converts.</summary>
public sealed class SymbolicMachine : ISymbolicMachine
{
    private MachineState state = new();
    private SymbolicVm? vm;

    /// <inheritdoc/>
    public void Load(MachineState state) => this.state = state;

    /// <inheritdoc/>
    public MachineState Save() => vm?.Save() ?? state;

    /// <inheritdoc/>
    public CallResult Run(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        SymbolicVm machine = new(state, call);
        machine.Load();
        vm = machine;
        return call.Operation switch
        {
            OperationKind.CreateVcpu => Answer(machine.CreateVcpu()),
            OperationKind.CreateSlot => Answer(machine.CreateSlot(call.Id, call.BaseGfn, call.Pages, call.DirtyLog, call.Allocates)),
            OperationKind.SetSlotFlags => Answer(machine.SetSlotFlags(call.Id, call.DirtyLog)),
            OperationKind.MoveSlot => Answer(machine.MoveSlot(call.Id, call.BaseGfn, call.Allocates)),
            OperationKind.DeleteSlot => Answer(machine.DeleteSlot(call.Id, call.Allocates)),
            OperationKind.EnableCmma => Answer(machine.EnableCmma()),
            OperationKind.ClearCmma => Answer(machine.ClearCmma()),
            OperationKind.StartMigration => Answer(machine.StartMigration()),
            OperationKind.StopMigration => Answer(machine.StopMigration()),
            OperationKind.MigrationStatus => MigrationStatus(machine),
            OperationKind.Touch => Answer(machine.Touch(call.Gfn)),
            OperationKind.Evict => Answer(machine.Evict(call.Gfn)),
            OperationKind.Essa => Essa(machine, call),
            OperationKind.Get => Get(machine, call),
            OperationKind.Set => Set(machine, call),
            _ => throw new ArgumentException($"no operation of its own for {call.Operation}", nameof(call)),
        };
    }

    private static CallResult Answer(Errno errno) => new() { Outcome = errno == Errno.None ? "success" : errno.ToString() };

    private static CallResult Answer(ProgramInterruption interruption) => new()
    {
        Outcome = interruption == ProgramInterruption.None
            ? "success"
            : interruption.ToString().ToLower(CultureInfo.InvariantCulture) + "-exception",
    };

    private static CallResult MigrationStatus(SymbolicVm vm)
    {
        CallResult result = Answer(vm.MigrationStatus(out Truth migrating));
        result.Migrating = migrating;
        return result;
    }

    // In two steps, the first of which is the whole: its state is the one after ESSA (ESSA-STEPS-1), and the end, at which the answer
    // comes, leaves it as it is (ESSA-STEPS-2).
    private static CallResult Essa(SymbolicVm vm, Call call)
    {
        vm.EssaBegin(call.Gfn, call.Orc);
        MachineState between = vm.Save();
        CallResult result = Answer(vm.EssaEnd(out Octet r1));
        result.R1 = r1;
        result.Between = between;
        return result;
    }

    private static CallResult Get(SymbolicVm vm, Call call)
    {
        SymbolicCaller caller = new(call);
        CallResult result = Answer(vm.Get(caller));
        result.Log = caller.Log;
        result.Values = caller.Written ?? [];
        result.First = vm.FirstOfBlock ?? call.StartGfn;
        result.Length = caller.Asked;
        return result;
    }

    private static CallResult Set(SymbolicVm vm, Call call)
    {
        SymbolicCaller caller = new(call);
        CallResult result = Answer(vm.Set(caller));
        result.Log = caller.Log;
        result.Length = vm.PagesSet;
        return result;
    }
}
