// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Reports.Migrations;

namespace Cmma.Migrating.Tests;

/// <summary>docs/migrations.md is what the command writes.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Migrations.Root, "docs", "migrations.md"));

    // The whole of it, which takes some 40 seconds of processor time.
    [Fact]
    public void The_document_is_what_the_command_writes() =>
        Assert.Equal(Text.Split('\n'), MatrixReport.Markdown(MigrationMatrix.Of(cancellation: TestContext.Current.CancellationToken)).Split('\n'));

    [Fact]
    public void Every_cause_of_a_table_has_a_sentence()
    {
        string[] rows = [.. Text.Split("\n## The causes\n")[1].Split("\n## ")[0].Split('\n').Where(line => line.StartsWith('|')).Skip(2)];

        Assert.True(rows.Length > 10);
        Assert.All(rows, row => Assert.EndsWith(". |", row, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.DoesNotContain("| See ", row, StringComparison.Ordinal)); // a fact without words of its own
    }

    [Fact]
    public void Every_theorem_that_carries_a_step_of_careful_is_there()
    {
        string[] names = [.. Names().Matches(Text.Split("## From kernel to kernel")[0]).Select(name => name.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

        Assert.True(names.Length >= 6);
        Assert.All(names, name => Assert.True(File.Exists(Path.Combine(Migrations.Root, "spec", "smt", "theorems", name + ".smt2")), name));
    }

    [Fact]
    public void Nothing_is_unexplained() => Assert.DoesNotContain("unexplained", Text, StringComparison.Ordinal);

    [GeneratedRegex("`(?<name>[a-z0-9]+(?:_[a-z0-9]+){2,})`", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Names();
}
