using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Proofs;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Steps;
using Cmma.Proofs.Theorems;
using Cmma.Proofs.Traces;
using Cmma.Traces;
using Xunit;

namespace Cmma.Paths.Tests;

/// <summary>Every step of the reference is a step of the model; so is every step of the optimized machine; and a mistake is none.</summary>
public sealed class StepTests
{
    private const int StepsOfAKind = 1; // and circumstances
    private const ulong Traces = 1000;

    /// <summary>Every operation with every outcome that it can have, and every class of inputs; what is missing here is not asked.</summary>
    private static readonly string[] Wanted =
    [
        "create-vcpu ok CREATE-VCPU-1",
        "create-slot ok CREATE-SLOT-1", "create-slot ok CREATE-SLOT-2", "create-slot ok CREATE-SLOT-3",
        "create-slot EINVAL CREATE-SLOT-CHECK-1", "create-slot EINVAL CREATE-SLOT-CHECK-2", "create-slot EINVAL CREATE-SLOT-CHECK-3",
        "create-slot EEXIST CREATE-SLOT-CHECK-4", "create-slot ENOMEM CREATE-SLOT-CHECK-5",
        "set-slot-flags ok SET-SLOT-FLAGS-1", "set-slot-flags ok SET-SLOT-FLAGS-2", "set-slot-flags EINVAL SET-SLOT-FLAGS-CHECK-1",
        "move-slot ok MOVE-SLOT-1", "move-slot ok MOVE-SLOT-3",
        "move-slot EINVAL MOVE-SLOT-CHECK-1", "move-slot EINVAL MOVE-SLOT-CHECK-2", "move-slot EEXIST MOVE-SLOT-CHECK-3", "move-slot ENOMEM MOVE-SLOT-CHECK-4",
        "delete-slot ok DELETE-SLOT-1", "delete-slot ok DELETE-SLOT-2", "delete-slot EINVAL DELETE-SLOT-CHECK-1",
        "enable-cmma ok ENABLE-CMMA-1", "enable-cmma ENXIO ENABLE-CMMA-CHECK-1", "enable-cmma EBUSY ENABLE-CMMA-CHECK-2",
        "clear-cmma ok CLEAR-CMMA-1", "clear-cmma ENXIO CLEAR-CMMA-CHECK-1", "clear-cmma EINVAL CLEAR-CMMA-CHECK-2",
        "start-migration ok START-MIGRATION-1", "start-migration ok START-MIGRATION-CHECK-1", "start-migration ok START-MIGRATION-CHECK-3",
        "start-migration EINVAL START-MIGRATION-CHECK-2", "start-migration EINVAL START-MIGRATION-CHECK-4",
        "stop-migration ok STOP-MIGRATION-1", "stop-migration ok STOP-MIGRATION-2",
        "migration-status ok MIGRATION-STATUS-1",
        "touch ok TOUCH-1", "touch addressing TOUCH-CHECK-1",
        "evict ok EVICT-1", "evict addressing EVICT-CHECK-1",
        "essa operation ESSA-CHECK-1", "essa specification ESSA-CHECK-2", "essa addressing ESSA-CHECK-3",
        .. Enumerable.Range(0, 8).Select(orc => $"essa ok ESSA-ORC-{orc}"),
        "get EFAULT GET-CHECK-1", "get ENXIO GET-CHECK-2", "get EINVAL GET-CHECK-3", "get EINVAL GET-CHECK-4", "get ok GET-CHECK-5",
        "get ok GET-CHECK-6", "get ENOMEM GET-CHECK-7", "get EFAULT GET-CHECK-8", "get EFAULT GET-CHECK-9", "get EFAULT GET-ZERO-2",
        "get ok GET-BLOCK-1", "get ok GET-BLOCK-2", "get ok GET-BLOCK-4", "get ok GET-BLOCK-5", "get ok GET-BLOCK-6",
        "peek EFAULT GET-CHECK-1", "peek ENXIO GET-CHECK-2", "peek ok GET-CHECK-5", "peek ENOMEM GET-CHECK-7", "peek EFAULT PEEK-CHECK-1",
        "peek EFAULT GET-CHECK-8", "peek EFAULT GET-CHECK-9", "peek ok PEEK-2",
        "set EFAULT SET-CHECK-1", "set ENXIO SET-CHECK-2", "set EINVAL SET-CHECK-3", "set EINVAL SET-CHECK-4", "set ok SET-CHECK-5",
        "set ENOMEM SET-CHECK-6", "set EFAULT SET-CHECK-7", "set EFAULT SET-WALK-1", "set ok SET-MASK-1",
    ];

    // Small ones first: what they show, a solver tells ten times as fast as in 140 pages.
    private static readonly LayoutSize[] Sizes =
        [new(2, 2), new(3, 6), new(StepTraces.MostSlots, 4), new(2, 20), new(2, 40), new(StepTraces.MostSlots, 17), new(1, (int)StepTraces.MostPages)];

    private static readonly Lazy<IReadOnlyList<StepProver.AskedStep>> Chosen = new(Choose);

    /// <summary>The mistakes that the paths find, and one more for each operation.</summary>
    public static TheoryData<string, string, string, string> Mistakes { get; } = new(PlantedMistakeTests.Mistakes)
    {
        { "create-vcpu", "CreateVcpu.cs", "VcpuCount = VcpuCount + 1;", "VcpuCount = VcpuCount + 2;" },
        { "create-slot", "CreateSlot.cs", "Errno.EEXIST; // CREATE-SLOT-CHECK-4", "Errno.EINVAL;" },
        { "set-slot-flags", "SetSlotFlags.cs", "slot.DirtyLog = dirtyLog;", "slot.DirtyLog = true;" },
        { "move-slot", "MoveSlot.cs", "DirtyLog = slot.DirtyLog });", "DirtyLog = true });" },
        { "delete-slot", "DeleteSlot.cs", "Errno.EINVAL; // DELETE-SLOT-CHECK-1", "Errno.None;" },
        { "enable-cmma", "EnableCmma.cs", "Enabled = true;", "Enabled = true; Used = true;" },
        { "clear-cmma", "ClearCmma.cs", "ClearPages();", "ClearPages(); Used = false;" },
        { "start-migration", "StartMigration.cs", "Slots.Count == 0", "Slots.Count == 1000" },
        { "stop-migration", "StopMigration.cs", "UnmarkAll();", "" },
        { "migration-status", "MigrationStatus.cs", "migrating = Migrating;", "migrating = Migrating; Used = true;" },
        { "touch", "Touch.cs", "Content[gfn] = Resident;", "Content[gfn] = Resident; Attributes[gfn] = PageAttributes.Stable;" },
        { "evict", "Evict.cs", "ProgramInterruption.Addressing; // EVICT-CHECK-1", "ProgramInterruption.None;" },
        { "essa", "Essa.cs", "Used = true; // ESSA-USED-1", "Used = Used | (orc != 0); //" },
        { "get", "Get.cs", "Unmark(gfn); // GET-BLOCK-8", "if (gfn != last) { Unmark(gfn); }" },
        { "peek", "Peek.cs", "(pages < count)", "(pages <= count)" },
        { "set", "Set.cs", "Errno.EFAULT; // SET-WALK-1", "Errno.None;" },
    };

    private static MachineImplementation Reference => (MachineImplementation)Implementations.Find("reference");

    private static MachineImplementation Optimized => (MachineImplementation)Implementations.Find("optimized");

    [Fact]
    public void Every_operation_outcome_and_class_of_inputs_is_among_the_steps()
    {
        string[] kinds = [.. Chosen.Value.Select(step => Kind(step.Done[0])).Distinct(StringComparer.Ordinal)];
        Assert.Empty(Wanted.Except(kinds, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_step_of_the_reference_and_of_the_optimized_machine_is_a_step_of_the_model()
    {
        StepProver prover = new(SpecFolder.Find(), SolverKind.MicrosoftZ3, [Reference, Optimized]);
        IReadOnlyList<ProofResult> results = prover.Ask(Chosen.Value, Chosen.Value.Count, Environment.ProcessorCount);

        Assert.Empty(results.Where(result => result.Verdict != ProofVerdict.Proved).Select(result => $"{result.Name}: {result.Reason}\n{result.Detail}"));
        Assert.Equal(16, results.Count);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_no_step_of_the_model(string operation, string file, string old, string changed)
    {
        MachineImplementation planted = (MachineImplementation)new PlantedReference(file, old, changed).Concrete();
        using StepProof proof = new(new SmtFolder(System.IO.Path.Combine(SpecFolder.Find().Path, "smt")), SolverKind.MicrosoftZ3, SolverLimits.Usual);
        string? found = Chosen.Value
            .Where(step => step.Operation == operation)
            .Select(step => (Right: step.Done[0], Done: StepTraces.Run(step.Trace, planted.NewMachine).ElementAt(step.Index)))
            .Where(pair => StepText.Declarations(pair.Done) != StepText.Declarations(pair.Right)) // the others are steps, as the test above finds
            .Select(pair => proof.Difference(pair.Done))
            .FirstOrDefault(difference => difference != null);

        Assert.Equal($"no {operation} of the model does this", found);
    }

    // The first few of each kind, out of random traces.
    private static List<StepProver.AskedStep> Choose()
    {
        StepProver prover = new(SpecFolder.Find(), SolverKind.MicrosoftZ3, [Reference, Optimized]);
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        List<StepProver.AskedStep> chosen = [];
        for (ulong number = 0; number < Traces; number++)
        {
            Trace trace = StepTraces.WithSinglePages(TraceGenerator.Random(number, Sizes[(int)(number * (ulong)Sizes.Length / Traces)], operationCount: 40));
            foreach (StepProver.AskedStep step in prover.Steps(trace))
            {
                string kind = $"{Kind(step.Done[0])} {Circumstances(step.Done[0])}";
                seen[kind] = seen.GetValueOrDefault(kind) + 1;
                if (seen[kind] <= StepsOfAKind)
                {
                    chosen.Add(step);
                }
            }
        }

        return chosen;
    }

    private static string Kind(MachineStep step) =>
        $"{StepText.NameOf(step.Operation)} {step.Outcome.Result} {OutcomeClass.Of(step.Before, step.Operation, step.Outcome)}";

    // What else a mistake can hang on: the modes, slots with and without dirty log, a page that is marked already, the widest gap of a block.
    private static string Circumstances(MachineStep step) => string.Create(CultureInfo.InvariantCulture, $"{step.Before.Migrating} {step.Before.Enabled} {step.Before.Used} ")
        + string.Create(CultureInfo.InvariantCulture, $"{step.Before.Slots.All(slot => slot.DirtyLog)} ")
        + step.Operation switch
        {
            Operation.StartMigration => string.Concat(step.Before.Slots.Select(slot => slot.DirtyLog ? '+' : '-')),
            Operation.SetSlotFlags flags => $"{step.Before.Slots.FirstOrDefault(slot => slot.Id == flags.Id).DirtyLog} {flags.DirtyLog}",
            Operation.Essa essa => step.Before.Page(essa.Gfn).Dirty.ToString(),
            Operation.Get when step.Outcome.StartGfn is ulong first => WidestGap(step.Before, first, step.Outcome.Count ?? 0).ToString(CultureInfo.InvariantCulture),
            _ => "",
        };

    private static int WidestGap(ConcreteState state, ulong first, uint count)
    {
        int widest = 0;
        int gap = 0;
        for (ulong gfn = first; gfn < first + count; gfn++)
        {
            gap = state.Page(gfn).Dirty ? 0 : gap + 1;
            widest = Math.Max(widest, gap);
        }

        return widest;
    }
}
