// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cmma.Reports.Migrations;
using Cmma.Traces;
using Cmma.Traces.Vectors;
using Xunit;

namespace Cmma.Migrating.Tests;

/// <summary>
/// docs/migrations.md is what the command writes. The whole takes minutes of processor time, so one row of each table is made anew, and every script is run and
/// explained.
/// </summary>
public sealed partial class DocumentTests
{
    private const string RowsMadeAnew = "7.2";

    private static readonly string Text = File.ReadAllText(Path.Combine(Migrations.Root, "docs", "migrations.md"));
    private static readonly IReadOnlyList<Shown> Scripts = [.. ReadScripts()];

    public static TheoryData<int> Numbers { get; } = [.. Enumerable.Range(0, Scripts.Count)];

    [Fact]
    public void A_row_of_each_table_is_what_the_command_finds()
    {
        MigrationMatrix matrix = MigrationMatrix.Of([RowsMadeAnew], cancellation: TestContext.Current.CancellationToken);

        foreach (IGrouping<string, MatrixCell> table in MatrixReport.Plain(matrix).GroupBy(MatrixReport.Title, StringComparer.Ordinal))
        {
            string[] lines = [.. Text.Split($"\n### {table.Key}\n\n")[1].Split('\n').TakeWhile(line => line.StartsWith('|'))];
            string[] columns = lines[0].Split(" | ");
            string[] row = lines.Skip(2).Single(line => line.Split('|')[1].Split(',').Any(version => version.Trim() == RowsMadeAnew)).TrimEnd('|', ' ').Split(" | ");
            foreach (MatrixCell cell in table)
            {
                int column = Array.FindIndex(columns, each => each.TrimEnd('|', ' ').Replace("to ", "", StringComparison.Ordinal).Split(", ").Contains(cell.Target, StringComparer.Ordinal));
                Assert.Equal($"{table.Key} to {cell.Target}: {MatrixReport.Text(cell)}", $"{table.Key} to {cell.Target}: {row[column]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_script_loses_what_stands_above_it_by_the_cause_that_stands_there(int number)
    {
        Shown shown = Scripts[number];
        Trial trial = Migrations.Trial($"kernel:{shown.Source}", $"kernel:{shown.Target}", Consumer.Find(shown.Consumer));

        Migration migration = trial.Run(shown.Script);

        LossKind kind = migration.Kinds.Single(each => MigrationReport.Word(each) == shown.Kind);
        Assert.Contains(Collector.PagesOf(migration, kind), gfn => trial.CausesOf(shown.Script, kind, gfn).Any(cause => cause.ToString() == shown.Cause)
            && MigrationReport.What(new Loss(kind, CauseSet.None, gfn, shown.Script, migration)) == shown.What);
    }

    [Fact]
    public void Every_cause_of_a_table_has_a_script_and_a_sentence()
    {
        Assert.True(Scripts.Count > 20);
        foreach (string cause in Scripts.Select(shown => shown.Cause.Replace(" at the target", "", StringComparison.Ordinal)).SelectMany(causes => causes.Split(" with ")).Distinct(StringComparer.Ordinal))
        {
            Assert.Contains($"\n| {cause} | ", Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_known_bug_and_fact_of_the_table_has_the_sentence_of_the_command()
    {
        Match[] rows = [.. Causes().Matches(Text.Split("\n## The causes\n")[1].Split("\n## ")[0]).Where(row => !IsOfConsumer(row.Groups["name"].Value))];

        Assert.True(rows.Length > 10);
        Assert.All(rows, row => Assert.Equal(CauseText.Of(new Cause(CauseOf.Source, row.Groups["name"].Value)), row.Groups["what"].Value));
        Assert.All(rows, row => Assert.EndsWith(".", row.Groups["what"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_theorem_that_carries_a_step_of_careful_is_there()
    {
        string[] names = [.. Names().Matches(Text.Split("## From kernel to kernel")[0]).Select(name => name.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

        Assert.True(names.Length >= 6);
        Assert.All(names, name => Assert.True(File.Exists(Path.Combine(Migrations.Root, "spec", "smt", "theorems", name + ".smt2")), name));
    }

    [Fact]
    public void The_introduction_is_what_the_command_writes() =>
        Assert.StartsWith(MatrixReport.Markdown(new MigrationMatrix([], [])).Split("\n## The causes")[0], Text, StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_unexplained() => Assert.DoesNotContain("unexplained", Text, StringComparison.Ordinal);

    // A hazard, or a step without a number; or the head of the table.
    private static bool IsOfConsumer(string name) => name.StartsWith('H') || name is "ends while pages remain" or "cause";

    private static IEnumerable<Shown> ReadScripts()
    {
        foreach (Match match in Losses().Matches(Text))
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllText(path, match.Groups["json"].Value);
                yield return new Shown(
                    match.Groups["consumer"].Value, match.Groups["kind"].Value, match.Groups["cause"].Value, match.Groups["source"].Value, match.Groups["target"].Value, match.Groups["what"].Value,
                    VectorFolder.Traces(path)[0].Trace);
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    [GeneratedRegex(@"^\*\*(?<consumer>\w+), (?<kind>\w+) by (?<cause>.*)\*\*, from (?<source>\S+) to (?<target>\S+): (?<what>.*)\.\n\n```json\n(?<json>[^`]*)```$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Losses();

    [GeneratedRegex("^\\| (?:fact \")?(?<name>[^|\"]+?)\"? \\| (?<what>[^|]*?) \\|$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Causes();

    [GeneratedRegex("`(?<name>[a-z0-9]+(?:_[a-z0-9]+){2,})`", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Names();

    private sealed record Shown(string Consumer, string Kind, string Cause, string Source, string Target, string What, Trace Script);
}
