// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Reports.Html;
using Cmma.Traces;

namespace Cmma.Conformance.Tests;

/// <summary>The page of --report, read as text.</summary>
public sealed class HtmlReportTests
{
    private const string Hostile = "</title></script><script>alert(1)</script>\" onload='x' &lt; \0";

    [Fact]
    public void Everything_that_did_not_come_from_here_is_escaped()
    {
        Vector vector = Spec.Vector(Hostile, """{"op":"migration_status","expect":{"result":"ok","migrating":true}}""") with
        {
            Why = Hostile, Clauses = [Hostile], Profiles = [Hostile], File = Hostile,
        };
        Verdict failed = new(vector, VerdictKind.Failed, Hostile, FailedStep: 0) { Actual = new Outcome(Hostile) { Breach = Hostile } };
        Verdict[] verdicts = [failed, failed with { Kind = VerdictKind.Skipped }, failed with { Kind = VerdictKind.ExpectedFailure }, failed with { Kind = VerdictKind.Passed }];
        string page = HtmlReport.Of(new CheckResult(Hostile, verdicts), Spec.Clauses, [], Contract, _ => Hostile);

        Assert.Equal(1, Regex.Count(page, "<script"));
        Assert.DoesNotContain("onload='x'", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', page);
        Assert.Contains("&lt;/title&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;lt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_shows_expected_beside_actual_and_the_command_that_runs_it_again()
    {
        string page = Page("bug:B14");

        Assert.Contains("<h2>GET-", page, StringComparison.Ordinal);
        Assert.Contains("<th></th><th>in</th><th>expected</th><th>got</th>", page, StringComparison.Ordinal);
        Assert.Matches("<tr class=\"wrong\" ?><th>count</th><td>[0-9]+</td><td>[0-9]+</td><td>[0-9]+</td></tr>", page);
        Assert.Contains("<pre>again deleting-a-clean-slot-leaves-remaining<", page, StringComparison.Ordinal);
        Assert.Contains("class=\"expected\" d=\"M", page, StringComparison.Ordinal);
        Assert.Contains("class=\"got\" d=\"M", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "not sent")]
    [InlineData(true, "0x1")]
    public void A_field_that_was_never_sent_is_not_shown(bool seen, string flags)
    {
        Vector vector = Spec.Vector("x", """{"op":"get","start_gfn":"0x5","count":3,"flags":"0x1","expect":{"result":"EINVAL"}}""");
        Outcome answered = new("ENXIO") { Struct = seen ? new Cmma.Abi.KvmS390CmmaLog(5, 3, 1, 0, Runner.ValuesAddress) : null };
        Verdict failed = new(vector, VerdictKind.Failed, "result", FailedStep: 0) { Actual = answered };
        string page = HtmlReport.Of(new CheckResult("x", [failed]), Spec.Clauses, [], Contract, _ => "");

        Assert.Contains($"<tr><th>flags</th><td>0x1</td><td>0x1</td><td>{flags}</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<th>result</th><td></td><td>EINVAL</td><td>ENXIO</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_failure_stands_in_the_page_once()
    {
        CheckResult result = CheckResult.Of(Spec.Vectors, Implementations.Find("kernel:4.13"));
        string page = HtmlReport.Of(result, Spec.Clauses, [], Contract, _ => "");

        string[] shown = [.. page.Split('\n').Where(line => line.StartsWith("<h3>", StringComparison.Ordinal)).Select(line => line[4..^5])];
        Assert.Equal(result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed).Select(verdict => verdict.Vector.Id).Order(), shown.Order());
        Assert.Equal(page, HtmlReport.Of(result, Spec.Clauses, [], Contract, _ => ""));
    }

    [Fact]
    public void Every_operation_of_every_vector_can_be_shown_as_the_wrong_one()
    {
        Outcome[] strange =
        [
            new("ok") { StartGfn = ulong.MaxValue, Count = uint.MaxValue, Remaining = ulong.MaxValue, R1 = ulong.MaxValue, Migrating = true },
            new("EFAULT") { Values = new byte[5000] },
        ];
        Verdict[] verdicts = [.. Spec.Vectors.Where((_, index) => index % 5 == 0).SelectMany((vector, index) => Enumerable.Range(0, vector.Trace.Steps.Count)
            .Select(step => new Verdict(vector, VerdictKind.Failed, "wrong", step) { Actual = step % 3 == 2 ? null : strange[step % 3] }))];
        string page = HtmlReport.Of(new CheckResult("strange", verdicts), Spec.Clauses, [], Contract, _ => "");

        Assert.Equal(verdicts.Length, Regex.Count(page, "<article "));
    }

    [Fact]
    public void A_page_says_what_it_can_where_nothing_failed_or_nothing_was_run()
    {
        Verdict passed = new(Spec.Vector("one", """{"op":"create_vcpu"}"""), VerdictKind.Passed, "", FailedStep: -1);
        Verdict lost = passed with { Kind = VerdictKind.Failed, Reason = "is ended by signal 11 (SIGSEGV)" };

        Assert.Contains("conforms to the contract", HtmlReport.Of(new CheckResult("x", [passed]), [], [], Contract, _ => ""), StringComparison.Ordinal);
        Assert.Contains("nothing was run", HtmlReport.Of(new CheckResult("x", [passed with { Kind = VerdictKind.Skipped }]), [], [], Contract, _ => ""), StringComparison.Ordinal);
        Assert.Contains("<p class=\"reason\">is ended by signal 11", HtmlReport.Of(new CheckResult("x", [lost]), [], [], Contract, _ => ""), StringComparison.Ordinal);
    }

    private static IImplementation Contract => Implementations.Find("optimized");

    private static string Page(string name) => HtmlReport.Of(CheckResult.Of(Spec.Vectors, Implementations.Find(name)), Spec.Clauses, [], Contract, vector => $"again {vector.Id}");
}
