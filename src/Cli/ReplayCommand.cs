// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Judging;
using Cmma.Reports;
using Cmma.Reports.Pictures;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma replay FILE IMPL: a trace, operation by operation.</summary>
internal static class ReplayCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Argument<string> file = new("FILE") { Description = "A trace, or a file of vectors" };
        Option<string?> report = PageReport.Option();
        Command command = new("replay", "Runs a trace and prints what each operation answers") { file, report };
        Format format = CheckCommand.AddFormat(command);
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec);
        command.SetAction(parsed =>
        {
            PageReport.Require(parsed.GetValue(report));
            IReadOnlyList<Vector> traces = VectorFolder.Traces(parsed.GetValue(file)!);
            string name = options.Name(parsed);
            Replay[] replays = NoVerdict.Reported(to, (format, parsed), name, () => to.WithProgress($"{name}: starts", tell =>
            {
                using IImplementation found = options.Find(parsed);
                tell(null, $"{name} runs");
                return (Replay[])[.. traces.Select(trace => Replay.Of(trace, found))];
            }));
            CheckResult result = new(name, [.. replays.Select(replay => replay.Verdict)]);
            string again = $"./cmma replay {CheckReport.Quoted(parsed.GetValue(file)!)} {CheckReport.Quoted(result.Implementation)}{options.Repeated(parsed)}";
            format.Write(to, parsed, (output, form) => Write(output, form, result, replays, again));
            PageReport.Write(parsed.GetValue(report), spec, result, _ => again);
            return result switch
            {
                { Failed: > 0 } => ExitCode.DoesNotConform,
                { Passed: 0 } => ExitCode.CouldNotRun,
                _ => ExitCode.Conforms,
            };
        });
        return command;
    }

    private static void Write(Output to, string form, CheckResult result, Replay[] replays, string again)
    {
        switch (form)
        {
            case Format.Json:
                to.Result.Write(ReplayReport.Json(result.Implementation, replays));
                break;
            case Format.Markdown:
                to.Result.Write(CheckReport.Markdown(result, []));
                break;
            case Format.Pretty:
                Pretty(to, result, replays);
                break;
            default:
                Format.WriteTests(to, form, CheckReport.Tests(result, $"replay {result.Implementation}", file => file, _ => [$"again: {again}"]), () => CheckReport.Markdown(result, []));
                break;
        }
    }

    private static void Pretty(Output to, CheckResult result, Replay[] replays)
    {
        foreach (Replay replay in replays)
        {
            Pretty(to, replay);
        }

        switch (result)
        {
            case { Failed: > 0 }:
                to.Bad($"{result.Failed} difference(s)");
                break;
            case { Passed: 0 }:
                to.Bad($"nothing was run on {result.Implementation}");
                break;
            default:
                to.Good("no difference");
                break;
        }
    }

    private static void Pretty(Output to, Replay replay)
    {
        Vector trace = replay.Verdict.Vector;
        if (replay.Verdict.Kind == VerdictKind.Skipped)
        {
            to.Dim($"skipped {trace.Id}: {replay.Verdict.Reason}");
            return;
        }

        to.Line(trace.Id);
        for (int index = 0; index < replay.Outcomes.Count; index++)
        {
            to.Line($"  {index + 1}. {TraceWriter.Step(trace.Trace.Steps[index] with { Expect = null })}");
            to.Line($"     {OutcomeText.Of(replay.Outcomes[index])}");
        }

        if (replay.Verdict.Kind == VerdictKind.Failed)
        {
            to.Bad($"     DIFFERENT: {replay.Verdict.Reason}");
        }
    }
}
