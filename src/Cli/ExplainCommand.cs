// SPDX-License-Identifier: MIT
using System;
using System.CommandLine;
using System.Linq;
using Cmma.Catalogue;
using Cmma.Reports;
using Cmma.Reports.Pictures;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma explain ID: a vector step by step, or a clause with all that shows it.</summary>
internal static class ExplainCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Argument<string> id = new("ID") { Description = "The id of a vector or of a clause" };
        Command command = new("explain", "Walks through a vector step by step: clauses, memory before and after, the struct in and out; or shows a clause with its source and everything that tests or proves it") { id };
        command.SetAction(parsed =>
        {
            if (ClauseFolder.Read(spec.Value.Clauses).Any(clause => clause.Id == parsed.GetValue(id)))
            {
                foreach (string line in ClauseExplanation.Of(Coverage.Of(spec.Value).Single(row => row.Clause.Id == parsed.GetValue(id))))
                {
                    to.Line(line);
                }

                return ExitCode.Conforms;
            }

            Vector vector = VectorChoice.Find(new VectorFolder(spec.Value.Vectors).All(), parsed.GetValue(id)!);
            foreach (string line in Explanation.Of(vector, ClauseFolder.Read(spec.Value.Clauses), Implementations.Find("reference"), to.Width))
            {
                to.Line(line);
            }

            return ExitCode.Conforms;
        });
        return command;
    }
}
