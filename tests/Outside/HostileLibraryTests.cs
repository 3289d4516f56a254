// SPDX-License-Identifier: MIT
using System.Globalization;
using Cmma.Catalogue;
using Cmma.Judging;

namespace Cmma.Outside.Tests;

/// <summary>Libraries that misbehave. They run in a process of their own, so whatever they do is a verdict.</summary>
public class HostileLibraryTests
{
    [Fact]
    public void A_segmentation_fault_is_the_verdict_of_the_operation_that_faults()
    {
        CheckResult result = Outside.Check(Library("SEGFAULT"), Outside.SixRuns, Outside.Patient);
        Assert.Equal(Outside.SixRuns.Count - 1, result.Passed);
        Verdict victim = result.Verdicts[Outside.Victim];
        Assert.StartsWith("is ended by signal 11 (SIGSEGV)", victim.Reason, StringComparison.Ordinal);
        Assert.Equal(Outside.VictimStep, victim.FailedStep);
    }

    [Fact]
    [Trait("Run", "alone")]
    public void An_endless_loop_is_ended_in_time()
    {
        string library = Library("HANGS");
        CheckResult result = Outside.Check(library, Outside.SixRuns, Outside.Hasty);
        Assert.Equal("gives no answer within 3 s", result.Verdicts[Outside.Victim].Reason);
        Assert.Equal(Outside.SixRuns.Count - 1, result.Passed);
        Assert.Equal(0, Outside.LeftBehind(library));
    }

    [Fact]
    public void State_that_is_kept_between_runs_is_named()
    {
        CheckResult result = Outside.Check(Library("KEEPS_STATE"), Outside.SixRuns, Outside.Patient);
        Assert.Equal(1, result.Passed);
        Assert.Equal(("result: expected ok, got EEXIST", 0), (result.Verdicts[1].Reason, result.Verdicts[1].FailedStep));
        Assert.Equal(("run-1", "run-0"), (result.Leak?.Vector.Id, Assert.Single(result.Leak!.Before).Id));
    }

    [Fact]
    public void The_command_beside_what_is_kept_between_runs_shows_it_again()
    {
        (int exitCode, string output, _) = Outside.Run("check", Library("KEEPS_STATE"), "--only", "create-vcpu,enable-cmma");
        string[] lines = output.Split('\n');

        Assert.Equal(1, exitCode);
        Assert.Matches("^something is left from run to run: [a-z0-9-]+ passes in a new process$", lines[0]);
        Assert.DoesNotContain(lines, line => line.EndsWith(" vectors failed, by clause:", StringComparison.Ordinal)); // of runs that others spoilt
        Assert.StartsWith("  it fails:  ./cmma check native:", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("in a new process", string.Concat(lines[1..]), StringComparison.Ordinal);
        Assert.Contains("1 failed", Outside.Run(lines[1]["  it fails:  ./cmma ".Length..].Split(' ')).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_makes_no_VM_fails_every_run()
    {
        CheckResult result = Outside.Check(Library("NO_VM"), Outside.SixRuns, Outside.Patient);
        Assert.All(result.Verdicts, verdict => Assert.Equal("says: makes no VM: cmma_new_vm answers NULL", verdict.Reason));
    }

    [Fact]
    public void A_library_that_lacks_a_function_could_not_be_run() => NotRun(Library("LACKS_A_FUNCTION"), "lacks a function:", "cmma_evict");

    [Fact]
    public void A_file_that_is_no_library_could_not_be_run() => NotRun($"native:{Outside.TemporaryFile("no library")}", "does not load:", "file");

    [Fact]
    public void A_library_that_is_not_there_could_not_be_run() => NotRun("native:./nowhere.so", "./nowhere.so: no such file", "");

    private static void NotRun(string name, params string[] words)
    {
        CouldNotRunException e = Assert.Throws<CouldNotRunException>(() => Implementations.Find(name, Outside.Patient));
        Assert.StartsWith($"{name} could not be run: it ends with exit code 3; its last words: ", e.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, e.Message, StringComparison.Ordinal));
    }

    private static string Library(string mischief)
    {
        Outside.Require("gcc");
        string library = Path.Combine(Outside.TemporaryFolder(), mischief.ToLower(CultureInfo.InvariantCulture) + ".so");
        string source = Path.Combine(AppContext.BaseDirectory, "hostile.c");
        (int exitCode, string output) = Outside.Shell($"gcc -D{mischief} -I'{Outside.Harness}/c' -shared -fPIC -o '{library}' '{source}'");
        Assert.True(exitCode == 0, output);
        return $"native:{library}";
    }
}
