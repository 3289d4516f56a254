using System;
using System.Collections.Generic;
using System.CommandLine;
using Cmma.Conformance;
using Cmma.Conformance.Clauses;
using Cmma.Conformance.Profiles;
using Cmma.Conformance.Reports;
using Cmma.Conformance.Reports.Html;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;

namespace Cmma.Cli;

/// <summary>The option --report.</summary>
internal static class PageReport
{
    public static Option<string?> Option() => new("--report") { Description = "Writes a page for a browser too", HelpName = "FILE.html" };

    /// <summary>Finds out whether the page could be written, before the run that it is to tell of.</summary>
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
            VectorFormat.WriteWhole(file, HtmlReport.Of(result, ClauseFolder.Read(spec.Value.Clauses), profiles, again));
        }
    }
}
