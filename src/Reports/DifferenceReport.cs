// SPDX-License-Identifier: MIT
using System.Globalization;
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

    /// <summary>The line about differences that did not come again.</summary>
    /// <param name="once">How many.</param>
    /// <param name="check">The commands that say what they come from.</param>
    public static string Once(long once, IReadOnlyList<string> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        string what = once == 1 ? "1 trace differed once: it did not when it was" : $"{once} traces differed once: they did not when they were";
        return $"{what} asked anew in a new process, so it is chance, or left from the runs before; {string.Join(" and ", check)} tell{(check.Count == 1 ? "s" : "")} which";
    }

    /// <summary>JSON: each difference with its trace, which cmma replay takes, and how many did not come again.</summary>
    public static string Json(IReadOnlyList<Difference> differences, long once, string one, string other)
    {
        StringBuilder text = new("{\"differences\":[\n");
        text.AppendJoin(",\n", differences.Select(difference =>
            $"{{\"clause\":{TraceWriter.Quote(difference.Clause)},\n"
            + $"\"answers\":{{{TraceWriter.Quote(one)}:{Answer(difference.One)},{TraceWriter.Quote(other)}:{Answer(difference.Other)},\"contract\":{Answer(difference.Contract)}}},\n"
            + $"\"trace\":{TraceWriter.Trace(difference.Trace).TrimEnd('\n')}}}"));
        return text.Append(CultureInfo.InvariantCulture, $"\n],\n\"once\":{once}}}\n").ToString();
    }

    private static string Answer(Outcome outcome) => TraceWriter.Quote(OutcomeText.Of(outcome));
}
