using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Cmma.Conformance;
using Cmma.Conformance.Reports;
using Cmma.Conformance.Running;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;

namespace Cmma.Cli;

/// <summary>cmma smoke IMPL: the scenarios of the kernel's own selftest, for a first look.</summary>
internal static class SmokeCommand
{
    private const string Folder = "selftest/";

    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<string> format = Format.Option(Format.Pretty, Format.Json, Format.Ktap, Format.Markdown);
        Command command = new("smoke", "Runs only the scenarios of the kernel's selftest against an implementation") { format };
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec);
        command.SetAction(parsed =>
        {
            using IImplementation found = options.Find(parsed);
            IReadOnlyList<Vector> vectors =
                [.. new VectorFolder(spec.Value.Vectors).All().Where(vector => vector.File.StartsWith(Folder, StringComparison.Ordinal))];
            return CheckCommand.Report(to, spec, CheckResult.Of(vectors, found), parsed.GetValue(format)!);
        });
        return command;
    }
}
