// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma clauses: the spec's clauses and the vectors that show them.</summary>
internal static class ClausesCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<bool> coverage = new("--coverage") { Description = "Adds the vectors, properties, theorems and mutants of each clause; an empty cell gives exit code 1" };
        Command command = new("clauses", "Lists the clauses of the spec with the vectors that show them") { coverage };
        Format format = Format.AddTo(command, Format.Pretty, Format.Json, Format.Markdown);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(coverage))
            {
                IReadOnlyList<CoverageRow> rows = Coverage.Of(spec.Value);
                format.Write(to, parsed, (output, form) => WriteCoverage(output, rows, form));
                foreach (string empty in CoverageReport.Empty(rows))
                {
                    to.Error.WriteLine(empty);
                }

                return CoverageReport.Empty(rows).Count == 0 ? ExitCode.Conforms : ExitCode.DoesNotConform;
            }

            IReadOnlyList<Clause> clauses = ClauseFolder.Read(spec.Value.Clauses);
            IReadOnlyList<Vector> vectors = new VectorFolder(spec.Value.Vectors).All();
            format.Write(to, parsed, (output, form) => Write(output, form, clauses, vectors));
            return ExitCode.Conforms;
        });
        return command;
    }

    private static void Write(Output to, string form, IReadOnlyList<Clause> clauses, IReadOnlyList<Vector> vectors)
    {
        switch (form)
        {
            case Format.Json:
                to.Result.Write(ClauseReport.Json(clauses, vectors));
                break;
            case Format.Markdown:
                to.Result.Write(ClauseReport.Markdown(clauses, vectors));
                break;
            default:
                foreach (string line in ClauseReport.Pretty(clauses, vectors))
                {
                    to.Line(line);
                }

                break;
        }
    }

    private static void WriteCoverage(Output to, IReadOnlyList<CoverageRow> rows, string form)
    {
        switch (form)
        {
            case Format.Json:
                to.Result.Write(CoverageReport.Json(rows));
                break;
            case Format.Markdown:
                to.Result.Write(CoverageReport.Markdown(rows));
                break;
            default:
                foreach (string line in CoverageReport.Pretty(rows, to.Width))
                {
                    to.Line(line);
                }

                break;
        }
    }
}
