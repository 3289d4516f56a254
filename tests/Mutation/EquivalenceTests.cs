// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Cmma.Mutation.Tests;

/// <summary>A mutant that is said to do what the source does is believed only as far as what shows it.</summary>
public sealed class EquivalenceTests : IDisposable
{
    private const string Toy = "src/Toy/Toy.cs";
    private const string Source = "public static class Toy { public static ulong Half(ulong x) => x >> 1; public static int Quarter(int x) => x >> 2; }";
    private const string AnyNumber = "(declare-const x (_ BitVec 32))";
    private const string Differ = "(distinct (bvashr x #x00000002) (bvlshr x #x00000002))";

    private readonly string root = Directory.CreateTempSubdirectory("cmma-equivalent-").FullName;

    [Theory]
    [InlineData("x >> 1", "compiler", null)]
    [InlineData("x >> 2", "compiler", "the compiler makes another library of it")]
    [InlineData("x >> 2", "reading", null)]
    [InlineData("x >> 2", "tests/none.cs", "tests/none.cs does not exist")]
    [InlineData("x >> 2", Toy, Toy + " does not plant it")]
    [InlineData("x >> 2", "nothing", null)]
    [InlineData("x >> 2", "paths", "the paths do not run through this file")]
    [InlineData("x >> 2", "solver", "asks the solver nothing")]
    public void What_shows_it_is_asked(string old, string shownBy, string? reason) =>
        Assert.Equal(reason, Wrong(Entry(old, shownBy)));

    [Theory]
    [InlineData(AnyNumber + " (assert (bvsge x #x00000000))", null)]
    [InlineData(AnyNumber, "the solver says Satisfiable, Satisfiable")]
    [InlineData(AnyNumber + " (assert (bvslt x #x00000000)) (assert (bvsge x #x00000000))", "the solver says Unsatisfiable, Unsatisfiable")]
    public void The_solver_is_asked_whether_there_are_such_values_and_whether_the_two_differ_for_some(string given, string? reason)
    {
        Dictionary<string, object> entry = Entry("x >> 2", "solver");
        entry["given"] = given;
        entry["differ"] = Differ;
        Assert.Equal(reason, Wrong(entry));
    }

    [Fact]
    public void As_many_mutants_are_meant_as_are_there()
    {
        Dictionary<string, object> entry = Entry("x >> 2", "reading");
        entry["times"] = 2;
        Assert.Equal("there are 1 such mutants, not 2", Wrong(entry));
    }

    [Fact]
    public void What_a_check_kills_is_not_equivalent() => Assert.Equal("a check kills toy", Wrong(Entry("x >> 1", "compiler"), "Killed"));

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static Dictionary<string, object> Entry(string old, string shownBy) => new(StringComparer.Ordinal)
    {
        ["file"] = Toy, ["line"] = Source, ["old"] = old, ["new"] = old.Replace(">>", ">>>", StringComparison.Ordinal), ["reason"] = "why", ["shown_by"] = shownBy,
    };

    // What is wrong with the only entry.
    private string? Wrong(Dictionary<string, object> entry, string status = "Survived")
    {
        Write(Toy, Source);
        Write(Equivalent.Path, JsonSerializer.Serialize(new { mutants = new[] { entry } }));
        string old = (string)entry["old"];
        SourceChange change = SourceChange.Of("toy", Toy, Source, old, (string)entry["new"]);
        List<string> wrong = EquivalenceTrial.Wrong(root, [new StrykerMutant(change, Source, old, "Shift", status)], _ => { });
        string name = $"{Toy}: {Source} => {change.Replacement}: ";
        return wrong.Count == 0 ? null : Assert.Single(wrong, line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..];
    }

    private void Write(string file, string text)
    {
        string path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
