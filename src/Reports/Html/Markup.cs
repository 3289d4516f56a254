// SPDX-License-Identifier: MIT
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cmma.Reports.Html;

/// <summary>A piece of HTML. It is made from an interpolated string whose every hole is escaped, so that nothing is escaped by hand.</summary>
/// <param name="text">As it appears in the page.</param>
internal sealed class Markup(string text)
{
    /// <summary>Nothing.</summary>
    public static Markup Empty { get; } = new("");

    /// <summary>The literal parts as they are, the holes escaped, unless they are markup themselves.</summary>
    public static Markup Of(MarkupBuilder builder) => new(builder.ToString());

    /// <summary>One piece for each element, one after another.</summary>
    public static Markup Each<T>(IEnumerable<T> elements, System.Func<T, Markup> markup) => new(string.Concat(elements.Select(markup)));

    /// <inheritdoc/>
    public override string ToString() => text;
}

/// <summary>What the compiler turns an interpolated string into where markup is wanted.</summary>
[InterpolatedStringHandler]
internal sealed class MarkupBuilder
{
    private readonly StringBuilder text;

    public MarkupBuilder(int literalLength, int formattedCount)
    {
        _ = formattedCount;
        text = new StringBuilder(literalLength);
    }

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(Markup markup) => text.Append(markup);

    public void AppendFormatted(int number) => text.Append(number);

    // A control character is not allowed in HTML, not even escaped.
    public void AppendFormatted(string? value) => text.Append(WebUtility.HtmlEncode(string.Concat(
        (value ?? "").Select(character => char.IsControl(character) && character != '\n' ? '\uFFFD' : character))));

    public override string ToString() => text.ToString();
}
