// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Catalogue;
using Cmma.Generators;
using Cmma.Judging;
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Cmma.Equivalence.Tests;

/// <summary>A mistake in the optimized machine falsifies a property, with a trace small enough to be read, its seed, and how to see it again.</summary>
public sealed class ShrunkMistakeTests
{
    private static readonly Arbitrary<Trace>[] Kinds = [
        OrdinaryTraces.Arbitrary, BlockTraces.Arbitrary, PageStateTraces.Arbitrary, SlotChangeTraces.Arbitrary, FaultTraces.Arbitrary, StepsTraces.Arbitrary];

    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        { "Words.cs", ">= Limits.GapPages", "> Limits.GapPages" },
        { "Words.cs", "count < Bits ?", "count < Bits - 1 ?" },
        { "Words.cs", "starts &= starts >> 4;", "starts &= starts >> 3;" },
        { "Words.cs", ">> PageAttributes.PgsteShift", ">> (PageAttributes.PgsteShift - 1)" },
        { "Words.cs", "(page & 3) << 1", "(page & 1) << 1" },
        { "SlotTable.cs", "BaseGfn <= gfn ?", "BaseGfn < gfn ?" },
        { "PageStates.cs", "PageAttributes.NoDat) >> 1) | (byte)content", "PageAttributes.NoDat) >> 2) | (byte)content" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_falsifies_a_property_with_at_most_12_operations(string file, string old, string wrong)
    {
        Assert.SkipUnless(TestRun.HasFloors, "needs all cases of the fixed seed");
        string told = Told(new PlantedMachine([], new Planted(file, old, wrong)).Implementation);
        TestContext.Current.SendDiagnosticMessage(told);

        Match shrunk = Regex.Match(told, "\nShrunk:\r?\n(?<trace>.*)", RegexOptions.ExplicitCapture | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Assert.InRange(Regex.Count(shrunk.Groups["trace"].Value, "\"op\":", RegexOptions.None, TimeSpan.FromSeconds(1)), 1, 12);
        Assert.Contains(TestRun.Replay, told, StringComparison.Ordinal);
        Assert.Contains($"./test --seed {TestRun.Seed}", told, StringComparison.Ordinal);
        string replayed = Regex.Match(told, "replay: ./cmma replay (?<file>.*) optimized", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["file"].Value;
        Assert.Contains(File.ReadAllText(replayed), shrunk.Groups["trace"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_mistake_no_property_is_falsified()
    {
        Assert.SkipUnless(TestRun.HasFloors, "needs all cases of the fixed seed");
        Assert.Equal("", Told(new PlantedMachine([]).Implementation));
    }

    // What FsCheck prints of the first property that does not hold; empty if all do.
    private static string Told(IImplementation planted)
    {
        Lockstep machines = new(planted, Implementations.Find("reference"));
        FsCheck.Replay replay = new(new Rnd(TestRun.Seed), FSharpOption<int>.None);
        foreach (Arbitrary<Trace> traces in Kinds)
        {
            try
            {
                Config config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(TestRun.Cases / 2).WithReplay(FSharpOption<FsCheck.Replay>.Some(replay));
                Check.One(config, Prop.ForAll(traces, trace => EquivalenceProperties.Same(machines, trace)));
            }
#pragma warning disable CA1031 // FsCheck throws no type of its own
            catch (Exception e)
#pragma warning restore CA1031
            {
                return e.Message;
            }
        }

        return "";
    }
}
