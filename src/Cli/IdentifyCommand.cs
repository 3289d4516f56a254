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
            string name = options.Name(parsed);
            Identification identification = NoVerdict.Reported(to, (format, parsed), name, () => to.WithProgress($"{name}: starts", tell =>
            {
                using IImplementation implementation = options.Find(parsed, tell);
                Identification found = Identification.Of(implementation, vectors, profiles, () =>
                {
                    tell(null, "the known bugs run");
                    return BugMatrix.Of(vectors, KnownBugs.All);
                });
                return found.Asked == 0 ? throw new CouldNotRunException($"{name}: nothing was run, so there is no verdict: it lacks a capability, or the answer, for every vector")
                    : found.BrokeOff is { } reason ? throw new CouldNotRunException($"{name}: follows no profile: each of {found.Asked} runs broke off; the first {reason}")
                    : found;
            }));
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
