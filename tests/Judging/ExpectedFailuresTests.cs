using System;
using System.Linq;
using Cmma.Conformance.Tests;
using Cmma.Traces;
using Xunit;
using static Cmma.Conformance.Tests.SampleVectors;

namespace Cmma.Judging.Tests;

public sealed class ExpectedFailuresTests
{
    private static readonly ExpectedFailures List = new("list.json", [.. new[] { Passes, Fails, Needs }.Select(vector => new ExpectedFailure(vector.Id, "too young", "a link"))]);

    private static CheckResult Result => CheckResult.Of([Needs, Fails, Passes], Machine(Capability.Vcpu));

    [Fact]
    public void A_listed_vector_that_fails_is_an_expected_failure() =>
        AssertVerdict(VerdictKind.ExpectedFailure, "too young (a link): result: expected ok, got EBUSY", List.Judge(Result).Verdicts[1]);

    [Fact]
    public void A_listed_vector_that_passes_fails() =>
        AssertVerdict(VerdictKind.Failed, "passes, though list.json expects it to fail: too young; take it off the list", List.Judge(Result).Verdicts[2]);

    [Fact]
    public void A_listed_vector_that_is_skipped_stays_so() => AssertVerdict(VerdictKind.Skipped, "needs residency", List.Judge(Result).Verdicts[0]);

    [Fact]
    public void A_vector_that_is_not_listed_stays_as_it_is()
    {
        ExpectedFailures other = new("list.json", [new ExpectedFailure("another", "too young", "a link")]);

        Assert.Equal(Result.Verdicts, other.Judge(Result).Verdicts);
        Assert.Equal("1 passed, 1 failed, 1 skipped", other.Judge(Result).Totals);
        Assert.Equal(Result.Implementation, other.Judge(Result).Implementation);
    }

    [Fact]
    public void A_list_is_read_with_every_field()
    {
        CheckResult judged = Read("""{"vector":"it-fails","reason":"too young","link":"a link"}""", """{"vector":"it-passes","reason":"too old","link":"b"}""").Judge(Result);

        Assert.Equal("0 passed, 1 failed, 1 skipped, 1 failed as expected", judged.Totals);
        AssertVerdict(VerdictKind.ExpectedFailure, "too young (a link): result: expected ok, got EBUSY", judged.Verdicts[1]);
        Assert.StartsWith("passes, though ", judged.Verdicts[2].Reason, StringComparison.Ordinal);
        Assert.EndsWith("list.json expects it to fail: too old; take it off the list", judged.Verdicts[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_changes_nothing() => Assert.Equal(Result.Verdicts, Read().Judge(Result).Verdicts);

    [Theory]
    [InlineData("no-such-vector", "it-fails", "list.json:2: expected_failures[0]: unknown vector 'no-such-vector'")]
    [InlineData("it-fails", "no-such-vector", "list.json:3: expected_failures[1]: unknown vector 'no-such-vector'")]
    [InlineData("it-fails", "it-fails", "list.json:3: expected_failures[1]: vector 'it-fails' stands twice")]
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
        Assert.Equal("result", Assert.Throws<ArgumentNullException>(() => List.Judge(null!)).ParamName);
    }

    private static string Entry(string id) => $$"""{"vector":"{{id}}","reason":"too young","link":"a link"}""";

    private static ExpectedFailures Read(params string[] entries)
    {
        using TempFolder folder = new();
        folder.Write("list.json", "{\"expected_failures\":[\n" + string.Join(",\n", entries) + "]}");
        return ExpectedFailures.Read(folder.At("list.json"), [Passes, Fails, Needs]);
    }

    private static void AssertVerdict(VerdictKind kind, string reason, Verdict verdict) => Assert.Equal((kind, reason), (verdict.Kind, verdict.Reason));
}
