// SPDX-License-Identifier: MIT
using Cmma.Catalogue.Bugs;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Clauses;

namespace Cmma.Cli;

/// <summary>A check's result for people: first what the failures have in common, then one of each kind.</summary>
/// <param name="to">Where to.</param>
/// <param name="clauses">Every clause.</param>
/// <param name="choice">What of the command line chose the vectors: commands that run all of them again repeat it.</param>
/// <param name="options">What else matters of it, each option with a blank before it: commands that run something again repeat it.</param>
/// <param name="all">Whether every failure and every vector that was skipped is shown.</param>
internal sealed class CheckPretty(Output to, IReadOnlyList<Clause> clauses, string choice, string options, bool all)
{
    private const int MostShown = 10;
    private const int MostNamed = 8; // more runs than this are no command that anybody wants to read
    private const int MostDenials = 10; // for each failure that it explains

    public void Write(CheckResult result)
    {
        FailureSummary summary = FailureSummary.Of(result, clauses.Select(clause => clause.Id));
        if (result.Tested is { } tested)
        {
            to.Line($"tested: {tested}");
        }

        WriteLeak(result);
        WriteClauses(result, summary);
        WriteBrokeOffLater(summary);
        foreach (IGrouping<string, Verdict> folder in result.Verdicts.GroupBy(verdict => verdict.Vector.File.Split('/')[0], StringComparer.Ordinal))
        {
            to.Line($"{folder.Key,-18} {Count(folder, VerdictKind.Passed),4} passed{More(folder, VerdictKind.Failed, "failed")}{More(folder, VerdictKind.Skipped, "skipped")}");
        }

        WriteOthers(result);
        WriteFailures(result, summary);
        if (result.Rate is { } rate)
        {
            to.Line($"{rate.Operations} operations in {rate.Elapsed.TotalSeconds:0.0} s, {rate.PerSecond:0} a second");
        }

        if (result.Failed == 0)
        {
            to.Good(result.Totals);
        }
        else
        {
            to.Bad(result.Totals);
        }
    }

    /// <summary>The lines about one failure.</summary>
    public IReadOnlyList<string> Failure(CheckResult result, Verdict verdict) =>
        CheckReport.Failure(verdict, clauses, verdict.Vector == result.Leak?.Vector ? Again(result, result.Leak) : Again(result, verdict.NeedsTheRunsBefore || result.Leak is { IsChance: false } ? [] : [verdict.Vector]));

    // What needs the runs before is shown by those, if they are few, or by all.
    private string Again(CheckResult result, StateLeak leak) => leak.IsChance ? Again(result, [leak.Vector])
        : Again(result, leak.Before.Count is > 0 and <= MostNamed ? [.. leak.Before, leak.Vector] : []);

    private string Again(CheckResult result, IReadOnlyList<Vector> vectors) =>
        CheckReport.Again(result.Implementation, vectors, vectors.Count == 0 ? choice + options : options);

    private static int Count(IEnumerable<Verdict> verdicts, VerdictKind kind) => verdicts.Count(verdict => verdict.Kind == kind);

    private static string More(IEnumerable<Verdict> verdicts, VerdictKind kind, string word) =>
        Count(verdicts, kind) is > 0 and int count ? $", {count} {word}" : "";

    private void WriteLeak(CheckResult result)
    {
        if (result.Leak is { } leak)
        {
            to.Bad(leak.Text);
            string when = leak.IsChance ? "ask it several times" : leak.Before.Count is > 0 and <= MostNamed ? "it fails" : "it fails only behind many others";
            to.Line($"  {when}:  {Again(result, leak)}");
            if (!leak.IsChance && result.Failed > 1)
            {
                to.Line("  what else fails may come of that: look at it again once nothing is left from run to run");
            }
        }
    }

    private void WriteBrokeOffLater(FailureSummary summary)
    {
        int later = summary.Causes.Sum(cause => cause.Failures.Count(failure => failure.ThenBrokeOff != null));
        if (later > 0)
        {
            to.Bad($"{later} run{(later == 1 ? "" : "s")} broke off behind a wrong answer");
        }
    }

    private void WriteClauses(CheckResult result, FailureSummary summary)
    {
        if (summary.PassUnexpectedly > 1)
        {
            to.Bad($"{summary.PassUnexpectedly} vectors pass that the list expects to fail");
        }

        foreach (FailureCause cause in summary.BrokeOff.Where(cause => cause.Failures.Count > 1))
        {
            to.Bad($"{cause.Failures.Count} runs {cause.BrokeOff}{Where(cause)}{Alone(cause)}");
        }

        int failed = summary.Failed - summary.PassUnexpectedly - summary.BrokeOff.Sum(cause => cause.Failures.Count);
        if (failed < 2)
        {
            return; // it says everything itself
        }

        if (result.Leak is { IsChance: false })
        {
            return; // what is left from run to run says more than the clauses of the runs that it spoils
        }

        to.Bad($"{failed} vectors failed, by clause:");
        if (result.Profile == Profile.ContractName && result.Leak == null && BestExplanation(MutantMatch.Best(result.Verdicts), summary.Clauses[0], failed) is { } best)
        {
            string more = best.Denied.Count == 0 ? "" : $"; it also fails {best.Denied.Count} vector{(best.Denied.Count == 1 ? "" : "s")} that this implementation passes";
            to.Line($"  best explanation: {best.Clause}. The reference with this clause switched off gives the same wrong answers in {best.Explained.Count} of {best.Failures} failures{more}");
        }

        foreach (ClauseFailures clause in summary.Clauses.Take(all ? int.MaxValue : MostShown))
        {
            string? title = clauses.FirstOrDefault(each => each.Id == clause.Clause)?.Title;
            to.Line($"  {(clause.Clause.Length == 0 ? "no clause named" : clause.Clause),-24} {clause.Counts}{(title == null ? "" : $": {title}")}");
        }

        if (summary.Clauses.Count > MostShown && !all)
        {
            to.Line($"  ... and {summary.Clauses.Count - MostShown} more clauses");
        }
    }

    // Of a guarantee or a hazard the clauses that it follows from say more; and what fails in all of its vectors is more likely than what passes in some.
    // What many more vectors deny than it explains may only look like it in those few.
    internal static MutantMatch? BestExplanation(IReadOnlyList<MutantMatch> matches, ClauseFailures first, int failed)
    {
        MutantMatch? best = matches.FirstOrDefault(match => match.Explained.Count * 10 >= failed * 9 && match.Denied.Count <= match.Explained.Count * MostDenials && (!Clause.IsConsequence(match.Clause) || Clause.IsConsequence(first.Clause)));
        return best == null || best.Denied.Count == 0 || best.Clause == first.Clause || first.Failed < first.Judged ? best : null;
    }

    // Only some are looked into; where these say all the same, and the others have that operation, too, they are likely to.
    private static string Where(FailureCause cause)
    {
        string[] operations = [.. cause.Failures.Where(failure => failure.FailedStep >= 0).Select(failure => NameOf(failure.Vector.Trace.Steps[failure.FailedStep])).Distinct(StringComparer.Ordinal)];
        return operations.Length == 1 && cause.Failures.All(failure => failure.Vector.Trace.Steps.Any(step => NameOf(step) == operations[0])) ? $" (all that were looked into did so in {operations[0]})" : "";
    }

    private static string NameOf(Step step) => OperationForm.Of(step.Operation).Name;

    private static string Alone(FailureCause cause)
    {
        int alone = cause.Failures.Count(failure => failure.NeedsTheRunsBefore);
        return alone == 0 ? "" : alone == cause.Failures.Count ? "; asked alone in a new process, such a run does not break off" : $"; asked alone in a new process, {alone} of them {(alone == 1 ? "does" : "do")} not";
    }

    private void WriteOthers(CheckResult result)
    {
        IEnumerable<Verdict> skipped = result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Skipped);
        foreach (IGrouping<string, Verdict> alike in skipped.GroupBy(verdict => all ? verdict.Vector.Id : verdict.Reason, StringComparer.Ordinal))
        {
            Verdict first = alike.First();
            to.Dim(alike.Count() == 1 ? $"skipped {first.Vector.Id}: {first.Reason}" : $"skipped {alike.Count()} vectors, as each {first.Reason}; --all names them");
        }

        foreach (Verdict verdict in result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.ExpectedFailure))
        {
            to.Dim($"failed as expected {verdict.Vector.Id}: {verdict.Reason}");
        }
    }

    private void WriteFailures(CheckResult result, FailureSummary summary)
    {
        int shown = 0;
        foreach (FailureCause cause in summary.Causes.Take(all ? int.MaxValue : MostShown))
        {
            foreach (Verdict verdict in cause.Failures.Take(all ? int.MaxValue : 1))
            {
                shown++;
                to.Bad($"FAILED {verdict.Vector.Id}");
                foreach (string line in Failure(result, verdict))
                {
                    to.Line("  " + line);
                }
            }

            if (cause.Failures.Count > 1 && !all)
            {
                string which = cause.Clause.Length > 0 && summary.Causes.Count(other => other.Sign == cause.Sign) > 1 ? $", {cause.Clause}" : "";
                to.Dim($"  {cause.Failures.Count - 1} more like this ({cause.Sign}{which})");
            }
        }

        if (shown < summary.Failed)
        {
            to.Line($"{shown} of {summary.Failed} failures shown, one for each cause; --all shows all");
        }
    }
}
