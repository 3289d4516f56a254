// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Cmma.Cli.Tests;

/// <summary>
/// The commands that README.md shows are run, and must print what it shows. In a block that begins with ```console a line "$ ./cmma ARGS" is a
/// command, the lines behind it are its output; a line "..." stands for any number of lines.
/// </summary>
public sealed class DocumentTests
{
    public static TheoryData<string, string[]> Commands()
    {
        TheoryData<string, string[]> data = [];
        foreach ((string command, string[] output) in Read(Path.Combine(Invocation.Root, "README.md")))
        {
            data.Add(command, output);
        }

        return data;
    }

    [Fact]
    public void The_readme_shows_at_least_three_commands() => Assert.True(Commands().Count >= 3);

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_in_the_readme_prints_what_is_shown(string command, string[] shown)
    {
        StringWriter output = new() { NewLine = "\n" };
        string[] args = command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];

        CommandLine.Run(args, output, TextWriter.Null); // on a slow machine there are lines of progress on stderr

        string[] printed = [.. output.ToString().TrimEnd('\n').Split('\n').Select(WithoutTime)];
        Assert.True(Fits(printed, shown), $"{command} prints other lines than the README shows:\n{string.Join('\n', printed)}");
    }

    [Fact]
    public void The_table_of_mutants_in_the_readme_is_that_of_docs_mutation()
    {
        string[] table = [.. File.ReadLines(Path.Combine(Invocation.Root, "docs/mutation.md")).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'))];

        Assert.True(table.Length > 2);
        Assert.Contains(string.Join('\n', table) + "\n", File.ReadAllText(Path.Combine(Invocation.Root, "README.md")), StringComparison.Ordinal);
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
