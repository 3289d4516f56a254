// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cmma.Catalogue;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Proofs;
using Cmma.Proofs.Solving;
using Cmma.Reports;
using Cmma.Symbolic;
using Cmma.Traces;

namespace Cmma.Cli;

/// <summary>cmma prove: the theorems of spec/smt, and the reference path by path.</summary>
internal static class ProveCommand
{
    private const int Operations = 40;
    private static readonly char[] NameEnds = ['/', ':']; // of what a name begins with
    private static readonly string[] Machines = ["reference", "optimized"];

    // Of the traces of --steps: mostly small, since a solver takes ten times as long in 140 pages.
    private static readonly LayoutSize[] Sizes = [new(2, 2), new(8, 4), new(3, 6), new(2, 40), new(1, 140), new(3, 20), new(8, 17)];

    /// <summary>The command.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="spec">What is proved.</param>
    /// <param name="kept">The folder for what was proved; null: nothing is kept.</param>
    public static Command Create(Output to, Lazy<SpecFolder> spec, string? kept)
    {
        Option<string?> only = new("--only")
        {
            Description = $"One file of spec/smt, or {Prover.Paths}, or {Prover.Paths}/get",
            HelpName = "NAME",
        };
        Option<string> solver = new("--solver")
        {
            Description = "The solver to use. Microsoft.Z3 comes with cmma; the command z3 proves everything, too; the command cvc5 proves the theorems, in addition to Microsoft.Z3",
            HelpName = "microsoft.z3|z3|cvc5",
            DefaultValueFactory = _ => SolverKind.MicrosoftZ3.Name,
        };
        solver.AcceptOnlyFromAmong(SolverKind.MicrosoftZ3.Name, SolverKind.Z3.Name, SolverKind.Cvc5.Name);
        Option<int?> steps = new("--steps")
        {
            Description = "Instead: checks this many steps of random traces, on the reference and on the optimized machine, against the model",
            HelpName = "N",
            CustomParser = result => Values.Parsed(result, $"needs a number from 1 to {int.MaxValue}", (string text, out int count) =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0),
        };
        Option<ulong> seed = new("--seed")
        {
            CustomParser = Values.Seed, Description = "With --steps: the seed of the random traces; the same seed gives the same steps", HelpName = "S", DefaultValueFactory = _ => 1,
        };
        Option<bool> changed = new("--changed")
        {
            Description = "Asks only what was not proved before on this machine: with the same text, the same solver and the same build of cmma. For use while you work, not for a verdict",
        };
        Command command = new("prove", "Proves the theorems of spec/smt, and the reference path by path") { only, solver, steps, seed, changed };
        Format format = Format.AddTo(command, Format.Pretty, Format.Json, Format.Ktap, Format.JUnit, Format.GitHub, Format.Markdown);
        command.Validators.Add(result => Check(result, only, solver, steps, seed, changed));
        command.SetAction(parsed =>
        {
            SolverKind kind = SolverKind.Parse(parsed.GetValue(solver)!);
            string version = Version(kind);
            ProofReport report = to.WithProgress(kind.Name, tell =>
            {
                void Tell(int done, int total, string name) => tell((double)done / total, $"{kind.Name}: {done} of {total}, {name}");
                return new ProofReport(version, parsed.GetValue(steps) is int count
                    ? Steps(spec.Value, kind, count, parsed.GetValue(seed), Tell)
                    : new Prover(spec.Value, kind, () => new SymbolicMachine()) { Progress = Tell, Kept = parsed.GetValue(changed) && kept != null ? new KeptProofs(kept) : null }.Prove(parsed.GetValue(only), Environment.ProcessorCount + 1)); // a proof and its solver take turns
            });
            string again = parsed.GetValue(steps) is int asked ? $"--steps {asked} --seed {parsed.GetValue(seed)}" : "";
            format.Write(to, parsed, (output, form) => Write(output, report, form, again));
            return report.Failed > 0 ? ExitCode.DoesNotConform : report.Unknown > 0 ? ExitCode.CouldNotRun : ExitCode.Conforms;
        });
        return command;
    }

    private static IReadOnlyList<ProofResult> Steps(SpecFolder spec, SolverKind kind, int count, ulong seed, Action<int, int, string> tell)
    {
        MachineImplementation[] machines = [.. Machines.Select(name => (MachineImplementation)Implementations.Find(name))];
        IEnumerable<Trace> traces = Enumerable.Range(0, int.MaxValue).Select(number => TraceGenerator.Random(unchecked(seed + (ulong)number), Sizes[number % Sizes.Length], Operations));
        return new StepProver(spec, kind, machines) { Progress = tell }.Prove(traces, count, Environment.ProcessorCount);
    }

    private static void Check(CommandResult result, Option<string?> only, Option<string> solver, Option<int?> steps, Option<ulong> seed, Option<bool> changed)
    {
        if (result.GetResult(steps) is null)
        {
            if (result.GetResult(seed) is { Implicit: false })
            {
                result.AddError("prove takes --seed with --steps only: nothing else is random");
            }
        }
        else if (result.GetResult(changed) is { Implicit: false })
        {
            result.AddError("prove takes --steps or --changed, not both: steps are not kept");
        }
        else if (result.GetResult(only) is { Implicit: false })
        {
            result.AddError("prove takes --steps or --only, not both: a step has no name");
        }
        else if (result.GetValue(solver) == SolverKind.Cvc5.Name)
        {
            result.AddError("prove takes --steps with microsoft.z3 or z3: cvc5 proves the theorems only");
        }
    }

    private static string Version(SolverKind kind)
    {
        try
        {
            return kind.Version();
        }
        catch (SolverException exception)
        {
            throw new CouldNotRunException(exception.Message, exception);
        }
    }

    private static void Write(Output to, ProofReport report, string form, string again)
    {
        switch (form)
        {
            case Format.Json:
                to.Result.Write(report.Json());
                break;
            case Format.Markdown:
                to.Result.Write(report.Markdown());
                break;
            case Format.Pretty:
                Pretty(to, report, again);
                break;
            default:
                Format.WriteTests(to, form, Tests(report, again), report.Markdown);
                break;
        }
    }

    /// <summary>Proofs for a CI system: a case for each.</summary>
    public static TestReport Tests(ProofReport report, string again = "")
    {
        return new TestReport("prove", [.. report.Results.Select(Case)]) { Notes = [$"solver: {report.Solver}"], Totals = report.Totals };

        TestCase Case(ProofResult result)
        {
            bool isProved = result.Verdict == ProofVerdict.Proved;
            return new TestCase(result.Name.Split(NameEnds)[0], result.Name, isProved ? VerdictKind.Passed : VerdictKind.Failed, isProved ? "" : result.Reason)
            {
                IsUnknown = result.Verdict == ProofVerdict.Unknown,
                File = result.File.EndsWith(".smt2", StringComparison.Ordinal) ? $"spec/smt/{result.File}" : null,
                Details = isProved ? [] : [result.Claim, .. result.Detail.Split('\n', StringSplitOptions.RemoveEmptyEntries), $"again: ./cmma prove {Again(result, again)}"],
            };
        }
    }

    private static string Again(ProofResult result, string again) => again.Length > 0 ? again : $"--only '{result.Name}'";

    // Again: the arguments that ask the same once more; nothing: each result has a name to be asked by.
    private static void Pretty(Output to, ProofReport report, string again)
    {
        to.Line($"solver: {report.Solver}");
        foreach (string line in report.Lines())
        {
            to.Line(line);
        }

        foreach (ProofResult result in report.Results.Where(result => result.Verdict != ProofVerdict.Proved))
        {
            to.Bad($"{(result.Verdict == ProofVerdict.Failed ? "FAILED" : "UNKNOWN")} {result.Name}: {result.Reason}");
            if (result.Claim.Length > 0)
            {
                to.Line($"  claim: {result.Claim}");
            }

            if (result.Detail.Length > 0)
            {
                to.Line(result.Detail);
            }

            to.Line($"  again: ./cmma prove {Again(result, again)}");
        }

        if (report.Agreement.Length > 0)
        {
            to.Line(report.Agreement);
        }

        if (report.Proved == report.Results.Count)
        {
            to.Good(report.Totals);
        }
        else
        {
            to.Bad(report.Totals);
        }
    }
}
