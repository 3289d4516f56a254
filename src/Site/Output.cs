// SPDX-License-Identifier: MIT
using Cmma.Reports.Html;

namespace Cmma.Site;

/// <summary>An entry of the menu.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Place">The page, from the root of the site.</param>
internal sealed record MenuEntry(string Title, string Place);

/// <summary>The folder that the site is written into. Every link in it is relative, so that it works from a disk and below any address.</summary>
/// <param name="folder">The folder.</param>
/// <param name="menu">What is at the top of each page.</param>
internal sealed class Output(string folder, IReadOnlyList<MenuEntry> menu)
{
    private const string Style = "site.css";
    private bool styled;

    /// <summary>How many pages were written.</summary>
    public int Written { get; private set; }

    /// <summary>Writes a page.</summary>
    /// <param name="place">Where, from the root of the site, with forward slashes.</param>
    /// <param name="title">Its title.</param>
    /// <param name="content">What is between menu and end.</param>
    public void Page(string place, string title, Markup content)
    {
        string Link(string target) => Relative(place, target);
        Markup page = Markup.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self' data:">
            <title>{title}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{Link(Style)}">
            </head>
            <body>
            <nav>{Markup.Each(menu, entry => Markup.Of($"""
            <a href="{Link(entry.Place)}"{(entry.Place == place ? Markup.Of($" aria-current=\"page\"") : Markup.Empty)}>{entry.Title}</a>

            """))}</nav>
            <main>
            {content}
            </main>
            </body>
            </html>

            """);
        if (!styled)
        {
            using Stream css = typeof(Output).Assembly.GetManifestResourceStream(Style)!;
            using StreamReader reader = new(css);
            File(Style, reader.ReadToEnd());
            styled = true;
        }

        File(place, page.ToString());
        Written++;
    }

    /// <summary>Writes a file that is not a page.</summary>
    public void File(string place, string text)
    {
        string path = Path.Combine(folder, place);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
    }

    /// <summary>The link from one page to another.</summary>
    public static string Relative(string from, string to)
    {
        int ups = from.Count(character => character == '/');
        string[] here = from.Split('/');
        string[] there = to.Split('/');
        int same = 0;
        while (same < ups && same < there.Length - 1 && string.Equals(here[same], there[same], StringComparison.Ordinal))
        {
            same++;
        }

        return string.Concat(Enumerable.Repeat("../", ups - same)) + string.Join('/', there[same..]);
    }
}
