// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Exploring.Fuzzing;
using Cmma.Judging;

namespace Cmma.Measures;

/// <summary>How fast the fuzzer is where it compares the whole state after every operation.</summary>
internal sealed class FuzzMeasure : IMeasure
{
    private const double LeastOperationsPerSecond = 50_000;

    public string Name => "fuzz optimized --against reference";

    public IEnumerable<Figure> Run()
    {
        FuzzPlan plan = new(Seed: 1) { MaxTime = TimeSpan.FromSeconds(1), Memory = FuzzMemory.Small, Workers = Math.Min(2, Environment.ProcessorCount) };
        IImplementation optimized = Implementations.Find("optimized");
        IImplementation reference = Implementations.Find("reference");
        new Fuzzer(optimized, reference, reference, plan).Run();
        FuzzReport report = new Fuzzer(optimized, reference, reference, plan with { Seed = 2, MaxTime = TimeSpan.FromSeconds(4) }).Run();
        double speed = report.Distribution.Operations / report.Elapsed.TotalSeconds;
        yield return new Figure($"fuzz, up to 256 pages, {plan.Workers} threads", Text.PerSecond(speed), "", speed, new Reach(LeastOperationsPerSecond, Unit: " a second"));
    }
}
