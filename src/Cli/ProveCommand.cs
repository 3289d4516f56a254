using System;
using System.CommandLine;
using System.Linq;
using Cmma.Judging;
using Cmma.Proofs;
using Cmma.Proofs.Solving;
using Cmma.Symbolic;
using Cmma.Traces;

namespace Cmma.Cli;

/// <summary>cmma prove: the theorems of spec/smt, and the reference path by path.</summary>
internal static class ProveCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<string> format = Format.Option(Format.Pretty, Format.Json, Format.Ktap, Format.Markdown);
        Option<string?> only = new("--only")
        {
            Description = $"One file of spec/smt, or {Prover.Paths}, or {Prover.Paths}/get",
            HelpName = "NAME",
        };
        Option<string> solver = new("--solver")
        {
            Description = "The solver to ask. Microsoft.Z3 comes with the product; the command z3 proves everything too, the command cvc5 the theorems, beside Microsoft.Z3",
            HelpName = "microsoft.z3|z3|cvc5",
            DefaultValueFactory = _ => SolverKind.MicrosoftZ3.Name,
        };
        solver.AcceptOnlyFromAmong(SolverKind.MicrosoftZ3.Name, SolverKind.Z3.Name, SolverKind.Cvc5.Name);
        Command command = new("prove", "Proves the theorems of spec/smt, and the reference path by path") { only, solver, format };
        command.SetAction(parsed =>
        {
            SolverKind kind = SolverKind.Parse(parsed.GetValue(solver)!);
            string version = Version(kind);
            ProofReport report = to.WithProgress(kind.Name, tell =>
            {
                Prover prover = new(spec.Value, kind, () => new SymbolicMachine())
                {
                    Progress = (done, total, name) => tell((double)done / total, $"{kind.Name}: {done} of {total}, {name}"),
                };
                return new ProofReport(version, prover.Prove(parsed.GetValue(only), Environment.ProcessorCount));
            });
            return Report(to, report, parsed.GetValue(format)!);
        });
        return command;
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

    private static int Report(Output to, ProofReport report, string format)
    {
        switch (format)
        {
            case Format.Json:
                to.Result.Write(report.Json());
                break;
            case Format.Ktap:
                to.Result.Write(report.Ktap());
                break;
            case Format.Markdown:
                to.Result.Write(report.Markdown());
                break;
            default:
                Pretty(to, report);
                break;
        }

        return report.Failed > 0 ? ExitCode.DoesNotConform : report.Unknown > 0 ? ExitCode.CouldNotRun : ExitCode.Conforms;
    }

    private static void Pretty(Output to, ProofReport report)
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

            to.Line($"  again: ./cmma prove --only '{result.Name}'");
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
