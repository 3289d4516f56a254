// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside.Tests;

/// <summary>A program that sends its caller's memory need not be believed: what it wrote but does not report is noticed. Without memory it is not.</summary>
public class RawMemoryTests
{
    private const string WritesTheStructOfAFailure = "the struct of a failing call";
    private const string KeepsFlagsAndValues = "a struct of zeros that keeps flags and values";

    [Theory]
    [InlineData(WritesTheStructOfAFailure, "the struct was written back")]
    [InlineData(KeepsFlagsAndValues, "the struct is zero but for ")]
    public void A_breach_that_the_program_does_not_tell_of_is_seen_in_its_memory(string mistake, string reason)
    {
        CheckResult result = Outside.Check(Built(mistake, sendsMemory: true), Outside.AllVectors);

        Assert.NotEqual(0, result.Failed);
        Assert.All(result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed), verdict => Assert.StartsWith(reason, verdict.Reason, StringComparison.Ordinal));
        Assert.EndsWith(" failed, 0 skipped", result.Totals, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WritesTheStructOfAFailure)]
    [InlineData(KeepsFlagsAndValues)]
    public void Without_memory_it_is_not_seen_and_the_verdict_says_so(string mistake) => Assert.Equal(
        $"{Outside.AllVectors.Count} passed, 0 failed, 0 skipped; breaches are self-reported",
        Outside.Check(Built(mistake, sendsMemory: false), Outside.AllVectors).Totals);

    [Fact]
    public void A_library_has_no_memory_of_its_own_to_hide_it_in()
    {
        string folder = Changed(WritesTheStructOfAFailure, sendsMemory: false);
        Make(folder, "libcmma_impl.so");
        CheckResult result = Outside.Check($"native:{folder}/libcmma_impl.so", Outside.AllVectors);

        Assert.NotEqual(0, result.Failed);
        Assert.False(result.BreachesAreSelfReported);
    }

    [Fact]
    public void The_greeting_says_what_was_tested() => Assert.Equal("the example in C, version 2", Outside.Check(Built("", sendsMemory: true), Outside.SixRuns).Tested);

    [Fact]
    public void Memory_that_the_greeting_promises_and_a_result_lacks_is_no_answer()
    {
        string folder = Changed("", sendsMemory: true);
        Replace(folder, "exec.c", "    write_memory(caller);\n}\n\nstatic void set(", "    putchar('}');\n}\n\nstatic void set(");
        Make(folder, "cmma_exec");
        Vector[] vectors = [.. Outside.AllVectors.Where(vector => vector.Trace.Steps is [.., { Operation: Operation.Get }]).Take(1)];
        Assert.Contains("field 'argument' is missing: the greeting names a byte_order", Outside.Check($"exec:{folder}/cmma_exec", vectors).Verdicts[0].Reason, StringComparison.Ordinal);
    }

    private static string Built(string mistake, bool sendsMemory)
    {
        string folder = Changed(mistake, sendsMemory);
        Make(folder, "cmma_exec");
        return $"exec:{folder}/cmma_exec";
    }

    private static string Changed(string mistake, bool sendsMemory)
    {
        Outside.Require("make", "gcc");
        string folder = Outside.TemporaryFolder();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Outside.Harness, "c")).Where(path => Path.GetExtension(path) is ".c" or ".h" || Path.GetFileName(path) == "Makefile"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        if (mistake == WritesTheStructOfAFailure)
        {
            Replace(folder, "cmma_impl.c", "    if (result == 0)\n        result = copy_to(user, argument, &log, sizeof log);\n    free(values);", "    if (result == 0)\n        result = copy_to(user, argument, &log, sizeof log);\n    else\n        copy_to(user, argument, &log, sizeof log);\n    free(values);");
        }
        else if (mistake == KeepsFlagsAndValues)
        {
            Replace(folder, "cmma_impl.c", "&(struct cmma_log){ 0 }", "&(struct cmma_log){ .flags = log.flags, .values = log.values }");
            Replace(folder, "exec.c", "!result && !memcmp(got, &zeros, sizeof zeros)", "!result && !got->count");
            Replace(folder, "exec.c", "    static const struct cmma_log zeros;\n", "");
        }

        if (!sendsMemory)
        {
            Replace(folder, "exec.c", "static void write_memory(const struct caller *caller)\n{\n", "static void write_memory(const struct caller *caller)\n{\n    if (caller) {\n        putchar('}');\n        return;\n    }\n");
            Replace(folder, "exec.c", "\\\"byte_order\\\":\\\"%s\\\",", "");
            Replace(folder, "exec.c", "cmma_impl_version(), *(const uint8_t *)&one ? \"little\" : \"big\");", "cmma_impl_version() * one);");
        }

        return folder;
    }

    private static void Make(string folder, string target)
    {
        (int exitCode, string output) = Outside.Shell($"make -C '{folder}' ./{target}");
        Assert.True(exitCode == 0, output);
    }

    private static void Replace(string folder, string file, string old, string with)
    {
        string path = Path.Combine(folder, file);
        string text = File.ReadAllText(path);
        Assert.Equal(2, text.Split(old).Length); // it stands there once
        File.WriteAllText(path, text.Replace(old, with, StringComparison.Ordinal));
    }
}
