// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Traces;
using Cmma.Traces;

namespace Cmma.Paths.Tests;

/// <summary>A mistake in the reference is found by its paths, and shown by a trace on which the changed reference goes wrong.</summary>
public sealed class PlantedMistakeTests
{
    public static TheoryData<string, string, string, string> Mistakes { get; } = new()
    {
        { "create-vcpu", "CreateVcpu.cs", "VcpuCount = VcpuCount + 1;", "VcpuCount = 0;" },
        { "create-slot", "CreateSlot.cs", "Migrating & !slot.DirtyLog", "Migrating & slot.DirtyLog" },
        { "create-slot", "CreateSlot.cs", "if (!allocates)", "if (!allocates & !Migrating)" },
        { "set-slot-flags", "SetSlotFlags.cs", "slot.DirtyLog & !dirtyLog", "!dirtyLog" },
        { "move-slot", "MoveSlot.cs", "except: slot", "except: null" },
        { "move-slot", "MoveSlot.cs", "if (!allocates)", "if (!allocates & slot.DirtyLog)" },
        { "delete-slot", "DeleteSlot.cs", "_ = allocates;", "if (!allocates) { return Errno.ENOMEM; }" },
        { "delete-slot", "DeleteSlot.cs", "Slots.Remove(slot);", "StopMigration(); Slots.Remove(slot);" },
        { "enable-cmma", "EnableCmma.cs", "VcpuCount != 0", "(VcpuCount != 0) & !Enabled" },
        { "clear-cmma", "ClearCmma.cs", "Attributes[gfn] = PageAttributes.Stable", "SetUsage(gfn, PageAttributes.Stable)" },
        { "start-migration", "StartMigration.cs", "all = all & slot.DirtyLog", "all = slot.DirtyLog" },
        { "stop-migration", "StopMigration.cs", "Migrating = false;", "Migrating = Used;" },
        { "migration-status", "MigrationStatus.cs", "migrating = Migrating;", "migrating = Migrating & Enabled;" },
        { "touch", "Touch.cs", "Content[gfn] = Resident;", "Content[gfn] = Preserved;" },
        { "evict", "Evict.cs", "Content[gfn] = Preserved;", "Content[gfn] = LogicallyZero;" },
        { "essa", "Essa.cs", "Migrating & (orc != 0)", "Migrating & (orc > 1)" },
        { "essa", "Essa.cs", "SetUsage(gfn, PageAttributes.Stable); // ESSA-ORC-5", "SetNoDat(gfn, 0); SetUsage(gfn, PageAttributes.Stable);" },
        { "get", "Get.cs", "(gfn - last <= GapPages)", "(gfn - last < GapPages)" },
        { "get", "Get.cs", "(gfn < endGfn)", "(gfn <= endGfn)" },
        { "get", "Get.cs", "LowestDirty(0) : first", "LowestDirty(1) : first" },
        { "peek", "Peek.cs", "Attributes[log.StartGfn + page]", "Attributes[log.StartGfn]" },
        { "set", "Set.cs", "Used = true; // SET-USED-1", "Used = Used | Migrating;" },
        { "set", "Set.cs", "(old & ~selected)", "old" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found_and_shown_as_a_trace(string operation, string file, string old, string changed)
    {
        PlantedReference planted = new(file, old, changed);
        PathProver prover = new(Spec.Model, SolverKind.MicrosoftZ3, planted.Symbolic());
        PathReport report = prover.Prove(operation, ShapeFor(operation, old));

        Trace? trace = report.Failures.Select(failure => failure.Trace).FirstOrDefault(one => one != null);
        Assert.NotNull(trace);
        Assert.Null(Planted.FirstDifference(trace, TraceBuilder.Reference));
        Assert.NotNull(Planted.FirstDifference(trace, planted.Concrete()));
    }

    [Fact]
    public void A_copy_without_a_mistake_is_proved()
    {
        PlantedReference copy = new("Set.cs", "Used = true;", "Used = true;");
        PathReport report = new PathProver(Spec.Model, SolverKind.MicrosoftZ3, copy.Symbolic()).Prove("set", new Shape([2], Layout.SecondFollowsFirst));

        Assert.Empty(report.Failures);
        Assert.True(report.Proved > 10);
    }

    // The real gap, so that a trace can show it; two slots for what looks at more than one.
    private static Shape ShapeFor(string operation, string old) => operation switch
    {
        "get" when old.Contains("GapPages", StringComparison.Ordinal) =>
            new Shape([18], Layout.SecondFollowsFirst, MostDirty: 2, HasRealGap: true),
        "get" => new Shape([3], Layout.SecondFollowsFirst, HasRealGap: true),
        "start-migration" => new Shape([1, 1], Layout.SecondAboveHole),
        _ => new Shape([2], Layout.SecondFollowsFirst),
    };
}
