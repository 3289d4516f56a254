// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma smoke IMPL: the scenarios of the kernel's own selftest, for a first look.</summary>
internal static class SmokeCommand
{
    private const string Folder = "selftest/";

    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<TimeSpan?> time = Values.Time("Repeats them for this time, 5 (seconds), 5m or 1h, and reports the operations per second");
        Option<bool> allFailures = new("--all") { Description = "Shows every failure instead of one for each cause, and names every vector that was skipped" };
        Command command = new("smoke", "Runs only the scenarios of the kernel's selftest against an implementation") { time, allFailures };
        Format format = CheckCommand.AddFormat(command);
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec);
        command.SetAction(parsed =>
        {
            IReadOnlyList<Vector> vectors =
                [.. new VectorFolder(spec.Value.Vectors).All().Where(vector => vector.File.StartsWith(Folder, StringComparison.Ordinal))];
            CheckResult result = CheckCommand.Run(to, (format, parsed), options, found =>
            {
                CheckResult judged = CheckResult.Of(vectors, found, endsEarly: true);
                return judged with { Rate = parsed.GetValue(time) is { } span ? Rate.Of(vectors, found, span) : null };
            });
            return CheckCommand.Report(to, spec, result, (format, parsed), $" --only {Folder}", options.Repeated(parsed), parsed.GetValue(allFailures));
        });
        return command;
    }
}
