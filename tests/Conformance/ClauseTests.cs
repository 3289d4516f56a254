// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.RegularExpressions;
using Cmma.Reports;
using Cmma.Traces.Clauses;

namespace Cmma.Conformance.Tests;

public sealed partial class ClauseTests
{
    // What user memory, the struct and the state are, what a hazard or a guarantee says: not a step that a line of the reference takes; and it is for one thread.
    private static readonly string[] NotCitedInTheReference = ["ABI", "CONCURRENCY", "G", "H", "STATE"];

    [Fact]
    public void A_clause_is_read_with_all_its_parts()
    {
        Clause clause = Assert.Single(ClauseFolder.Parse(
            ["# GET", "", "### GET-1: the title: a colon", "", "First line", "second.", "", "| a |", "", "- source: choice (D2, D13): why", "- no vector: because", "- no theorem: so", "", "## Next"],
            "get.md"));

        Assert.Equal(("GET-1", "the title: a colon", "First line\nsecond.\n\n| a |", "choice (D2, D13): why", "get.md", 3), (clause.Id, clause.Title, clause.Text, clause.Source, clause.File, clause.Line));
        Assert.Equal("because", clause.Reasons["vector"]);
        Assert.Equal("so", clause.Reasons["theorem"]);
        Assert.False(clause.Reasons.ContainsKey("property"));
    }

    [Theory]
    [InlineData("doc-2017")]
    [InlineData("all kernels")]
    [InlineData("choice (D1)")]
    [InlineData("doc-2017: why")]
    public void Each_form_of_a_source_is_read(string source) =>
        Assert.Equal(source, ClauseFolder.Parse(["### GET-1: title", "Text.", "- source: " + source], "get.md")[0].Source);

    [Theory]
    [InlineData("### GET-1 title|Text.|- source: doc-2017", "get.md:2: a clause begins with '### ID: title'")]
    [InlineData("### get-1: title|Text.|- source: doc-2017", "get.md:2: a clause begins with '### ID: title'")]
    [InlineData("### GET-1:|Text.|- source: doc-2017", "get.md:2: a clause begins with '### ID: title'")]
    [InlineData("###GET-1: title|Text.|- source: doc-2017", "get.md:2: a clause begins with '### ID: title'")]
    [InlineData("#### GET-1: title|Text.|- source: doc-2017", "get.md:2: a clause begins with '### ID: title'")]
    [InlineData("### GET-1: title|Text.", "get.md:2: clause GET-1 needs a line '- source: ")]
    [InlineData("### GET-1: title|Text.|- source: kernel", "get.md:2: clause GET-1 needs a line '- source: ")]
    [InlineData("### GET-1: title|Text.|- source: doc-2017 (D)", "get.md:2: clause GET-1 needs a line '- source: ")]
    [InlineData("### GET-1: title|Text.|- source: doc-2017 (D1) why", "get.md:2: clause GET-1 needs a line '- source: ")]
    [InlineData("### GET-1: title|Text.|- source: doc-2017|- source: choice", "get.md:2: clause GET-1 has two lines '- source: '")]
    [InlineData("### GET-1: title|Text.|- source: doc-2017|- no vector: a|- no vector: b", "get.md:2: clause GET-1 has two lines '- no vector: '")]
    [InlineData("### GET-1: title||- source: doc-2017", "get.md:2: clause GET-1 has no text")]
    public void A_clause_of_another_form_is_refused_with_its_line(string lines, string reason) =>
        Assert.StartsWith(reason, Spec.Refused(() => ClauseFolder.Parse(["# GET", .. lines.Split('|')], "get.md")), StringComparison.Ordinal);

    [Fact]
    public void A_clause_that_occurs_twice_is_refused()
    {
        using TempFolder folder = new();
        folder.Write("a.md", "### GET-1: title\nText.\n- source: doc-2017\n");
        folder.Write("b.md", "\n\n### GET-1: title\nText.\n- source: doc-2017\n");

        Assert.Equal("spec/clauses/b.md:3: clause GET-1 occurs twice", Spec.Refused(() => ClauseFolder.Read(folder.Path)));
    }

    [Fact]
    public void The_guide_and_the_table_of_sentences_hold_no_clauses()
    {
        using TempFolder folder = new();
        folder.Write("README.md", "### OPERATION-1: title\n");
        folder.Write("doc-2017.md", "### GET-2: title\n");

        Assert.Empty(ClauseFolder.Read(folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_refused()
    {
        using TempFolder folder = new();

        Assert.StartsWith(folder.At("none") + ": cannot be read: ", Spec.Refused(() => ClauseFolder.Read(folder.At("none"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_file_that_is_a_link_to_nothing_is_refused()
    {
        using TempFolder folder = new();
        File.CreateSymbolicLink(folder.At("get.md"), folder.At("nowhere"));

        Assert.StartsWith(folder.Path + ": cannot be read: ", Spec.Refused(() => ClauseFolder.Read(folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_folder_has_every_operation_guarantee_and_hazard()
    {
        HashSet<string> ids = [.. Spec.Clauses.Select(clause => clause.Id)];

        string[] expected =
        [
            .. Enumerable.Range(1, 13).Select(number => $"G{number}"),
            .. Enumerable.Range(1, 5).Select(number => $"H{number}"),
            "GET-BLOCK-1", "PEEK-1", "SET-1", "ESSA-R1", "TOUCH-1", "EVICT-1", "MIGRATION-STATUS-1", "CREATE-VCPU-1",
        ];
        Assert.Empty(expected.Except(ids));
    }

    [Fact]
    public void Every_clause_has_a_vector_or_a_reason() => Assert.Empty(ClauseReport.WithoutVector(Spec.Clauses, Spec.Vectors));

    [Fact]
    public void No_clause_with_a_vector_says_that_it_has_none()
    {
        HashSet<string> shown = [.. Spec.Vectors.SelectMany(vector => vector.Clauses)];

        Assert.Empty(Spec.Clauses.Where(clause => clause.Reasons.ContainsKey("vector") && shown.Contains(clause.Id)).Select(clause => clause.Id));
    }

    [Fact]
    public void A_clause_without_vector_or_reason_is_named()
    {
        Clause[] clauses =
        [
            .. ClauseFolder.Parse(["### GET-1: title", "Text.", "- source: doc-2017", "### GET-2: title", "Text.", "- source: doc-2017", "- no vector: because"], "get.md"),
            .. ClauseFolder.Parse(["### GET-BLOCK-4: title", "Text.", "- source: doc-2017"], "get.md"),
        ];

        Assert.Equal(["GET-1"], ClauseReport.WithoutVector(clauses, [Spec.Vector("one", """{"op":"create_vcpu"}""")]));
        Assert.Equal(
            ["GET-1                      title [doc-2017] (0 vectors)", "GET-2                      title [doc-2017] (no vector: because)", "GET-BLOCK-4                title [doc-2017] (1 vector)"],
            ClauseReport.Pretty(clauses, [Spec.Vector("one", """{"op":"create_vcpu"}""")]));
    }

    [Fact]
    public void The_JSON_of_clauses_has_id_text_source_and_vectors()
    {
        using JsonDocument json = JsonDocument.Parse(ClauseReport.Json(Spec.Clauses, Spec.Vectors));

        JsonElement clause = json.RootElement.EnumerateArray().Single(each => each.GetProperty("id").GetString() == "GET-BLOCK-4");
        Assert.Equal(Spec.Clauses.Count, json.RootElement.GetArrayLength());
        Assert.StartsWith("choice", clause.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.Contains("16", clause.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(clause.GetProperty("vectors").GetArrayLength() > 0);
    }

    [Fact]
    public void Every_clause_cited_in_the_sources_exists()
    {
        HashSet<string> ids = [.. Spec.Clauses.Select(clause => clause.Id)];

        string[] unknown = [.. Citations("src").Where(citation => !ids.Contains(citation.Id)).Select(citation => $"{citation.Place}: {citation.Id}")];
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_clause_that_names_behaviour_is_cited_in_the_reference()
    {
        HashSet<string> cited = [.. Citations(Path.Combine("src", "Reference")).Select(citation => citation.Id)];

        string[] uncited = [.. Spec.Clauses.Select(clause => clause.Id).Where(id => !NotCitedInTheReference.Contains(Topic().Match(id).Value, StringComparer.Ordinal) && !cited.Contains(id))];
        Assert.Empty(uncited);
    }

    [Theory]
    [InlineData("src/Optimized")]
    [InlineData("src/Reference")]
    public void Every_clause_of_concurrency_is_cited_in_the_machine_that_promises_it(string folder)
    {
        string[] promised = [.. Spec.Clauses.Select(clause => clause.Id).Where(id => id.StartsWith("CONCURRENCY-", StringComparison.Ordinal))];
        string[] cited = [.. Citations(folder).Select(citation => citation.Id).Intersect(promised, StringComparer.Ordinal)];

        Assert.Equal(7, promised.Length);
        Assert.Equal(folder == "src/Optimized" ? promised : [], cited.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Citations_are_found_in_the_forms_in_which_they_are_written()
    {
        Assert.Equal(["GET-BLOCK-4", "H1", "ESSA-R1", "ESSA-ORC-0", "ESSA-KEEP", "G13"], Ids("x; // GET-BLOCK-4, H1 (ESSA-R1) ESSA-ORC-0 and ESSA-KEEP: G13 not UTF-8 or x G1H"));
        Assert.Empty(Ids("GET-BLOCK-4(); // no clause"));
    }

    // Only comments cite: in code the same letters may be anything.
    private static IEnumerable<(string Place, string Id)> Citations(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Spec.Root, folder), "*.cs", SearchOption.AllDirectories)
        from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
        from id in Ids(line.Text)
        select ($"{Path.GetRelativePath(Spec.Root, file)}:{line.Number}", id);

    private static IEnumerable<string> Ids(string line)
    {
        int comment = line.IndexOf("//", StringComparison.Ordinal);
        return comment < 0 ? [] : Id().Matches(line[comment..]).Select(match => match.Value);
    }

    [GeneratedRegex(@"(?<![\w-])((ABI|STATE|CONCURRENCY|(CREATE|SET|MOVE|DELETE|ENABLE|CLEAR|START|STOP|MIGRATION)-(VCPU|SLOT-FLAGS|SLOT|CMMA|MIGRATION|STATUS)|TOUCH|EVICT|ESSA|GET|PEEK|SET)(-[A-Z]+)*-[A-Z]*\d*|[GH]\d+)(?![\w-])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("^[A-Z]+", RegexOptions.None, 1000)]
    private static partial Regex Topic();
}
