using System;
using System.Collections.Generic;
using System.CommandLine;
using Cmma.Conformance;
using Cmma.Conformance.Clauses;
using Cmma.Conformance.Reports;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;

namespace Cmma.Cli;

/// <summary>cmma clauses: the spec's clauses and the vectors that show them.</summary>
internal static class ClausesCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<string> format = Format.Option(Format.Pretty, Format.Json, Format.Markdown);
        Command command = new("clauses", "Lists the clauses of the spec with the vectors that show them") { format };
        command.SetAction(parsed =>
        {
            IReadOnlyList<Clause> clauses = ClauseFolder.Read(spec.Value.Clauses);
            IReadOnlyList<Vector> vectors = new VectorFolder(spec.Value.Vectors).All();
            switch (parsed.GetValue(format))
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

            return ExitCode.Conforms;
        });
        return command;
    }
}
