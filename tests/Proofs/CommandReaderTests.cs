// SPDX-License-Identifier: MIT
using Cmma.Proofs.Solving;

namespace Cmma.Proofs.Tests;

/// <summary>How a text is taken apart into commands: a command that is cut in the wrong place could be skipped.</summary>
public sealed class CommandReaderTests
{
    [Theory]
    [InlineData("(a)(b)", new[] { "(a)", "(b)" })]
    [InlineData("(a\n (b c)) ; (d)\n(e)", new[] { "(a\n (b c))", "(e)" })]
    [InlineData("; only a comment", new string[0])]
    [InlineData("(echo \"(\")(b)", new[] { "(echo \"(\")", "(b)" })]
    [InlineData("(echo \"a \"\" ) ;\")(b)", new[] { "(echo \"a \"\" ) ;\")", "(b)" })]
    [InlineData("(assert |;)(|)(b)", new[] { "(assert |;)(|)", "(b)" })]
    [InlineData("(a ; )\n)(b)", new[] { "(a \n)", "(b)" })]
    [InlineData("word (b)", new[] { "word ", "(b)" })]
    [InlineData(") (b)", new[] { ")", "(b)" })]
    [InlineData("(a (b)", new[] { "(a (b)" })]
    public void A_command_ends_where_its_parenthesis_is_closed(string text, string[] commands)
    {
        List<string> read = [];
        CommandReader reader = new(new StringReader(text));
        while (reader.Next() is { } command)
        {
            read.Add(command);
        }

        Assert.Equal(commands, read);
    }

    [Theory]
    [InlineData("(exit)", "exit")]
    [InlineData("( exit )", "exit")]
    [InlineData("(\nreset\n)", "reset")]
    [InlineData("(check-sat)", "check-sat")]
    [InlineData("(assert(= a b))", "assert")]
    [InlineData("word", "word")]
    public void The_name_of_a_command_is_its_first_word(string command, string name) => Assert.Equal(name, CommandReader.NameOf(command));
}
