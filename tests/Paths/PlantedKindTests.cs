// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Traces;
using Cmma.Traces;

namespace Cmma.Paths.Tests;

/// <summary>
/// Mistakes of the kinds that a proof path by path is blind to if it is not made with care: of each kind the example that was once called
/// proved, and more. Most are shown by a trace; the last two kinds may also be refused by what is known of the code (<see cref="KnownCode"/>).
/// </summary>
public sealed class PlantedKindTests
{
    private const string NoDatOff = "Attributes[gfn] = (Octet)((Attributes[gfn] & PageAttributes.UsageMask) | noDat);";
    private const string BeforeTheAnswer = "if (!caller.WriteArgument(log)) // flags";
    private const string Gap = "=> Limits.GapPages;";
    private const string Exists = "exists = exists | slot.Holds(gfn);";
    private const string Peeked = "(pages < count) & Exists(startGfn + pages)";

    private static readonly Shape TwoPages = new([2], Layout.SecondFollowsFirst);
    private static readonly Shape ThreePages = new([3], Layout.SecondFollowsFirst, HasRealGap: true);
    private static readonly Shape EighteenPages = new([18], Layout.SecondFollowsFirst, MostDirty: 2, HasRealGap: true);
    private static readonly Shape ThreeSlots = Shape.ManySlots.First(shape => shape.SlotPages.Count == 3);

    /// <summary>Terms that would not compute as C# does; operation, shape, file, what is replaced, what is planted.</summary>
    public static TheoryData<string, string, string, string> Promotions { get; } = new()
    {
        { "essa", "Essa.cs", NoDatOff, "Attributes[gfn] = (Octet)(((Attributes[gfn] << 6) >> 6) | noDat);" },
        { "essa", "Essa.cs", "(Attributes[gfn] & PageAttributes.NoDat) | usage", "(((Attributes[gfn] << 25) >> 25) & ~PageAttributes.UsageMask) | usage" },
        { "essa", "Essa.cs", NoDatOff, "Attributes[gfn] = (Octet)((Attributes[gfn] & (~Attributes[gfn] >> 8)) | noDat);" },
        { "essa", "Essa.cs", "(Attributes[gfn] & PageAttributes.UsageMask) << 2", "(Attributes[gfn] << 2) | ((Attributes[gfn] << 2) >> 8)" },
        { "essa", "Essa.cs", "(Attributes[gfn] & PageAttributes.NoDat) >> 1", "((~Attributes[gfn] >> 6) & 1) == 0 ? Attributes[gfn] << 32 : Attributes[gfn] << 8" },
        { "set", "Set.cs", "(Octet)((old & ~selected) | (value & selected))", "(Octet)((old & ((~selected << 8) >>> 8)) | (((value << 24) >> 25) & selected))" },
        { "set", "Set.cs", "log.RemainingOrMask >> PageAttributes.PgsteShift", "log.RemainingOrMask >> (PageAttributes.PgsteShift + 63)" },
    };

    /// <summary>Objects that are shared with the caller.</summary>
    public static TheoryData<string, string, string, string> SharedObjects { get; } = new()
    {
        { "get", "Get.cs", "log.StartGfn = startGfn; // GET-ANSWER-1, PEEK-ANSWER-1", "Errno early = caller.WriteArgument(log) ? Errno.None : Errno.EFAULT; log.StartGfn = startGfn; log.Count = (Word)values.Count; log.RemainingOrMask = remaining; if (early == Errno.None) { return early; }" },
        { "get", "Get.cs", BeforeTheAnswer, "log.Count = 0; Truth wrote = caller.WriteArgument(log); log.Count = (Word)values.Count; if (!wrote) //" },
        { "get", "Get.cs", "if (!caller.WriteArgument(zeros))", "zeros.Count = 1; Truth wrote = caller.WriteArgument(zeros); zeros.Count = 0; if (!wrote)" },
        { "peek", "Get.cs", "if (!caller.WriteValues(log.Values, values))", "Octet kept = values[0]; values[0] = 0; Truth wrote = caller.WriteValues(log.Values, values); values[0] = kept; if (!wrote)" },
        { "peek", "Get.cs", "if (!caller.WriteValues(log.Values, values))", "if (!caller.WriteValues(log.Values, [.. values, 0]) | !caller.WriteValues(log.Values, values))" },
        { "peek", "Get.cs", BeforeTheAnswer, "Truth wrote = caller.WriteArgument(log); log.Flags = 1; log.Values = 0; wrote = caller.WriteArgument(log); log.Values = 1; if (!wrote) //" },
    };

    /// <summary>Constants that a shape replaces on both sides.</summary>
    public static TheoryData<string, string, string, string> Replaced { get; } = new()
    {
        { "get", "Get.cs", Gap, "=> 15;" },
        { "get", "Get.cs", Gap, "=> 17;" },
        { "get", "Get.cs", Gap, "=> Limits.GapPages - 1;" },
        { "get", "Get.cs", Gap, "=> Used ? (Word)15 : Limits.GapPages;" },
        { "get", "Get.cs", Gap, "=> (Word)Slots.Count;" },
        { "get", "Get.cs", Gap, "=> Limits.GapPages + VcpuCount;" },
    };

    /// <summary>State that is not saved.</summary>
    public static TheoryData<string, string, string, string> Unsaved { get; } = new()
    {
        { "get", "Get.cs", "    /// <summary>The only flag.</summary>", "    private Truth asked = false;\n    private Word Once(Word gfn) { Word first = asked ? 0 : gfn; asked = true; return first; }" },
        { "get", "Slot.cs", "    /// <summary>The number that names it.</summary>", "    /// <summary>Calls.</summary>\n    public Word Calls { get; set; } = 0;" },
        { "get", "CmmaLog.cs", "    /// <summary>First gfn.</summary>", "    /// <summary>Calls.</summary>\n    public static Word Calls { get; set; } = 0;" },
        { "essa", "EssaSteps.cs", "    private protected Octet begunR1 = 0;", "    private protected Octet begunR1 = 0; private static int begun;" },
        { "set", "Set.cs", "if (log.Flags != 0)", "if (System.AppContext.TryGetSwitch(\"second\", out bool again) && again)" },
        { "get", "ICaller.cs", "/// <summary>What one call of GET", "internal sealed class Memory { public Word Last; }\n/// <summary>What one call of GET" },
        { "touch", "Touch.cs", "if (!Exists(gfn))", "if ((begunInterruption == ProgramInterruption.None) | !Exists(gfn))" },
    };

    /// <summary>What the end of an ESSA, or another operation, does with what stays between its two steps.</summary>
    public static TheoryData<string, string, string, string> Begun { get; } = new()
    {
        { "essa", "EssaSteps.cs", "r1 = begunR1; // ESSA-STEPS-2", "Used = true; r1 = begunR1;" },
        { "essa", "EssaSteps.cs", "r1 = begunR1; // ESSA-STEPS-2", "Enabled = false; r1 = begunR1;" },
        { "touch", "Touch.cs", "Content[gfn] = Resident; // TOUCH-1", "Content[gfn] = Resident; begunR1 = 0;" },
    };

    /// <summary>Sizes beyond the shapes that a number reveals.</summary>
    public static TheoryData<string, string, string, string> Numbers { get; } = new()
    {
        { "peek", "Peek.cs", Peeked, "(pages < count) & (pages < 6) & Exists(startGfn + pages)" },
        { "peek", "Peek.cs", Peeked, "(pages < count) & (pages < 1_000) & Exists(startGfn + pages)" },
        { "get", "Get.cs", "Limits.MaxCount : log.Count; // GET-COUNT-1", "Limits.MaxCount : log.Count > 20 ? 20 : log.Count; // GET-COUNT-1" },
        { "essa", "Vm.cs", Exists, "exists = exists | (slot.Holds(gfn) & (slot.Pages < 300));" },
        { "create-slot", "CreateSlot.cs", "page < slot.Pages", "(page < slot.Pages) & (page < Limits.MaxOrc)" },
        { "start-migration", "StartMigration.cs", "Slots.Count == 0", "Slots.Count is 0 or > 32" },
        { "set", "Set.cs", "page < log.Count", "(page < log.Count) & (page < PageAttributes.NoDat)" },
    };

    /// <summary>Sizes beyond one slot or two.</summary>
    public static TheoryData<string, string, string, string> Slots { get; } = new()
    {
        { "essa", "Vm.cs", Exists, "exists = exists | (slot.Holds(gfn) & (slot == Slots[0] || slot == Slots[1]));" },
        { "touch", "Vm.cs", Exists, "exists = exists | (slot.Holds(gfn) & (slot == Slots[0] || slot == Slots[Slots.Count - 1]));" },
        { "start-migration", "StartMigration.cs", "Dirty[slot.BaseGfn + page] = true;", "Dirty[slot.BaseGfn + page] = slot == Slots[0] || slot == Slots[Slots.Count - 1];" },
        { "start-migration", "StartMigration.cs", "all = all & slot.DirtyLog;", "all = slot == Slots[0] || slot == Slots[1] ? all & slot.DirtyLog : all;" },
        { "peek", "Vm.cs", "count = Dirty[slot.BaseGfn + page] ? count + 1 : count;", "if (slot == Slots[0] || slot == Slots[Slots.Count - 1]) { count = Dirty[slot.BaseGfn + page] ? count + 1 : count; }" },
        { "clear-cmma", "ClearCmma.cs", "ClearPage(slot.BaseGfn + page);", "if (slot == Slots[0] || slot == Slots[1]) { ClearPage(slot.BaseGfn + page); }" },
    };

    [Theory]
    [MemberData(nameof(Promotions))]
    public void A_byte_is_computed_with_as_CSharp_does(string operation, string file, string old, string changed) =>
        AssertShown(operation, TwoPages, new PlantedReference(file, old, changed));

    [Theory]
    [MemberData(nameof(SharedObjects))]
    public void What_the_caller_got_stays_as_it_got_it(string operation, string file, string old, string changed) =>
        AssertShown(operation, ThreePages, new PlantedReference(file, old, changed));

    [Theory]
    [MemberData(nameof(Replaced))]
    public void With_the_real_gap_nothing_is_replaced(string operation, string file, string old, string changed) =>
        AssertShown(operation, EighteenPages, new PlantedReference(file, old, changed));

    [Theory]
    [MemberData(nameof(Slots))]
    public void A_third_slot_is_a_slot(string operation, string file, string old, string changed) =>
        AssertShown(operation, ThreeSlots, new PlantedReference(file, old, changed));

    [Theory]
    [MemberData(nameof(Begun))]
    public void The_end_of_an_ESSA_does_nothing_and_nothing_else_has_a_part_in_it(string operation, string file, string old, string changed)
    {
        PathReport report = new PathProver(Spec.Model, SolverKind.MicrosoftZ3, new PlantedReference(file, old, changed).Symbolic()).Prove(operation, TwoPages);

        Assert.NotEmpty(report.Failures);
    }

    [Theory]
    [MemberData(nameof(Unsaved))]
    public void State_that_a_proof_does_not_hold_is_refused(string operation, string file, string old, string changed)
    {
        _ = operation;
        Assert.NotEmpty(KnownCode.State.Unknown(new PlantedReference(file, old, changed).Symbolic()().GetType()));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_of_which_the_proof_does_not_know_is_refused(string operation, string file, string old, string changed)
    {
        _ = operation;
        Assert.NotEmpty(KnownCode.Numbers.Unknown(new PlantedReference(file, old, changed).Symbolic()().GetType()));
    }

    // The proof fails, and its trace goes right on the reference and wrong on the changed copy.
    private static void AssertShown(string operation, Shape shape, PlantedReference planted)
    {
        PathReport report = new PathProver(Spec.Model, SolverKind.MicrosoftZ3, planted.Symbolic()).Prove(operation, shape);

        Trace? trace = report.Failures.Select(failure => failure.Trace).FirstOrDefault(one => one != null);
        Assert.NotNull(trace);
        Assert.Null(Planted.FirstDifference(trace, TraceBuilder.Reference));
        Assert.NotNull(Planted.FirstDifference(trace, planted.Concrete()));
    }
}
