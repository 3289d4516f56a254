// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Conformance.Tests;
using Cmma.Reference;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Judging.Tests;

public sealed class JudgeTests
{
    private static readonly Outcome Answer = new("ok") { StartGfn = 5, Count = 3, Remaining = 7, Values = new byte[] { 0, 0x41, 0 } };

    // Made again for each test: a mutant must not leave what it made to the next one in the same process.
    private static Expected AnswerExpected => new("ok") { StartGfn = 5, Count = 3, Remaining = 7, Values = ByteRuns.Parse("00 41 00") };

    /// <summary>For every field of an expectation: one that fits, another value of that field alone, and what the judge must say.</summary>
    private static Dictionary<string, (Expected Fits, Expected Changed, Outcome Outcome, string Says)> Changes => new(StringComparer.Ordinal)
    {
        [nameof(Expected.Result)] = (new("EINVAL"), new("EFAULT"), new("EINVAL"), "result: expected EFAULT, got EINVAL"),
        [nameof(Expected.R1)] = (new("ok") { R1 = 0x20 }, new("ok") { R1 = 0x21 }, new("ok") { R1 = 0x20 }, "r1: expected 0x21, got 0x20"),
        [nameof(Expected.Migrating)] = (new("ok") { Migrating = true }, new("ok") { Migrating = false }, new("ok") { Migrating = true }, "migrating: expected no, got yes"),
        [nameof(Expected.Zeroed)] = (new("ok") { Zeroed = true }, new("ok"), new("ok") { Zeroed = true }, "zeroed struct: expected no, got yes"),
        [nameof(Expected.StartGfn)] = (AnswerExpected, AnswerExpected with { StartGfn = 6 }, Answer, "start_gfn: expected 0x6, got 0x5"),
        [nameof(Expected.Count)] = (AnswerExpected, AnswerExpected with { Count = 2 }, Answer, "count: expected 2, got 3"),
        [nameof(Expected.Remaining)] = (AnswerExpected, AnswerExpected with { Remaining = 8 }, Answer, "remaining: expected 0x8, got 0x7"),
        [nameof(Expected.Values)] = (AnswerExpected, AnswerExpected with { Values = ByteRuns.Parse("00 40 00") }, Answer, "values[1]: expected 40, got 41"),
        [nameof(Expected.Breach)] = (
            new("EFAULT") { Breach = "the buffer was written" },
            new("EFAULT"),
            new("EFAULT") { Breach = "the buffer was written" },
            "the buffer was written"),
    };

    public static TheoryData<string> Fields => [.. typeof(Expected).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_change_of_any_field_is_noticed(string field)
    {
        (Expected fits, Expected changed, Outcome outcome, string says) = Changes[field]; // a new field has no sample yet: add it

        Assert.Null(Difference(outcome, fits));
        Assert.Equal(says, Difference(outcome, changed));
    }

    [Fact]
    public void What_was_written_before_a_fault_is_told_behind_the_result_where_another_one_is_right()
    {
        Outcome fault = new("EFAULT") { Breach = "the buffer was written" };

        Assert.Equal("result: expected ok, got EFAULT, and the buffer was written", Difference(fault, AnswerExpected));
        Assert.Equal("the buffer was written", Difference(fault, new Expected("EFAULT")));
        Assert.Equal("the buffer was written", Judge.Difference(new Expectation([AnswerExpected, new Expected("EFAULT")]), fault)); // either is right
        Assert.Equal("the buffer was written", Judge.Difference(null, fault));
        Assert.Equal("the buffer was written", Difference(fault with { Result = "EINVAL" }, AnswerExpected)); // no other failure writes
    }

    [Fact]
    public void A_field_that_is_missing_on_either_side_is_noticed()
    {
        Assert.Equal("r1: expected 0x0, got none", Difference(new Outcome("ok"), new Expected("ok") { R1 = 0 }));
        Assert.Equal("r1: expected none, got 0x0", Difference(new Outcome("ok") { R1 = 0 }, new Expected("ok")));
        Assert.Equal("migrating: expected none, got no", Difference(new Outcome("ok") { Migrating = false }, new Expected("ok")));
        Assert.Equal("start_gfn: expected none, got 0x5", Difference(Answer, new Expected("ok")));
        Assert.Equal("zeroed struct: expected yes, got no", Difference(Answer, new Expected("ok") { Zeroed = true }));
        Assert.Equal("zeroed struct: expected no, got yes", Difference(new Outcome("ok") { Zeroed = true }, AnswerExpected));
        Assert.Equal("count: expected none, got 3", Difference(Answer, AnswerExpected with { Count = null }));
        Assert.Equal("expected: a breach", Difference(new Outcome("ok"), new Expected("ok") { Breach = "a breach" }));
    }

    [Fact]
    public void Of_many_differences_the_first_in_the_order_of_the_fields_is_told()
    {
        Outcome outcome = new("ok") { R1 = 1, Migrating = true, Zeroed = true, StartGfn = 5, Count = 3, Remaining = 7, Values = new byte[] { 1 }, Breach = "a breach" };
        Expected[] expected = [new("EINVAL") { Breach = "a breach" }];
        Func<Expected, Expected>[] corrections =
        [
            each => each with { Result = "ok" }, each => each with { Zeroed = true }, each => each with { R1 = 1 }, each => each with { Migrating = true }, each => each with { StartGfn = 5 },
            each => each with { Count = 3 }, each => each with { Remaining = 7 }, each => each with { Values = ByteRuns.Parse("01") },
        ];
        List<string> told = [];
        foreach (Func<Expected, Expected> correct in corrections)
        {
            expected[0] = expected[0] with { Values = expected[0].Values ?? ByteRuns.Parse("00") };
            told.Add(Difference(outcome, expected)!.Split(':')[0]);
            expected[0] = correct(expected[0]);
        }

        Assert.Equal(["result", "zeroed struct", "r1", "migrating", "start_gfn", "count", "remaining", "values[0]"], told);
        Assert.Null(Difference(outcome, expected));
    }

    [Fact]
    public void A_wrong_value_is_told_before_another_breach()
    {
        Outcome outcome = Answer with { Breach = "b" };

        Assert.Equal(
            "values[1]: expected 40, got 41; and not allowed either: result: expected EFAULT, got ok",
            Difference(outcome, AnswerExpected with { Values = ByteRuns.Parse("00 40 00"), Breach = "a" }, new Expected("EFAULT") { Breach = "b" }));
    }

    [Fact]
    public void A_breach_may_be_that_of_one_alternative_and_not_of_another()
    {
        Outcome outcome = new("EFAULT") { Breach = "b" };

        Assert.Null(Difference(outcome, new Expected("EFAULT") { Breach = "a" }, new Expected("EFAULT") { Breach = "b" }));
        Assert.Equal(
            "b; and not allowed either: result: expected EINVAL, got EFAULT",
            Difference(outcome, new Expected("EFAULT") { Breach = "a" }, new Expected("EINVAL") { Breach = "b" }));
    }

    [Fact]
    public void What_is_missing_is_told_by_its_name()
    {
        Vector vector = Spec.Vector("one", """{"op":"create_vcpu"}""");
        IImplementation machine = Implementations.Find("reference");

        Assert.Equal("outcome", Missing(() => Judge.Difference(expectation: null, null!)));
        Assert.Equal("machine", Missing(() => Runner.Run(null!, new Operation.CreateVcpu())));
        Assert.Equal("vector", Missing(() => Verdict.Of(null!, machine)));
        Assert.Equal("implementation", Missing(() => Verdict.Of(vector, (IImplementation)null!)));
        Assert.Equal("vector", Missing(() => Verdict.Of(null!, new Answer([]))));
        Assert.Equal("answer", Missing(() => Verdict.Of(vector, (Answer)null!)));
        Assert.Equal("vector", Missing(() => Verdict.Skipped(null!, machine)));
        Assert.Equal("implementation", Missing(() => Verdict.Skipped(vector, null!)));
        Assert.Equal("implementation", Missing(() => CheckResult.Of([], null!)));
    }

    [Theory]
    [InlineData("00 41", "values: expected 2 bytes, got 3")]
    [InlineData("00 41 00*2", "values: expected 4 bytes, got 3")]
    [InlineData("01 41 00", "values[0]: expected 01, got 00")]
    [InlineData("00 41 01", "values[2]: expected 01, got 00")]
    public void A_byte_too_few_too_many_or_different_is_noticed(string values, string says) =>
        Assert.Equal(says, Difference(Answer, AnswerExpected with { Values = ByteRuns.Parse(values) }));

    [Fact]
    public void Any_byte_fits_but_not_any_number_of_bytes()
    {
        Assert.Null(Difference(Answer, AnswerExpected with { Values = ByteRuns.Parse("00 ?? 00") }));
        Assert.Null(Difference(Answer, AnswerExpected with { Values = ByteRuns.Parse("??*3") }));
        Assert.Equal("values[0]: expected 01, got 00", Difference(Answer, AnswerExpected with { Values = ByteRuns.Parse("01 ??*2") }));
        Assert.Equal("values: expected 4 bytes, got 3", Difference(Answer, AnswerExpected with { Values = ByteRuns.Parse("??*4") }));
    }

    [Fact]
    public void One_of_several_fits_and_none_of_several_is_told_in_full()
    {
        Assert.Null(Difference(new Outcome("EFAULT"), new Expected("EINVAL"), new Expected("EFAULT")));
        Assert.Equal(
            "result: expected EINVAL, got ENOMEM; and not allowed either: result: expected EFAULT, got ENOMEM",
            Difference(new Outcome("ENOMEM"), new Expected("EINVAL"), new Expected("EFAULT")));
    }

    [Fact]
    public void A_breach_fails_whatever_is_expected()
    {
        Outcome outcome = new("ok") { Breach = "bytes past count were written" };

        Assert.Equal(outcome.Breach, Difference(outcome, new Expected("ok")));
        Assert.Equal(outcome.Breach, Judge.Difference(expectation: null, outcome));
    }

    [Fact]
    public void Where_nothing_is_expected_anything_fits() => Assert.Null(Judge.Difference(expectation: null, Answer));

    [Fact]
    public void Every_field_of_every_real_vector_is_looked_at()
    {
        foreach (Vector vector in new VectorFolder(Spec.Folder.Vectors).All().Where(vector => !vector.Capabilities.Contains(Capability.LargeMemory)))
        {
            ReferenceMachine machine = new(vector.Trace.HostHasCmma);
            foreach (Step step in vector.Trace.Steps)
            {
                Outcome outcome = Runner.Run(machine, step.Operation);
                foreach (Expected wrong in step.Expect!.Alternatives.Count == 1 ? Wrong(step.Expect.Alternatives[0]) : [])
                {
                    Assert.True(Difference(outcome, wrong) != null, $"{vector.Id}, line {step.Line}: {wrong}");
                }
            }
        }
    }

    // Each field changed alone.
    private static IEnumerable<Expected> Wrong(Expected expected)
    {
        yield return expected with { Result = expected.Result == "ok" ? "EINVAL" : "ok" };
        yield return expected with { Zeroed = !expected.Zeroed };
        yield return expected with { R1 = expected.R1 is { } r1 ? r1 ^ 1 : 0 };
        yield return expected with { Migrating = !(expected.Migrating ?? false) };
        yield return expected with { StartGfn = expected.StartGfn is { } startGfn ? startGfn ^ 1 : 0 };
        yield return expected with { Count = expected.Count is { } count ? count ^ 1 : 0 };
        yield return expected with { Remaining = expected.Remaining is { } remaining ? remaining ^ 1 : 0 };
        if (expected.Values is { Length: > 0, HasAny: false } values)
        {
            byte[] bytes = values.ToArray();
            bytes[^1] ^= 1;
            yield return expected with { Values = ByteRuns.Of(bytes) };
            yield return expected with { Values = ByteRuns.Of(bytes.AsSpan(1)) };
        }
    }

    private static string? Missing(Func<object?> call) => Assert.Throws<ArgumentNullException>(call).ParamName;

    private static string? Difference(Outcome outcome, params Expected[] expected) => Judge.Difference(new Expectation(expected), outcome);
}
