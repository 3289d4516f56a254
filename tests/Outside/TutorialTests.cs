// SPDX-License-Identifier: MIT
namespace Cmma.Outside.Tests;

/// <summary>
/// docs/tutorial.md is done as a newcomer does it: each "$ COMMAND" of a block ```console is run by a shell, in order and in one folder, and
/// must print what is shown; "..." stands for any number of lines. A block ```json FILE is saved as FILE.
/// </summary>
public sealed class TutorialTests
{
    [Fact]
    public void Every_step_of_the_tutorial_prints_what_is_shown()
    {
        Outside.Require("gcc", "make", "sed");
        string folder = NewCheckout();
        List<(string Command, List<string> Shown)> steps = Steps(folder);

        Assert.True(steps.Count >= 20);
        foreach ((string command, List<string> shown) in steps)
        {
            string[] printed = Outside.Shell($"cd '{folder}' && {{ {command}\n}}").Output.TrimEnd('\n').Split('\n');
            Assert.True(Fits(printed[0].Length == 0 ? [] : printed, [.. shown]), $"{command}\nprints\n{string.Join('\n', printed)}");
        }

        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_differs_is_noticed()
    {
        Assert.True(Fits(["one", "two", "three", "four"], ["one", "...", "three", "..."]));
        Assert.True(Fits(["one"], ["...", "one", "..."]));
        Assert.False(Fits(["1 passed"], ["1 failed"]));
        Assert.False(Fits(["1 passed"], ["2 passed"]));
        Assert.False(Fits(["one", "two"], ["one"]));
        Assert.False(Fits(["one"], ["one", "two"]));
        Assert.False(Fits(["one", "two", "three"], ["...", "two"]));
        Assert.False(Fits(["one"], []));
    }

    // What a newcomer has, with nothing built in it.
    private static string NewCheckout()
    {
        string folder = Outside.TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder, "harness", "c"));
        foreach (string name in (string[])["Makefile", "cmma_impl.c", "cmma_impl.h", "exec.c"])
        {
            File.Copy(Path.Combine(Outside.Harness, "c", name), Path.Combine(folder, "harness", "c", name));
        }

        string cmma = Path.Combine(folder, "cmma");
        File.WriteAllText(cmma, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "cmma.dll")}' \"$@\"\n");
        Assert.Equal(0, Outside.Shell($"chmod +x '{cmma}'").ExitCode);
        return folder;
    }

    private static List<(string Command, List<string> Shown)> Steps(string folder)
    {
        List<(string Command, List<string> Shown)> steps = [];
        string fence = "";
        List<string> saved = [];
        foreach (string line in File.ReadAllLines(Path.Combine(Outside.Root, "docs", "tutorial.md")))
        {
            const string Save = "```json ";
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (fence.StartsWith(Save, StringComparison.Ordinal))
                {
                    File.WriteAllLines(Path.Combine(folder, fence[Save.Length..]), saved);
                    saved.Clear();
                }

                fence = fence.Length == 0 ? line : "";
            }
            else if (fence == "```console" && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                steps.Add((line[2..], []));
            }
            else if (fence == "```console")
            {
                steps[^1].Shown.Add(line);
            }
            else if (fence.Length > 0)
            {
                saved.Add(line);
            }
        }

        return steps;
    }

    private static bool Fits(ReadOnlySpan<string> printed, ReadOnlySpan<string> shown)
    {
        if (shown is ["...", .. var rest])
        {
            for (int skipped = 0; skipped <= printed.Length; skipped++)
            {
                if (Fits(printed[skipped..], rest))
                {
                    return true;
                }
            }

            return false;
        }

        return printed.Length == 0 || shown.Length == 0
            ? printed.Length == shown.Length
            : printed[0] == shown[0] && Fits(printed[1..], shown[1..]);
    }
}
