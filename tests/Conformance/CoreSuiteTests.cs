// SPDX-License-Identifier: MIT
using Cmma.Catalogue.Core;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Conformance.Tests;

/// <summary>The few vectors of check --suite core.</summary>
public sealed class CoreSuiteTests
{
    private static VectorFolder Folder => new(Spec.Folder.Vectors);

    [Fact]
    public void It_catches_every_known_bug_that_all_vectors_catch()
    {
        IReadOnlyList<Vector> suite = CoreSuite.Of(Folder);

        Assert.InRange(suite.Count, 20, Spec.Vectors.Count / 4);
        Assert.Equal(VectorGoals.Bugs(Spec.Vectors).Select(goal => goal.Name), VectorGoals.Bugs(suite).Select(goal => goal.Name));
    }

    [Fact]
    public void A_suite_without_the_vectors_of_a_bug_is_noticed()
    {
        VectorGoal bug = VectorGoals.Bugs(Spec.Vectors)[0];
        IEnumerable<Vector> suite = CoreSuite.Of(Folder).Where(vector => !bug.Vectors.Contains(vector.Id));

        Assert.DoesNotContain(bug.Name, VectorGoals.Bugs([.. suite]).Select(goal => goal.Name));
    }

    [Fact]
    public void Two_goals_of_one_name_are_refused_since_one_could_be_lost()
    {
        VectorGoal goal = VectorGoals.Bugs(Spec.Vectors)[0];
        Assert.Contains(goal.Name, Assert.Throws<System.ArgumentException>(() => SmallestSet.Of(Spec.Vectors, [goal, goal])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_written_as_it_is_read()
    {
        string text = File.ReadAllText(Path.Combine(Spec.Folder.Vectors, CoreSuite.Name));
        Assert.Equal(text, CoreSuite.Text(CoreSuite.Of(Folder)));
    }

    [Theory]
    [InlineData("{0}\n{1}\n{1}\n")]
    [InlineData("{1}\n{0}\n")]
    [InlineData("{0}\r\n{1}\r\n")]
    [InlineData("{0}\nno-such-vector\n")]
    [InlineData("")]
    public void Lint_tells_what_is_wrong_with_it(string text)
    {
        IReadOnlyList<Vector> suite = CoreSuite.Of(Folder);
        using TempFolder folder = TempFolder.WithRealVectors();
        VectorFolder vectors = new(folder.Path);
        folder.Write(CoreSuite.Name, CoreSuite.Text(suite));

        Assert.Empty(CoreSuite.Findings(vectors));
        folder.Write(CoreSuite.Name, string.Format(System.Globalization.CultureInfo.InvariantCulture, text, suite[0].Id, suite[1].Id));
        Assert.StartsWith("spec/vectors/core:", Assert.Single(CoreSuite.Findings(vectors)), StringComparison.Ordinal);
        File.Delete(folder.At(CoreSuite.Name));
        Assert.Equal(["spec/vectors/core: no such file; ./mutate core writes it"], CoreSuite.Findings(vectors));
    }

    [Theory]
    [InlineData("", "spec/vectors/core: names no vector")]
    [InlineData("no-such-vector\n", "spec/vectors/core:1: unknown vector 'no-such-vector'; ./mutate core writes this file")]
    public void A_bad_file_is_one_line(string text, string message)
    {
        using TempFolder folder = TempFolder.WithVectors();
        folder.Write(Manifest.FileName, File.ReadAllText(Folder.FullPath(Manifest.FileName)));
        folder.Write(CoreSuite.Name, text);
        Assert.Equal(message, Spec.Refused(() => CoreSuite.Of(new VectorFolder(folder.Path))));
    }

    [Fact]
    public void A_manifest_that_lacks_one_of_its_vectors_is_named()
    {
        using TempFolder folder = TempFolder.WithRealVectors();
        folder.Write(CoreSuite.Name, CoreSuite.Text(CoreSuite.Of(Folder)));
        folder.Write(Manifest.FileName, """{"files":[],"retired":[]}""");
        Assert.Matches("^spec/vectors/manifest.json: does not list the vector '[a-z0-9-]+' [(]cmma vectors fmt[)]$", Spec.Refused(() => CoreSuite.Of(new VectorFolder(folder.Path))));
    }
}
