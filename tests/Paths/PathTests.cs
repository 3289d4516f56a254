// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;
using Cmma.Symbolic;

namespace Cmma.Paths.Tests;

/// <summary>The reference path by path, in less memory than `cmma prove` takes.</summary>
public sealed class PathTests
{
    private static readonly IReadOnlyList<Shape> Shapes =
    [
        Shape.Empty,
        new([3], Layout.SecondFollowsFirst),
        new([1, 2], Layout.FirstFollowsSecond),
        new([2, 1], Layout.SecondAboveHole),
    ];

    [Fact]
    public void Each_path_does_what_the_model_says_and_together_they_take_every_branch()
    {
        Coverage coverage = Coverage.OfReference(typeof(SymbolicMachine));
        PathProver prover = new(Spec.Model, SolverKind.MicrosoftZ3, () => new SymbolicMachine()) { Coverage = coverage };
        foreach (string operation in PathProver.Operations)
        {
            List<PathReport> reports = [.. Shapes.Select(shape => prover.Prove(operation, shape))];
            Assert.Empty(reports.SelectMany(report => report.Failures).Select(failure => failure.Text));
            Assert.True(reports.TrueForAll(report => report.Proved > 0), operation);
        }

        Assert.Empty(coverage.Missing);
        Assert.True(coverage.Branches > 100);
    }

    [Fact]
    public void A_branch_that_no_path_takes_is_named()
    {
        Coverage coverage = Coverage.OfReference(typeof(SymbolicMachine));
        PathProver prover = new(Spec.Model, SolverKind.MicrosoftZ3, () => new SymbolicMachine()) { Coverage = coverage };
        prover.Prove("get", new Shape([1], Layout.SecondFollowsFirst));

        Assert.Contains("LengthOfPeek, decision 1: false", coverage.Missing);
        Assert.DoesNotContain(coverage.Missing, branch => branch.StartsWith("GetBlock, ", StringComparison.Ordinal));
    }
}
