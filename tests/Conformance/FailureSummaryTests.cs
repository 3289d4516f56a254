// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Reports;
using Cmma.Reports.Html;
using Cmma.Traces;

namespace Cmma.Conformance.Tests;

/// <summary>Many failures: which clauses come at the top, and which failures are shown.</summary>
public sealed class FailureSummaryTests
{
    private static readonly string[] Order = ["A-1", "B-1", "C-1", "D-1"];

    [Fact]
    public void The_clause_that_fails_most_often_and_most_purely_stands_first()
    {
        FailureSummary summary = Of(
            Failed("1", "zeroed struct: expected yes, got no", "A-1", "B-1"), Failed("2", "zeroed struct: expected yes, got no", "B-1", "C-1"),
            Failed("3", "zeroed struct: expected yes, got no", "B-1"), Passed("4", "A-1"), Passed("5", "C-1"), Passed("6", "C-1"), Passed("7", "D-1"));

        Assert.Equal(["B-1", "A-1", "C-1"], summary.Clauses.Select(clause => clause.Clause));
        Assert.Equal(["failed 3 of 3 vectors", "failed 1 of 2 vectors", "failed 1 of 3 vectors"], summary.Clauses.Select(clause => clause.Counts));
    }

    [Fact]
    public void The_clause_that_forbids_a_breach_comes_before_all_others()
    {
        Vector vector = Spec.Vector("breaks", """{"op":"get","start_gfn":"0x0","count":1,"expect":{"result":"EFAULT"}}""") with { Clauses = ["B-1"] };
        Verdict breaks = new(vector, VerdictKind.Failed, "the struct was written back", FailedStep: 0) { Actual = new Outcome("EFAULT") { Breach = "the struct was written back" } };
        FailureSummary summary = Of(Failed("1", "count: expected 1, got 2", "A-1"), Failed("2", "count: expected 1, got 2", "A-1"), breaks);

        Assert.Equal(["GET-WRITE-1", "A-1", "B-1"], summary.Clauses.Select(clause => clause.Clause));
        Assert.Equal("breaks", summary.Causes[0].Failures[0].Vector.Id);
    }

    [Fact]
    public void Where_the_result_is_wrong_a_breach_says_nothing_of_clauses()
    {
        Vector vector = Spec.Vector("breaks", """{"op":"get","start_gfn":"0x0","count":1,"expect":{"result":"ok","zeroed":true}}""") with { Clauses = ["B-1"] };
        Verdict fault = Verdict.Of(vector, new Answer([new Outcome("EFAULT") { Breach = "the buffer was written" }]));

        Assert.Equal(["B-1"], Of(fault).Clauses.Select(clause => clause.Clause));
    }

    [Theory]
    [InlineData("EBUSSY", true)]
    [InlineData("EAGAIN", false)] // an errno that has no name here
    [InlineData("EINVAL", false)]
    public void A_word_near_a_known_one_is_told_the_known_one(string word, bool isTold)
    {
        Vector vector = Spec.Vector("fails", """{"op":"create_vcpu","expect":{"result":"EBUSY"}}""");
        IReadOnlyList<string> lines = CheckReport.Failure(Verdict.Of(vector, new Answer([new Outcome(word)])), [], "again");

        Assert.Equal(isTold, lines.Contains($"'{word}' is no known word (did you mean EBUSY?)"));
    }

    [Theory]
    [InlineData("says: a page is missing: 0x5", "says: a page is missing: ...")]
    [InlineData("not asked: ten runs before it hung, and so on", "not asked: ten runs before it hung, and so on")]
    [InlineData("ends with exit code 3 in the middle of a line: '{\"id\":\"'", "ends with exit code ... in the middle of a line")]
    [InlineData("answers run 'a:b' once more: there is one line", "answers run ... once more")]
    [InlineData("says: machine2/v31-essa.lua:48: r1 is nil", "says: machine2/v31-essa.lua:...: r1 is nil")]
    public void What_broke_off_is_named_by_why_without_what_differs(string reason, string sign) =>
        Assert.Equal(sign, Assert.Single(Of(new Verdict(Spec.Vector("breaks", """{"op":"create_vcpu"}"""), VerdictKind.Failed, reason, FailedStep: -1)).BrokeOff).Sign);

    [Theory]
    [InlineData("ends with exit code 5; its last words: 7", "ends with exit code 5; its last words: 7", "broke off: ends with exit code 5; its last words: 7")]
    [InlineData("ends with exit code 5", "ends with exit code 6", "broke off: ends with exit code ...")]
    [InlineData("gives no answer within 10 s; asked again it answers", "gives no answer within 10 s", "broke off: gives no answer within 10 s")]
    [InlineData("answers with what is no answer: a: 'x'", "answers with what is no answer: b: 'y'", "gave no valid answer")]
    [InlineData("answers with what is no answer: a: 'x'", "answers with what is no answer: a: 'x'", "gave no valid answer: a: 'x'")]
    [InlineData("there is no answer 'a' in the recording", "there is no answer 'b' in the recording", "have no answer in the recording")]
    [InlineData("not asked: ten runs before it hung", "not asked: ten runs before it hung", "were not asked: ten runs before it hung")]
    public void What_runs_without_an_answer_have_in_common_is_said_with_its_numbers_where_these_are_the_same(string one, string other, string said)
    {
        static Verdict Broken(string id, string reason) => Failed(id, reason) with { Actual = null, FailedStep = -1 };

        Assert.Equal(said, Assert.Single(Of(Broken("1", one), Broken("2", other)).BrokeOff).BrokeOff);
    }

    [Fact]
    public void Clauses_that_fail_alike_stand_as_in_the_spec() =>
        Assert.Equal(["A-1", "C-1"], Of(Failed("1", "count: expected 1, got 2", "C-1", "A-1")).Clauses.Select(clause => clause.Clause));

    [Fact]
    public void Failures_with_the_same_first_difference_are_one_cause_and_the_shortest_of_the_first_clause_shows_it()
    {
        FailureSummary summary = Of(
            Failed("other", "count: expected 1, got 2", "A-1"), Failed("long", "count: expected 5, got 2", "B-1") with { FailedStep = 1 },
            Failed("short", "count: expected 7, got 9", "B-1"), Passed("passes", "A-1"));

        FailureCause cause = Assert.Single(summary.Causes);
        Assert.Equal("create_vcpu, count", cause.Sign);
        Assert.Equal(["short", "long", "other"], cause.Failures.Select(failure => failure.Vector.Id));
    }

    [Theory]
    [InlineData("result: expected EINVAL, got ok", "result: expected ENXIO, got ok", 2)]
    [InlineData("start_gfn: expected 0x1, got 0x2", "count: expected 1, got 2", 2)]
    [InlineData("values[1]: expected 00, got 01", "values[17]: expected 02, got 01", 1)]
    [InlineData("flags became 0x1", "flags became 0x3", 1)]
    public void Another_first_difference_is_another_cause(string one, string other, int causes) =>
        Assert.Equal(causes, Of(Failed("1", one, "A-1"), Failed("2", other, "A-1")).Causes.Count);

    [Fact]
    public void Two_checks_that_are_missing_are_two_causes_though_both_answer_ok()
    {
        const string Missing = "result: expected EINVAL, got ok";
        FailureSummary summary = Of(Failed("1", Missing, "A-1"), Failed("2", Missing, "A-1"), Failed("3", Missing, "A-1"), Failed("4", Missing, "B-1"), Failed("5", Missing, "B-1"), Failed("6", Missing, "C-1"));

        Assert.Equal(["1", "4"], summary.Causes.Select(cause => cause.Failures[0].Vector.Id));
        Assert.Equal(6, summary.Failed);
    }

    [Fact]
    public void A_program_that_crashes_in_many_runs_has_one_cause_and_the_run_whose_operation_is_known_shows_it()
    {
        static Verdict Crash(string id, int step, string reason, params string[] clauses) => Failed(id, reason, clauses) with { Actual = null, FailedStep = step };
        FailureSummary summary = Of(
            Crash("1", -1, "is ended by signal 11", "A-1"), Crash("2", -1, "is ended by signal 11", "B-1"), Crash("3", 1, "is ended by signal 11", "C-1"), Crash("4", 0, "answers with the wrong id 'a': 'b' was asked", "C-1"),
            Crash("5", -1, "answers with the wrong id 'c': 'd' was asked", "C-1"));

        Assert.Equal(["3 1 2", "4 5"], summary.Causes.Select(cause => string.Join(' ', cause.Failures.Select(failure => failure.Vector.Id))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_passes_against_a_list_says_nothing_of_clauses()
    {
        FailureSummary summary = Of(Failed("1", "count: expected 1, got 2", "B-1"), Failed("2", "passes, though list.json expects it to fail", "A-1") with { Actual = null, PassesUnexpectedly = true });

        Assert.Equal(["B-1"], summary.Clauses.Select(clause => clause.Clause));
        Assert.Equal((2, 1), (summary.Failed, summary.PassUnexpectedly));
    }

    [Fact]
    public void A_vector_without_clauses_is_told_too() => Assert.Equal([""], Of(Failed("1", "is ended by signal 11")).Clauses.Select(clause => clause.Clause));

    [Fact]
    public void Every_failure_is_in_one_cause_and_the_page_has_the_clauses_in_the_same_order()
    {
        CheckResult result = CheckResult.Of(Spec.Vectors, Implementations.Find("bug:B14"));
        FailureSummary summary = FailureSummary.Of(result, Spec.Clauses.Select(clause => clause.Id));
        string page = HtmlReport.Of(result, Spec.Clauses, [], Implementations.Find("optimized"), _ => "");
        string[] sections = [.. page.Split("<section class=\"clause\">\n<h2>").Skip(1).Select(section => section.Split(':')[0])];

        Assert.Equal(result.Failed, summary.Causes.SelectMany(cause => cause.Failures).Select(failure => failure.Vector.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(result.Failed, summary.Failed);
        Assert.Equal("GET-BLOCK-2", sections[0]);
        Assert.Equal(summary.Clauses.Select(clause => clause.Clause).Where(sections.Contains), sections);
        Assert.Contains($"<p class=\"faint\">{summary.Clauses[0].Counts}</p>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("remaining: expected 0x1, got 0x0", "0x1", "PEEK-1 A-1 B-1")]
    [InlineData("start_gfn: expected 0x1, got 0x0", "0x1", "PEEK-1 A-1 B-1")]
    [InlineData("values[0]: expected 01, got 00", "0x1", "A-1 B-1 PEEK-1")] // attributes that are wrong
    [InlineData("remaining: expected 0x1, got 0x0", "0x0", "A-1 B-1 PEEK-1")] // GET
    public void What_only_PEEK_answers_wrongly_is_a_matter_of_PEEK(string reason, string flags, string clauses)
    {
        Verdict Wrong(string id, string flags, params string[] clauses) => new(
            Spec.Vector(id, $$$"""{"op":"get","start_gfn":"0x0","count":1,"flags":"{{{flags}}}","expect":{"result":"EFAULT"}}""") with { Clauses = clauses }, VerdictKind.Failed, reason, FailedStep: 0)
        {
            Actual = new Outcome(Outcome.Ok),
        };

        Assert.Equal(clauses, string.Join(' ', Of(Wrong("1", "0x1", "A-1"), Wrong("2", flags, "A-1", "B-1"), Wrong("3", flags, "B-1", "PEEK-1"), Passed("4", "PEEK-1")).Clauses.Select(clause => clause.Clause)));
    }

    private static FailureSummary Of(params Verdict[] verdicts) => FailureSummary.Of(new CheckResult("x", verdicts), Order);

    private static Verdict Failed(string id, string reason, params string[] clauses) => new(Vector(id, clauses), VerdictKind.Failed, reason, FailedStep: 0) { Actual = new Outcome(Outcome.Ok) };

    private static Verdict Passed(string id, params string[] clauses) => new(Vector(id, clauses), VerdictKind.Passed, "", FailedStep: -1);

    private static Vector Vector(string id, string[] clauses) => Spec.Vector(id, """{"op":"create_vcpu"}""", """{"op":"create_vcpu"}""") with { Clauses = clauses };
}
