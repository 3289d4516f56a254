// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Reports.Html;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Site;

/// <summary>A page for each vector: what it shows, its operations, and memory before and after each.</summary>
internal static class VectorPages
{
    /// <summary>Where the page of a vector is.</summary>
    public static string Place(string vector) => $"vectors/{vector}.html";

    /// <summary>Writes all of them, and their list.</summary>
    public static void Write(Output output, IReadOnlyList<Vector> vectors, IReadOnlyList<Clause> clauses)
    {
        Dictionary<string, Clause> byId = clauses.ToDictionary(clause => clause.Id, StringComparer.Ordinal);
        using IImplementation contract = Implementations.Find("optimized"); // which has memory of any size
        foreach (Vector vector in vectors)
        {
            string place = Place(vector.Id);
            output.Page(place, vector.Id, Markup.Of($"""
                <h1>{vector.Id.Replace('-', ' ')}</h1>
                <p>{vector.Why}</p>
                <ul class="list">{Markup.Each(vector.Clauses, clause => Markup.Of(
                    $"""<li><a href="{Output.Relative(place, ClausePages.Place(clause))}">{clause}</a> {byId[clause].Title}</li>"""))}</ul>
                <p class="faint">{VectorFolder.Shown(vector.File)}:{vector.Line}, source {vector.Source}. Run it: <code>./cmma check IMPL --only {vector.Id}</code></p>
                {VectorHtml.Of(vector, contract)}
                """));
        }

        output.Page("vectors/index.html", "All vectors", Markup.Of($"""
            <h1>All vectors</h1>
            {Markup.Each(vectors.GroupBy(vector => vector.File.Split('/')[0], StringComparer.Ordinal), folder => Markup.Of($"""
            <h2>{folder.Key}</h2>
            <ul class="list">{Markup.Each(folder, vector => Markup.Of($"""<li><a href="{vector.Id}.html">{vector.Id}</a></li>"""))}</ul>
            """))}
            """));
    }
}
