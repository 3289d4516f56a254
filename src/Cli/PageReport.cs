// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Catalogue;
using Cmma.Catalogue.Profiles;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Reports.Html;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>The option --report.</summary>
internal static class PageReport
{
    public static Option<string?> Option() => new("--report") { Description = "Also writes the report as an HTML page", HelpName = "FILE.html" };

    /// <summary>Finds out whether the page could be written, before the run that it is to report.</summary>
    public static void Require(string? file)
    {
        if (file != null)
        {
            VectorFormat.RequireWritable(file);
        }
    }

    /// <summary>Writes the page, whole or not at all, if one is asked for.</summary>
    public static void Write(string? file, Lazy<SpecFolder> spec, CheckResult result, Func<Vector, string> again)
    {
        if (file != null)
        {
            IReadOnlyList<Profile> profiles = new ProfileFolder(spec.Value).All();
            VectorFormat.WriteWhole(file, HtmlReport.Of(result, ClauseFolder.Read(spec.Value.Clauses), profiles, Implementations.Find("optimized"), again));
        }
    }
}
