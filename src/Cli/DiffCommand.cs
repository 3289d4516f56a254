// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.CommandLine;
using Cmma.Catalogue;
using Cmma.Exploring.Differences;
using Cmma.Judging;
using Cmma.Outside;
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Clauses;

namespace Cmma.Cli;

/// <summary>cmma diff A B: what two implementations do differently.</summary>
internal static class DiffCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Argument<string> second = new("B") { Description = "The other one" };
        Option<ulong> seed = new("--seed") { CustomParser = Values.Seed, Description = "The seed of the random traces; the same seed gives the same result", HelpName = "S", DefaultValueFactory = _ => 1 };
        Command command = new("diff", "Finds what two implementations do differently, as short traces that show it") { seed };
        Format format = Format.AddTo(command, Format.Pretty, Format.Json);
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec, "A", live: true);
        command.Add(second);
        command.SetAction(parsed =>
        {
            OutsideImplementations.RequireLive(parsed.GetValue(second)!, command.Name);
            (string one, string other) = (options.Name(parsed), parsed.GetValue(second)!);
            (IReadOnlyList<Difference> differences, int asked) = to.WithProgress($"{one} and {other}: start", tell =>
            {
                using IImplementation tested = options.FindLive(parsed);
                using IImplementation compared = options.FindLive(parsed, other);
                return DifferenceSearch.Of(tested, compared, Implementations.Find("reference"), parsed.GetValue(seed), (tried, found, shortening) =>
                    tell((double)tried / DifferenceSearch.Traces, $"{tried} of {DifferenceSearch.Traces} random traces, {found} kind{(found == 1 ? "" : "s")} of difference so far{(shortening ? "; one more is being shortened" : "")}"));
            });
            if (asked == 0)
            {
                throw new CouldNotRunException($"no trace fits what both {one} and {other} can do, so there is no verdict");
            }

            IReadOnlyList<Clause> clauses = ClauseFolder.Read(spec.Value.Clauses);
            format.Write(to, parsed, (output, form) =>
            {
                if (form == Format.Json)
                {
                    output.Result.Write(DifferenceReport.Json(differences, one, other));
                }
                else
                {
                    Pretty(output, differences, asked, one, other, clauses);
                }
            });
            return differences.Count == 0 ? ExitCode.Conforms : ExitCode.DoesNotConform;
        });
        return command;
    }

    private static void Pretty(Output to, IReadOnlyList<Difference> differences, int asked, string one, string other, IReadOnlyList<Clause> clauses)
    {
        foreach (Difference difference in differences)
        {
            foreach (string line in DifferenceReport.Pretty(difference, one, other, clauses))
            {
                to.Line(line);
            }

            to.Line();
        }

        string others = asked < DifferenceSearch.Traces ? $"; {DifferenceSearch.Traces - asked} more need what one of them lacks" : "";
        to.Line(differences.Count == 0
            ? $"no difference in {asked} random traces{others}"
            : $"{differences.Count} difference{(differences.Count == 1 ? "" : "s")}, found in {asked} random traces{others}");
    }
}
