using Cmma.Conformance.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Generators;

// The kinds of traces that a property can be about, as FsCheck takes them: [Property(Arbitrary = new[] { typeof(DrainingTraces) })].

/// <summary><see cref="Traces.Ordinary"/>.</summary>
public static class OrdinaryTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = Of(Traces.Ordinary);

    /// <summary>These traces with the way to make them smaller; none in a small run, which asks whether something fails and not what is the least.</summary>
    public static Arbitrary<Trace> Of(Gen<Trace> traces) => TestRun.IsSmall ? Arb.From(traces) : Arb.From(traces, Shrinking.Smaller);
}

/// <summary><see cref="Traces.Draining"/>.</summary>
public static class DrainingTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(Traces.Draining);
}

/// <summary><see cref="Traces.Migration"/>.</summary>
public static class MigrationTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(Traces.Migration);
}

/// <summary><see cref="Traces.Malformed"/>.</summary>
public static class MalformedTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(Traces.Malformed);
}

/// <summary><see cref="Traces.InSteps"/>.</summary>
public static class StepsTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(Traces.InSteps);
}

/// <summary><see cref="Traces.LooseSteps"/>.</summary>
public static class LooseStepsTraces
{
    public static Arbitrary<Trace> Arbitrary { get; } = OrdinaryTraces.Of(Traces.LooseSteps);
}
