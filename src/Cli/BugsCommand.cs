// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Catalogue.Bugs;
using Cmma.Kernels.Bugs;
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma bugs: which vectors catch which known bugs.</summary>
internal static class BugsCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Command command = new("bugs", "Runs every known bug, and the kernel that had it, against the vectors");
        Format format = Format.AddTo(command, Format.Pretty, Format.Json, Format.Markdown);
        command.SetAction(parsed =>
        {
            BugMatrix matrix = BugMatrix.Of(new VectorFolder(spec.Value.Vectors).All(), KnownBugs.All);
            format.Write(to, parsed, (output, form) => Write(output, form, matrix));
            return matrix.Caught == matrix.Rows.Count ? ExitCode.Conforms : ExitCode.DoesNotConform;
        });
        return command;
    }

    private static void Write(Output to, string form, BugMatrix matrix)
    {
        switch (form)
        {
            case Format.Json:
                to.Result.Write(BugReport.Json(matrix, OtherBugs.All));
                break;
            case Format.Markdown:
                to.Result.Write(BugReport.Markdown(matrix, OtherBugs.All));
                break;
            default:
                Pretty(to, matrix);
                break;
        }
    }

    private static void Pretty(Output to, BugMatrix matrix)
    {
        foreach (string line in BugReport.Pretty(matrix))
        {
            to.Line(line);
        }

        if (matrix.Caught == matrix.Rows.Count)
        {
            to.Good(matrix.Totals);
        }
        else
        {
            to.Bad(matrix.Totals);
        }
    }
}
