// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Diagnostics;
using Cmma.Catalogue;
using Cmma.Catalogue.Core;
using Cmma.Judging;
using Cmma.Mutants;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma mutants: how sharp a test suite is, by the mutants of the clauses.</summary>
internal static class MutantsCommand
{
    private const string Placeholder = "{}";

    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<string[]> only = VectorChoice.Option();
        Option<string?> suite = CheckCommand.SuiteOption();
        Option<string?> against = new("--against")
        {
            Description = $"Another test suite: a command that is run for each mutant, where {Placeholder} stands for the mutant's name; exit code 0 means that it noticed nothing (docs/scoring.md)",
            HelpName = "COMMAND",
        };
        Command command = new("mutants", "Reports how many mutants of the clauses a test suite kills: the vectors, or a suite of your own") { only, suite, against };
        command.Validators.Add(result =>
        {
            if (((Option[])[only, suite, against]).Count(option => result.GetResult(option) is { Implicit: false }) > 1)
            {
                result.AddError("mutants takes one of --only, --suite and --against");
            }
        });
        command.SetAction(parsed =>
        {
            VectorFolder folder = new(spec.Value.Vectors);
            MutantScore score = to.WithProgress("the mutants run", tell => parsed.GetValue(against) is { } suiteCommand
                ? Foreign(suiteCommand, tell)
                : MutantScore.Of(parsed.GetValue(only) is { Length: > 0 } words ? VectorChoice.Of(folder.All(), words) : parsed.GetValue(suite) != null ? CoreSuite.Of(folder) : folder.All()));
            foreach ((string clause, int failed) in score.Killed)
            {
                to.Line(parsed.GetValue(against) == null ? $"killed   {clause} ({failed} vector{(failed == 1 ? "" : "s")})" : $"killed   {clause}");
            }

            foreach (string clause in score.Survived)
            {
                to.Bad($"survived {clause}");
            }

            to.Line(score.Totals);
            return ExitCode.Conforms;
        });
        return command;
    }

    // First on the machine without a change: a suite that fails that one would kill everything.
    private static MutantScore Foreign(string suiteCommand, Action<double?, string> tell)
    {
        if (!suiteCommand.Contains(Placeholder, StringComparison.Ordinal))
        {
            throw new InputException($"--against: '{suiteCommand}' has no {Placeholder}, where the name of the mutant is to stand");
        }

        if (Run(suiteCommand, "reference") is not 0 and int code)
        {
            throw new CouldNotRunException($"the test suite fails the reference (exit code {code}), so it would kill every mutant");
        }

        List<(string, int)> killed = [];
        List<string> survived = [];
        foreach (ClauseMutant mutant in ClauseMutants.All)
        {
            tell((double)(killed.Count + survived.Count) / ClauseMutants.All.Count, $"{killed.Count} killed, {survived.Count} survived");
            if (Run(suiteCommand, Implementations.MutantPrefix + mutant.Id) == 0)
            {
                survived.Add(mutant.Id);
            }
            else
            {
                killed.Add((mutant.Id, 1));
            }
        }

        return new MutantScore(killed, survived);
    }

    private static int Run(string suiteCommand, string implementation)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", $"( {suiteCommand.Replace(Placeholder, implementation, StringComparison.Ordinal)}\n) >/dev/null 2>&1"]);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
