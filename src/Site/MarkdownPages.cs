// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Reports.Html;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cmma.Site;

/// <summary>The Markdown files as pages. Their links lead to pages where there are some, and clauses that they name to the clauses' pages.</summary>
internal sealed partial class MarkdownPages(Checkout checkout, Output output, IReadOnlyList<string> documents, IReadOnlySet<string> clauses)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    private readonly HashSet<string> copied = new(StringComparer.Ordinal);

    /// <summary>Where the page of a document is.</summary>
    public static string Place(string document) =>
        document == "README.md" ? "index.html" : Path.ChangeExtension(document, ".html").Replace("README.html", "index.html", StringComparison.Ordinal);

    /// <summary>Writes the page of a document.</summary>
    public void Write(string document)
    {
        MarkdownDocument parsed = Markdown.Parse(checkout.Read(document), Pipeline);
        string title = parsed.OfType<HeadingBlock>().FirstOrDefault() is { Inline: { } inline }
            ? string.Concat(inline.Descendants<LiteralInline>().Select(text => text.Content.ToString())) : document;
        output.Page(Place(document), title, Render(parsed, document, Place(document)));
    }

    /// <summary>Markdown text of a document, as it is to appear in another page.</summary>
    public Markup Render(string text, string document, string place) => Render(Markdown.Parse(text, Pipeline), document, place);

    private Markup Render(MarkdownDocument parsed, string document, string place)
    {
        foreach (LinkInline link in parsed.Descendants<LinkInline>().Where(link => link.Url is { } url && !url.Contains("://", StringComparison.Ordinal)))
        {
            link.Url = Target(link.Url!, document, place);
        }

        foreach (LeafInline text in parsed.Descendants<LeafInline>().Where(text => text is LiteralInline or CodeInline && text.FindParentOfType<LinkInline>() is null).ToList())
        {
            LinkClauses(text, place);
        }

        return new Markup(parsed.ToHtml(Pipeline));
    }

    // A link of the document, as a link of the page: to a page, to a copy of the file, or to the list of a folder.
    private string Target(string url, string document, string place)
    {
        string[] parts = url.Split('#', 2);
        string anchor = parts.Length == 2 ? $"#{parts[1]}" : "";
        if (parts[0].Length == 0)
        {
            return anchor;
        }

        string file = Resolve(Path.GetDirectoryName(document)!.Replace('\\', '/'), parts[0]);
        if (documents.Contains(file, StringComparer.Ordinal))
        {
            return Output.Relative(place, Place(file)) + anchor;
        }

        if (checkout.Entries(file) is { } entries)
        {
            string readme = $"{file}/README.md";
            return Output.Relative(place, documents.Contains(readme, StringComparer.Ordinal) ? Place(readme) : List(file, entries));
        }

        string copy = $"files/{file}.txt";
        if (copied.Add(copy))
        {
            output.File(copy, checkout.Read(file));
        }

        return Output.Relative(place, copy);
    }

    private string List(string folder, IReadOnlyList<string> entries)
    {
        string place = $"files/{folder}/index.html";
        if (copied.Add(place))
        {
            output.Page(place, folder, Markup.Of($"""
                <h1>{folder}</h1>
                <ul>{Markup.Each(entries, entry => Markup.Of($"<li><code>{entry}</code></li>"))}</ul>
                """));
        }

        return place;
    }

    private static string Resolve(string folder, string link)
    {
        List<string> path = [.. folder.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        foreach (string part in link.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
        {
            if (part == "..")
            {
                path.RemoveAt(path.Count - 1);
            }
            else
            {
                path.Add(part);
            }
        }

        return string.Join('/', path);
    }

    private void LinkClauses(LeafInline leaf, string place)
    {
        string text = leaf is CodeInline code ? code.Content : leaf.ToString()!;
        if (leaf is CodeInline)
        {
            if (clauses.Contains(text))
            {
                LinkInline around = Link(text, place);
                leaf.ReplaceBy(around);
                around.AppendChild(leaf);
            }

            return;
        }

        Match[] ids = [.. ClauseId().Matches(text).Where(match => clauses.Contains(match.Value))];
        int end = 0;
        foreach (Match id in ids)
        {
            leaf.InsertBefore(new LiteralInline(text[end..id.Index]));
            LinkInline link = Link(id.Value, place);
            link.AppendChild(new LiteralInline(id.Value));
            leaf.InsertBefore(link);
            end = id.Index + id.Length;
        }

        if (ids.Length > 0)
        {
            leaf.ReplaceBy(new LiteralInline(text[end..]));
        }
    }

    private static LinkInline Link(string clause, string place)
    {
        LinkInline link = new(Output.Relative(place, ClausePages.Place(clause)), "");
        link.GetAttributes().AddClass("clause");
        return link;
    }

    [GeneratedRegex("[A-Z][A-Z0-9]*(-[A-Z0-9]+)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ClauseId();
}
