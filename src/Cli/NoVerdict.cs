// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Judging;
using Cmma.Reports;

namespace Cmma.Cli;

/// <summary>Exit code 3: an implementation could not be run.</summary>
internal static class NoVerdict
{
    /// <summary>Runs what a command is to report. Where an implementation could not be run, the report says so.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="asked">In which form, and where to.</param>
    /// <param name="name">The implementation, or both.</param>
    /// <param name="run">Runs it.</param>
    public static T Reported<T>(Output to, (Format Format, ParseResult Parsed) asked, string name, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (CouldNotRunException e)
        {
            asked.Format.WriteInstead(to, asked.Parsed, (output, form) => Write(output, form, asked.Parsed.CommandResult.Command.Name, name, e));
            throw;
        }
    }

    private static void Write(Output to, string form, string command, string name, CouldNotRunException why)
    {
        switch (form)
        {
            case Format.Json:
                to.Result.Write(NoVerdictReport.Json(name, why));
                break;
            case Format.Markdown:
                to.Result.Write(NoVerdictReport.Markdown(name, why));
                break;
            case Format.Pretty:
                to.Result.Write(NoVerdictReport.Pretty(why));
                break;
            default:
                Format.WriteTests(to, form, NoVerdictReport.Tests(command, name, why), () => NoVerdictReport.Markdown(name, why));
                break;
        }
    }
}
