// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Reference;
using Cmma.Reports;
using Xunit;
using static Cmma.Conformance.Tests.SampleVectors;

namespace Cmma.Conformance.Tests;

public sealed partial class ReportTests
{
    private static CheckResult Result => CheckResult.Of([Passes, Fails, Needs], Machine(Capability.Vcpu));

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
            CheckReport.Ktap(Result));

    [Fact]
    public void KTAP_of_the_reference_is_valid_line_by_line()
    {
        CheckResult result = CheckResult.Of(Spec.Vectors, Implementations.Find("reference"));
        string[] lines = CheckReport.Ktap(result).TrimEnd('\n').Split('\n');

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

    [GeneratedRegex("^ok [0-9]+ [a-z0-9-]+( # SKIP needs [a-z_]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ResultLine();
}
