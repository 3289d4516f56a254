// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Cmma.Outside.Tests;

/// <summary>Programs that do not speak the protocol yet: the check ends in the first runs, and says what is probably missing. And what Ctrl-C leaves.</summary>
public class MisunderstandingTests
{
    [Theory]
    [InlineData("shouts", "results[", "asked:    operation ", "\": \"0X", " is a string: 0x and lower-case hex digits without leading zeros")]
    [InlineData("numbers", "results[", "{\"op\":\"", "answered: {\"result\": \"", " is a string: 0x and")]
    [InlineData("moody", "mood", "asked:    a run of create_slot, ", "\"mood\": \"good\"", "an answer has no field 'mood', only id, results, error")]
    [InlineData("forgets", "wrong id '0'", "asked:    a run of ", "{\"id\": \"0\"", "the id must be that of the question, here \"")]
    [InlineData("half", "field 'buffer_address' is missing", "asked:    operation ", "\"argument\": ", "argument, buffer and buffer_address come together, with each result of get and set")]
    [InlineData("forgetful", "field 'argument' is missing: the greeting names a byte_order", "asked:    operation ", "answered: {\"result\": ", null)]
    [InlineData("sparse", "field 'remaining' is missing: it comes with ok of get", "asked:    operation ", "answered: {\"result\": \"", null)]
    [InlineData("empty", "values is missing or holds no byte where count is ", "{\"op\":\"get\"", "\"values\": \"\"", null)]
    [InlineData("scant", "where count is ", "{\"op\":\"get\"", "\"values\": \"", null)]
    [InlineData("surplus", "unknown field 'r1': it does not come with create_vcpu", "{\"op\":\"create_vcpu\"}", "answered: {\"result\": \"", null)]
    [InlineData("skips", " results where ", "asked:    a run of ", "{\"id\": ", "results must be an array with one result for each of the ")]
    [InlineData("zeroes", "unknown field 'start_gfn': it does not come with get where zeroed is true", "asked:    operation ", "answered: {\"result\": \"", null)]
    [InlineData("keeps", "in a new process it answers: something is left from the runs before", "asked:    a run of ", "{\"id\": ", "the id must be that of the question")]
    [InlineData("short", "field 'buffer' has ", "asked:    operation ", "answered: {\"result\": \"", null)]
    [InlineData("turned", "-endian order, where its greeting names the other one", "asked:    operation ", "answered: {\"result\": \"", null)]
    [InlineData("binary", "results[0].result: no valid JSON: a string is not valid Unicode", "asked:    a run of ", "\"ok\uFFFD\"", null)]
    [InlineData("surrogate", "results[0].result: no valid JSON: a string is not valid Unicode", "asked:    a run of ", "\"ok\\ud800\"", null)]
    [InlineData("content", "answers with all results and an error as well, 'none': where nothing is missing error is left out", "asked:    a run of ", "\"error\": \"none\"", null)]
    [InlineData("null", "error: must be a string", "asked:    a run of ", "\"error\": null", "where there is nothing to say, leave it out")]
    [InlineData("nan", "no valid JSON: 'N' is an invalid start of a value", "asked:    a run of ", "NaN", "it is JSON up to byte ")]
    [InlineData("nulls", ".r1: must be a string", "asked:    operation ", "null", "null is no value: r1 is left out where it does not belong, or has one")]
    [InlineData("crops", "no valid JSON: ", "asked:    a run of ", "answered: {\"id\": \"", "it ends in the middle of its JSON: it is cut off, or spread over several lines; an answer is one line")]
    [InlineData("chats", "now I do ", "asked:    a run of ", "answered: now I do ", "nothing else may be written to stdout; stderr is free")]
    public void A_mistake_in_every_answer_ends_the_check_and_says_how_to_mend_it(string mode, string reason, string asked, string answered, string? missing)
    {
        string[] lines = Refused(mode, "60");

        Assert.Contains("could not be run: it answers with ", lines[0], StringComparison.Ordinal);
        Assert.Contains(reason, lines[0], StringComparison.Ordinal);
        Assert.Contains(asked, lines[1], StringComparison.Ordinal);
        Assert.StartsWith("  answered: ", lines[2], StringComparison.Ordinal);
        Assert.Contains(answered, lines[2], StringComparison.Ordinal);
        Assert.StartsWith(missing == null ? "  docs/protocol.md has every message" : "  probably: ", lines[3], StringComparison.Ordinal);
        Assert.Contains(missing ?? "", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one", "answers and then ends with exit code 0", "answered: nothing", "it ends after its answer, where it has to read on until its input ends")]
    [InlineData("greets", "greets again and then ends with exit code 0", "answered: the greeting, and nothing else", "it takes each hello but the first for the end")]
    [InlineData("hello", "answers and then ends with exit code 1; its last words: KeyError: 'operations'", "answered: nothing", "or cannot take a second hello")]
    [InlineData("shifts", "answers and then greets otherwise than before: '{\"hello\"", "answered: {\"hello\": 1", "  before:   {\"hello\": 1")]
    [InlineData("three", "answers 3 runs, with a hello behind each, and ends with exit code 7 when it is asked the next, in a new process, too: it must go on until its input ends", "asked:    3 runs, and then a run of ", "answered: the first 3 runs, and nothing else")]
    [InlineData("doubles", "it answers and then answers run '", "once more: there is one line for each question", "  answered: {\"id\": \"")]
    [InlineData("confuses", "answers and then does not begin with a greeting but with '{\"id\": \"0\"", "once more, behind its answers", "it takes one hello only: another may come")]
    [InlineData("warns", "answers with an empty line, and then 'Warning: Undefined array key \"flags\" in machine.php on line ", "answered: Warning: Undefined array key", "probably: an answer is one JSON object in one line, and nothing else may be written to stdout")]
    [InlineData("mark", "does not begin with a greeting but with '???{\"hello\"", "asked:    {\"hello\":1}", "probably: UTF-8 is written without a byte order mark")]
    [InlineData("spread", "does not begin with a greeting but with '{'", "answered: {", "each message is one line")]
    [InlineData("inspects", "does not begin with a greeting but with '{:hello=>1, :capabilities=>[]}': no valid JSON", "answered: {:hello=>1", "a greeting is JSON in UTF-8, like {\"hello\":1")]
    public void What_would_be_wrong_in_every_run_ends_the_check_too(string mode, string reason, string asked, string help)
    {
        string text = string.Join('\n', Refused(mode, "60"));

        Assert.Contains($"could not be run: it ", text, StringComparison.Ordinal);
        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.Contains(asked, text, StringComparison.Ordinal);
        Assert.Contains(help, text, StringComparison.Ordinal);
        Assert.Equal(mode is "shifts" or "doubles" or "three", !text.Contains("probably: ", StringComparison.Ordinal)); // it is known
    }

    [Fact]
    public void A_program_that_ends_in_each_of_its_first_runs_is_asked_no_more() =>
        Assert.EndsWith("could not be run: in each of its first 5 runs it ends with exit code 1; its last words: ImportError: no such module", Refused("broken", "60")[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("check")]
    [InlineData("identify")]
    public void A_program_that_has_its_own_word_for_ok_is_told_which_words_there_are(string command)
    {
        string[] lines = Refused("praises", "60", command);

        Assert.DoesNotContain("the known bugs run", lines); // before it is known whether there is anything to compare them with

        // on a slow machine a line says first what it is at
        Assert.Contains("could not be run: its results have the word 'success', where these are known: ok, E", lines[^2], StringComparison.Ordinal);
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    [Trait("Run", "alone")]
    public void A_program_that_ends_no_line_is_told_so()
    {
        string[] lines = Refused("unended", "6");

        Assert.EndsWith("could not be run: it does not end the line that it answers with within 6 s", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("  answered: {\"id\": \"", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("}, and no end of the line", lines[2], StringComparison.Ordinal);
        Assert.Equal("  probably: it writes no newline behind its answer", lines[3]);
    }

    [Fact]
    [Trait("Run", "alone")]
    public void A_greeting_without_an_end_of_its_line_is_shown()
    {
        string[] lines = Refused("open", "3");

        Assert.StartsWith("  answered: {\"hello\": 1, ", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("}, and no end of the line", lines[2], StringComparison.Ordinal);
        Assert.Equal("  probably: it writes no newline behind its greeting", lines[3]);
    }

    [Fact]
    public void Nothing_can_be_identified_by_answers_that_nobody_can_read() => // and the check says the same of what is probably missing
        Assert.Equal(Refused("chats", "60").TakeLast(3), Refused("chats", "60", "identify").TakeLast(3));

    [Fact]
    [Trait("Run", "alone")]
    public void A_program_that_flushes_only_its_greeting_is_told_so()
    {
        string[] lines = Refused("unflushed", "6");

        Assert.EndsWith("could not be run: it gives no answer within 6 s", lines[0], StringComparison.Ordinal);
        Assert.Equal("  answered: nothing since the greeting", lines[2]);
        Assert.Equal("  probably: it does not flush its output after each line: its answer came when its input was ended, and not before", lines[3]);
    }

    [Fact]
    [Trait("Run", "alone")]
    public void A_program_that_never_answers_is_given_two_runs()
    {
        Stopwatch watch = Stopwatch.StartNew();
        string[] lines = Refused("never", "6");

        Assert.Contains("does it flush after each line, does it go on reading?", lines[3], StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 12, 90);
    }

    [Theory]
    [InlineData("check", "TERM", 143)]
    [InlineData("check", "INT", 130)]
    [InlineData("identify", "INT", 130)]
    [InlineData("replay FILE", "INT", 130)]
    [InlineData("diff reference", "INT", 130)]
    [InlineData("migrate reference", "TERM", 130)]
    [Trait("Run", "alone")]
    public void A_signal_ends_a_program_that_does_not_read_and_all_that_it_started(string command, string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        Outside.Require("python3", "env");
        string mark = Guid.NewGuid().ToString();
        string file = Outside.TemporaryFile("""{"operations":[{"op":"create_vcpu"}]}""");
        string[] words = command.Replace("FILE", file, StringComparison.Ordinal).Split(' ');
        using Process process = Process.Start(new ProcessStartInfo(
            "env", ["--default-signal", "dotnet", Path.Combine(AppContext.BaseDirectory, "cmma.dll"), .. words, Outside.Command("deaf", mark), "--timeout", "600"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        Assert.True(SpinWait.SpinUntil(() => Outside.Children(mark) > 0, TimeSpan.FromMinutes(1)), "the program's child does not start");
        SpinWait.SpinUntil(() => false, TimeSpan.FromSeconds(1)); // for the greeting
        Outside.Shell($"kill -{signal} {process.Id}");

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(exitCode, process.ExitCode);
        Assert.DoesNotContain("internal error", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(0, Outside.LeftBehind(mark));
    }

    private static string[] Refused(string mode, string seconds, string command = "check")
    {
        Outside.Require("python3");
        string mark = Guid.NewGuid().ToString();
        (int exitCode, string output, string error) = Outside.Run(command, Outside.Command(mode, mark), "--timeout", seconds);

        Assert.Equal((3, ""), (exitCode, output));
        Assert.Equal(0, Outside.LeftBehind(mark));
        return [.. error.Split('\n').SkipWhile(line => line.EndsWith(": starts", StringComparison.Ordinal) || line.EndsWith(" runs answered", StringComparison.Ordinal))]; // on a slow machine
    }
}
