using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Exploring.Generators;

/// <summary>Random traces for FsCheck: generated from a seed, shrunk by <see cref="TraceShrinker"/>.</summary>
public static class TraceArbitrary
{
    /// <summary>Traces of this size.</summary>
    public static Arbitrary<Trace> Of(LayoutSize size, int operationCount) => Arb.From(
        Gen.Choose(int.MinValue, int.MaxValue).Select(seed => TraceGenerator.Random((ulong)seed, size, operationCount)),
        TraceShrinker.Smaller);
}
