// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Vectors.Tests;

/// <summary>The vectors alone against the reference, a test a file of vectors: what kills a mutant here is a vector.</summary>
public sealed class VectorTests
{
    private static readonly ILookup<string, Vector> ByFile = new VectorFolder(SpecFolder.Find().Vectors).All()
        .Where(vector => !vector.Capabilities.Contains(Capability.LargeMemory))
        .ToLookup(vector => vector.File, StringComparer.Ordinal);

    public static TheoryData<string> Files => [.. ByFile.Select(file => file.Key).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_reference_passes(string file)
    {
        CheckResult result = CheckResult.Of([.. ByFile[file]], Implementations.Find("reference"));

        IEnumerable<string> wrong = result.Verdicts.Where(verdict => verdict.Kind != VerdictKind.Passed).Select(verdict => $"{verdict.Vector.Id}: {verdict.Kind} {verdict.Reason}");
        Assert.Empty(wrong);
    }
}
