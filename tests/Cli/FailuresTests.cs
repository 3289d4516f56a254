// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli.Tests;

/// <summary>Many failures at once: what is at the top, how many are shown, and what each of them says.</summary>
public sealed class FailuresTests
{
    private static readonly Lazy<string[]> Lines = new(() => Invocation.Run("check", "bug:B14").Output.Split('\n'));

    [Fact]
    public void The_clause_of_a_bug_stands_at_the_top()
    {
        Assert.Matches("^[0-9]+ vectors failed, by clause:$", Lines.Value[0]);
        Assert.Matches("^  GET-BLOCK-2 +failed [0-9]+ of [0-9]+ vectors: if there is none, the block begins at the lowest dirty page$", Lines.Value[1]);
        Assert.Matches("^  [.]{3} and [0-9]+ more clauses$", Lines.Value[11]);
    }

    [Fact]
    public void One_failure_is_shown_for_each_cause_and_all_of_them_where_somebody_asks()
    {
        string[] all = Invocation.Run("check", "bug:B14", "--all").Output.Split('\n');
        int failed = int.Parse(Lines.Value[0].Split(' ')[0]);
        int shown = Lines.Value.Count(line => line.StartsWith("FAILED ", StringComparison.Ordinal));

        Assert.InRange(shown, 2, 10);
        Assert.Contains($"{shown} of {failed} failures shown, one for each cause; --all shows all", Lines.Value);
        Assert.Equal(failed, all.Count(line => line.StartsWith("FAILED ", StringComparison.Ordinal)));
        Assert.DoesNotContain(all, line => line.Contains("more like this", StringComparison.Ordinal) || line.Contains("more clauses", StringComparison.Ordinal));
    }

    [Fact]
    public void What_fails_only_behind_other_runs_is_run_again_with_all_that_were_chosen()
    {
        Vector vector = new VectorFolder(Invocation.Spec.Vectors).All()[0];
        CheckPretty pretty = new(new Output(TextWriter.Null, TextWriter.Null), [], choice: " --suite core", options: " --timeout 3", all: false);
        Verdict alone = new(vector, VerdictKind.Failed, "hangs", FailedStep: -1);
        CheckResult result = new("x", [alone]);

        Assert.Equal($"again:  ./cmma check x --only {vector.Id} --timeout 3", pretty.Failure(result, alone)[^1]);
        Assert.Equal("again:  ./cmma check x --suite core --timeout 3", pretty.Failure(result, alone with { NeedsTheRunsBefore = true })[^1]);
        Assert.Equal(
            $"again:  ./cmma check x --only a-run-before --only {vector.Id} --timeout 3",
            pretty.Failure(result with { Leak = new StateLeak(vector, [vector with { Id = "a-run-before" }]) }, alone)[^1]);
    }

    [Fact]
    public void Causes_that_look_alike_are_told_apart_by_a_clause()
    {
        string[] alike = [.. Invocation.Run("check", "mutant:ENABLE-CMMA-1").Output.Split('\n').Where(line => line.Contains(" more like this (set, result: expected ok, got ENXIO", StringComparison.Ordinal)).Select(line => line.Split('(')[1])];

        Assert.True(alike.Length > 1);
        Assert.Distinct(alike);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "1 run broke off behind a wrong answer")]
    [InlineData(2, "2 runs broke off behind a wrong answer")]
    public void Runs_that_broke_off_behind_a_wrong_answer_are_counted_apart(int brokeOff, string? line)
    {
        Verdict[] failed = [.. new VectorFolder(Invocation.Spec.Vectors).All().Take(3).Select((vector, index) =>
            new Verdict(vector, VerdictKind.Failed, "result: expected ok, got EBUSY", FailedStep: 0) { ThenBrokeOff = index < brokeOff ? "ends with exit code 3" : null })];
        using StringWriter written = new();
        new CheckPretty(new Output(written, TextWriter.Null), [], choice: "", options: "", all: false).Write(new CheckResult("x", failed));

        Assert.Equal(line, written.ToString().Split('\n').SingleOrDefault(each => each.EndsWith("broke off behind a wrong answer", StringComparison.Ordinal)));
    }

    [Fact]
    public void Beside_what_must_be_stands_what_was_answered()
    {
        int must = Array.FindIndex(Lines.Value, line => line.StartsWith("  must be:  ok, start_gfn ", StringComparison.Ordinal));

        Assert.StartsWith("  answered: ok, start_gfn ", Lines.Value[must + 1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "kernel:4.13", "--timeout", "2.5", "--profile", "kernel:6.12", "--verify-protocol")]
    [InlineData("smoke", "bug:B14", "--timeout", "2.5", "--verify-protocol")]
    public void What_runs_a_failure_again_repeats_the_options(params string[] command)
    {
        string again = Invocation.Run(command).Output.Split('\n').First(line => line.StartsWith("  again:  ./cmma ", StringComparison.Ordinal))["  again:  ./cmma ".Length..];

        Assert.StartsWith($"check {command[1]} --only ", again, StringComparison.Ordinal);
        Assert.EndsWith($"{(command[0] == "check" ? " --profile kernel:6.12" : "")} --timeout 2.5 --verify-protocol", again, StringComparison.Ordinal);
        Assert.Equal(1, Invocation.Run(again.Split(' ')).ExitCode);
    }

    [Theory]
    [InlineData("touch", "touch")]
    [InlineData("spec/vectors/touch/", "touch")]
    [InlineData("create-vcpu,touch", "create-vcpu", "touch")]
    public void Folders_are_chosen(string which, params string[] folders)
    {
        string[] lines = Invocation.Run("check", "reference", "--only", which).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(folders, lines.SkipLast(1).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void A_pattern_chooses_by_id()
    {
        string[] ids = [.. Invocation.Run("check", "reference", "--only", "touch-*", "--format", "ktap").Output.Split('\n').Where(line => line.StartsWith("ok ", StringComparison.Ordinal))];

        Assert.NotEmpty(ids);
        Assert.All(ids, line => Assert.Matches("^ok [0-9]+ touch-", line));
    }

    [Fact]
    public void A_clause_chooses_the_vectors_that_name_it()
    {
        string row = Invocation.Run("clauses").Output.Split('\n').Single(line => line.StartsWith("GET-BLOCK-4 ", StringComparison.Ordinal));
        string count = row[(row.LastIndexOf('(') + 1)..].Split(' ')[0];

        Assert.StartsWith($"1..{count}\n", Invocation.Run("check", "reference", "--only", "GET-BLOCK-4", "--format", "ktap").Output["KTAP version 1\n".Length..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET-BLOCK-44", "unknown clause 'GET-BLOCK-44' (did you mean 'GET-BLOCK-4'?)")]
    [InlineData("nothing-*", "no vector has an id like 'nothing-*'")]
    [InlineData("touch,nothing", "unknown vector 'nothing'")]
    public void What_names_no_vector_is_refused(string which, string says)
    {
        Invocation run = Invocation.Run("check", "reference", "--only", which);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(says, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_failed_last_is_run_again_until_it_passes()
    {
        using TempSpec spec = new();
        string last = spec.At("last");
        string text = spec.Read(TempSpec.Gap);
        spec.Plant(TempSpec.Gap, "\"count\":17,", "\"count\":18,");
        Assert.Equal(1, Invocation.RunWith(spec, last, "check", "reference").ExitCode);
        Assert.Equal("0 passed, 1 failed, 0 skipped", Invocation.RunWith(spec, last, "check", "reference", "--failed").LastLine);
        Assert.Equal(0, Invocation.RunWith(spec, last, "check", "reference", "--only", "selftest").ExitCode); // says nothing of the other
        Assert.Equal(2, Invocation.RunWith(spec, last, "check", "optimized", "--failed").ExitCode); // another implementation

        spec.Write(TempSpec.Gap, text);
        Assert.Equal("1 passed, 0 failed, 0 skipped", Invocation.RunWith(spec, last, "check", "reference", "--failed").LastLine);
        Assert.Equal(2, Invocation.RunWith(spec, last, "check", "reference", "--failed").ExitCode); // nothing is left
    }

    [Fact]
    public void A_list_of_what_fails_is_written_and_then_expected()
    {
        using TempSpec spec = new();
        string list = spec.At("known.json");
        Assert.Equal(1, Invocation.Run("check", "bug:B14", "--only", "get", "--write-expected-failures", list).ExitCode);
        Invocation again = Invocation.Run("check", "bug:B14", "--only", "get", "--expected-failures", list);

        Assert.Equal(0, again.ExitCode);
        Assert.Matches("^[0-9]+ passed, 0 failed, [0-9]+ skipped, [0-9]+ failed as expected$", again.LastLine);
        spec.Write("known.json", System.IO.File.ReadAllText(list).Replace("operation ", "operation 1", StringComparison.Ordinal));
        Assert.Equal(1, Invocation.Run("check", "bug:B14", "--only", "get", "--expected-failures", list).ExitCode);
    }

    [Fact]
    public void A_clause_is_explained_with_its_source_and_all_that_shows_it()
    {
        string[] lines = Invocation.Run("explain", "GET-BLOCK-4").Output.Split('\n');

        Assert.StartsWith("GET-BLOCK-4: fewer than 16 clean pages", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("source: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("from:   spec/clauses/get.md:", StringComparison.Ordinal));
        Assert.Contains("  spec/smt/model/get.smt2 on every path", lines);
        Assert.Contains(lines, line => line.StartsWith("  tests/Properties/GetBlockProperties.cs: ", StringComparison.Ordinal));
        Assert.Contains("  15-clean-pages-after-the-first-page-are-bridged", lines);
        Assert.Contains("  src/Reference/Get.cs", lines);
        Assert.Contains("run its vectors: ./cmma check IMPL --only GET-BLOCK-4", lines);
    }

    [Theory]
    [InlineData("myprog", "exec:")]
    [InlineData("lib.so", "native:")]
    [InlineData("results.jsonl", "replay:")]
    public void A_file_in_the_place_of_an_implementation_is_known_for_what_it_is(string name, string kind)
    {
        using TempSpec spec = new();
        string file = spec.Write(name, "");
        Invocation run = Invocation.Run("check", file);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"unknown implementation '{file}' (did you mean '{kind}{file}'?); there are: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help check", "check --help")]
    public void Help_is_a_word_too(string words, string option) => Assert.Equal(Invocation.Run(option.Split(' ')), Invocation.Run(words.Split(' ')));
}
