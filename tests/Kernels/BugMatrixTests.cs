// SPDX-License-Identifier: MIT
using Cmma.Catalogue.Bugs;
using Cmma.Cli;
using Cmma.Kernels.Bugs;
using Cmma.Reports;
using Cmma.Traces;

namespace Cmma.Kernels.Tests;

/// <summary>Every known bug is caught by a vector that the machine of its kernel passes without the bug.</summary>
public sealed class BugMatrixTests
{
    public static TheoryData<string> Modelled { get; } = [.. KnownBugs.All.Select(bug => bug.Id)];

    [Theory]
    [MemberData(nameof(Modelled))]
    public void A_bug_is_caught(string id) => Assert.NotEmpty(Row(id).CaughtBy);

    [Theory]
    [MemberData(nameof(Modelled))]
    public void A_vector_that_catches_a_bug_shows_one_of_its_clauses(string id) =>
        Assert.Contains(Row(id).CaughtBy, sign => sign.Vector.Clauses.Intersect(Row(id).Bug.Clauses, StringComparer.Ordinal).Any());

    [Fact]
    public void A_bug_that_is_the_machine_it_lived_in_is_not_caught()
    {
        KnownBug bug = KnownBugs.All.Single(each => each.Id == "L1");

        BugMatrix matrix = BugMatrix.Of(Known.Vectors, [bug with { NewVm = bug.NewCorrect }]);

        Assert.Equal(0, matrix.Caught);
        Assert.Equal("0 of 1 bugs caught", matrix.Totals);
        Assert.Contains(BugReport.Pretty(matrix), line => line.Contains("NOT CAUGHT", StringComparison.Ordinal));
    }

    [Fact]
    public void A_vector_that_the_correct_machine_fails_catches_nothing()
    {
        KnownBug bug = KnownBugs.All.Single(each => each.Id == "L1");

        Assert.Empty(BugMatrix.Of(Known.Vectors, [bug with { NewCorrect = bug.NewVm, Home = "L1 itself" }]).Rows[0].CaughtBy);
    }

    [Fact]
    public void A_bug_that_is_not_caught_fails_the_command()
    {
        using TempVectors none = new("get/gap-after-the-first-page.json");
        StringWriter output = new();

        Assert.Equal(1, CommandLine.Run(["bugs"], output, output, new SpecFolder(none.Path)));
        Assert.EndsWith(" of 38 bugs caught\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("NOT CAUGHT", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_names_every_bug_and_every_vector()
    {
        string json = BugReport.Json(Known.Matrix, OtherBugs.All);

        Assert.All(KnownBugs.All, bug => Assert.Contains($"\"id\": \"{bug.Id}\"", json, StringComparison.Ordinal));
        Assert.All(OtherBugs.All, bug => Assert.Contains($"\"id\": \"{bug.Id}\"", json, StringComparison.Ordinal));
        Assert.All(Known.Matrix.Rows.SelectMany(row => row.CaughtBy), sign => Assert.Contains(sign.Vector.Id, json, StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_is_what_the_command_writes() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Known.Root, "docs", "bugs.md")), BugReport.Markdown(Known.Matrix, OtherBugs.All));

    private static BugRow Row(string id) => Known.Matrix.Rows.Single(row => row.Bug.Id == id);
}
