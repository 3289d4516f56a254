// SPDX-License-Identifier: MIT
using Cmma.Conformance.Tests;
using Cmma.Traces;
using static Cmma.Conformance.Tests.SampleVectors;

namespace Cmma.Judging.Tests;

public sealed class ExpectedFailuresTests
{
    private static readonly ExpectedFailures List = new("list.json", [.. new[] { Passes, Fails, Needs }.Select(vector => new ExpectedFailure(vector.Id, "too young") { Link = "a link", Difference = FirstDifference })]);

    private const string FirstDifference = "operation 2: result: expected ok, got EBUSY";

    private static CheckResult Result => CheckResult.Of([Needs, Fails, Passes], Machine(Capability.Vcpu));

    [Fact]
    public void A_listed_vector_that_fails_is_an_expected_failure() =>
        AssertVerdict(VerdictKind.ExpectedFailure, "too young (a link): result: expected ok, got EBUSY", List.Judge(Result, Contract).Verdicts[1]);

    [Fact]
    public void A_listed_vector_that_passes_fails()
    {
        AssertVerdict(VerdictKind.Failed, "passes, though list.json expects it to fail: too young; take it off the list", List.Judge(Result, Contract).Verdicts[2]);
        Assert.Equal([false, false, true], List.Judge(Result, Contract).Verdicts.Select(verdict => verdict.PassesUnexpectedly));
    }

    [Fact]
    public void A_listed_vector_that_is_skipped_stays_so() => AssertVerdict(VerdictKind.Skipped, "needs residency", List.Judge(Result, Contract).Verdicts[0]);

    [Theory]
    [InlineData("ENABLE-CMMA-1", null)]
    [InlineData("ENABLE-CMMA-CHECK-2", "result: expected ok, got EBUSY; list.json expects ENABLE-CMMA-CHECK-2 to decide the operation, not ENABLE-CMMA-1: too young")]
    public void A_failure_of_another_clause_than_the_list_says_fails(string clause, string? says)
    {
        Vector vector = Spec.Vector("it-fails", """{"op":"enable_cmma","expect":{"result":"ok"}}""");
        ExpectedFailures list = new("list.json", [new ExpectedFailure(vector.Id, "too young") { Clause = clause }]);
        CheckResult result = new("x", [new Verdict(vector, VerdictKind.Failed, "result: expected ok, got EBUSY", FailedStep: 0)]);

        AssertVerdict(says == null ? VerdictKind.ExpectedFailure : VerdictKind.Failed, says ?? "too young: result: expected ok, got EBUSY", list.Judge(result, Contract).Verdicts[0]);
    }

    [Theory]
    [InlineData(1, "count: expected 1, got 2")]
    [InlineData(0, "result: expected ok, got EBUSY")]
    [InlineData(-1, "is ended by signal 11 (SIGSEGV)")]
    public void A_failure_with_another_first_difference_than_the_list_says_fails(int step, string reason) =>
        AssertVerdict(
            VerdictKind.Failed,
            $"{reason}; list.json expects another first difference, '{FirstDifference}': too young",
            List.Judge(new CheckResult("x", [new Verdict(Fails, VerdictKind.Failed, reason, step)]), Contract).Verdicts[0]);

    [Fact]
    public void A_list_that_was_written_expects_what_failed_and_nothing_else()
    {
        using TempFolder folder = new();
        CheckResult result = new("x", [.. Result.Verdicts, new Verdict(Spec.Vector("it-ends", """{"op":"create_vcpu"}"""), VerdictKind.Failed, "says \"no\"", FailedStep: -1)]);
        folder.Write("list.json", ExpectedFailures.Write(result));
        CheckResult judged = ExpectedFailures.Read(folder.At("list.json"), [.. result.Verdicts.Select(verdict => verdict.Vector)]).Judge(result, Contract);

        Assert.Equal("1 passed, 0 failed, 1 skipped, 2 failed as expected", judged.Totals);
        Assert.Equal("not looked into yet: result: expected ok, got EBUSY", judged.Verdicts[1].Reason);
    }

    [Fact]
    public void An_entry_that_does_not_say_how_its_vector_fails_is_refused()
    {
        InputException refused = Assert.Throws<InputException>(() => Read("""{"vector":"it-fails","reason":"too young"}"""));

        Assert.EndsWith("list.json:2: expected_failures[0]: 'it-fails' does not say how it fails: 'clause' or 'difference' is missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_that_is_not_listed_stays_as_it_is()
    {
        ExpectedFailures other = new("list.json", [new ExpectedFailure("another", "too young") { Difference = FirstDifference }]);

        Assert.Equal(Result.Verdicts, other.Judge(Result, Contract).Verdicts);
        Assert.Equal("1 passed, 1 failed, 1 skipped", other.Judge(Result, Contract).Totals);
        Assert.Equal(Result.Implementation, other.Judge(Result, Contract).Implementation);
    }

    [Fact]
    public void A_list_is_read_with_every_field()
    {
        CheckResult judged = Read("""{"vector":"it-fails","difference":"operation 2: result: expected ok, got EBUSY","reason":"too young","link":"a link"}""", """{"vector":"it-passes","difference":"x","reason":"too old"}""").Judge(Result, Contract);

        Assert.Equal("0 passed, 1 failed, 1 skipped, 1 failed as expected", judged.Totals);
        AssertVerdict(VerdictKind.ExpectedFailure, "too young (a link): result: expected ok, got EBUSY", judged.Verdicts[1]);
        Assert.StartsWith("passes, though ", judged.Verdicts[2].Reason, StringComparison.Ordinal);
        Assert.EndsWith("list.json expects it to fail: too old; take it off the list", judged.Verdicts[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_changes_nothing() => Assert.Equal(Result.Verdicts, Read().Judge(Result, Contract).Verdicts);

    [Theory]
    [InlineData("no-such-vector", "it-fails", "list.json:2: expected_failures[0]: unknown vector 'no-such-vector'")]
    [InlineData("it-fails", "no-such-vector", "list.json:3: expected_failures[1]: unknown vector 'no-such-vector'")]
    [InlineData("it-fails", "it-fails", "list.json:3: expected_failures[1]: vector 'it-fails' occurs twice")]
    public void A_vector_that_there_is_not_or_that_stands_twice_is_refused(string first, string second, string says)
    {
        InputException refused = Assert.Throws<InputException>(() => Read(Entry(first), Entry(second)));

        Assert.EndsWith(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_does_not_fit_its_schema_is_refused()
    {
        InputException refused = Assert.Throws<InputException>(() => Read("""{"vector":"it-fails","link":"a link"}"""));

        Assert.EndsWith("list.json:2: expected_failures[0]: field 'reason' is missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_told_by_its_name()
    {
        Assert.Equal("result", Assert.Throws<ArgumentNullException>(() => List.Judge(null!, Contract)).ParamName);
        Assert.Equal("contract", Assert.Throws<ArgumentNullException>(() => List.Judge(Result, null!)).ParamName);
        Assert.Equal("result", Assert.Throws<ArgumentNullException>(() => ExpectedFailures.Write(null!)).ParamName);
        Assert.Equal("failure", Assert.Throws<ArgumentNullException>(() => ExpectedFailures.Difference(null!)).ParamName);
    }

    [Fact]
    public void A_file_that_is_no_list_is_refused()
    {
        using TempFolder folder = new();
        folder.Write("list.json", "{}");

        Assert.EndsWith("list.json:1: field 'expected_failures' is missing", Assert.Throws<InputException>(() => ExpectedFailures.Read(folder.At("list.json"), [])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vector", 120, 0)]
    [InlineData("reason", 600, 600)]
    [InlineData("link", 600, 600)]
    [InlineData("clause", 600, 600)]
    [InlineData("difference", 2000, 2000)]
    public void A_text_has_a_length_that_it_may_have(string field, int longest, int accepted)
    {
        string Entry(string text) => "{" + string.Join(',', new Dictionary<string, string> { ["vector"] = "it-fails", ["reason"] = "r", ["difference"] = "d", [field] = text }.Select(each => $"\"{each.Key}\":\"{each.Value}\"")) + "}";

        Assert.NotNull(Record.Exception(() => Read(Entry(new string('x', longest + 1)))));
        Assert.DoesNotContain("unknown vector", Record.Exception(() => Read(Entry(new string('x', longest + 1))))!.Message, StringComparison.Ordinal);
        Assert.Equal(accepted == 0, Record.Exception(() => Read(Entry(new string('x', longest)))) != null); // of no vector
        Assert.Contains(field == "vector" ? "unknown vector" : "at least one character", Assert.Throws<InputException>(() => Read(Entry("\\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_breaks_off_is_not_what_a_clause_expects()
    {
        ExpectedFailures list = new("list.json", [new ExpectedFailure(Fails.Id, "too young") { Clause = "GET-BLOCK-4" }]);
        CheckResult result = new("x", [new Verdict(Fails, VerdictKind.Failed, "hangs", FailedStep: -1)]);

        AssertVerdict(VerdictKind.Failed, "hangs; list.json expects GET-BLOCK-4 to decide the operation: too young", list.Judge(result, Contract).Verdicts[0]);
    }

    [Fact]
    public void The_first_operation_is_named_like_any_other() =>
        Assert.Equal(["operation 1: wrong", "hangs"], new[] { new Verdict(Fails, VerdictKind.Failed, "wrong", 0), new Verdict(Fails, VerdictKind.Failed, "hangs", -1) }.Select(ExpectedFailures.Difference));

    private static MachineImplementation Contract => Machine(Capability.Vcpu);

    private static string Entry(string id) => $$"""{"vector":"{{id}}","clause":"GET-BLOCK-4","reason":"too young","link":"a link"}""";

    private static ExpectedFailures Read(params string[] entries)
    {
        using TempFolder folder = new();
        folder.Write("list.json", "{\"expected_failures\":[\n" + string.Join(",\n", entries) + "]}");
        return ExpectedFailures.Read(folder.At("list.json"), [Passes, Fails, Needs]);
    }

    private static void AssertVerdict(VerdictKind kind, string reason, Verdict verdict) => Assert.Equal((kind, reason), (verdict.Kind, verdict.Reason));
}
