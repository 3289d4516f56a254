// SPDX-License-Identifier: MIT
namespace Cmma.Cli.Tests;

/// <summary>cmma mutants --against: a test suite that somebody else wrote is run for each mutant, and first for the reference.</summary>
public sealed class MutantsTests
{
    [Fact]
    public void A_suite_kills_the_mutants_on_which_it_fails()
    {
        Invocation run = Invocation.Run("mutants", "--against", "case {} in mutant:GET-BLOCK-4 | mutant:SET-1*) echo failed; exit 3 ;; esac");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("killed   GET-BLOCK-4\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("survived GET-BLOCK-3\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("failed\n", run.Output, StringComparison.Ordinal); // what the suite says is its own
        Assert.Matches(@"^killed [2-9] of 1[0-9]{2}$", run.LastLine);
    }

    [Fact]
    public void A_suite_that_fails_the_reference_says_nothing()
    {
        Invocation run = Invocation.Run("mutants", "--against", "test {} != reference");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the test suite fails the reference (exit code 1), so it would kill every mutant", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_without_a_place_for_the_name_is_refused()
    {
        Invocation run = Invocation.Run("mutants", "--against", "true");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has no {}, where the name of the mutant is to stand", run.Error, StringComparison.Ordinal);
    }
}
