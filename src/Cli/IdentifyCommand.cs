// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Catalogue.Bugs;
using Cmma.Catalogue.Profiles;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Kernels.Bugs;
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma identify IMPL: whose answers it gives, and which known bugs it shows.</summary>
internal static class IdentifyCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Command command = new("identify", "Reports which profile an implementation follows and which known bugs it has");
        Format format = Format.AddTo(command, Format.Pretty, Format.Json);
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec);
        command.SetAction(parsed =>
        {
            IReadOnlyList<Vector> vectors = new VectorFolder(spec.Value.Vectors).All();
            IReadOnlyList<Profile> profiles = new ProfileFolder(spec.Value).All();
            Identification identification = to.WithProgress($"{options.Name(parsed)}: starts", tell =>
            {
                using IImplementation found = options.Find(parsed, tell);
                return Identification.Of(found, vectors, profiles, () =>
                {
                    tell(null, "the known bugs run");
                    return BugMatrix.Of(vectors, KnownBugs.All);
                });
            });
            if (identification.Asked == 0)
            {
                to.Error.WriteLine($"{identification.Implementation}: nothing was run, so there is no verdict: it lacks a capability, or the answer, for every vector");
                return ExitCode.CouldNotRun;
            }

            if (identification.BrokeOff is { } reason)
            {
                to.Error.WriteLine($"{identification.Implementation}: follows no profile: each of {identification.Asked} runs broke off; the first {reason}");
                return ExitCode.CouldNotRun;
            }

            format.Write(to, parsed, (output, form) => Write(output, form, identification));
            return ExitCode.Conforms;
        });
        return command;
    }

    private static void Write(Output to, string form, Identification identification)
    {
        if (form == Format.Json)
        {
            to.Result.Write(IdentificationReport.Json(identification));
            return;
        }

        foreach (string line in IdentificationReport.Pretty(identification))
        {
            to.Line(line);
        }
    }
}
