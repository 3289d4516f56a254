// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using Cmma.Catalogue;
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
    public static Command Create(Output to, Lazy<SpecFolder> spec, LastFailures last)
    {
        Option<string[]> only = VectorChoice.Option();
        Option<string?> suite = SuiteOption();
        Option<string?> report = PageReport.Option();
        Option<string?> recordings = new("--recordings") { Description = "Instead of the vectors: compares with the recorded answers of kernels in this folder", HelpName = "DIR" };
        Option<string?> expected = new("--expected-failures") { Description = "A list of vectors that are known to fail (docs/protocol.md)", HelpName = "FILE" };
        Option<string?> write = new("--write-expected-failures") { Description = "Writes such a list of everything that fails", HelpName = "FILE" };
        Option<bool> failed = new("--failed") { Description = "Only the vectors that this implementation failed when it was last checked from this folder" };
        Option<string> profile = ProfilesCommand.Option();
        Option<bool> allFailures = new("--all") { Description = "Shows every failure instead of one for each cause, and names every vector that was skipped" };
        Command command = new("check", "Runs the conformance vectors against an implementation") { only, suite, profile, report, recordings, expected, write, failed, allFailures };
        Format format = AddFormat(command);
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec);
        command.Validators.Add(result =>
        {
            if (result.GetResult(recordings) != null && ((Option[])[only, suite, failed, profile, report, expected, write, .. format.Options, allFailures]).Any(option => result.GetResult(option) is { Implicit: false }))
            {
                result.AddError("check takes --recordings alone: it runs no vectors");
            }
        });
        command.Validators.Add(result => RequireApart(result, "check takes one of --only, --suite and --failed", only, suite, failed));
        command.Validators.Add(result => RequireApart(result, "check takes --expected-failures or --write-expected-failures, not both", expected, write));
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(recordings) is { } recorded)
            {
                return RecordingsReport.Run(to, options.Name(parsed), recorded);
            }

            PageReport.Require(parsed.GetValue(report));
            PageReport.Require(parsed.GetValue(write));
            VectorFolder folder = new(spec.Value.Vectors);
            Lazy<IReadOnlyList<Vector>> all = new(folder.All);
            ExpectedFailures? failures = parsed.GetValue(expected) is { } file ? ExpectedFailures.Read(file, all.Value) : null;
            IReadOnlyList<Vector> vectors = parsed.GetValue(only) is { Length: > 0 } words ? VectorChoice.Of(all.Value, words)
                : parsed.GetValue(suite) != null ? CoreSuite.Of(folder)
                : parsed.GetValue(failed) ? last.Of(options.Name(parsed), all.Value)
                : all.Value;
            Profile followed = new ProfileFolder(spec.Value).Find(parsed.GetValue(profile)!);
            CheckResult result = Run(to, (format, parsed), options, found => ProfileCheck.Of(vectors, found, followed, endsEarly: true));
            result = failures?.Judge(result, Implementations.Find("optimized")) ?? result;
            last.Note(result);
            if (parsed.GetValue(write) is { } target)
            {
                VectorFormat.WriteWhole(target, ExpectedFailures.Write(result));
            }

            string repeated = (followed.Name == Profile.ContractName ? "" : $" --profile {followed.Name}")
                + (parsed.GetValue(expected) is { } list ? $" --expected-failures {CheckReport.Quoted(list)}" : "")
                + options.Repeated(parsed);
            int exitCode = Report(to, spec, result, (format, parsed), Choice(parsed.GetValue(suite), parsed.GetValue(failed), parsed.GetValue(only)), repeated, parsed.GetValue(allFailures));
            PageReport.Write(parsed.GetValue(report), spec, result, vector => CheckReport.Again(result.Implementation, [vector], repeated));
            return exitCode;
        });
        return command;
    }

    private static string Choice(string? suite, bool failed, string[]? only) => suite != null ? $" --suite {suite}"
        : failed ? " --failed"
        : string.Concat((only ?? []).Select(word => $" --only {CheckReport.Quoted(word)}"));

    private static void RequireApart(CommandResult result, string says, params Option[] options)
    {
        if (options.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
        {
            result.AddError(says);
        }
    }

    /// <summary>The option --suite.</summary>
    public static Option<string?> SuiteOption()
    {
        Option<string?> suite = new("--suite") { Description = $"Only this set: {CoreSuite.Name}, the few vectors that catch every known bug and the mutants of the reference", HelpName = CoreSuite.Name };
        suite.AcceptOnlyFromAmong(CoreSuite.Name);
        return suite;
    }

    /// <summary>The options --format and --output of what runs vectors.</summary>
    public static Format AddFormat(Command command) => Format.AddTo(command, Format.Pretty, Format.Json, Format.Ktap, Format.JUnit, Format.GitHub, Format.Markdown);

    /// <summary>Finds an implementation and runs vectors on it. Where it cannot be run, the report says so.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="asked">In which form, and where to.</param>
    /// <param name="options">They name the implementation.</param>
    /// <param name="check">Runs them.</param>
    public static CheckResult Run(Output to, (Format Format, ParseResult Parsed) asked, ImplementationOptions options, Func<IImplementation, CheckResult> check)
    {
        string name = options.Name(asked.Parsed);
        return NoVerdict.Reported(to, asked, name, () => to.WithProgress($"{name}: starts", tell =>
        {
            using IImplementation found = options.Find(asked.Parsed, tell);
            return check(found);
        }));
    }

    /// <summary>Writes a result.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="spec">For the clauses.</param>
    /// <param name="result">The result.</param>
    /// <param name="asked">In which form, and where to.</param>
    /// <param name="choice">The options that chose the vectors, each with a blank before it.</param>
    /// <param name="options">What a command that runs something again repeats, each option with a blank before it.</param>
    /// <param name="all">Whether people are shown every failure.</param>
    public static int Report(Output to, Lazy<SpecFolder> spec, CheckResult result, (Format Format, ParseResult Parsed) asked, string choice, string options, bool all = false)
    {
        if (result.Verdicts.Count == 0)
        {
            throw new InputException($"{spec.Value.Vectors}: there are no vectors to run, so there is no verdict");
        }

        IReadOnlyList<Clause> clauses = result.Failed > 0 ? ClauseFolder.Read(spec.Value.Clauses) : [];
        asked.Format.Write(to, asked.Parsed, (output, form) => Write(output, result, form, clauses, $"{asked.Parsed.CommandResult.Command.Name} {result.Implementation}", new CheckPretty(output, clauses, choice, options, all)));
        if (result.Verdicts.All(verdict => verdict.Kind == VerdictKind.Skipped))
        {
            to.Error.WriteLine($"{result.Implementation}: nothing was run, so there is no verdict: every vector needs a capability that it lacks");
            return ExitCode.CouldNotRun;
        }

        return result.Failed == 0 ? ExitCode.Conforms : ExitCode.DoesNotConform;
    }

    private static void Write(Output to, CheckResult result, string form, IReadOnlyList<Clause> clauses, string command, CheckPretty pretty)
    {
        IEnumerable<string> order = clauses.Select(clause => clause.Id);
        switch (form)
        {
            case Format.Json:
                to.Result.Write(CheckReport.Json(result, order));
                break;
            case Format.Markdown:
                to.Result.Write(CheckReport.Markdown(result, order));
                break;
            case Format.Pretty:
                pretty.Write(result);
                break;
            default:
                Format.WriteTests(to, form, CheckReport.Tests(result, command, VectorFolder.Shown, verdict => pretty.Failure(result, verdict)), () => CheckReport.Markdown(result, order));
                break;
        }
    }
}
