// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Cmma.Cli.Tests;

/// <summary>
/// The commands that README.md and the pages in docs show are run and must print what is shown. In a block that begins with ```console, a line
/// "$ ./cmma ARGS" is a command and the lines after it are its output; a line "..." stands for any number of lines.
/// </summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Documents = ["README.md", "docs/commands.md", "docs/proofs.md"];

    public static TheoryData<string, string, string[]> Commands()
    {
        TheoryData<string, string, string[]> data = [];
        foreach (string document in Documents)
        {
            foreach ((string command, string[] output) in Read(At(document)))
            {
                data.Add(document, command, output);
            }
        }

        return data;
    }

    [Theory]
    [InlineData("README.md", 2)]
    [InlineData("docs/commands.md", 4)]
    [InlineData("docs/proofs.md", 1)]
    public void A_document_shows_commands(string document, int count) => Assert.Equal(count, Read(At(document)).Count());

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_prints_what_its_document_shows(string document, string command, string[] shown)
    {
        StringWriter output = new() { NewLine = "\n" };
        string[] args = command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];

        CommandLine.Run(args, output, TextWriter.Null); // on a slow machine there are lines of progress on stderr

        string[] printed = [.. output.ToString().TrimEnd('\n').Split('\n').Select(WithoutTime)];
        Assert.True(Fits(printed, shown), $"{command} prints other lines than {document} shows:\n{string.Join('\n', printed)}");
    }

    [Fact]
    public void The_readme_has_at_most_150_lines() => Assert.InRange(File.ReadLines(At("README.md")).Count(), 50, 150);

    [Theory]
    [InlineData("README.md", 2)]
    [InlineData("docs/sharpness.md", 5)]
    public void The_scores_in_a_document_are_those_of_docs_mutation(string document, int count)
    {
        string[] table = [.. File.ReadLines(At("docs/mutation.md")).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'))];
        string[] scores = [.. Score().Matches(File.ReadAllText(At(document))).Select(match => match.Value)];

        Assert.Equal(count, scores.Length);
        Assert.All(scores, score => Assert.Contains(table, row => row.EndsWith($"| {score} |", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/commands.md")]
    public void The_table_of_commands_has_every_command(string document)
    {
        string[] help = [.. Invocation.Run("--help").Output.Split('\n').SkipWhile(line => line != "Commands:").Skip(1)
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])];
        string[] rows = [.. File.ReadLines(At(document)).Select(line => Row().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value)];

        Assert.Equal(help.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_time_of_a_slow_proof_is_passed_over()
    {
        Assert.Equal("proved  name  G4", WithoutTime("proved  name  G4  1.4 s"));
        Assert.Equal("took 1.4 s", WithoutTime("took 1.4 s"));
    }

    [Fact]
    public void A_line_that_differs_is_noticed()
    {
        Assert.True(Fits(["one", "two", "three"], ["one", "...", "three"]));
        Assert.True(Fits(["one"], ["one"]));
        Assert.False(Fits(["one", "two"], ["one"]));
        Assert.False(Fits(["one"], ["one", "two"]));
        Assert.False(Fits(["one", "two", "three"], ["one", "...", "two"]));
    }

    [GeneratedRegex("[0-9]+\\.[0-9] %", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Score();

    [GeneratedRegex("^\\| `\\./cmma (?<name>[a-z]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    private static string At(string document) => Path.Combine(Invocation.Root, document);

    // A proof that took over a second says how long, which no document can know.
    private static string WithoutTime(string line) => Regex.Replace(line, @"  [0-9]+\.[0-9] s$", "", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static IEnumerable<(string Command, string[] Output)> Read(string path)
    {
        string? command = null;
        bool console = false;
        List<string> output = [];
        foreach (string line in File.ReadAllLines(path))
        {
            bool fence = line.StartsWith("```", StringComparison.Ordinal);
            if (command != null && (fence || line.StartsWith("$ ", StringComparison.Ordinal)))
            {
                yield return (command, [.. output]);
                command = null;
            }

            if (fence)
            {
                console = line == "```console";
            }
            else if (console && line.StartsWith("$ ./cmma ", StringComparison.Ordinal))
            {
                command = line[2..];
                output = [];
            }
            else
            {
                output.Add(line);
            }
        }
    }

    private static bool Fits(string[] printed, string[] shown)
    {
        int gap = Array.IndexOf(shown, "...");
        if (gap < 0)
        {
            return printed.SequenceEqual(shown, StringComparer.Ordinal);
        }

        int behind = shown.Length - gap - 1;
        return printed.Length >= gap + behind
            && printed.Take(gap).SequenceEqual(shown.Take(gap), StringComparer.Ordinal)
            && printed.TakeLast(behind).SequenceEqual(shown.TakeLast(behind), StringComparer.Ordinal);
    }
}
