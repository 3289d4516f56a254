// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Exploring.Fuzzing;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Equivalence.Tests;

public sealed class EquivalenceTests
{
    [Fact]
    public void The_same_seed_does_the_same_operations()
    {
        Assert.SkipWhen(RunSize.IsSmall, "asks the fuzzer, with the reference on both sides, so no mutant is in it");
        FuzzPlan plan = new(Seed: 5) { MaxOperations = 2000, Workers = 1, Memory = FuzzMemory.Small };
        IImplementation reference = Implementations.Find("reference");
        Distribution[] done = [.. new[] { plan, plan, plan with { Seed = 6 } }
            .Select(each => new Fuzzer(reference, reference, reference, each).Run(cancellation: TestContext.Current.CancellationToken).Distribution)];

        Assert.Equal(done[0].Counts, done[1].Counts);
        Assert.NotEqual(done[0].Counts, done[2].Counts);
    }

    [Fact]
    public void Random_traces_do_the_same_on_both()
    {
        Fuzzer fuzzer = new(Implementations.Find("optimized"), Implementations.Find("reference"), Implementations.Find("reference"), new FuzzPlan(Seed: 1) { MaxOperations = RunSize.Of(220_000) });
        FuzzReport report = fuzzer.Run(cancellation: TestContext.Current.CancellationToken);

        foreach ((string kind, string @case, long count) in report.Distribution.Counts)
        {
            TestContext.Current.SendDiagnosticMessage($"{count,9} {kind}: {@case}");
        }

        TestContext.Current.SendDiagnosticMessage($"{report.Distribution.Operations} in {report.Elapsed}");
        Assert.True(report.Distribution.Operations >= RunSize.Of(200_000));
        Assert.DoesNotContain(Distribution.Wanted, wanted => !RunSize.IsSmall && report.Distribution.Of(wanted.Kind, wanted.Case) == 0);
        Assert.True(report.Found == null, report.Found == null ? "" : report.Found.Difference + "\n" + TraceWriter.Vectors([report.Found.Vector]));
    }
}
