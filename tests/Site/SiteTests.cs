// SPDX-License-Identifier: MIT
using System.Net;
using System.Text.RegularExpressions;
using Cmma.Traces;

namespace Cmma.Site.Tests;

/// <summary>The pages, written once into a folder that goes with the tests.</summary>
public sealed partial class SiteTests : IClassFixture<SiteTests.Written>
{
    private readonly Written site;

    public SiteTests(Written site) => this.site = site;

    [Fact]
    public void No_link_is_dead()
    {
        List<string> dead = [];
        int links = 0;
        foreach (string page in site.Pages.Keys)
        {
            foreach (string link in Link().Matches(site.Pages[page]).Select(match => WebUtility.HtmlDecode(match.Groups["to"].Value)))
            {
                links++;
                if (!link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("data:", StringComparison.Ordinal) && !Leads(page, link))
                {
                    dead.Add($"{page}: {link}");
                }
            }
        }

        Assert.Empty(dead);
        Assert.True(links > 10_000, $"only {links} links");
    }

    [Fact]
    public void A_clause_stands_beside_its_model_its_code_and_its_checks()
    {
        string page = site.Pages["clauses/GET-BLOCK-4.html"];

        Assert.Contains("(define-fun gap () Gfn #x0000000000000010)", page, StringComparison.Ordinal);
        Assert.Contains("src/Reference/Get.cs", page, StringComparison.Ordinal);
        Assert.Contains("src/Optimized/", page, StringComparison.Ordinal);
        Assert.Contains("tests/Properties/GetBlockProperties.cs: ", page, StringComparison.Ordinal);
        Assert.Contains("../vectors/15-clean-pages-after-the-first-page-are-bridged.html", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_vector_has_a_page_with_a_picture_of_memory_and_what_must_come_back()
    {
        string page = site.Pages["vectors/15-clean-pages-after-the-first-page-are-bridged.html"];

        Assert.Contains("start_gfn 0x64, count 17", page, StringComparison.Ordinal);
        Assert.Contains("""<path class="dirty" """.TrimEnd(), page, StringComparison.Ordinal);
        Assert.True(site.Pages.Keys.Count(name => name.StartsWith("vectors/", StringComparison.Ordinal)) > 900);
    }

    [Fact]
    public void A_link_between_pages_is_relative()
    {
        Assert.Equal("../index.html", Output.Relative("docs/bugs.html", "index.html"));
        Assert.Equal("bugs.html", Output.Relative("docs/findings.html", "docs/bugs.html"));
        Assert.Equal("docs/bugs.html", Output.Relative("index.html", "docs/bugs.html"));
        Assert.Equal("../../clauses/G1.html", Output.Relative("spec/clauses/get.html", "clauses/G1.html"));
    }

    private bool Leads(string page, string link)
    {
        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? page
            : Path.GetRelativePath(site.Folder, Path.Combine(site.Folder, Path.GetDirectoryName(page)!, parts[0])).Replace('\\', '/');
        return File.Exists(Path.Combine(site.Folder, target))
            && (parts.Length == 1 || site.Pages[target].Contains($"id=\"{parts[1]}\"", StringComparison.Ordinal));
    }

    [GeneratedRegex("(?:href|src)=\"(?<to>[^\"]*)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Link();

    /// <summary>The folder with the pages.</summary>
    public sealed class Written : IDisposable
    {
        public Written()
        {
            Site.Pages.Write(SpecFolder.Find(), Folder);
            Pages = Directory.EnumerateFiles(Folder, "*.html", SearchOption.AllDirectories)
                .ToDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("cmma-site-").FullName;

        /// <summary>From the place of a page to its text.</summary>
        public IReadOnlyDictionary<string, string> Pages { get; }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
