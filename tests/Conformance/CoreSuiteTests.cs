using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;
using Xunit;

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
        Assert.Contains(goal.Name, Assert.Throws<System.ArgumentException>(() => SmallestSet.Of(Spec.Vectors, [goal, goal])).Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_written_as_it_is_read()
    {
        string text = File.ReadAllText(Path.Combine(Spec.Folder.Vectors, CoreSuite.Name));
        Assert.Equal(text, CoreSuite.Text(CoreSuite.Of(Folder)));
    }

    [Theory]
    [InlineData("", "spec/vectors/core: names no vector")]
    [InlineData("no-such-vector\n", "spec/vectors/core:1: unknown vector 'no-such-vector'; ./mutate core writes this file")]
    public void A_bad_file_is_one_line(string text, string message)
    {
        string folder = Directory.CreateTempSubdirectory("cmma-core-").FullName;
        try
        {
            foreach (string file in new[] { "schema.json", Manifest.FileName })
            {
                File.Copy(Folder.FullPath(file), Path.Combine(folder, file));
            }

            File.WriteAllText(Path.Combine(folder, CoreSuite.Name), text);
            Assert.Equal(message, Assert.Throws<InputException>(() => CoreSuite.Of(new VectorFolder(folder))).Message);
            File.Delete(Path.Combine(folder, CoreSuite.Name));
            Assert.StartsWith("spec/vectors/core: cannot be read: ", Assert.Throws<InputException>(() => CoreSuite.Of(new VectorFolder(folder))).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
