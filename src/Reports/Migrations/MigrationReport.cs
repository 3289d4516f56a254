// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Cmma.Judging;
using Cmma.Migrating;
using Cmma.Reports.Pictures;
using Cmma.Traces;

namespace Cmma.Reports.Migrations;

/// <summary>What migrations lose, written down.</summary>
public static class MigrationReport
{
    /// <summary>A kind of loss in a word.</summary>
    public static string Word(LossKind kind) => kind switch
    {
        LossKind.Lost => "lost",
        LossKind.Stale => "stale",
        LossKind.Wrong => "wrong",
        LossKind.Endless => "endless",
        LossKind.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>A loss in one line.</summary>
    public static string Headline(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return $"{Word(loss.Kind)} by {loss.Cause}: {What(loss)}";
    }

    /// <summary>Lines for people: what is lost and why, and every operation on both sides.</summary>
    public static IEnumerable<string> Pretty(Loss loss, string source, string target)
    {
        ArgumentNullException.ThrowIfNull(loss);
        yield return Headline(loss);
        foreach (Cause cause in loss.Cause.All)
        {
            yield return $"  {cause}: {CauseText.Of(cause)}";
        }

        if (loss.Others.Count > 0)
        {
            yield return $"  also mended by: {string.Join(", ", loss.Others)}";
        }

        foreach (string line in loss.Gfn == null ? [] : LossPicture.Lines(loss))
        {
            yield return line;
        }

        yield return $"  {source}, the source:";
        foreach (string line in Steps(loss.Migration.Outgoing.Steps))
        {
            yield return line;
        }

        if (loss.Migration.Incoming is { } incoming)
        {
            yield return $"  {target}, the target:";
            foreach (string line in Steps(incoming.Steps))
            {
                yield return line;
            }
        }
    }

    /// <summary>JSON: each loss with its script, which --trace takes, and with the source's operations, which cmma replay takes.</summary>
    public static string Json(LossReport report, string source, string target, string consumer)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new($"{{\"source\":{TraceWriter.Quote(source)},\"target\":{TraceWriter.Quote(target)},\"consumer\":{TraceWriter.Quote(consumer)},\"migrations\":{report.Migrations.ToString(CultureInfo.InvariantCulture)},\"losses\":[\n");
        text.AppendJoin(",\n", report.Losses.Select(loss =>
            $"{{\"kind\":{TraceWriter.Quote(Word(loss.Kind))},\"cause\":{TraceWriter.List([.. loss.Cause.All.Select(cause => cause.ToString())])},\"what\":{TraceWriter.Quote(What(loss))},\n"
            + $"\"script\":{TraceWriter.Trace(loss.Script).TrimEnd('\n')},\n"
            + $"\"trace\":{TraceWriter.Trace(AtSource(loss)).TrimEnd('\n')}}}"));
        return text.Append("\n]}\n").ToString();
    }

    /// <summary>For a CI system: a case for each kind of loss.</summary>
    public static TestReport Tests(LossReport report, string source, string target, string consumer)
    {
        ArgumentNullException.ThrowIfNull(report);
        string migrations = $"{report.Migrations.ToString(CultureInfo.InvariantCulture)} migrations";
        return new TestReport($"migrate {source} {target}", [.. Enum.GetValues<LossKind>().Select(Case)])
        {
            Totals = $"{migrations}, {report.Losses.Count.ToString(CultureInfo.InvariantCulture)} kinds of loss",
        };

        TestCase Case(LossKind kind)
        {
            Loss[] losses = [.. report.Losses.Where(loss => loss.Kind == kind)];
            return new TestCase($"migrate with {consumer}", Word(kind), losses.Length > 0 ? VerdictKind.Failed : VerdictKind.Passed, string.Join("; ", losses.Select(Headline)))
            {
                Details = [.. losses.SelectMany(loss => Pretty(loss, source, target))],
            };
        }
    }

    /// <summary>Markdown: a row for each loss.</summary>
    public static string Markdown(LossReport report, string source, string target, string consumer)
    {
        ArgumentNullException.ThrowIfNull(report);
        List<string> lines =
        [
            $"# From {source} to {target} with the consumer {consumer}", "",
            $"{report.Migrations.ToString(CultureInfo.InvariantCulture)} migrations.", "", "| what | cause | seen |", "|---|---|---|",
        ];
        lines.AddRange(report.Losses.Select(loss => $"| {Word(loss.Kind)} | {loss.Cause} | {What(loss)} |"));
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>The operations of the source as a trace.</summary>
    public static Trace AtSource(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new Trace(HostHasCmma: true, [.. loss.Migration.Outgoing.Steps.Select(step => new Step(step.Operation))]);
    }

    /// <summary>What is lost, in a few words.</summary>
    public static string What(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Gfn is { } gfn && loss.Migration.Pages.FirstOrDefault(page => page.Gfn == gfn) is { } page)
        {
            int others = loss.Migration.Pages.Count(each => each.Kind == loss.Kind) - 1;
            string more = others == 0 ? "" : $", and {others.ToString(CultureInfo.InvariantCulture)} more so";
            return $"page {TraceWriter.Hex(gfn)} is {page.AtSource:x2} at the source and {page.AtTarget:x2} at the target{more}";
        }

        return loss.Migration.Broken?.Reason ?? "";
    }

    private static IEnumerable<string> Steps(IReadOnlyList<MigrationStep> steps)
    {
        int number = 0;
        foreach (MigrationStep step in steps)
        {
            number++;
            yield return $"  {number}. {TraceWriter.Operation(step.Operation)}{(step.ReturnedLate ? " returns, which took its block before the GET above" : "")}";
            if (step.ByConsumer)
            {
                yield return $"     {OutcomeText.Of(step.Outcome)}";
            }
        }
    }
}
