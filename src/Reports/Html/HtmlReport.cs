// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Traces;
using Cmma.Traces.Clauses;

namespace Cmma.Reports.Html;

/// <summary>
/// A check as one page that needs nothing else: what failed by clause, in the order of <see cref="FailureSummary"/>, each with the first wrong operation. It can be read on paper and
/// without scripts; its policy forbids every request and every script but its own.
/// </summary>
public static class HtmlReport
{
    /// <summary>The page.</summary>
    /// <param name="result">The result to show.</param>
    /// <param name="clauses">Every clause, in their order.</param>
    /// <param name="profiles">Every profile: a failure belongs to those that expect of its vector what the contract does.</param>
    /// <param name="contract">What keeps the contract and shows its state, in memory of any size: it draws the pictures.</param>
    /// <param name="again">The command that runs a vector again.</param>
    public static string Of(CheckResult result, IReadOnlyList<Clause> clauses, IReadOnlyList<Profile> profiles, IImplementation contract, Func<Vector, string> again)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(profiles);
        ArgumentNullException.ThrowIfNull(clauses);
        string script = Resource("report.js");
        string policy = $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{Sha256(script)}'";
        return Markup.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{result.Implementation}: {result.Totals}</title>
            <link rel="icon" href="data:,">
            <style>
            {new Markup(Resource("report.css"))}</style>
            </head>
            <body>
            {Summary(result)}{Failures(result, FailureSummary.Of(result, clauses.Select(clause => clause.Id)), clauses, profiles, verdict => FailureHtml.Of(verdict, contract, again(verdict.Vector)))}{Others(result)}<script>{new Markup(script)}</script>
            </body>
            </html>

            """).ToString();
    }

    private static Markup Summary(CheckResult result) => Markup.Of($"""
        <header>
        <h1>{result.Implementation}</h1>
        {(result.Tested is { } tested ? Markup.Of($"""<p>{tested}</p>""") : Markup.Empty)}
        {(result.Failed > 0 ? Markup.Of($"""<p class="bad">does not conform to the {Expecting(result)}</p>""")
            : result.Passed > 0 ? Markup.Of($"""<p class="good">conforms to the {Expecting(result)}, as far as these vectors tell</p>""")
            : Markup.Of($"""<p class="bad">nothing was run, so nothing is said</p>"""))}
        <ul class="tiles">
        {Tile(result.Passed, "passed", "good")}{Tile(result.Failed, "failed", result.Failed > 0 ? "bad" : "")}{Tile(result.Skipped, "skipped", "")}{(
            result.ExpectedFailures > 0 ? Tile(result.ExpectedFailures, "failed as expected", "") : Markup.Empty)}</ul>
        {(result.BreachesAreSelfReported ? Markup.Of($"""<p>breaches are self-reported: the implementation does not send the caller's memory</p>""") : Markup.Empty)}
        {(result.Leak is { } leak ? Markup.Of($"""<p class="bad">{leak.Text}</p>""") : Markup.Empty)}
        </header>

        """);

    private static string Expecting(CheckResult result) =>
        result.Profile == Profile.ContractName ? "contract of the CMMA migration ioctls" : $"profile {result.Profile}";

    // The check's own profile, and where that is the contract, those that say the same as the contract about this vector.
    private static IReadOnlyList<string> Expecting(string checkedBy, Vector vector, IReadOnlyList<Profile> profiles) =>
        [checkedBy, .. profiles.Where(profile => checkedBy == Profile.ContractName && profile.Name != checkedBy && profile.SaysAsTheContract(vector))
            .Select(profile => profile.Name)];

    private static Markup Tile(int number, string what, string kind) => Markup.Of($"""
        <li><b class="{kind}">{number}</b>{what}</li>

        """);

    // In the order of the summary: each failure under the clause that most speaks for.
    private static Markup Failures(
        CheckResult result, FailureSummary summary, IReadOnlyList<Clause> clauses, IReadOnlyList<Profile> profiles, Func<Verdict, Markup> tell)
    {
        if (result.Failed == 0)
        {
            return Markup.Empty;
        }

        ILookup<string, Verdict> byClause = summary.Causes.SelectMany(cause => cause.Failures).ToLookup(summary.ClauseOf, StringComparer.Ordinal);
        Verdict Told(Verdict verdict) => verdict with { Vector = verdict.Vector with { Profiles = Expecting(result.Profile, verdict.Vector, profiles) } };
        string[] order = [.. clauses.Select(clause => clause.Id)];
        int withoutClause = byClause[""].Count();
        IEnumerable<ClauseFailures> groups = summary.Clauses.Any(clause => clause.Clause.Length == 0) ? summary.Clauses : summary.Clauses.Prepend(new ClauseFailures("", withoutClause, withoutClause));
        return Markup.Of($"""
            <main>
            {InCommon(summary, clauses)}<form hidden aria-label="filters">
            {Filter("clause", summary.Clauses.Select(clause => clause.Clause).Where(id => id.Length > 0).OrderBy(id => Array.IndexOf(order, id)))}
            {Filter("profile", byClause.SelectMany(group => group).SelectMany(verdict => Told(verdict).Vector.Profiles))}
            <span id="shown" role="status"></span>
            </form>
            {FailureHtml.Legend}{Markup.Each(groups.Where(clause => byClause.Contains(clause.Clause)), clause =>
                Group(clause, [.. byClause[clause.Clause].Select(Told)], clauses, tell))}</main>

            """);
    }

    private static Markup InCommon(FailureSummary summary, IReadOnlyList<Clause> clauses) => Markup.Of($"""
        <section>
        <h2>What the failures have in common</h2>
        <table><tr><th>clause</th><th>vectors</th><th></th></tr>
        {Markup.Each(summary.Clauses, clause => Markup.Of(
            $"<tr><td>{Shown(clause)}</td><td>{clause.Counts}</td><td>{clauses.FirstOrDefault(each => each.Id == clause.Clause)?.Title}</td></tr>\n"))}</table>
        </section>

        """);

    private static string Shown(ClauseFailures clause) => clause.Clause.Length > 0 ? clause.Clause : "no clause: nothing was answered, or none is named";

    private static Markup Filter(string name, IEnumerable<string> values) => Markup.Of($"""
        <label>{name} <select name="{name}"><option value="">all</option>{Markup.Each(values.Distinct(StringComparer.Ordinal), value =>
            Markup.Of($"<option>{value}</option>"))}</select></label>
        """);

    private static Markup Group(ClauseFailures failures, IReadOnlyList<Verdict> verdicts, IReadOnlyList<Clause> clauses, Func<Verdict, Markup> tell)
    {
        Clause? clause = clauses.FirstOrDefault(each => each.Id == failures.Clause);
        return Markup.Of($"""
            <section class="clause">
            <h2>{Shown(failures)}{(clause == null ? "" : $": {clause.Title}")}</h2>
            <p class="faint">{failures.Counts}</p>
            {(clause == null ? Markup.Empty : Markup.Of($"""<details><summary>the clause</summary><pre>{clause.Text}</pre></details>"""))}
            {Markup.Each(verdicts, tell)}</section>

            """);
    }

    private static Markup Others(CheckResult result) => Markup.Of(
        $"""
        {Table(result, VerdictKind.ExpectedFailure, "Failed as expected")}{Table(result, VerdictKind.Skipped, "Skipped")}{Passed(result)}
        """);

    private static Markup Table(CheckResult result, VerdictKind kind, string title)
    {
        Verdict[] verdicts = [.. result.Verdicts.Where(verdict => verdict.Kind == kind)];
        return verdicts.Length == 0 ? Markup.Empty : Markup.Of($"""
            <section>
            <h2>{title}</h2>
            <table><tr><th>vector</th><th>why</th></tr>
            {Markup.Each(verdicts, verdict => Markup.Of($"<tr><td>{verdict.Vector.Id}</td><td>{verdict.Reason}</td></tr>\n"))}</table>
            </section>

            """);
    }

    private static Markup Passed(CheckResult result)
    {
        Vector[] passed = [.. result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Passed).Select(verdict => verdict.Vector)];
        return passed.Length == 0 ? Markup.Empty : Markup.Of($"""
            <section>
            <h2>Passed</h2>
            <table><tr><th>vectors of</th><th>passed</th></tr>
            {Markup.Each(passed.GroupBy(vector => Path.GetDirectoryName(vector.File), StringComparer.Ordinal), folder =>
                Markup.Of($"<tr><td>{folder.Key}</td><td>{folder.Count()}</td></tr>\n"))}</table>
            </section>

            """);
    }

    private static string Sha256(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
