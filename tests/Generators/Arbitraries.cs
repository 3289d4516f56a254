// SPDX-License-Identifier: MIT
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Generators;

// The kinds of traces that a property can be about, as FsCheck takes them: [Property(Arbitrary = new[] { typeof(DrainingTraces) })].

/// <summary><see cref="RandomTraces.Ordinary"/>.</summary>
public static class OrdinaryTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = Of(RandomTraces.Ordinary);

    /// <summary>These traces with the way to make them smaller; none in a small run, which asks whether something fails and not what is the least.</summary>
    public static Arbitrary<Trace> Of(Gen<Trace> traces) => TestRun.IsSmall ? Arb.From(traces) : Arb.From(traces, Shrinking.Smaller);
}

/// <summary><see cref="RandomTraces.Draining"/>.</summary>
public static class DrainingTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.Draining);
}

/// <summary><see cref="RandomTraces.Migration"/>.</summary>
public static class MigrationTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.Migration);
}

/// <summary><see cref="RandomTraces.Malformed"/>.</summary>
public static class MalformedTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.Malformed);
}

/// <summary><see cref="RandomTraces.InSteps"/>.</summary>
public static class StepsTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.InSteps);
}

/// <summary><see cref="RandomTraces.LooseSteps"/>.</summary>
public static class LooseStepsTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.LooseSteps);
}

/// <summary><see cref="RandomTraces.SlotChanges"/>.</summary>
public static class SlotChangeTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.SlotChanges);
}

/// <summary><see cref="RandomTraces.Blocks"/>.</summary>
public static class BlockTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.Blocks);
}

/// <summary><see cref="RandomTraces.PageStates"/>.</summary>
public static class PageStateTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.PageStates);
}

/// <summary><see cref="RandomTraces.Faults"/>.</summary>
public static class FaultTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.Faults);
}

/// <summary><see cref="RandomTraces.LongSlots"/>.</summary>
public static class LongSlotTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.LongSlots);
}

/// <summary><see cref="RandomTraces.Refusals"/>.</summary>
public static class RefusalTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(RandomTraces.Refusals);
}
