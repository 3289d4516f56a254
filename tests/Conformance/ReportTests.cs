// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Reference;
using Cmma.Reports;
using static Cmma.Conformance.Tests.SampleVectors;

namespace Cmma.Conformance.Tests;

public sealed partial class ReportTests
{
    private static CheckResult Result => CheckResult.Of([Passes, Fails, Needs], Machine(Capability.Vcpu));

    private static TestReport Tests(CheckResult result) => CheckReport.Tests(result, "check small", file => "spec/vectors/" + file, verdict => [$"see {verdict.Vector.Id}"]);

    [Fact]
    public void KTAP_has_version_plan_a_line_a_vector_and_totals() =>
        Assert.Equal(
            """
            KTAP version 1
            1..3
            ok 1 it-passes
            # operation 2: result: expected ok, got EBUSY
            not ok 2 it-fails
            ok 3 it-needs-more # SKIP needs residency
            # Totals: pass:1 fail:1 xfail:0 xpass:0 skip:1 error:0

            """,
            Tests(Result).Ktap());

    [Fact]
    public void JUnit_has_a_suite_a_file_and_a_case_a_vector() =>
        Assert.Equal(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <testsuites name="check small" tests="3" failures="1" errors="0" skipped="1">
              <testsuite name="get/some" tests="3" failures="1" errors="0" skipped="1">
                <testcase name="it-passes" classname="get/some" file="spec/vectors/get/some.json" line="1" />
                <testcase name="it-fails" classname="get/some" file="spec/vectors/get/some.json" line="1">
                  <failure message="operation 2: result: expected ok, got EBUSY">see it-fails</failure>
                </testcase>
                <testcase name="it-needs-more" classname="get/some" file="spec/vectors/get/some.json" line="1">
                  <skipped message="needs residency" />
                </testcase>
              </testsuite>
            </testsuites>

            """,
            Tests(Result).JUnit().Replace("></skipped>", " />", StringComparison.Ordinal));

    [Fact]
    public void GitHub_gets_an_annotation_a_failure_at_its_file_and_line() =>
        Assert.Equal(
            "::error file=spec/vectors/get/some.json,line=1,title=it-fails::operation 2: result: expected ok, got EBUSY%0Asee it-fails\n1 passed, 1 failed, 1 skipped\n",
            Tests(Result).GitHub());

    [Fact]
    public void What_a_CI_system_would_misread_is_escaped()
    {
        TestReport report = new("a & b", [new TestCase("s", "n:1,2", VerdictKind.Failed, "50 % <\u0001>") { Details = ["one", "two"] }]) { Notes = ["n\nm"], Totals = "t" };

        XElement failure = XDocument.Parse(report.JUnit()).Descendants("failure").Single();
        Assert.Equal(("50 % <?>", "one\ntwo"), (failure.Attribute("message")!.Value, failure.Value));
        Assert.Equal("::notice::n%0Am\n::error title=n%3A1%2C2::50 %25 <\u0001>%0Aone%0Atwo\nt\n", report.GitHub());
    }

    [Fact]
    public void What_nobody_could_tell_is_an_error_and_an_expected_failure_is_skipped()
    {
        TestReport report = new("p", [new TestCase("s", "one", VerdictKind.Failed, "unknown") { IsUnknown = true }, new TestCase("t", "two", VerdictKind.ExpectedFailure, "known")]);

        XDocument xml = XDocument.Parse(report.JUnit());
        Assert.Equal(["1 0 1 0", "1 0 0 1"], xml.Descendants("testsuite").Select(suite => string.Join(' ', suite.Attributes().Skip(1).Select(each => each.Value))));
        Assert.Equal("unknown", xml.Descendants("error").Single().Attribute("message")!.Value);
        Assert.Equal("failed as expected: known", xml.Descendants("skipped").Single().Attribute("message")!.Value);
        Assert.EndsWith("# Totals: pass:0 fail:0 xfail:1 xpass:0 skip:0 error:1\n", report.Ktap(), StringComparison.Ordinal);
    }

    [Fact]
    public void KTAP_of_the_reference_is_valid_line_by_line()
    {
        CheckResult result = CheckResult.Of(Spec.Vectors, Implementations.Find("reference"));
        string[] lines = Tests(result).Ktap().TrimEnd('\n').Split('\n');

        Assert.Equal(["KTAP version 1", $"1..{Spec.Vectors.Count}"], lines[..2]);
        Assert.StartsWith("# Totals: pass:", lines[^1], StringComparison.Ordinal);
        Assert.All(lines[2..^1].Index(), line => Assert.Matches(ResultLine(), line.Item));
        Assert.Equal(Enumerable.Range(1, Spec.Vectors.Count), lines[2..^1].Select(line => int.Parse(line.Split(' ')[1])));
    }

    [Fact]
    public void JSON_tells_the_counts_and_every_verdict()
    {
        using JsonDocument json = JsonDocument.Parse(CheckReport.Json(Result, []));
        JsonElement root = json.RootElement;

        Assert.Equal("small", root.GetProperty("implementation").GetString());
        Assert.Equal([1, 1, 1], ((string[])["passed", "failed", "skipped"]).Select(name => root.GetProperty(name).GetInt32()));
        JsonElement[] vectors = [.. root.GetProperty("vectors").EnumerateArray()];
        Assert.Equal(["passed", "failed", "skipped"], vectors.Select(vector => vector.GetProperty("verdict").GetString()));
        Assert.Equal("it-fails", vectors[1].GetProperty("id").GetString());
        Assert.Equal("GET-BLOCK-4", vectors[1].GetProperty("clauses")[0].GetString());
        Assert.Equal("result: expected ok, got EBUSY", vectors[1].GetProperty("reason").GetString());
        Assert.Equal(2, vectors[1].GetProperty("operation").GetInt32());
        Assert.Equal("needs residency", vectors[2].GetProperty("reason").GetString());
        Assert.False(vectors[0].TryGetProperty("reason", out _));
    }

    [Fact]
    public void Markdown_tells_the_counts_and_what_did_not_pass() =>
        Assert.Equal(
            """
            # small

            1 passed, 1 failed, 1 skipped

            | failed | clauses | reason |
            |---|---|---|
            | it-fails | GET-BLOCK-4 | result: expected ok, got EBUSY |

            | skipped | clauses | reason |
            |---|---|---|
            | it-needs-more | GET-BLOCK-4 | needs residency |

            """,
            CheckReport.Markdown(Result, []));

    [Fact]
    public void A_bar_in_a_reason_does_not_break_the_table() =>
        Assert.Contains(
            "| a\\|b |",
            CheckReport.Markdown(new CheckResult("small", [new Verdict(Passes, VerdictKind.Failed, "a|b", FailedStep: 0)]), []),
            StringComparison.Ordinal);

    [Fact]
    public void A_failure_tells_place_clause_operation_and_how_to_see_it_again() =>
        Assert.Equal(
            [
                "spec/vectors/get/some.json:1",
                $"clause GET-BLOCK-4: {Spec.Clauses.Single(clause => clause.Id == "GET-BLOCK-4").Title}",
                """operation 2 of 3: {"op":"enable_cmma"}""",
                "must be:  ok",
                "answered: EBUSY",
                "result: expected ok, got EBUSY",
                "see it: ./cmma explain it-fails",
                "again:  ./cmma check small --only it-fails",
            ],
            CheckReport.Failure(Result.Verdicts[1], Spec.Clauses, CheckReport.Again("small", [Fails])));

    [Fact]
    public void Hints_for_the_author_stand_behind_the_reason()
    {
        Verdict verdict = new(Passes, VerdictKind.Failed, "answers with what is no answer", FailedStep: -1) { Hints = ["asked:    something", "probably: flush"] };

        Assert.Equal(["answers with what is no answer", "asked:    something", "probably: flush", "see it: ./cmma explain it-passes"], CheckReport.Failure(verdict, [], "again").TakeLast(5).Take(4));
    }

    [Fact]
    public void An_end_behind_a_wrong_answer_stands_behind_it() => Assert.Equal(
        ["result: expected ok, got EBUSY", "and then it ends with exit code 3", "see it: ./cmma explain it-fails"],
        CheckReport.Failure(Verdict.Of(Fails, new Answer([new Outcome(Outcome.Ok), new Outcome("EBUSY")], "ends with exit code 3") { Located = true }), [], "again").TakeLast(4).Take(3));

    [Fact]
    public void A_struct_that_was_written_back_is_told_by_its_fields()
    {
        Operation.Set set = new(StartGfn: 3, Count: 1, Flags: 0, Mask: 0x4d, ByteRuns.Of([0]));
        Vector vector = Fails with { Trace = new Trace(true, [new Step(set, new Expectation([new Expected(Outcome.Ok)]))]) };
        KvmS390CmmaLog written = AfterCall.Given(set, Runner.ValuesAddress) with { StartGfn = 4, RemainingOrMask = 0x4d00 };
        Outcome outcome = new(Outcome.Ok) { Struct = written, Breach = "the struct was written back" };

        Assert.Contains("struct:   start_gfn was 0x3, is 0x4, mask was 0x4d, is 0x4d00", CheckReport.Failure(Verdict.Of(vector, new Answer([outcome])), [], "again"));
        Assert.DoesNotContain(CheckReport.Failure(Verdict.Of(vector, new Answer([outcome with { Breach = "the values buffer was written" }])), [], "again"), line => line.StartsWith("struct:", StringComparison.Ordinal));
    }

    [GeneratedRegex("^ok [0-9]+ [a-z0-9-]+( # SKIP needs [a-z_]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ResultLine();
}
