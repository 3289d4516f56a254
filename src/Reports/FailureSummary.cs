// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Clauses;

namespace Cmma.Reports;

/// <summary>A clause of which vectors failed.</summary>
/// <param name="Clause">Its id; empty for vectors that name none.</param>
/// <param name="Failed">How many of the vectors that name it failed.</param>
/// <param name="Judged">How many of them passed or failed.</param>
public sealed record ClauseFailures(string Clause, int Failed, int Judged)
{
    /// <summary>As in "failed 21 of 21 vectors".</summary>
    public string Counts => $"failed {Failed} of {Judged} vector{(Judged == 1 ? "" : "s")}";
}

/// <summary>Failures that begin alike, so that they may well have one cause.</summary>
/// <param name="Sign">The operation and what is wrong with its answer, as in "get, count".</param>
/// <param name="Failures">The one that shows it best first: it names the clause that most speaks for, and is short.</param>
public sealed record FailureCause(string Sign, IReadOnlyList<Verdict> Failures)
{
    private const string NoAnswer = "answers with what is no answer"; // so it did not break off

    /// <summary>The clause that tells this cause apart from others with the same sign; empty where nothing was answered.</summary>
    public string Clause { get; init; } = "";

    /// <summary>What is said of its runs where nothing was answered: of each the same, with its numbers, or what they have in common.</summary>
    public string BrokeOff
    {
        get
        {
            string first = FailureSummary.Beginning(Failures[0].Reason);
            string why = Failures.All(failure => failure.Reason == Failures[0].Reason) ? Failures[0].Reason
                : Failures.All(failure => FailureSummary.Beginning(failure.Reason) == first) ? first // with its numbers
                : Sign;
            return why.StartsWith("not asked", StringComparison.Ordinal) ? $"were {why}"
                : why.StartsWith("there is no answer ", StringComparison.Ordinal) ? FailureSummary.NotInTheRecording
                : why.StartsWith(NoAnswer, StringComparison.Ordinal) ? $"gave no valid answer{why[NoAnswer.Length..]}"
                : $"broke off: {why}";
        }
    }
}

/// <summary>
/// Many failures in the order in which somebody looks for what they have in common: the clauses that fail most often and most purely first, the
/// failures sorted by their first difference.
/// </summary>
public sealed partial class FailureSummary
{
    /// <summary>What is said of runs that nobody asked where a recording was made: they did not break off.</summary>
    public const string NotInTheRecording = "have no answer in the recording";

    private const string WrongResult = "result: ";

    private readonly Dictionary<string, int> rank;

    private FailureSummary(IReadOnlyList<ClauseFailures> clauses, IEnumerable<Verdict> failed)
    {
        Clauses = clauses;
        rank = clauses.Index().ToDictionary(each => each.Item.Clause, each => each.Index, StringComparer.Ordinal);
        Causes = [.. failed.GroupBy(Sign, StringComparer.Ordinal).SelectMany(Split).OrderBy(cause => Rank(ClauseOf(cause.Failures[0])))];
    }

    /// <summary>
    /// The clauses of which a vector failed. The order is that of the Ochiai coefficient, by which programs are searched for faults: of all that is
    /// named by failures, the clause comes first whose vectors are most of them and hardly ever pass. Ties are broken by the order of the spec. Before
    /// these come clauses that forbid what memory shows to have been written: there is no doubt about those. Behind all others come guarantees and hazards:
    /// they follow from clauses of operations. Where nothing is wrong but start_gfn or remaining, and only of PEEK, the clauses of PEEK come before others:
    /// marks that are wrong would show in GET, too. Runs that broke off say nothing of clauses.
    /// </summary>
    public IReadOnlyList<ClauseFailures> Clauses { get; }

    /// <summary>The failures, each in one cause, those of the first clauses first.</summary>
    public IReadOnlyList<FailureCause> Causes { get; }

    /// <summary>How many failed.</summary>
    public int Failed => Causes.Sum(cause => cause.Failures.Count);

    /// <summary>The failures in which nothing was answered, such as crashes.</summary>
    public IEnumerable<FailureCause> BrokeOff => Causes.Where(cause => cause.Failures[0] is { Actual: null, PassesUnexpectedly: false });

    /// <summary>How many of these failed only because a list expects them to: they pass.</summary>
    public int PassUnexpectedly => Causes.Sum(cause => cause.Failures.Count(failure => failure.PassesUnexpectedly));

    /// <summary>Sums the failures of a result up.</summary>
    /// <param name="result">The result.</param>
    /// <param name="order">The ids of the clauses in the order of the spec.</param>
    public static FailureSummary Of(CheckResult result, IEnumerable<string> order)
    {
        ArgumentNullException.ThrowIfNull(result);
        Verdict[] judged = [.. result.Verdicts.Where(verdict => verdict.Kind is VerdictKind.Passed or VerdictKind.Failed)];
        static bool Fails(Verdict verdict) => verdict is { Kind: VerdictKind.Failed, PassesUnexpectedly: false, Actual: not null };
        Dictionary<string, int> place = order.Distinct(StringComparer.Ordinal).Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);
        Dictionary<string, int> breaches = judged.Select(Breached).OfType<string>().CountBy(clause => clause, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        bool isOfPeek = judged.Where(Fails).All(verdict => Sign(verdict) is "peek, start_gfn" or "peek, remaining");
        IEnumerable<ClauseFailures> clauses = judged
            .SelectMany(verdict => ClausesOf(verdict).Select(clause => (Clause: clause, Failed: Fails(verdict))))
            .GroupBy(each => each.Clause, StringComparer.Ordinal)
            .Select(group => new ClauseFailures(group.Key, group.Count(each => each.Failed), group.Count()))
            .Where(clause => clause.Failed > 0)
            .OrderByDescending(clause => breaches.GetValueOrDefault(clause.Clause))
            .ThenBy(clause => Clause.IsConsequence(clause.Clause))
            .ThenByDescending(clause => isOfPeek && clause.Clause.StartsWith("PEEK-", StringComparison.Ordinal))
            .ThenByDescending(clause => (double)clause.Failed * clause.Failed / clause.Judged)
            .ThenBy(clause => place.GetValueOrDefault(clause.Clause, int.MaxValue))
            .ThenBy(clause => clause.Clause, StringComparer.Ordinal);
        return new FailureSummary([.. clauses], judged.Where(verdict => verdict.Kind == VerdictKind.Failed));
    }

    /// <summary>The clause of a failure that most speaks for: empty if its vector names none, or nothing was answered.</summary>
    public string ClauseOf(Verdict failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return ClausesOf(failure).MinBy(Rank)!;
    }

    private static IReadOnlyList<string> ClausesOf(Verdict verdict)
    {
        if (verdict is { Kind: VerdictKind.Failed, Actual: null })
        {
            return [""]; // nothing was answered that a clause could be about
        }

        string[] clauses = [.. Breached(verdict) is { } breached ? [breached] : Array.Empty<string>(), .. verdict.Vector.Clauses];
        return clauses.Length == 0 ? [""] : [.. clauses.Distinct(StringComparer.Ordinal)];
    }

    // None where the result is what is wrong in the first place.
    private static string? Breached(Verdict verdict) => verdict is { Kind: VerdictKind.Failed, FailedStep: >= 0, Actual: { Breach: not null } actual } && !verdict.Reason.StartsWith(WrongResult, StringComparison.Ordinal)
        ? AfterCall.ClauseOf(verdict.Vector.Trace.Steps[verdict.FailedStep].Operation, actual)
        : null;

    // Two missing checks may both answer ok where EINVAL must be: a clause of which every vector fails is a cause of its own.
    private IEnumerable<FailureCause> Split(IGrouping<string, Verdict> alike)
    {
        if (alike.All(failure => failure.Actual == null))
        {
            return [new FailureCause(alike.Key, [.. alike.OrderByDescending(failure => failure.NeedsTheRunsBefore).ThenBy(failure => failure.FailedStep < 0).ThenBy(Length)])]; // nothing was answered that a clause could tell apart
        }

        const int Enough = 2;
        HashSet<string> pure = [.. Clauses.Where(clause => clause.Failed == clause.Judged && clause.Failed >= Enough && !Clause.IsConsequence(clause.Clause)).Select(clause => clause.Clause)];
        string first = alike.Select(ClauseOf).MinBy(Rank)!;
        return alike
            .GroupBy(failure => ClausesOf(failure).Where(clause => clause == first || pure.Contains(clause)).MinBy(Rank) ?? first, StringComparer.Ordinal)
            .Select(group => new FailureCause(alike.Key, [.. group.OrderBy(failure => Rank(ClauseOf(failure))).ThenBy(Length)]) { Clause = group.Key });
    }

    // Clauses that nothing speaks for stand behind all others.
    private int Rank(string clause) => rank.GetValueOrDefault(clause, int.MaxValue);

    private static int Length(Verdict failure) => failure.FailedStep < 0 ? failure.Vector.Trace.Steps.Count : failure.FailedStep;

    // The operation and what is wrong, without numbers; of a wrong result both words, since they tell checks apart.
    private static string Sign(Verdict failure)
    {
        string reason = Number().Replace(failure.Reason, "...");
        string wrong = failure.Reason.StartsWith(WrongResult, StringComparison.Ordinal) ? reason
            : failure.Actual == null ? Beginning(reason)
            : reason.Split(':')[0];
        string operation = failure.FailedStep < 0 || failure.Actual == null ? "" : // a crash is one, whatever it was asked, and the operation is not looked for each time
            $"{Name(failure.Vector.Trace.Steps[failure.FailedStep].Operation)}, ";
        return operation + wrong;
    }

    /// <summary>Why a run broke off, without limits and last words.</summary>
    internal static string Beginning(string reason) => Whole().IsMatch(reason) ? reason : reason.Split(':', ',', ';')[0];

    private static string Name(Operation operation) => operation is Operation.Get { Flags: (uint)CmmaFlags.Peek } ? "peek" : OperationForm.Of(operation).Name;

    [GeneratedRegex("^(says|not asked): ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"'[^']*'|0x[0-9a-f]+|(?<![A-Za-z0-9_])[0-9]+(\.[0-9]+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
