// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Diagnostics;
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
        Option<TimeSpan?> time = Values.Time($"Ends after this time, 30 (seconds), 5m or 1h, instead of after {DifferenceSearch.Traces} random traces");
        Command command = new("diff", "Finds what two implementations do differently, as short traces that show it") { seed, time };
        Format format = Format.AddTo(command, Format.Pretty, Format.Json);
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec, "A", live: true);
        command.Add(second);
        command.SetAction(parsed =>
        {
            OutsideImplementations.RequireLive(parsed.GetValue(second)!, command.Name);
            (string one, string other) = (options.Name(parsed), parsed.GetValue(second)!);
            TimeSpan? span = parsed.GetValue(time);
            (IReadOnlyList<Difference> differences, long once, long asked, long tried, string[] check) = NoVerdict.Reported(to, (format, parsed), $"{one} and {other}", () => to.WithProgress($"{one} and {other}: start", tell =>
            {
                using IImplementation tested = options.FindLive(parsed);
                using IImplementation compared = options.FindLive(parsed, other);
                Stopwatch clock = Stopwatch.StartNew();
                var found = DifferenceSearch.Of(
                    tested,
                    compared,
                    Implementations.Find("reference"),
                    parsed.GetValue(seed),
                    (tried, found, shortening) => tell(Math.Min(1, span is { } whole ? clock.Elapsed / whole : (double)tried / DifferenceSearch.Traces), Progress(tried, span, found, shortening)),
                    span);
                string[] outside = [.. new[] { tested, compared }.Where(each => each is not MachineImplementation).Select(each => CheckReport.Again(each.Name, [], options.Repeated(parsed)))];
                return found.Asked > 0 ? (found.Found, found.Once, found.Asked, found.Tried, outside) : throw new CouldNotRunException($"no trace fits what both {one} and {other} can do, so there is no verdict");
            }));
            IReadOnlyList<Clause> clauses = ClauseFolder.Read(spec.Value.Clauses);
            format.Write(to, parsed, (output, form) =>
            {
                if (form == Format.Json)
                {
                    output.Result.Write(DifferenceReport.Json(differences, once, one, other));
                }
                else
                {
                    Pretty(output, differences, one, other, clauses);
                    Summary(output, differences.Count, once == 0 ? null : DifferenceReport.Once(once, check), (asked, tried));
                }
            });
            return differences.Count == 0 && once == 0 ? ExitCode.Conforms : ExitCode.DoesNotConform;
        });
        return command;
    }

    private static void Pretty(Output to, IReadOnlyList<Difference> differences, string one, string other, IReadOnlyList<Clause> clauses)
    {
        foreach (Difference difference in differences)
        {
            foreach (string line in DifferenceReport.Pretty(difference, one, other, clauses))
            {
                to.Line(line);
            }

            to.Line();
        }
    }

    private static void Summary(Output to, int differences, string? once, (long Asked, long Tried) traces)
    {
        if (once != null)
        {
            to.Line(once);
        }

        string others = traces.Asked < traces.Tried ? $"; {traces.Tried - traces.Asked} more need what one of them lacks" : "";
        to.Line(differences == 0
            ? $"no difference {(once == null ? "" : "that comes again ")}in {traces.Asked} random traces{others}"
            : $"{differences} difference{(differences == 1 ? "" : "s")}, found in {traces.Asked} random traces{others}");
    }

    private static string Progress(long tried, TimeSpan? time, int found, bool shortening) =>
        $"{tried}{(time == null ? $" of {DifferenceSearch.Traces}" : "")} random traces, {found} kind{(found == 1 ? "" : "s")} of difference so far{(shortening ? "; one more is being shortened" : "")}";
}
