// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Reports;
using Cmma.Reports.Html;
using Cmma.Traces.Clauses;

namespace Cmma.Site;

/// <summary>A page for each clause: its text, its SMT, its code, its properties and theorems, its vectors.</summary>
internal static class ClausePages
{
    // Where a clause is cited in a comment, and how the part is named on the page.
    private static readonly (string Title, string Folder, string Pattern)[] Sources =
    [
        ("In the model", "spec/smt/model", "*.smt2"),
        ("In the reference", "src/Reference", "*.cs"),
        ("In the optimized machine", "src/Optimized", "*.cs"),
    ];

    /// <summary>Where the page of a clause is.</summary>
    public static string Place(string clause) => $"clauses/{clause}.html";

    /// <summary>Writes all of them, and their list.</summary>
    public static void Write(Output output, Checkout checkout, MarkdownPages markdown, IReadOnlyList<CoverageRow> rows)
    {
        (string Title, (string File, string[] Paragraphs)[] Files)[] sources = [.. Sources.Select(source =>
            (source.Title, checkout.Files(source.Folder, source.Pattern).Select(file => (file, Paragraphs(checkout.Read(file)))).ToArray()))];
        foreach (CoverageRow row in rows)
        {
            Clause clause = row.Clause;
            string place = Place(clause.Id);
            output.Page(place, $"{clause.Id}: {clause.Title}", Markup.Of($"""
                <h1>{clause.Id}: {clause.Title}</h1>
                {markdown.Render(clause.Text, clause.File, place)}
                <p class="faint">Source: {clause.Source}. From <a href="{Output.Relative(place, MarkdownPages.Place(clause.File))}">{clause.File}</a>.</p>
                {Markup.Each(sources, source => Cited(source.Title, source.Files, clause.Id))}{Markup.Each(row.Cells, cell => Shown(cell, place))}
                """));
        }

        output.Page("clauses/index.html", "All clauses", Markup.Of($"""
            <h1>All clauses</h1>
            <p>The contract, sentence by sentence. Each page shows the clause beside its model, its code, its properties and its vectors;
            <a href="GET-BLOCK-4.html">GET-BLOCK-4</a> is a good first one.</p>
            {Markup.Each(rows.GroupBy(row => row.Clause.File, StringComparer.Ordinal), file => Markup.Of($"""
            <h2>{Path.GetFileNameWithoutExtension(file.Key)}</h2>
            <ul class="list">{Markup.Each(file, row => Markup.Of($"""<li><a href="{row.Clause.Id}.html">{row.Clause.Id}</a> {row.Clause.Title}</li>"""))}</ul>
            """))}
            """));
    }

    // Text between empty lines: a definition with the comment above it, or a few lines of code.
    private static string[] Paragraphs(string text) => Regex.Split(text.ReplaceLineEndings("\n"), "\n[ \t]*\n", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    private static Markup Cited(string title, (string File, string[] Paragraphs)[] files, string clause)
    {
        Regex id = new($"(?<![A-Z0-9-]){Regex.Escape(clause)}(?![0-9A-Z]|-[0-9A-Z])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        (string File, string Text)[] cited =
            [.. files.SelectMany(file => file.Paragraphs.Where(paragraph => id.IsMatch(paragraph)).Select(paragraph => (file.File, paragraph.Trim('\n'))))];
        return cited.Length == 0 ? Markup.Empty : Markup.Of($"""
            <h2>{title}</h2>
            {Markup.Each(cited, each => Markup.Of($"""<figure><figcaption>{each.File}</figcaption><pre>{each.Text}</pre></figure>"""))}

            """);
    }

    private static Markup Shown(CoverageCell cell, string place) => Markup.Of($"""
        <h2>{Title(cell)}</h2>
        {(cell.Shows.Count == 0 ? Markup.Of($"<p>{cell.Reason ?? "none"}</p>") : Markup.Of($"""
        <ul class="list">{Markup.Each(cell.Shows, name => cell.Kind == "vector"
            ? Markup.Of($"""<li><a href="{Output.Relative(place, VectorPages.Place(name))}">{name}</a></li>""")
            : Markup.Of($"<li><code>{name}</code></li>"))}</ul>
        """))}

        """);

    private static string Title(CoverageCell cell) => cell.Kind switch
    {
        "vector" => "Vectors that show it",
        "property" => "Properties and tests",
        "theorem" => "Theorems",
        _ => "Mutants that switch it off",
    };
}
