using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Cmma.Catalogue.Core;
using Cmma.Catalogue.Profiles;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Outside;
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma check IMPL: every vector against an implementation.</summary>
internal static class CheckCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<string> format = Format.Option(Format.Pretty, Format.Json, Format.Ktap, Format.Markdown);
        Option<string?> only = new("--only") { Description = "Only the vector with this id", HelpName = "ID" };
        Option<string?> suite = SuiteOption();
        Option<string?> report = PageReport.Option();
        Option<string?> recordings = new("--recordings") { Description = "Instead of vectors: what kernels answered, in this folder", HelpName = "DIR" };
        Option<string?> expected = new("--expected-failures") { Description = "A list of vectors that are known to fail (docs/protocol.md)", HelpName = "FILE" };
        Option<string> profile = ProfilesCommand.Option();
        Command command = new("check", "Runs the conformance vectors against an implementation") { format, only, suite, profile, report, recordings, expected };
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec);
        command.Validators.Add(result =>
        {
            if (result.GetResult(recordings) != null && ((Option[])[only, suite, profile, report, expected, format]).Any(option => result.GetResult(option) is { Implicit: false }))
            {
                result.AddError("check takes --recordings alone: it runs no vectors");
            }

            if (result.GetResult(only) != null && result.GetResult(suite) != null)
            {
                result.AddError("check takes --only or --suite, not both");
            }
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(recordings) is { } recorded)
            {
                return RecordingsReport.Run(to, options.Name(parsed), recorded);
            }

            PageReport.Require(parsed.GetValue(report));
            VectorFolder folder = new(spec.Value.Vectors);
            Lazy<IReadOnlyList<Vector>> all = new(folder.All);
            ExpectedFailures? failures = parsed.GetValue(expected) is { } file ? ExpectedFailures.Read(file, all.Value) : null;
            IReadOnlyList<Vector> vectors = parsed.GetValue(only) is { } id ? [Find(all.Value, id)] : parsed.GetValue(suite) != null ? CoreSuite.Of(folder) : all.Value;

            Profile followed = new ProfileFolder(spec.Value).Find(parsed.GetValue(profile)!);
            CheckResult result = to.WithProgress($"{options.Name(parsed)}: starts", tell =>
            {
                using IImplementation found = options.Find(parsed, tell);
                return ProfileCheck.Of(vectors, found, followed);
            });
            result = failures?.Judge(result) ?? result;
            int exitCode = Report(to, spec, result, parsed.GetValue(format)!);
            PageReport.Write(parsed.GetValue(report), spec, result, vector => CheckReport.Again(result.Implementation, vector, result.Profile));
            return exitCode;
        });
        return command;
    }

    /// <summary>The option --suite.</summary>
    public static Option<string?> SuiteOption()
    {
        Option<string?> suite = new("--suite") { Description = $"Only these: {CoreSuite.Name}, the few vectors that catch every known bug, and the mutants of the reference", HelpName = CoreSuite.Name };
        suite.AcceptOnlyFromAmong(CoreSuite.Name);
        return suite;
    }

    public static Vector Find(IReadOnlyList<Vector> vectors, string id) =>
        vectors.FirstOrDefault(vector => vector.Id == id)
        ?? throw new InputException(id.Length > 0 && char.IsAsciiLetterUpper(id[0])
            ? $"unknown vector '{id}'; if it is a clause, cmma clauses --format json names its vectors"
            : $"unknown vector '{id}'; cmma vectors list shows all");

    public static int Report(Output to, Lazy<SpecFolder> spec, CheckResult result, string format)
    {
        if (result.Verdicts.Count == 0)
        {
            throw new InputException($"{spec.Value.Vectors}: no vectors to run, so nothing can be said");
        }

        switch (format)
        {
            case Format.Json:
                to.Result.Write(CheckReport.Json(result));
                break;
            case Format.Ktap:
                to.Result.Write(CheckReport.Ktap(result));
                break;
            case Format.Markdown:
                to.Result.Write(CheckReport.Markdown(result));
                break;
            default:
                Pretty(to, spec, result);
                break;
        }

        if (result.Verdicts.All(verdict => verdict.Kind == VerdictKind.Skipped))
        {
            to.Error.WriteLine($"{result.Implementation}: nothing was run, so nothing is said: every vector needs a capability that it lacks");
            return ExitCode.CouldNotRun;
        }

        return result.Failed == 0 ? ExitCode.Conforms : ExitCode.DoesNotConform;
    }

    private static int Count(IEnumerable<Verdict> verdicts, VerdictKind kind) => verdicts.Count(verdict => verdict.Kind == kind);

    private static string More(IEnumerable<Verdict> verdicts, VerdictKind kind, string word) =>
        Count(verdicts, kind) is > 0 and int count ? $", {count} {word}" : "";

    private static void Pretty(Output to, Lazy<SpecFolder> spec, CheckResult result)
    {
        IReadOnlyList<Clause> clauses = result.Failed > 0 ? ClauseFolder.Read(spec.Value.Clauses) : [];
        foreach (IGrouping<string, Verdict> folder in result.Verdicts.GroupBy(verdict => verdict.Vector.File.Split('/')[0], StringComparer.Ordinal))
        {
            to.Line($"{folder.Key,-18} {Count(folder, VerdictKind.Passed),4} passed{More(folder, VerdictKind.Failed, "failed")}{More(folder, VerdictKind.Skipped, "skipped")}");
        }

        foreach (Verdict verdict in result.Verdicts)
        {
            if (verdict.Kind == VerdictKind.Skipped)
            {
                to.Dim($"skipped {verdict.Vector.Id}: {verdict.Reason}");
            }
            else if (verdict.Kind == VerdictKind.ExpectedFailure)
            {
                to.Dim($"failed as expected {verdict.Vector.Id}: {verdict.Reason}");
            }
            else if (verdict.Kind == VerdictKind.Failed)
            {
                to.Bad($"FAILED {verdict.Vector.Id}");
                foreach (string line in CheckReport.Failure(verdict, clauses, result.Implementation, result.Profile))
                {
                    to.Line("  " + line);
                }
            }
        }

        if (result.Rate is { } rate)
        {
            to.Line($"{rate.Operations} operations in {rate.Elapsed.TotalSeconds:0.0} s, {rate.PerSecond:0} a second");
        }

        if (result.Failed == 0)
        {
            to.Good(result.Totals);
        }
        else
        {
            to.Bad(result.Totals);
        }
    }
}
