// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Reports.Html;

/// <summary>A row of pages before and after an operation, as a picture. Runs of equal pages are one dashed line, one dash per page.</summary>
internal static class MemorySvg
{
    private const int PageWidth = 10;
    private const int PageHeight = 16;
    private const int Margin = 70;
    private const int LineHeight = 22;
    private const int RowPages = 64;

    /// <summary>Draws a row; what it was before may be missing, or what became of it.</summary>
    public static Markup Draw(MemoryRow? before, MemoryRow? after, IReadOnlyList<PageRange> ranges)
    {
        MemoryRow any = after ?? before ?? throw new ArgumentNullException(nameof(after));
        PageRange[] marked = [.. ranges.Where(range => Enumerable.Range(0, any.Pages.Count).Any(page => range.Holds(any.Gfn + (ulong)page)))];
        List<Markup> lines = [];
        int y = 0;
        foreach ((string label, MemoryRow? row) in ((string, MemoryRow?)[])[("before", before), ("after", after)])
        {
            lines.Add(Label(label, y + (PageHeight / 2)));
            lines.Add(row == null ? Markup.Of($"""<text class="label" x="{Margin}" y="{y + 12}">no such pages</text>""") : Pages(row, y));
            y += LineHeight;
        }

        foreach (PageRange range in marked)
        {
            lines.Add(Label(range.Label, y + 2));
            lines.Add(Runs(any, (_, gfn) => range.Holds(gfn) ? range.Kind : "", y + 4));
            y += LineHeight / 2;
        }

        string last = TraceWriter.Hex(any.Gfn + (ulong)any.Pages.Count - 1);
        string title = $"gfn {TraceWriter.Hex(any.Gfn)} to {last}";
        int width = Margin + (RowPages * PageWidth);
        return Markup.Of($"""
            <figure><figcaption>{title}</figcaption><div class="wide"><svg viewBox="0 0 {width} {y + 2}" role="img" aria-label="{title}">
            {Markup.Each(lines, line => line)}</svg></div></figure>

            """);
    }

    private static Markup Label(string label, int y) => Markup.Of($"""<text class="label" x="0" y="{y + 4}">{label}</text>""");

    private static Markup Pages(MemoryRow row, int y) => Markup.Of(
        $"""
        {Runs(row, (page, _) => $"u{page.Attributes & PageAttributes.UsageMask}", y + (PageHeight / 2))}
        {Runs(row, (page, _) => page.Content switch { PageContent.Resident => "", PageContent.Preserved => "evicted", _ => "zero" }, y + 1)}
        {Runs(row, (page, _) => page.Dirty ? "dirty" : "", y + PageHeight - 2)}
        {Letters(row, y + 10)}
        """);

    // A path for each run of pages of the same class; none for pages without.
    private static Markup Runs(MemoryRow row, Func<PageState, ulong, string> classOf, int y)
    {
        string[] classes = [.. row.Pages.Select((page, index) => classOf(page, row.Gfn + (ulong)index))];
        List<Markup> paths = [];
        for (int start = 0, end; start < classes.Length; start = end)
        {
            for (end = start + 1; end < classes.Length && classes[end] == classes[start];)
            {
                end++;
            }

            if (classes[start].Length > 0)
            {
                int length = (end - start) * PageWidth;
                paths.Add(Markup.Of($"""<path class="{classes[start]}" d="M{Margin + (start * PageWidth)} {y}h{length}"/>"""));
            }
        }

        return Markup.Each(paths, path => path);
    }

    private static Markup Letters(MemoryRow row, int y) => Markup.Each(
        row.Pages.Select((page, index) => (Letter: Letter(page), Index: index)).Where(each => each.Letter.Length > 0),
        each => Markup.Of($"""<text x="{Margin + (each.Index * PageWidth) + 4}" y="{y}">{each.Letter}</text>"""));

    // As in the pictures of `cmma explain`, but that a stable page has no letter.
    private static string Letter(PageState page)
    {
        string letters = (page.Attributes & PageAttributes.NoDat) == 0 ? " upv" : "NUPV";
        return letters[page.Attributes & PageAttributes.UsageMask].ToString().Trim();
    }
}
