// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Theorems;
using Cmma.Symbolic;

namespace Cmma.Paths.Tests;

/// <summary>Some paths, written as a text that the solver reads with the model's own definitions.</summary>
public sealed class PathSampleTests
{
    public static TheoryData<string> Operations { get; } = [.. PathProver.Operations];

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_model_as_it_is_written_says_the_same(string operation)
    {
        PathSample sample = new(Folder(), SolverKind.MicrosoftZ3, () => new SymbolicMachine());
        IReadOnlyList<(string Text, Answer Answer)> all = sample.Ask(operation);

        Assert.NotEmpty(all);
        Assert.All(all, one => Assert.True(one.Answer == Answer.Unsatisfiable, $"{one.Answer}: {one.Text}"));
    }

    [Theory]
    [InlineData("create-vcpu", "CreateVcpu.cs", "VcpuCount = VcpuCount + 1;", "VcpuCount = VcpuCount + 2;")]
    [InlineData("start-migration", "StartMigration.cs", "Migrating = true; // START-MIGRATION-1", "")]
    [InlineData("clear-cmma", "ClearCmma.cs", "Attributes[gfn] = PageAttributes.Stable", "SetUsage(gfn, PageAttributes.Stable)")]
    [InlineData("stop-migration", "StopMigration.cs", "UnmarkAll();\n        return", "return")]
    [InlineData("peek", "Peek.cs", "CountDirty() : 0", "CountDirty() + 1 : 1")]
    public void A_mistake_is_found(string operation, string file, string old, string changed)
    {
        PathSample sample = new(Folder(), SolverKind.MicrosoftZ3, new PlantedReference(file, old, changed).Symbolic());

        Assert.Contains(sample.Ask(operation), one => one.Answer == Answer.Satisfiable);
    }

    private static SmtFolder Folder() => new(Path.GetDirectoryName(Spec.Model)!);
}
