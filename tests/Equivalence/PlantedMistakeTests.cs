// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Exploring.Fuzzing;
using Cmma.Judging;

namespace Cmma.Equivalence.Tests;

/// <summary>The fuzzer finds a wrong constant in each of the bit tricks, and in what is built on them, within 10 seconds.</summary>
public sealed class PlantedMistakeTests
{
    // Of two idle cores; counted, not timed, so that a busy machine says the same.
    private const long OperationsIn10Seconds = 400_000;

    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        { "Words.cs", "(1UL << count) - 1", "(1UL << count) - 2" },
        { "Words.cs", "count < Bits ?", "count < Bits - 1 ?" },
        { "Words.cs", "BitsBelow(to) & ~BitsBelow(from);", "BitsBelow(to) & ~BitsBelow(from + 1);" },
        { "Words.cs", "word & ~BitsBelow(from))", "word & ~BitsBelow(from + 1))" },
        { "Words.cs", "Bits - BitOperations.LeadingZeroCount(word)", "Bits - 1 - BitOperations.LeadingZeroCount(word)" },
        { "Words.cs", "clear & (clear >> 1)", "clear & (clear >> 2)" },
        { "Words.cs", "starts &= starts >> 2;", "starts &= starts >> 1;" },
        { "Words.cs", "starts &= starts >> 4;", "starts &= starts >> 3;" },
        { "Words.cs", "starts & (starts >> 8)", "starts & (starts >> 7)" },
        { "Words.cs", "starts & (starts >> 8)", "starts & (starts >> 9)" },
        { "Words.cs", ">= Limits.GapPages", "> Limits.GapPages" },
        { "Words.cs", ">= Limits.GapPages", ">= Limits.GapPages - 1" },
        { "Words.cs", "StartsOf16(~marks)", "StartsOf16(~marks >> 1)" },
        { "Words.cs", "0x0101_0101_0101_0101UL", "0x0101_0101_0001_0101UL" },
        { "Words.cs", "(old & ~inEachByte)", "(old & ~(inEachByte >> 1))" },
        { "Words.cs", ">> PageAttributes.PgsteShift", ">> (PageAttributes.PgsteShift - 1)" },
        { "Words.cs", "& PageAttributes.All)", "& PageAttributes.UsageMask)" },
        { "Words.cs", "ContentShift(page)) & 0x03)", "ContentShift(page)) & 0x02)" },
        { "Words.cs", "~(0x03 << ContentShift(page))", "~(0x02 << ContentShift(page))" },
        { "Words.cs", "(page & 3) << 1", "(page & 1) << 1" },
        { "SlotTable.cs", "BaseGfn <= gfn ?", "BaseGfn < gfn ?" },
        { "SlotTable.cs", "EndGfn > gfn", "EndGfn >= gfn" },
        { "Values.cs", "Vector512.Create(PageAttributes.All)", "Vector512.Create((byte)0x7f)" },
        { "Values.cs", "Vector512.Create(selected)", "Vector512.Create((byte)(selected & 0x42))" },
        { "PageStates.cs", "PageAttributes.NoDat) >> 1) | (byte)content", "PageAttributes.NoDat) >> 2) | (byte)content" },
        { "Marks.cs", "(int)(word % Words.Bits) + 1);", "(int)(word % Words.Bits) + 2);" },
        { "Marks.cs", "(page | (Stripe.Pages - 1)) + 1", "(page | (Stripe.Pages - 1)) + 2" },
        { "Marks.cs", "(int)(page / Stripe.Pages) + 1);", "(int)(page / Stripe.Pages) + 2);" },
        { "Marks.cs", "((bits - 1) % Words.Bits) + 1", "(bits - 1) % Words.Bits" },
        { "Marks.cs", "Math.Max(0, from - start)", "Math.Max(1, from - start)" },
        { "Marks.cs", "counter.Remove(Stripe.Pages)", "counter.Remove(Stripe.Pages - 1)" },
        { "StripeSummary.cs", "((bits - 1) % Words.Bits) + 1);", "((bits - 1) % Words.Bits) + 2);" },
        { "StripeSummary.cs", "position = index + 1;", "position = index + 2;" },
        { "StripeSummary.cs", "(lowest * Words.Bits) + BitOperations", "(lowest * Words.Bits) + 1 + BitOperations" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_constant_is_found(string file, string old, string wrong)
    {
        PlantedMachine planted = new([], new Planted(file, old, wrong));
        FuzzPlan plan = new(Seed: 1) { MaxOperations = OperationsIn10Seconds, ShrinkTime = TimeSpan.FromSeconds(0.1), HangTime = TimeSpan.FromSeconds(5) };
        FuzzReport report = new Fuzzer(planted.Implementation, Implementations.Find("reference"), Implementations.Find("reference"), plan).Run(cancellation: TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage($"{file}: {wrong}: {report.Distribution.Operations} operations, {report.Elapsed.TotalSeconds:0.00} s: {report.Found?.Difference}");
        Assert.NotNull(report.Found);
    }

    [Fact]
    public void Without_a_mistake_nothing_is_found()
    {
        FuzzPlan plan = new(Seed: 1) { MaxOperations = 20_000 };
        FuzzReport report = new Fuzzer(new PlantedMachine([]).Implementation, Implementations.Find("reference"), Implementations.Find("reference"), plan).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Null(report.Found);
    }
}
