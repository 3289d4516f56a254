// SPDX-License-Identifier: MIT
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Site;

/// <summary>All pages: each Markdown file of the checkout, a page for each clause and each vector, and the public members of the libraries.</summary>
public static class Pages
{
    // In the order of the menu; what else lies in docs follows.
    private static readonly string[] First = ["README.md", "docs/tutorial.md", "spec/clauses/README.md", "spec/vectors/README.md", "docs/bugs.md", "docs/findings.md"];

    private static readonly string[] Folders = ["", "docs", "spec", "spec/clauses", "spec/vectors"];

    /// <summary>The program: one folder to write into. It answers the exit code, 0, or 2 for wrong usage or a file that cannot be read or written.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        if (args.Length != 1 || args[0].StartsWith('-'))
        {
            error.WriteLine("site: one folder to write into (see ./site --help)");
            return 2;
        }

        try
        {
            output.WriteLine($"{Write(SpecFolder.Find(), args[0])} pages in {args[0]}");
            return 0;
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"site: {e.Message.ReplaceLineEndings(" ")}");
            return 2;
        }
    }

    /// <summary>Writes the site.</summary>
    /// <param name="spec">The folder spec of a checkout.</param>
    /// <param name="folder">Where to; it is made if it is not there. What lies there under the name of a page is replaced.</param>
    /// <returns>How many pages were written.</returns>
    /// <exception cref="InputException">A file of the checkout cannot be read or does not have its form.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static int Write(SpecFolder spec, string folder)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Checkout checkout = new(Path.GetDirectoryName(Path.GetFullPath(spec.Path))!);
        IReadOnlyList<Clause> clauses = ClauseFolder.Read(spec.Clauses);
        IReadOnlyList<Vector> vectors = new VectorFolder(spec.Vectors).All();
        string[] documents = [.. First, .. Folders.SelectMany(checkout.Documents).Except(First, StringComparer.Ordinal)];
        Output output = new(folder, Menu(documents));

        MarkdownPages markdown = new(checkout, output, documents, clauses.Select(clause => clause.Id).ToHashSet(StringComparer.Ordinal));
        foreach (string document in documents)
        {
            markdown.Write(document);
        }

        ClausePages.Write(output, checkout, markdown, Coverage.Of(spec));
        VectorPages.Write(output, vectors, clauses);
        ApiPages.Write(output);
        return output.Written;
    }

    private static IReadOnlyList<MenuEntry> Menu(IReadOnlyList<string> documents) =>
    [
        new("Start", "index.html"),
        new("Tutorial", "docs/tutorial.html"),
        new("Clauses", "clauses/index.html"),
        new("Vectors", "vectors/index.html"),
        .. documents.Where(document => document.StartsWith("docs/", StringComparison.Ordinal) && document != "docs/tutorial.md")
            .Select(document => new MenuEntry(Title(document), MarkdownPages.Place(document))),
        new("Libraries", "api/index.html"),
    ];

    private static string Title(string document)
    {
        string words = Path.GetFileNameWithoutExtension(document).Replace('-', ' ');
        return words.Length < 3 ? words.ToUpperInvariant() : char.ToUpperInvariant(words[0]) + words[1..]; // CI
    }
}
