using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma smoke IMPL: the scenarios of the kernel's own selftest, for a first look.</summary>
internal static class SmokeCommand
{
    private const string Folder = "selftest/";
    private const double MaxSeconds = 3600;

    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<string> format = Format.Option(Format.Pretty, Format.Json, Format.Ktap, Format.Markdown);
        Option<double?> time = new("--time") { Description = "Goes on for this time and tells how many operations a second it does", HelpName = "SECONDS" };
        time.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double?>() is not (> 0 and <= MaxSeconds))
            {
                result.AddError("--time needs a number of seconds above 0, at most an hour");
            }
        });
        Command command = new("smoke", "Runs only the scenarios of the kernel's selftest against an implementation") { format, time };
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec);
        command.SetAction(parsed =>
        {
            using IImplementation found = options.Find(parsed);
            IReadOnlyList<Vector> vectors =
                [.. new VectorFolder(spec.Value.Vectors).All().Where(vector => vector.File.StartsWith(Folder, StringComparison.Ordinal))];
            CheckResult result = CheckResult.Of(vectors, found);
            Rate? rate = parsed.GetValue(time) is { } seconds ? Rate.Of(vectors, found, TimeSpan.FromSeconds(seconds)) : null;
            return CheckCommand.Report(to, spec, result with { Rate = rate }, parsed.GetValue(format)!);
        });
        return command;
    }
}
