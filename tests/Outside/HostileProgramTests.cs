// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside.Tests;

/// <summary>Programs that misbehave in one run of six: the verdict says what they do, the other five pass, nothing stays behind.</summary>
public class HostileProgramTests
{
    [Fact]
    public void A_crash_is_the_verdict_of_the_operation_that_crashes()
    {
        Verdict verdict = VictimOf("crash");
        Assert.StartsWith("is ended by signal 11 (SIGSEGV)", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(Outside.VictimStep, verdict.FailedStep);
    }

    [Theory]
    [InlineData("exit", "ends with exit code 0")]
    [InlineData("outlived", "ends with exit code 7; a process that it started keeps its output open")]
    [InlineData("code", "ends with exit code 255")] // of no signal
    [InlineData("fail", "ends with exit code 1; its last words: something is wrong here")]
    [InlineData("stack", "ends with exit code 1; its last words: TypeError: no such page")]
    [InlineData("tcl", "ends with exit code 1; its last words: can't read \"page\": no such variable")]
    [InlineData("lua", "ends with exit code 1; its last words: lua: machine.lua:7: attempt to index a nil value")]
    [InlineData("go", "ends with exit code 1; its last words: fatal error: concurrent map writes")]
    [InlineData("node", "ends with exit code 1; its last words: no such page")]
    [InlineData("racket", "ends with exit code 1; its last words: car: contract violation")]
    [InlineData("shell", "is ended by signal 9 (SIGKILL); its last words: it is the end")] // not the shell's
    [InlineData("cut", "answers and then ends with exit code 0 in the middle of a line: '{\"id\":\"'")]
    [InlineData("garbage", "answers with what is no answer: no valid JSON: ")]
    [InlineData("deep", "answers with what is no answer: must be an object")]
    [InlineData("id", "answers with the wrong id 'somebody-else': '")]
    [InlineData("field", "answers with what is no answer: unknown field 'mood'")]
    [InlineData("few", "answers with 5 results where 6 operations were asked")]
    [InlineData("many", "answers with 7 results where 6 operations were asked")]
    [InlineData("breach", "the struct was written back")]
    [InlineData("error", "says: no more of this")]
    [InlineData("ill", "answers with all results and an error as well, 'still ill'")]
    public void What_a_program_does_wrong_is_named(string mode, string reason) => Assert.StartsWith(reason, VictimOf(mode).Reason, StringComparison.Ordinal);

    [Fact]
    public void An_error_is_the_verdict_of_the_operation_behind_the_results() => Assert.Equal(2, VictimOf("error").FailedStep);

    [Fact]
    public void An_error_without_results_is_of_no_known_operation() => Assert.Equal(("says: no more of this", -1), (VictimOf("bare").Reason, VictimOf("bare").FailedStep));

    [Fact]
    [Trait("Run", "alone")]
    public void The_only_run_that_hangs_is_looked_into_too()
    {
        Verdict verdict = Outside.Check(Outside.Command("hang"), [Outside.SixRuns[Outside.Victim]], Outside.Hasty).Verdicts[0];

        Assert.Equal(("gives no answer within 3 s", Outside.VictimStep), (verdict.Reason, verdict.FailedStep));
    }

    [Fact]
    public void A_line_of_100_MB_is_refused() => Assert.Equal("answers with a line longer than 64 MiB", VictimOf("huge").Reason);

    [Theory]
    [InlineData("hang")]
    [InlineData("silent")]
    [Trait("Run", "alone")]
    public void A_program_that_does_not_answer_is_ended_in_time(string mode)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Verdict verdict = VictimOf(mode, Outside.Hasty);
        Assert.Equal(("gives no answer within 3 s", Outside.VictimStep), (verdict.Reason, verdict.FailedStep));
        Assert.InRange(watch.Elapsed.TotalSeconds, 3, 30);
    }

    [Fact]
    [Trait("Run", "alone")]
    public void After_runs_that_hang_a_new_process_has_its_time_to_start()
    {
        Outside.Require("python3");
        Vector victim = Outside.SixRuns[Outside.Victim];
        CheckResult result = Outside.Check(Outside.Command("slow", Guid.NewGuid().ToString()), [victim, victim, victim, victim, .. Outside.SixRuns], Outside.Hasty);
        Assert.Equal($"{Outside.SixRuns.Count - 1} passed, 5 failed, 0 skipped", result.Totals);
    }

    [Fact]
    [Trait("Run", "alone")]
    public void Behind_ten_runs_that_hang_in_one_operation_no_more_with_it_are_asked()
    {
        Outside.Require("python3");
        Vector other = Outside.SixRuns[0] with { Id = "other", Trace = Outside.SixRuns[0].Trace with { Steps = [Outside.SixRuns[0].Trace.Steps[0]] } };
        Vector[] vectors = [other, .. Enumerable.Repeat(Outside.SixRuns[Outside.Victim], 13), other];
        CheckResult result = Outside.Check(Outside.Command("hang", Guid.NewGuid().ToString()), vectors, Outside.Hasty);

        Assert.Equal("2 passed, 13 failed, 0 skipped", result.Totals);
        Assert.Equal(10, result.Verdicts.Count(verdict => verdict.Reason.StartsWith("gives no answer within ", StringComparison.Ordinal)));
        Assert.All(result.Verdicts.Skip(11).Take(3), verdict => Assert.Equal("not asked: ten runs before it hung, and the one that was looked into did so in essa", verdict.Reason));
    }

    [Fact]
    [Trait("Run", "alone")]
    public void A_run_that_is_only_slow_has_its_time_behind_others_that_hang()
    {
        Outside.Require("python3");
        Vector slow = Outside.SixRuns[0] with { Id = "slow", Trace = Outside.SixRuns[0].Trace with { Steps = [Outside.SixRuns[0].Trace.Steps[0]] } };
        Vector[] vectors = [Outside.SixRuns[0], .. Enumerable.Repeat(Outside.SixRuns[Outside.Victim], 5), slow, slow];
        CheckResult result = Outside.Check(Outside.Command("drags", Guid.NewGuid().ToString()), vectors, Outside.Hasty);

        Assert.Equal("3 passed, 5 failed, 0 skipped", result.Totals);
    }

    [Fact]
    [Trait("Run", "alone")]
    public void Answers_between_runs_that_hang_do_not_buy_each_of_these_the_whole_limit()
    {
        Outside.Require("python3");
        Vector[] vectors = [.. Enumerable.Repeat(Outside.SixRuns, 6).SelectMany(six => six)];
        string[] reasons = [.. Outside.Check(Outside.Command("third", Guid.NewGuid().ToString()), vectors, Outside.Hasty).Verdicts.Select(verdict => verdict.Reason)];

        Assert.InRange(reasons.Count(reason => reason.StartsWith("gives no answer within 3 s", StringComparison.Ordinal)), 1, 3);
        Assert.InRange(reasons.Count(reason => reason.StartsWith("gives no answer within 0.3 s, a tenth of the limit, since 3 runs before it took too long", StringComparison.Ordinal)), 5, vectors.Length / 3);
    }

    [Fact]
    public void A_line_that_nobody_asked_for_is_a_failure()
    {
        CheckResult result = Check("twice");
        Assert.Equal(Outside.SixRuns.Count - 1, result.Passed);
        Assert.Equal(Outside.SixRuns[Outside.Victim].Id, Failed(result).Vector.Id); // not the run behind it
        Assert.StartsWith("answers and then ", Failed(result).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_before_the_question_is_a_failure_of_every_run()
    {
        CheckResult result = Check("early");
        Assert.Equal(Outside.SixRuns.Count, result.Failed);
        Assert.All(result.Verdicts, verdict => Assert.StartsWith("answers with the wrong id '0123456789abcdef'", verdict.Reason, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Run", "alone")]
    public void Output_before_the_greeting_means_that_it_could_not_be_run() => NotRun("banner", "it does not begin with a greeting but with 'Welcome to my machine': no valid JSON: 'W' is an invalid start of a value");

    [Fact]
    [Trait("Run", "alone")]
    public void No_greeting_means_that_it_could_not_be_run() => NotRun("dumb", "it gives no answer within 3 s");

    [Fact]
    [Trait("Run", "alone")]
    public void A_crash_after_lost_answers_is_still_the_verdict_of_the_run_that_crashes()
    {
        Verdict verdict = VictimOf("buffered", Outside.Hasty, passed: 0, onlyVictim: true);
        Assert.Contains("signal 11", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("counts", 8, "answers and then ends with exit code 3; that was run 9 of its process, and alone in a new one it goes on")]
    [InlineData("leaves", 2, "answers and then ends with exit code 3")]
    [InlineData("spoils", 3, "ends with exit code 4; in a new process it answers: something is left from the runs before")]
    public void A_program_that_ends_between_two_runs_fails_in_the_one_that_ends_it(string mode, int index, string reason)
    {
        Outside.Require("python3");
        Vector[] vectors = [.. Outside.SixRuns, .. Outside.SixRuns.Where((_, place) => place != Outside.Victim)];
        CheckResult result = Outside.Check(Outside.Command(mode, Guid.NewGuid().ToString()), vectors);

        Assert.Equal(1, result.Failed);
        Assert.Equal((VerdictKind.Failed, reason), (result.Verdicts[index].Kind, result.Verdicts[index].Reason));
        Assert.Null(result.Leak);
    }

    [Fact]
    public void A_program_that_ends_at_times_is_not_said_to_keep_something()
    {
        Outside.Require("python3");
        string mark = Guid.NewGuid().ToString();
        CheckResult result = Outside.Check(Outside.Command("wanders", mark), [.. Outside.SixRuns, .. Outside.SixRuns]);
        File.Delete(Path.Combine(Path.GetTempPath(), $"hostile-{mark}")); // where it counts its processes

        Verdict failed = Assert.Single(result.Verdicts, verdict => verdict.Kind == VerdictKind.Failed);
        Assert.Equal("ends with exit code 6; in a new process it answers, and behind the same runs it does not end there again: it ends at times", failed.Reason);
    }

    // One of them is asked alone, and answers: what shows the others are the same runs, not one of them alone.
    [Fact]
    [Trait("Run", "alone")]
    public void Runs_without_an_answer_like_one_that_answers_alone_need_the_runs_before()
    {
        Outside.Require("python3");
        CheckResult result = Outside.Check(Outside.Command("third", Guid.NewGuid().ToString()), [.. Outside.SixRuns, .. Outside.SixRuns], Outside.Hasty);

        Verdict[] failed = [.. result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed)];
        Assert.InRange(failed.Length, 2, 4);
        Assert.All(failed, verdict => Assert.True(verdict.NeedsTheRunsBefore, verdict.Reason));
        Assert.EndsWith("; asked again in a new process it answers: it is slow at times, or something is left from the runs before", failed[0].Reason, StringComparison.Ordinal);
        Assert.EndsWith("; another that gave none answers when it is asked alone in a new process", failed[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_breaks_off_behind_a_wrong_answer_is_known_by_both()
    {
        Verdict victim = Failed(Check("lies"));

        Assert.Equal(("result: expected ok, got EBUSY", Outside.VictimStep, "ends with exit code 3"), (victim.Reason, victim.FailedStep, victim.ThenBrokeOff));
    }

    [Fact]
    public void A_line_by_chance_is_not_said_to_be_left_from_the_runs_before()
    {
        Outside.Require("python3");
        string mark = Guid.NewGuid().ToString();
        CheckResult result = Outside.Check(Outside.Command("errs", mark), Outside.SixRuns);
        File.Delete(Path.Combine(Path.GetTempPath(), $"hostile-{mark}")); // where it counts its processes

        Assert.EndsWith("; in a new process it answers, and behind the same runs, too: it is chance", Failed(result).Reason, StringComparison.Ordinal);
        Assert.Equal(Failed(result), result.Verdicts[3]);
    }

    [Fact]
    public void A_run_behind_which_the_process_ends_once_is_said_to_be_asked_once_more()
    {
        Outside.Require("python3");
        string mark = Guid.NewGuid().ToString();
        CheckResult result = Outside.Check(Outside.Command("stumbles", mark), [.. new[] { 3, Outside.Victim, 4, Outside.Victim, 1, 5 }.Select(index => Outside.SixRuns[index])]);
        File.Delete(Path.Combine(Path.GetTempPath(), $"hostile-{mark}")); // where it counts these ends

        Assert.Equal(["", "answers and then ends with exit code 3", "", "answers and then ends with exit code 3", "answers and then ends with exit code 3; asked alone once more it goes on: it does so at times", ""],
            result.Verdicts.Select(verdict => verdict.Reason));
        Assert.True(result.Verdicts[4].NeedsTheRunsBefore);
    }

    [Fact]
    public void A_program_that_counts_messages_is_said_to()
    {
        Outside.Require("python3");
        Verdict[] failed = [.. Outside.Check(Outside.Command("eighth"), [.. Enumerable.Repeat(Outside.SixRuns, 7).SelectMany(six => six)]).Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed)];

        Assert.Equal("answers 3 runs, with a hello behind each, and ends with exit code 1 when it is asked the next, in a new process, too: it must go on until its input ends", failed[0].Reason);
        Assert.All(failed, verdict => Assert.True(verdict.NeedsTheRunsBefore, verdict.Reason)); // and so is nothing that a run alone shows
        Assert.All(failed, verdict => Assert.Matches("^(answers [0-9]+ runs, with a hello behind (each|[0-9]+ of them), and ends with exit code 1 |ends with exit code 1; others that ended so answer when |answers and then ends with exit code 1; that was run )", verdict.Reason));
    }

    [Theory]
    [InlineData("rejects", "answers and then ends with exit code 1; its last words: it rejects")]
    [InlineData("leaves", "answers and then ends with exit code 3")]
    public void An_end_behind_an_answer_is_a_failure_of_the_run_if_it_is_the_only_one_too(string mode, string reason)
    {
        Outside.Require("python3");
        using IImplementation implementation = Implementations.Find(Outside.Command(mode), Outside.Patient);
        Verdict verdict = Assert.Single(CheckResult.Of([Outside.SixRuns[Outside.Victim]], implementation, endsEarly: true).Verdicts);

        Assert.Equal((VerdictKind.Failed, reason), (verdict.Kind, verdict.Reason));
    }

    [Theory]
    [InlineData("VV")]
    [InlineData("0VV1")]
    [InlineData("VVV01V2V3VV4VVVVV5")]
    [InlineData("012345VV")]
    [InlineData("01VV2345012VVV345")]
    [InlineData("V0V1V2V3V4V5V0V1V2V3V4VV")]
    public void Each_of_the_runs_that_end_a_process_behind_their_answer_fails_and_no_other(string order)
    {
        Outside.Require("python3");
        Vector[] vectors = [.. order.Select(each => Outside.SixRuns[each == 'V' ? Outside.Victim : each == '2' ? 0 : each - '0'])];
        CheckResult result = Outside.Check(Outside.Command("leaves", Guid.NewGuid().ToString()), vectors);

        Assert.Equal(order.Select(each => each == 'V' ? "answers and then ends with exit code 3" : ""), result.Verdicts.Select(verdict => verdict.Reason));
    }

    [Fact]
    public void A_run_that_leaves_what_ends_the_next_one_like_it_is_not_said_to_be_counted()
    {
        Outside.Require("python3");
        Vector[] vectors = [Outside.SixRuns[Outside.Victim], Outside.SixRuns[Outside.Victim], Outside.SixRuns[0]];
        CheckResult result = Outside.Check(Outside.Command("second", Guid.NewGuid().ToString()), vectors);

        Assert.Equal("ends with exit code 8; in a new process it answers: something is left from the runs before", Failed(result).Reason);
        Assert.Equal(VerdictKind.Failed, result.Verdicts[1].Kind);
    }

    [Fact]
    [Trait("Run", "alone")]
    public void Many_runs_that_hang_do_not_cost_the_whole_limit_each_however_many_are_answered_between_them()
    {
        Outside.Require("python3");
        Vector[] vectors = [.. Enumerable.Range(0, 52 * 14).Select(index => Outside.SixRuns[index % 2])];
        RunOptions options = new(TimeSpan.FromSeconds(1));
        string[] reasons = [.. Outside.Check(Outside.Command("seldom", Guid.NewGuid().ToString()), vectors, options).Verdicts.Select(verdict => verdict.Reason)];

        Assert.InRange(reasons.Count(reason => reason.StartsWith("gives no answer within 1 s", StringComparison.Ordinal)), 1, 12);
        Assert.NotEqual(0, reasons.Count(reason => reason.StartsWith("gives no answer within 0.1 s, a tenth of the limit", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_answer_too_many_behind_other_runs_is_of_the_run_that_is_answered_twice()
    {
        Verdict verdict = Failed(Check("stutters"));
        Assert.Matches("^answers and then answers run '[0-9a-f]{16}' once more: there is one line for each question; that was run 3 of its process, message 6 with the hellos, and alone in a new one it goes on$", verdict.Reason);
        Assert.True(verdict.NeedsTheRunsBefore);
        Assert.DoesNotContain(verdict.Hints, hint => hint.StartsWith("probably", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_too_many_that_comes_once_is_of_the_run_that_was_answered_twice()
    {
        Outside.Require("python3");
        CheckResult result = Outside.Check(Outside.Command("repeats"), [.. Outside.SixRuns, .. Outside.SixRuns]);
        Assert.Equal(Failed(result), result.Verdicts[8]);
        Assert.Matches("^answers run '([0-9a-f]{16})' once more where '[0-9a-f]{16}' comes next: there is one line for each question; asked one by one it answers each once, in their order$", Failed(result).Reason);
        Assert.True(Failed(result).NeedsTheRunsBefore);
    }

    [Fact]
    public void Answers_in_another_order_than_the_questions_are_told_by_both_runs()
    {
        CheckResult result = Check("swaps");
        Assert.Equal(Failed(result), result.Verdicts[2]); // its answer did not come next
        Assert.Matches("^answers run '[0-9a-f]{16}' before '[0-9a-f]{16}', which was asked before it: answers come in the order of the questions; asked one by one it answers each once, in their order$", Failed(result).Reason);
        Assert.True(Failed(result).NeedsTheRunsBefore);
        Assert.Empty(Failed(result).Hints);
    }

    [Fact]
    public void A_program_that_starts_others_leaves_none_behind() => Assert.Equal(0, Check("background").Failed);

    private static void NotRun(string mode, string reason)
    {
        Outside.Require("python3");
        string mark = Guid.NewGuid().ToString();
        string name = Outside.Command(mode, mark);
        CouldNotRunException e = Assert.Throws<CouldNotRunException>(() => Implementations.Find(name, Outside.Hasty));
        Assert.Equal($"{name} could not be run: {reason}", e.Message);
        Assert.Equal("""asked:    {"hello":1}""", e.Details[0]);
        Assert.StartsWith(mode == "banner" ? "probably: its first line must be a greeting, such as " : "probably: it waits for more than the line {\"hello\":1}, or does not flush its output after each line; one that only starts slowly has more time with --timeout", e.Details[2], StringComparison.Ordinal);
        Assert.Equal(0, Outside.LeftBehind(mark));
    }

    private static CheckResult Check(string mode, RunOptions? options = null)
    {
        Outside.Require("python3");
        string mark = Guid.NewGuid().ToString();
        CheckResult result = Outside.Check(Outside.Command(mode, mark), Outside.SixRuns, options);
        Assert.Equal(0, Outside.LeftBehind(mark));
        return result;
    }

    private static Verdict Failed(CheckResult result) => Assert.Single(result.Verdicts, verdict => verdict.Kind == VerdictKind.Failed);

    private static Verdict VictimOf(string mode, RunOptions? options = null, int passed = 5, bool onlyVictim = false)
    {
        CheckResult result = Check(mode, options);
        Assert.True(onlyVictim || result.Passed == passed, result.Totals);
        Verdict victim = result.Verdicts[Outside.Victim];
        Assert.Equal(VerdictKind.Failed, victim.Kind);
        return victim;
    }
}
