// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Cmma.Cli.Tests;

public sealed class CommandTests
{
    private const string SomeId = "15-clean-pages-after-the-first-page-are-bridged";

    public static TheoryData<string> CommandsWithAResult =>
    [
        "check reference",
        "check reference --format pretty",
        "check reference --format json",
        "check reference --format ktap",
        "check reference --format junit",
        "check reference --format github",
        "check reference --format markdown",
        "check reference --only " + SomeId,
        "smoke reference",
        "smoke reference --format pretty",
        "smoke reference --format json",
        "smoke reference --format ktap",
        "smoke reference --format markdown",
        "explain " + SomeId,
        "replay FILE reference",
        "replay FILE reference --format pretty",
        "replay FILE reference --format json",
        "replay FILE reference --format ktap",
        "replay FILE reference --format junit",
        "replay FILE reference --format markdown",
        "generate --seed 3 --count 2",
        "vectors minimize",
        "vectors minimize --format json",
        "vectors list",
        "vectors list --format pretty",
        "vectors list --format json",
        "vectors list --format markdown",
        "vectors lint",
        "vectors lint --format json",
        "vectors fmt",
        "clauses",
        "clauses --format pretty",
        "clauses --format json",
        "clauses --format markdown",
        "--help",
        "--version",
        "check --help",
    ];

    [Theory]
    [MemberData(nameof(CommandsWithAResult))]
    public void A_result_goes_to_stdout_without_colours_and_the_exit_code_is_0(string command)
    {
        using TempSpec spec = new();
        Invocation run = Invocation.RunOn(spec, [.. command.Split(' ').Select(word => word == "FILE" ? spec.At(TempSpec.Gap) : word)]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain('\e', run.Output);
        Assert.Equal(command == "vectors fmt", run.Output.Length == 0); // all files are canonical: nothing to tell
        if (command.EndsWith("--format json", StringComparison.Ordinal))
        {
            using JsonDocument json = JsonDocument.Parse(run.Output);
            Assert.NotEqual(JsonValueKind.Undefined, json.RootElement.ValueKind);
        }
    }

    [Fact]
    public void Check_ends_with_the_totals_and_skips_only_large_memory()
    {
        Invocation run = Invocation.Run("check", "reference", "--all");
        string[] skipped = [.. run.Output.Split('\n').Where(line => line.StartsWith("skipped ", StringComparison.Ordinal))];
        int passed = int.Parse(run.LastLine.Split(' ')[0]);

        Assert.Equal($"{passed} passed, 0 failed, {skipped.Length} skipped", run.LastLine);
        Assert.True(passed >= 150);
        Assert.All(skipped, line => Assert.EndsWith(": needs large_memory", line, StringComparison.Ordinal));
        string line = Assert.Single(Invocation.Run("check", "reference").Output.Split('\n'), line => line.StartsWith("skipped ", StringComparison.Ordinal));
        Assert.Equal($"skipped {skipped.Length} vectors, as each needs large_memory; --all names them", line);
    }

    [Fact]
    public void Each_format_tells_the_same_totals()
    {
        using TempSpec spec = new();
        string[] totals = Invocation.RunOn(spec, "check", "reference").LastLine.Split(' ');
        using JsonDocument json = JsonDocument.Parse(Invocation.RunOn(spec, "check", "reference", "--format", "json").Output);

        Assert.Equal(totals[0], json.RootElement.GetProperty("passed").GetRawText());
        Assert.Equal(totals[4], json.RootElement.GetProperty("skipped").GetRawText());
        Assert.Equal($"# Totals: pass:{totals[0]} fail:0 xfail:0 xpass:0 skip:{totals[4]} error:0", Invocation.RunOn(spec, "check", "reference", "--format", "ktap").LastLine);
        Assert.Contains(string.Join(' ', totals), Invocation.RunOn(spec, "check", "reference", "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Smoke_runs_the_vectors_of_the_selftest_alone()
    {
        using JsonDocument json = JsonDocument.Parse(Invocation.Run("vectors", "list", "--format", "json").Output);
        int count = json.RootElement.EnumerateArray().Count(vector => vector.GetProperty("file").GetString()!.StartsWith("spec/vectors/selftest/", StringComparison.Ordinal));

        Assert.Equal($"{count} passed, 0 failed, 0 skipped", Invocation.Run("smoke", "reference").LastLine);
    }

    [Theory]
    [InlineData("pretty", " operations in ")]
    [InlineData("json", "\"operations_per_second\": ")]
    public void Smoke_tells_how_fast_it_was_when_it_is_given_time(string format, string says)
    {
        Assert.Contains(says, Invocation.Run("smoke", "reference", "--time", "0.01", "--format", format).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(says, Invocation.Run("smoke", "reference", "--format", format).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_one_vector_is_run_when_one_is_asked_for() =>
        Assert.Equal("1 passed, 0 failed, 0 skipped", Invocation.Run("check", "reference", "--only", SomeId).LastLine);

    [Theory]
    [InlineData("pretty", "1 failed")]
    [InlineData("json", "\"failed\": 1")]
    [InlineData("ktap", "not ok ")]
    [InlineData("markdown", "1 failed")]
    public void A_wrong_expectation_planted_in_a_vector_turns_the_run_red(string format, string says)
    {
        using TempSpec spec = new();
        spec.Plant(TempSpec.Gap, "\"count\":17,", "\"count\":18,");
        Invocation run = Invocation.RunOn(spec, "check", "reference", "--format", format);

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Contains(says, run.Output, StringComparison.Ordinal);
        Assert.Contains("count: expected 18, got 17", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Output);
    }

    [Fact]
    public void A_failure_shows_where_which_clause_and_what_to_type_next()
    {
        using TempSpec spec = new();
        int line = spec.Plant(TempSpec.Gap, "\"count\":17,", "\"count\":18,");
        string[] lines = Invocation.RunOn(spec, "check", "reference").Output.Split('\n');
        int failed = Array.FindIndex(lines, each => each.StartsWith("FAILED ", StringComparison.Ordinal));
        string id = lines[failed]["FAILED ".Length..];

        Assert.Equal($"  spec/vectors/get/gap-after-the-first-page.json:{line}", lines[failed + 1]);
        Assert.StartsWith("  clause GET-BLOCK-4: ", lines[failed + 2], StringComparison.Ordinal);
        Assert.Contains($"  see it: ./cmma explain {id}", lines);
        Assert.Contains($"  again:  ./cmma check reference --only {id}", lines);
        Assert.Equal(1, Invocation.RunOn(spec, "check", "reference", "--only", id).ExitCode);
        Assert.Contains("NOT as expected: count: expected 18, got 17", Invocation.RunOn(spec, "explain", id).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_under_a_profile_is_run_again_under_it()
    {
        Invocation run = Invocation.Run("check", "kernel:4.13", "--profile", "kernel:6.12");
        string again = run.Output.Split('\n').First(line => line.StartsWith("  again:  ./cmma ", StringComparison.Ordinal))["  again:  ./cmma ".Length..];

        Assert.EndsWith(" --profile kernel:6.12", again, StringComparison.Ordinal);
        Assert.Equal(1, Invocation.Run(again.Split(' ')).ExitCode);
    }

    [Fact]
    public void Replay_tells_each_operation_and_its_answer()
    {
        using TempSpec spec = new();
        string file = spec.Write("my trace.json", """{"operations":[{"op":"create_vcpu"},{"op":"enable_cmma","expect":{"result":"EBUSY"}}]}""");
        Invocation run = Invocation.Run("replay", file, "reference");

        Assert.Equal("my trace\n  1. {\"op\":\"create_vcpu\"}\n     ok\n  2. {\"op\":\"enable_cmma\"}\n     EBUSY\nno difference\n", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Replay_stops_at_the_first_difference()
    {
        using TempSpec spec = new();
        string file = spec.Write("some.json", """{"operations":[{"op":"create_vcpu"},{"op":"enable_cmma","expect":{"result":"ok"}},{"op":"create_vcpu"}]}""");
        Invocation run = Invocation.Run("replay", file, "reference");

        Assert.EndsWith("     EBUSY\n     DIFFERENT: result: expected ok, got EBUSY\n1 difference(s)\n", run.Output, StringComparison.Ordinal);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void Replay_as_JSON_tells_the_same()
    {
        using TempSpec spec = new();
        string file = spec.Write("some.json", """{"operations":[{"op":"create_vcpu"},{"op":"enable_cmma","expect":{"result":"ok"}},{"op":"create_vcpu"}]}""");
        Invocation run = Invocation.Run("replay", file, "reference", "--format", "json");
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement trace = json.RootElement.GetProperty("traces")[0];

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("failed", trace.GetProperty("verdict").GetString());
        Assert.Equal("result: expected ok, got EBUSY", trace.GetProperty("reason").GetString());
        Assert.Equal(["ok", "EBUSY"], trace.GetProperty("operations").EnumerateArray().Select(each => each.GetProperty("answers").GetString()));
        Assert.Equal("enable_cmma", trace.GetProperty("operations")[1].GetProperty("operation").GetProperty("op").GetString());
    }

    [Fact]
    public void Diff_ends_after_its_time()
    {
        Invocation run = Invocation.Run("diff", "reference", "optimized", "--time", "0.001");
        string[] words = run.Output.Split(' ');

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("no difference in ", run.Output, StringComparison.Ordinal);
        Assert.InRange(int.Parse(words[3]), 1, 50); // those of which the first looks at the clock
        Assert.Equal(2, Invocation.Run("diff", "reference", "optimized", "--time", "0").ExitCode);
    }

    [Fact]
    public void Replay_of_what_the_implementation_cannot_run_says_so()
    {
        using TempSpec spec = new();
        string file = spec.Write("huge.json", """{"operations":[{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x7fffffff","dirty_log":true}]}""");
        Invocation run = Invocation.Run("replay", file, "reference");

        Assert.Equal("skipped huge: needs large_memory\nnothing was run on reference\n", run.Output);
        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public void Replay_runs_a_slot_that_is_refused_for_its_size()
    {
        using TempSpec spec = new();
        string file = spec.Write("refused.json", """{"operations":[{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x80000000","dirty_log":true}]}""");

        Assert.Equal("no difference", Invocation.Run("replay", file, "reference").LastLine);
    }

    [Fact]
    public void Fmt_tells_what_it_wrote_and_then_lint_has_no_findings()
    {
        using TempSpec spec = new();
        spec.Plant(TempSpec.Gap, "\"why\": ", "\"why\":");
        Invocation found = Invocation.RunOn(spec, "vectors", "lint");

        Assert.Equal((2, "spec/vectors/get/gap-after-the-first-page.json: not in canonical form (cmma vectors fmt)\n", "1 finding(s)\n"), (found.ExitCode, found.Error, found.Output));
        Assert.Equal("wrote spec/vectors/get/gap-after-the-first-page.json\n", Invocation.RunOn(spec, "vectors", "fmt").Output);
        Assert.Equal("no findings\n", Invocation.RunOn(spec, "vectors", "lint").Output);
    }

    [Fact]
    public void Generated_vectors_can_be_replayed()
    {
        using TempSpec spec = new();
        Invocation generated = Invocation.Run("generate", "--seed", "5", "--count", "20", "--output", spec.Path);

        Assert.Equal($"wrote {spec.At("random-5.json")}\n", generated.Output);
        Assert.Equal(Invocation.Run("generate", "--seed", "5", "--count", "20").Output, spec.Read("random-5.json"));
        Assert.Equal("no difference", Invocation.Run("replay", spec.At("random-5.json"), "optimized").LastLine);
    }

    [Fact]
    public void Vectors_of_the_solver_are_counted_and_nothing_new_is_told_too()
    {
        using TempSpec spec = new();
        string smt = Path.Combine(Invocation.Spec.Path, "smt");
        string[] files = [.. Directory.EnumerateFiles(smt, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/classes/", StringComparison.Ordinal) || file.EndsWith("/start-migration.smt2", StringComparison.Ordinal))];
        foreach (string file in files)
        {
            spec.Write(Path.GetRelativePath(Invocation.Spec.Path, file), File.ReadAllText(file));
        }

        Directory.CreateDirectory(spec.At("vectors/start-migration"));
        Assert.Equal("wrote start-migration/classes.json\nwrote manifest.json\n2 file(s) written\n", Invocation.RunOn(spec, "generate", "--from-spec").Output);
        Assert.Equal("nothing has changed\n", Invocation.RunOn(spec, "generate", "--from-spec").Output);
    }

    [Fact]
    public void Vectors_of_a_profile_are_replayed_by_its_kernel()
    {
        using TempSpec spec = new();
        Invocation generated = Invocation.Run("generate", "--seed", "5", "--count", "20", "--profile", "kernel:6.12", "--output", spec.Path);
        string file = spec.At("random-kernel-6.12-5.json");

        Assert.Equal($"wrote {file}\n", generated.Output);
        Assert.Equal("no difference", Invocation.Run("replay", file, "kernel:6.12").LastLine);
        Assert.Equal(1, Invocation.Run("replay", file, "kernel:4.13").ExitCode);
    }

    [Fact]
    public void Findings_are_given_as_JSON()
    {
        using TempSpec spec = new();
        spec.Plant(TempSpec.Gap, "\"why\": ", "\"why\":");
        Invocation found = Invocation.RunOn(spec, "vectors", "lint", "--format", "json");
        using JsonDocument json = JsonDocument.Parse(found.Output);

        Assert.Equal((2, ""), (found.ExitCode, found.Error));
        Assert.Equal(
            "spec/vectors/get/gap-after-the-first-page.json: not in canonical form (cmma vectors fmt)",
            json.RootElement.GetProperty("findings")[0].GetString());
    }

    [Fact]
    public void Vectors_are_listed_as_JSON_with_snake_case_names()
    {
        using JsonDocument json = JsonDocument.Parse(Invocation.Run("vectors", "list", "--format", "json").Output);
        JsonElement vector = json.RootElement.EnumerateArray().Single(each => each.GetProperty("id").GetString() == SomeId);

        Assert.Equal("spec/vectors/get/gap-after-the-first-page.json", vector.GetProperty("file").GetString());
        Assert.Equal("GET-BLOCK-4", vector.GetProperty("clauses")[0].GetString());
        Assert.Equal("hand", vector.GetProperty("source").GetString());
    }

    [Fact]
    public void Clauses_are_given_with_id_text_source_and_vectors_or_a_reason()
    {
        using JsonDocument json = JsonDocument.Parse(Invocation.Run("clauses", "--format", "json").Output);

        Assert.All(json.RootElement.EnumerateArray(), clause =>
        {
            Assert.NotEqual("", clause.GetProperty("id").GetString());
            Assert.NotEqual("", clause.GetProperty("text").GetString());
            Assert.NotEqual("", clause.GetProperty("source").GetString());
            Assert.True(clause.GetProperty("vectors").GetArrayLength() > 0 || clause.TryGetProperty("no_vector", out _), clause.GetProperty("id").GetString());
        });
    }

    [Fact]
    public void A_report_is_written_beside_the_result_also_of_a_replay()
    {
        using TempSpec spec = new();
        string file = spec.Write("some.json", """{"operations":[{"op":"enable_cmma","expect":{"result":"EBUSY"}}]}""");
        string page = spec.At("a page.html");
        Invocation run = Invocation.Run("replay", file, "reference", "--report", page);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("DIFFERENT: result: expected EBUSY, got ok", run.Output, StringComparison.Ordinal);
        Assert.Contains($"<pre>./cmma replay &#39;{file}&#39; reference</pre>", spec.Read("a page.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_lists_every_command()
    {
        string help = Invocation.Run("--help").Output;

        Assert.All((string[])["check", "smoke", "explain", "generate", "replay", "identify", "bugs", "diff", "fuzz", "prove", "profiles", "serve", "bench", "vectors", "clauses"], command => Assert.Contains("\n  " + command, help, StringComparison.Ordinal));
    }
}
