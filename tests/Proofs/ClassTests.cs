// SPDX-License-Identifier: MIT
using Cmma.Proofs.Solving;
using Cmma.Proofs.Theorems;
using Cmma.Traces.Vectors;

namespace Cmma.Proofs.Tests;

/// <summary>The vectors that come out of the solver.</summary>
public sealed class ClassTests
{
    [Fact]
    public void The_vectors_of_the_classes_stand_in_the_folder_byte_for_byte()
    {
        VectorFolder folder = new(Spec.Folder.Vectors);
        (string file, string text) = new ClassVectors(Spec.Folder, SolverKind.MicrosoftZ3).Generate("start-migration");

        Assert.Equal("start-migration/classes.json", file);
        Assert.Equal(File.ReadAllText(folder.FullPath(file)), text);
    }

    [Fact]
    public void Each_class_has_a_vector()
    {
        List<string> classes =
        [
            .. new SmtFolder(Spec.Smt).Theorems().Where(one => one.File.StartsWith("classes/", StringComparison.Ordinal))
                .SelectMany(one => one.Header.All("class")).Select(line => $"class:{line.Split(' ')[0]}"),
        ];
        IEnumerable<string> sources = new VectorFolder(Spec.Folder.Vectors).All().Select(vector => vector.Source);

        Assert.True(classes.Count > 50);
        Assert.Equal(classes.Order(StringComparer.Ordinal), sources.Where(source => source.StartsWith("class:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_smallest_input_is_found_whatever_the_solver_finds_first()
    {
        using SolverProcess solver = new(SolverKind.MicrosoftZ3, SolverLimits.Usual, "a class");
        solver.Send("(declare-const b Bool)\n(declare-const n (_ BitVec 8))\n(declare-const odd (_ BitVec 3))\n"
            + "(assert (or b (bvugt n #x12)))\n(assert (= (bvand n #x01) #x01))\n(assert (bvugt odd #b100))");
        new SmallestWitness(solver, ["b", "n", "odd"]).Find();
        Dictionary<string, string> found = TraceTemplate.Values(solver.Ask("(get-value (b n odd))"));

        Assert.Equal(("false", "#x13", "#b101"), (found["b"], found["n"], found["odd"]));
    }
}
