// SPDX-License-Identifier: MIT
using System.Globalization;
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Generators;
using Cmma.Judging;
using Cmma.Proofs;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Steps;
using Cmma.Proofs.Theorems;
using Cmma.Proofs.Traces;
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Paths.Tests;

/// <summary>Every step of the reference is a step of the model; so is every step of the optimized machine; and a mistake is none.</summary>
public sealed class StepProperties : IDisposable
{
    // Of each size this many traces are drawn for the mistakes.
    private const int TracesOfASize = 100;

    private static readonly int[] DrawnSizes = [2, 5, 10, 20, 30, 40, 50, 60, 80, 100];

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

    // The kinds of steps that were asked, and whether one was no step: then of each smaller trace all are.
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private bool hasFailed;

    private static readonly Lazy<IReadOnlyList<StepProver.AskedStep>> Drawn = new(Draw);

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

    private static StepProver Prover => new(SpecFolder.Find(), SolverKind.MicrosoftZ3, [Reference, Optimized]);

    /// <summary>Fails if a kind of step never came: nothing would be shown of it.</summary>
    public void Dispose()
    {
        if (asked.Count > 0 && !hasFailed && TestRun.HasFloors)
        {
            Assert.Empty(Wanted.Except(asked.Select(kind => string.Join(' ', kind.Split(' ').Take(3))), StringComparer.Ordinal));
        }
    }

    /// <summary>In memory that a solver can be asked of. It grows with FsCheck's size: so what is seen in small memory is asked there.</summary>
    public static class SmallTraces
    {
        public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(Gen.Frequency((4, RandomTraces.Of(SmallLayouts, Mixed)), (1, BeforeUse)));

        private static Gen<Layout> SmallLayouts =>
            Gen.Frequency((3, Layouts.Of(StepTraces.MostSlots, 17)), (1, Layouts.Of(2, 70)), (1, Layouts.Of(1, (int)StepTraces.MostPages)));

        // CMMA is enabled, and any operation may be the first to use it.
        private static Gen<Trace> BeforeUse =>
            from layout in SmallLayouts
            from starts in Numbers.OneIn(2)
            from operations in Mixed(layout).ArrayOf(8)
            select WellFormed.Trace(hostHasCmma: true, [
                .. SetUps.Create(layout, dirtyLogs: false), new Operation.EnableCmma(), .. starts ? (Operation[])[new Operation.StartMigration()] : [],
                .. operations.SelectMany(each => each)]);

        private static Gen<Operation[]> Mixed(Layout layout) => Gen.Frequency(
            (5, Operations.Any(layout)), (2, Operations.Slot(layout)), (1, Operations.MarksWithGaps(layout)), (1, One(Operations.Faulty(layout))),
            (1, One(Operations.GetThatSucceeds(layout))), (1, One(Operations.Essa(layout))));

        private static Gen<Operation[]> One(Gen<Operation> operation) => operation.Select(each => (Operation[])[each]);
    }

    [TraceProperty(Traces = typeof(SmallTraces))]
    public void Every_step_of_the_reference_and_of_the_optimized_machine_is_a_step_of_the_model(Trace trace)
    {
        List<StepProver.AskedStep> steps = [.. Prover.Steps(StepTraces.WithSinglePages(trace)).Where(step => asked.Add(KindAndCircumstances(step.Done[0])) || hasFailed)];
        ProofResult? wrong = Prover.Ask(steps, steps.Count, Environment.ProcessorCount).FirstOrDefault(result => result.Verdict != ProofVerdict.Proved);
        hasFailed |= wrong != null;
        Assert.True(wrong == null, $"{wrong?.Name}: {wrong?.Reason}\n{(wrong == null ? "" : ReplayCommand.For("step", trace, "reference"))}");
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_no_step_of_the_model(string operation, string file, string old, string changed)
    {
        MachineImplementation planted = (MachineImplementation)new PlantedReference(file, old, changed).Concrete();
        using StepProof proof = new(new SmtFolder(System.IO.Path.Combine(SpecFolder.Find().Path, "smt")), SolverKind.MicrosoftZ3, SolverLimits.Usual);
        string? found = Drawn.Value
            .Where(step => step.Operation == operation)
            .Select(step => (Right: step.Done[0], Done: StepTraces.Run(step.Trace, planted.NewMachine).ElementAt(step.Index)))
            .Where(pair => StepText.Declarations(pair.Done) != StepText.Declarations(pair.Right)) // the others are steps, as the test above finds
            .Select(pair => proof.Difference(pair.Done))
            .FirstOrDefault(difference => difference != null);

        Assert.Equal($"no {operation} of the model does this", found);
    }

    // One of each kind, out of traces as the property has them.
    private static List<StepProver.AskedStep> Draw() =>
    [
        .. DrawnSizes.SelectMany(size => SmallTraces.Arbitrary.Generator.Sample(TracesOfASize, new Rnd(TestRun.Seed), size))
            .SelectMany(trace => Prover.Steps(StepTraces.WithSinglePages(trace)))
            .DistinctBy(step => KindAndCircumstances(step.Done[0]), StringComparer.Ordinal),
    ];

    private static string KindAndCircumstances(MachineStep step) => $"{Kind(step)} {Circumstances(step)}";

    private static string Kind(MachineStep step) =>
        $"{StepText.NameOf(step.Operation)} {step.Outcome.Result} {OutcomeClass.Of(step.Before, step.Operation, step.Outcome)}";

    // What else a mistake can hang on: the modes, slots with and without dirty log, a page that is marked already, the widest gap of a block.
    private static string Circumstances(MachineStep step) => string.Create(CultureInfo.InvariantCulture, $"{step.Before.Migrating} {step.Before.Enabled} {step.Before.Used} ")
        + string.Create(CultureInfo.InvariantCulture, $"{step.Before.Slots.All(slot => slot.DirtyLog)} ")
        + step.Operation switch
        {
            Operation.StartMigration => string.Concat(step.Before.Slots.Select(slot => slot.DirtyLog ? '+' : '-')),
            Operation.SetSlotFlags flags => $"{step.Before.Slots.FirstOrDefault(slot => slot.Id == flags.Id).DirtyLog} {flags.DirtyLog}",
            Operation.MoveSlot move => step.Before.Slots.FirstOrDefault(slot => slot.Id == move.Id).DirtyLog.ToString(),
            Operation.Set => step.Before.Pages.Any(page => (page.State.Attributes & ~step.After.Page(page.Gfn).Attributes) != 0).ToString(),
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
