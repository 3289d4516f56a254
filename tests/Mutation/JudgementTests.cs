// SPDX-License-Identifier: MIT
using System.Text.Json;
using Cmma.Traces;

namespace Cmma.Mutation.Tests;

/// <summary>What ./mutate makes of what its runs left: what is a hole, and what is none.</summary>
public sealed class JudgementTests
{
    private static readonly StrykerMutant Killed = Mutant("a", "Killed");
    private static readonly StrykerMutant Survived = Mutant("a", "Survived");

    [Fact]
    public void A_mutant_of_the_reference_is_a_hole_if_neither_vectors_nor_properties_see_it()
    {
        Assert.Empty(Report([], ("reference-vectors", Killed), ("reference-properties", Survived)).Holes());
        Assert.Empty(Report([], ("reference-vectors", Survived), ("reference-properties", Mutant("a", "Timeout"))).Holes());
        Assert.Single(Report([], ("reference-vectors", Survived), ("reference-properties", Mutant("a", "NoCoverage"))).HoleLines(), line => line.Contains("`a`", StringComparison.Ordinal)
            && line.StartsWith("reference-vectors", StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_of_a_checkout_in_another_folder_is_refused()
    {
        string root = Directory.CreateTempSubdirectory("cmma-report-").FullName;
        string path = Path.Combine(root, "report.json");
        File.WriteAllText(path, """{"files":{"/another/src/Reference/Get.cs":{"source":"","mutants":[{"status":"Killed"}]}}}""");

        Assert.StartsWith(
            "report.json: is of the checkout in another folder, with /another/src/Reference/Get.cs: ",
            Assert.Throws<InputException>(() => StrykerReport.Read(root, path)).Message,
            StringComparison.Ordinal);
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void A_survivor_of_another_run_is_a_hole_unless_it_is_known_to_be_equivalent()
    {
        Equivalent equivalent = new("a.cs", "line", "old", "new", 1, "it does the same", "reading");

        Assert.Single(Report([], ("optimized-equivalence", Survived)).Holes());
        Assert.Empty(Report([equivalent], ("optimized-equivalence", Survived)).Holes());
        Assert.Single(Report([equivalent with { Replacement = "other" }], ("optimized-equivalence", Survived)).Holes());
        Assert.Single(Report([equivalent with { Old = "other" }], ("optimized-equivalence", Survived)).Holes());
    }

    [Fact]
    public void The_score_leaves_out_what_is_equivalent_or_not_tried()
    {
        Equivalent same = new("e.cs", "line", "old", "new", 1, "it does the same", "reading");
        MutationReport report = new([same, same with { File = "p.cs", ShownBy = "tests/Equivalence/ThreadTests.cs" }]);
        report.Add("judge", [Killed, Mutant("b", "Timeout"), Mutant("c", "Survived"), Mutant("e", "Survived"), Mutant("p", "Survived"), Mutant("f", "CompileError"), Mutant("g", "Ignored"), Mutant("h", "RuntimeError")]);

        Assert.Contains("| 6 | 1 | 1 | 1 | 1 | 1 | 1 | 80.0 % |", report.Markdown(""), StringComparison.Ordinal);
        Assert.Equal(["judge: 4 of 6 mutants killed, 1 equivalent, 1 survived (80.0 %)"], report.TallyLines());
    }

    [Fact]
    public void A_vector_that_began_and_did_not_pass_failed() =>
        Assert.Equal([["two", "three"], [], ["one"]], VectorRun.Failed("library a\nbegins one\npasses one\nbegins two\nbegins three\nlibrary b\nbegins one\npasses one\nlibrary c\nbegins one"));

    [Fact]
    public void A_clause_is_a_hole_if_a_check_did_not_see_it_or_if_a_reason_is_needless()
    {
        ClauseFate seen = new("A", Fate.Killed, ["one", "two"], ["two", "three"], Fate.TimedOut, Fate.Killed);
        ClauseFate missed = new("B", Fate.Survived, [], ["two"], Fate.Killed, Fate.NotTested);
        Dictionary<string, string> reasons = new(StringComparer.Ordinal) { ["B by vectors"] = "why", ["B by paths"] = "why" };

        Assert.Empty(ClauseTable.Holes([seen, missed], reasons));
        Assert.Equal(["A by paths: has a reason, but was seen or not tried"], ClauseTable.Holes([seen, missed], new Dictionary<string, string>(reasons) { ["A by paths"] = "why" }));
        Assert.Equal(["B by vectors: not seen, and no reason", "B by paths: not seen, and no reason"], ClauseTable.Holes([seen, missed], new Dictionary<string, string>()));
        Assert.Equal(["A by its own vectors: not seen, and no reason"], ClauseTable.Holes([seen with { Naming = ["three"] }, missed], reasons));
        Assert.Empty(ClauseTable.Holes([seen with { Naming = [] }, missed], reasons)); // that it has none, the square tells
        Assert.Equal(["A by paths: not seen, and no reason"], ClauseTable.Holes([seen with { Paths = Fate.TimedOut }, missed], reasons));
    }

    [Fact]
    public void The_lists_of_mutants_fit_the_sources()
    {
        string root = Path.GetDirectoryName(SpecFolder.Find().Path)!;

        Assert.NotEmpty(ClauseMutants.Read(root)); // refuses what does not stand in its file once
        Assert.All(Equivalent.Read(root), each =>
        {
            string source = Equivalent.OneLine(File.ReadAllText(Path.Combine(root, each.File)));
            Assert.Contains(Equivalent.OneLine(each.Line), source, StringComparison.Ordinal);
            Assert.Contains(Equivalent.OneLine(each.Old), source, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_line_that_did_not_run_needs_a_reason_and_one_that_ran_has_none()
    {
        string root = Directory.CreateTempSubdirectory("cmma-coverage-").FullName;
        try
        {
            Write(root, "src/Abi/a.cs", "ran();\nmissed();\nrace(); // not covered: a race\nran(); // not covered: needless\nif (half)");
            Write(root, "src/Optimized/b.cs", "");
            Write(root, "src/Reference/c.cs", "");
            Write(root, "artifacts/coverage/Cobertura.xml", $"""
                <coverage lines-covered="3" lines-valid="5" branches-covered="1" branches-valid="2"><class filename="{root}/src/Abi/a.cs"><lines>
                <line number="1" hits="9" /><line number="2" hits="0" /><line number="3" hits="0" /><line number="4" hits="1" />
                <line number="5" hits="7" condition-coverage="50% (1/2)" /></lines></class>
                <class filename="{root}/src/Optimized/b.cs"><lines /></class></coverage>
                """);
            LineCoverage report = new(root);

            Assert.Equal(
                ["src/Reference: nothing of it was measured", "src/Abi/a.cs:2: not covered, and no reason", "src/Abi/a.cs:5: not covered, and no reason", "src/Abi/a.cs:4: has a reason, but is covered"],
                report.Holes());
            Assert.Contains("3 of 5 lines, 1 of 2 branches", report.Markdown(), StringComparison.Ordinal);
            Assert.Contains("- src/Abi/a.cs:3: a race\n", report.Markdown(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Write(string root, string file, string text)
    {
        string path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static StrykerMutant Mutant(string name, string status) =>
        new(new SourceChange(name, $"{name}.cs", 0, 1, "new"), "line", "old", "Statement", status);

    // src/Mutants is built of the list in a checkout that holds one of its mutants: those of the same source fit it no more.
    [Fact]
    public void The_list_for_a_changed_checkout_has_every_mutant_but_those_of_the_changed_source()
    {
        const string Changed = "src/Abi/KvmS390CmmaLog.cs";
        string root = Path.GetDirectoryName(SpecFolder.Find().Path)!;
        IReadOnlyList<SourceChange> all = ClauseMutants.Read(root);
        using JsonDocument left = JsonDocument.Parse(ClauseMutants.Without(root, Changed));

        Assert.Contains(all, mutant => mutant.File == Changed);
        Assert.Equal(
            all.Where(mutant => mutant.File != Changed).Select(mutant => mutant.Name),
            left.RootElement.GetProperty("mutants").EnumerateArray().Select(mutant => mutant.GetProperty("clause").GetString()));
    }

    private static MutationReport Report(IReadOnlyList<Equivalent> equivalents, params (string Run, StrykerMutant Mutant)[] runs)
    {
        MutationReport report = new(equivalents);
        foreach ((string run, StrykerMutant mutant) in runs)
        {
            report.Add(run, [mutant]);
        }

        return report;
    }
}
