// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Reports;
using Cmma.Traces;

namespace Cmma.Outside.Tests;

/// <summary>The command line with external implementations: recordings, expected failures, exit codes.</summary>
public class CommandTests
{
    private const string Some = "create-vcpu/"; // a few short vectors

    private static string[] SomeIds => [.. Outside.AllVectors.Where(IsSome).Select(vector => vector.Id)];

    [Fact]
    public void A_recording_of_the_reference_conforms_where_it_has_answers()
    {
        string recording = Recording(line => line);
        foreach (string id in SomeIds)
        {
            Assert.Equal(0, Outside.Run("check", $"replay:{recording}", "--only", id).ExitCode);
        }

        (int exitCode, string output, _) = Outside.Run("check", $"replay:{recording}", "--format", "ktap");
        Assert.Equal(1, exitCode);
        Assert.Contains("# there is no answer '", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_with_a_wrong_result_does_not_conform()
    {
        string recording = Recording(line => line.Replace("\"result\":\"ok\"", "\"result\":\"EINVAL\"", StringComparison.Ordinal));
        Assert.All(SomeIds, id => Assert.Equal(1, Outside.Run("check", $"replay:{recording}", "--only", id).ExitCode));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("no greeting", ":1: does not begin with a greeting but with 'no greeting'")]
    [InlineData("{\"hello\":1,\"capabilities\":[]}\ngarbage", ":2: is no answer: no valid JSON")]
    [InlineData("{\"hello\":1,\"capabilities\":[]}\n{\"id\":\"x\",\"results\":[]}\n{\"id\":\"x\",\"results\":[{\"result\":\"ok\"}]}", ":3: answers 'x' again, and otherwise")]
    public void A_file_that_is_no_recording_is_bad_input(string text, string reason)
    {
        (int exitCode, string output, string error) = Outside.Run("check", $"replay:{Outside.TemporaryFile(text)}");
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_questions_are_written_for_somewhere_else()
    {
        (int exitCode, string output, _) = Outside.Run("vectors", "questions", "--without", "large_memory");
        Assert.Equal(0, exitCode);
        int large = Outside.AllVectors.Count(vector => vector.Capabilities.Contains(Capability.LargeMemory));
        Assert.Equal(1 + Outside.AllVectors.Count - large, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void What_cannot_be_run_is_exit_code_3()
    {
        (int exitCode, string output, string error) = Outside.Run("check", "exec:exit 7");
        Assert.Equal((3, ""), (exitCode, output));
        string[] lines = error.Split('\n');
        Assert.Equal("exec:exit 7 could not be run: it ends with exit code 7", lines[0]);
        Assert.Equal("  asked:    {\"hello\":1}", lines[1]);
        Assert.StartsWith("  probably: it ends where it has to read lines until its input ends", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'no such page' >&2; exit 7", "it ends with exit code 7; its last words: no such page")]
    [InlineData("kill -9 $$", "it is ended by signal 9 (SIGKILL)")]
    public void What_says_why_it_cannot_be_run_is_not_guessed_at(string program, string reason)
    {
        (int exitCode, _, string error) = Outside.Run("check", $"exec:{program}");
        Assert.Equal(3, exitCode);
        Assert.Equal($"exec:{program} could not be run: {reason}\n", error);
    }

    [Theory]
    [InlineData("check exec:true", "--timeout", "0")]
    [InlineData("check exec:true", "--timeout", "-1")]
    [InlineData("check exec:true", "--timeout", "soon")]
    [InlineData("diff exec:true reference", "--timeout", "soon")]
    [InlineData("fuzz exec:true", "--timeout", "soon")]
    public void A_bad_option_is_exit_code_2(string command, params string[] options) => Assert.Equal(2, Outside.Run([.. command.Split(' '), .. options]).ExitCode);

    [Theory]
    [InlineData("never", "gives no answer within 2 s")]
    [InlineData("dies", "ends with exit code 5")]
    [Trait("Run", "alone")]
    public void A_program_without_answers_ends_diff_and_identify_soon(string mode, string reason)
    {
        Outside.Require("python3");
        string mark = Guid.NewGuid().ToString();
        string name = Outside.Command(mode, mark);
        foreach (string[] command in (string[][])[["diff", name, "reference"], ["diff", "reference", name], ["identify", name]])
        {
            Stopwatch watch = Stopwatch.StartNew();
            (int exitCode, string output, string written) = Outside.Run([.. command, "--timeout", "2"]);
            string error = string.Concat(written.Split('\n').Where(line => !IsProgress(line)).Select(line => line + "\n"))[..^1];

            Assert.Equal((3, ""), (exitCode, output));
            Assert.Contains(reason, error, StringComparison.Ordinal);
            bool isIdentified = command[0] == "identify";
            bool isHelped = isIdentified && mode == "never"; // as check helps
            Assert.Equal(isHelped, error.Contains("\n  probably: ", StringComparison.Ordinal));
            Assert.True(isHelped || error.Length - 1 == error.IndexOf('\n', StringComparison.Ordinal), error); // one line
            Assert.Equal(isIdentified && !isHelped, error.Contains(": follows no profile: each of 5 runs broke off; the first ", StringComparison.Ordinal));
            Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60); // all its questions at two seconds each would be hours
            Assert.Equal(0, Outside.LeftBehind(mark));
        }
    }

    // From another process comes no struct, which is no difference.
    [Fact]
    public void A_fuzzer_finds_nothing_in_the_contract_asked_through_a_process()
    {
        (int exitCode, string output, string error) = Outside.Run("fuzz", Outside.Served("reference"), "--seed", "1", "--steps", "2000");

        Assert.True(exitCode == 0, output + error);
        Assert.Contains(", 0 differences", output, StringComparison.Ordinal);
    }

    // The trace that is written must end with the operation that does it, though it is asked at once.
    [Fact]
    public void A_fuzzer_writes_what_a_program_breaks_off_in()
    {
        Outside.Require("python3");
        string folder = Outside.TemporaryFolder();
        string cmma = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "cmma.dll")}'";
        (int exitCode, string output) = Outside.Shell($"cd '{folder}' && {cmma} fuzz \"{Outside.Command("ends-in-evict")}\" --seed 1");

        Assert.Equal(1, exitCode);
        Assert.Contains("  ends with exit code 9", output, StringComparison.Ordinal);
        string file = Assert.Single(Directory.EnumerateFiles(folder, "fuzz-1-*.json"));
        (int again, string said) = Outside.Shell($"cd '{folder}' && {cmma} replay {Path.GetFileName(file)} \"{Outside.Command("ends-in-evict")}\"");
        Assert.Equal(1, again);
        Assert.Contains("DIFFERENT: ends with exit code 9", said, StringComparison.Ordinal);
        Assert.Contains("\"op\":\"evict\"", said.Split('\n')[^5], StringComparison.Ordinal);
    }

    // Alone in a new process no run shows it, so a command that replays the trace would not.
    [Fact]
    public void A_fuzzer_says_how_to_see_what_comes_only_behind_other_runs()
    {
        Outside.Require("python3");
        string folder = Outside.TemporaryFolder();
        string program = Outside.Command("three");
        (int exitCode, string output) = Outside.Shell(
            $"cd '{folder}' && dotnet '{Path.Combine(AppContext.BaseDirectory, "cmma.dll")}' fuzz \"{program}\" --against optimized --seed 1 --timeout 20");

        Assert.Equal(1, exitCode);
        Assert.Contains("  answers 3 runs, with a hello behind each, and ends with exit code 7 when it is asked the next, in a new process, too: it must go on until its input ends\n", output, StringComparison.Ordinal);
        Assert.Contains($"  again:   ./cmma fuzz {CheckReport.Quoted(program)} --against optimized --timeout 20 --seed 1\n", output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Run", "alone")]
    public void A_fuzzer_ends_where_a_program_gives_no_answer()
    {
        Outside.Require("python3");
        string mark = Guid.NewGuid().ToString();
        string folder = Outside.TemporaryFolder();
        Stopwatch watch = Stopwatch.StartNew();
        (int exitCode, string output) = Outside.Shell(
            $"cd '{folder}' && dotnet '{Path.Combine(AppContext.BaseDirectory, "cmma.dll")}' fuzz \"{Outside.Command("never", mark)}\" --seed 1 --timeout 2");

        Assert.Equal(1, exitCode);
        Assert.Contains("  gives no answer within ", output, StringComparison.Ordinal);
        Assert.Contains("  again:   ./cmma replay fuzz-1-0.json 'exec:", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "fuzz-1-0.json")));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
        Assert.Equal(0, Outside.LeftBehind(mark));
    }

    [Theory]
    [InlineData("diff", "--verify-protocol", "broke off, so there is nothing to compare: breaks the protocol: answer: unknown field 'mood'")]
    public void The_protocol_is_verified_where_it_is_asked_for(string command, string option, string says)
    {
        Outside.Require("python3");
        (int exitCode, _, string error) = Outside.Run(command, Outside.Command("moody"), "reference", option);
        Assert.Equal(3, exitCode);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff", "replay:no-such-file", "reference")]
    [InlineData("diff", "reference", "replay:no-such-file")]
    [InlineData("fuzz", "replay:no-such-file", "--steps", "1")]
    [InlineData("fuzz", "reference", "--against", "replay:no-such-file")]
    public void A_recording_cannot_be_asked_anything_new(params string[] command)
    {
        (int exitCode, string output, string error) = Outside.Run(command);
        Assert.Equal((2, $"{command[0]} asks what nobody asked before, so not replay:no-such-file: a recording can only be checked\n", ""), (exitCode, error, output));
    }

    [Fact]
    public void A_failure_that_is_expected_does_not_fail_the_run()
    {
        string recording = Recording(line => line.Replace("\"result\":\"ok\"", "\"result\":\"EINVAL\"", StringComparison.Ordinal));
        string id = SomeIds[0];
        (int exitCode, string output, _) = Outside.Run("check", $"replay:{recording}", "--only", id, "--expected-failures", List(id));
        Assert.Equal(0, exitCode);
        Assert.Contains($"failed as expected {id}: too young (https://example.org/1): ", output, StringComparison.Ordinal);
        Assert.EndsWith("0 passed, 0 failed, 0 skipped, 1 failed as expected; breaches are self-reported\n", output, StringComparison.Ordinal);

        Assert.Contains($"ok 1 {id} # XFAIL", Outside.Run("check", $"replay:{recording}", "--only", id, "--format", "ktap", "--expected-failures", List(id)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_that_is_expected_and_does_not_come_fails_the_run()
    {
        string id = SomeIds[0];
        string list = List(id);
        (int exitCode, string output, _) = Outside.Run("check", "reference", "--only", id, "--expected-failures", list);
        Assert.Equal(1, exitCode);
        Assert.Contains($"passes, though {list} expects it to fail: too young; take it off the list", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-vector", ":2: expected_failures[0]: unknown vector 'no-such-vector'")]
    [InlineData("twice", ":3: expected_failures[1]: vector '")]
    [InlineData("no reason", ":2: expected_failures[0]: field 'reason' is missing")]
    public void A_bad_list_of_expected_failures_is_bad_input(string what, string reason)
    {
        string list = what switch
        {
            "twice" => List(SomeIds[0], SomeIds[0]),
            "no reason" => Outside.TemporaryFile("{\"expected_failures\": [\n{\"vector\": \"x\", \"link\": \"y\"}]}"),
            _ => List(what),
        };
        (int exitCode, _, string error) = Outside.Run("check", "reference", "--expected-failures", list);
        Assert.Equal(2, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    // On a slow machine there are such lines on stderr.
    private static bool IsProgress(string line) => ((string[])[": starts", ": start", " of difference so far", " runs answered", "the known bugs run"]).Any(end => line.EndsWith(end, StringComparison.Ordinal));

    private static bool IsSome(Vector vector) => vector.File.StartsWith(Some, StringComparison.Ordinal);

    private static string List(params string[] ids) => Outside.TemporaryFile(
        "{\"expected_failures\": [\n" + string.Join(",\n", ids.Select(id => $$"""{"vector": "{{id}}", "difference": "operation 1: result: expected ok, got EINVAL", "reason": "too young", "link": "https://example.org/1"}""")) + "\n]}");

    // What the reference answers to some vectors, each line changed.
    private static string Recording(Func<string, string> change)
    {
        using MessageWriter questions = new();
        questions.AddHello();
        foreach (Vector vector in Outside.AllVectors.Where(IsSome))
        {
            questions.AddQuestion(Question.Of(vector.Trace));
        }

        using MemoryStream input = new(questions.Lines.ToArray());
        using MemoryStream output = new();
        using IImplementation reference = Implementations.Find("reference");
        ProtocolServer.Serve(reference, input, output);
        string[] lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Outside.TemporaryFile(string.Join('\n', lines.Select(change)) + "\n");
    }
}
