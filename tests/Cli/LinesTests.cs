// SPDX-License-Identifier: MIT
namespace Cmma.Cli.Tests;

public sealed class LinesTests
{
    [Theory]
    [InlineData("one two three", 13, "one two three")]
    [InlineData("one two three", 12, "one two|  three")]
    [InlineData("one two three", 7, "one two|  three")]
    [InlineData("one two three", 6, "one|  two|  three")]
    [InlineData("    one two", 10, "    one|     two")]
    [InlineData("  one two three", 12, "  one two|    three")]
    [InlineData("one   two", 5, "one|  two")]
    [InlineData("overlong-word", 5, "overlong-word")]
    [InlineData("overlong-word one", 5, "overlong-word|  one")]
    [InlineData("         one two", 5, "         one|  two")]
    [InlineData("one two\nthree", 5, "one|  two|three")]
    [InlineData("again: ./cmma check reference", 5, "again: ./cmma check reference")]
    [InlineData("1. {\"op\": \"essa\"}", 5, "1. {\"op\": \"essa\"}")]
    [InlineData("", 5, "")]
    [InlineData("one two", int.MaxValue, "one two")]
    public void A_line_is_broken_between_words(string text, int width, string lines) => Assert.Equal(lines.Split('|'), Lines.Broken(text, width));
}
