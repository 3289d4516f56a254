// SPDX-License-Identifier: MIT
using Cmma.Reports.Migrations;
using Cmma.Traces;

namespace Cmma.Migrating.Tests;

/// <summary>What docs/findings.md says of QEMU comes from migrations.</summary>
public sealed class FindingTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Migrations.Root, "docs", "findings.md"));

    [Theory]
    [InlineData("kernel:6.12", "## Pages that QEMU never sends", LossKind.Lost, "fact \"wrap-around\"")]
    [InlineData("kernel:7.2", "## Values that QEMU overwrites with zeros", LossKind.Stale, "L6")]
    [InlineData("kernel:6.12", "## L20", LossKind.Stale, "H2 (clear)")]
    [InlineData("kernel:7.2", "## L20", LossKind.Lost, "L7")]
    public void A_finding_about_qemu_is_what_a_migration_loses(string kernel, string title, LossKind kind, string cause)
    {
        string section = Text.Split('\n' + title)[1].Split("\n## ")[0];

        Loss loss = Migrations.Search(kernel, kernel, Consumer.Qemu, seed: 1, LossSearch.Scripts).Losses.Single(each => each.Kind == kind && each.Cause.ToString() == cause);

        string[] paragraphs = section.Split($"`./cmma migrate {kernel} {kernel} --consumer qemu` finds ");
        string found = Assert.Single(paragraphs, paragraph => paragraph.Split("\n\n")[0].EndsWith(": " + MigrationReport.Headline(loss) + ".", StringComparison.Ordinal));
        string[] trace = [.. found.Split('\n').SkipWhile(line => line != "{\"operations\":[").Skip(1).TakeWhile(line => line != "]}").Select(line => line.Trim(' ', ','))];
        Assert.Equal(UpToTheLastGet(loss), trace);
        if (section.Contains("lost-page.svg", StringComparison.Ordinal))
        {
            Assert.Contains(string.Join('\n', LossPicture.Lines(loss)), section, StringComparison.Ordinal);
            Assert.Equal(LossPicture.Svg(loss), File.ReadAllText(Path.Combine(Migrations.Root, "docs", "lost-page.svg")));
        }
    }

    // The PEEK behind it asks for remaining only.
    private static string[] UpToTheLastGet(Loss loss)
    {
        Step[] steps = [.. MigrationReport.AtSource(loss).Steps];
        int last = Array.FindLastIndex(steps, step => step.Operation is Operation.Get { Flags: 0 });
        return [.. steps[..(last + 1)].Select(TraceWriter.Step)];
    }
}
