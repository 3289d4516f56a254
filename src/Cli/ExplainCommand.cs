// SPDX-License-Identifier: MIT
using System.CommandLine;
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
            if (ClauseFolder.Read(spec.Value.Clauses).FirstOrDefault(clause => clause.Id == parsed.GetValue(id)) is { } asked)
            {
                foreach (string line in ClauseExplanation.Of(Row(spec.Value, asked)))
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

    // Where there is no checkout, the vectors that show it and nothing else.
    private static CoverageRow Row(SpecFolder spec, Clause asked) => Coverage.IsThere(spec)
        ? Coverage.Of(spec).Single(row => row.Clause.Id == asked.Id)
        : new CoverageRow(asked,
        [
            new CoverageCell(Coverage.Kinds[0], [.. new VectorFolder(spec.Vectors).All().Where(vector => vector.Clauses.Contains(asked.Id, StringComparer.Ordinal)).Select(vector => vector.Id)], Reason: null),
            .. Coverage.Kinds.Skip(1).Select(kind => new CoverageCell(kind, [], "these are found in a checkout with its tests and mutants")),
        ]);
}
