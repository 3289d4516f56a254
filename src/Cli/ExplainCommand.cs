using System;
using System.CommandLine;
using Cmma.Catalogue;
using Cmma.Reports.Pictures;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma explain ID: a vector told step by step.</summary>
internal static class ExplainCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Argument<string> id = new("ID") { Description = "The id of a vector" };
        Command command = new("explain", "Tells a vector step by step: clauses, memory before and after, the struct in and out") { id };
        command.SetAction(parsed =>
        {
            Vector vector = CheckCommand.Find(new VectorFolder(spec.Value.Vectors).All(), parsed.GetValue(id)!);
            foreach (string line in Explanation.Of(vector, ClauseFolder.Read(spec.Value.Clauses), Implementations.Find("reference"), to.Width))
            {
                to.Line(line);
            }

            return ExitCode.Conforms;
        });
        return command;
    }
}
