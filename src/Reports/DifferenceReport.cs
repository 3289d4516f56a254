// SPDX-License-Identifier: MIT
using System.Text;
using Cmma.Exploring.Differences;
using Cmma.Judging;
using Cmma.Reports.Pictures;
using Cmma.Traces;
using Cmma.Traces.Clauses;

namespace Cmma.Reports;

/// <summary>Where two implementations differ, written down.</summary>
public static class DifferenceReport
{
    /// <summary>Lines for people: the clause, the trace, what each answers, and what the contract does.</summary>
    public static IEnumerable<string> Pretty(Difference difference, string one, string other, IReadOnlyList<Clause> clauses)
    {
        ArgumentNullException.ThrowIfNull(difference);
        string? title = clauses.FirstOrDefault(clause => clause.Id == difference.Clause)?.Title;
        yield return $"{difference.Clause}: {title}";
        int number = 0;
        foreach (Step step in difference.Trace.Steps)
        {
            number++;
            yield return $"  {number}. {TraceWriter.Step(step)}";
        }

        yield return $"     {one}: {OutcomeText.Of(difference.One)}";
        yield return $"     {other}: {OutcomeText.Of(difference.Other)}";
        yield return $"     contract: {OutcomeText.Of(difference.Contract)}";
    }

    /// <summary>JSON: each difference with its trace, which cmma replay takes.</summary>
    public static string Json(IReadOnlyList<Difference> differences, string one, string other)
    {
        StringBuilder text = new("{\"differences\":[\n");
        text.AppendJoin(",\n", differences.Select(difference =>
            $"{{\"clause\":{TraceWriter.Quote(difference.Clause)},\n"
            + $"\"answers\":{{{TraceWriter.Quote(one)}:{Answer(difference.One)},{TraceWriter.Quote(other)}:{Answer(difference.Other)},\"contract\":{Answer(difference.Contract)}}},\n"
            + $"\"trace\":{TraceWriter.Trace(difference.Trace).TrimEnd('\n')}}}"));
        return text.Append("\n]}\n").ToString();
    }

    private static string Answer(Outcome outcome) => TraceWriter.Quote(OutcomeText.Of(outcome));
}
