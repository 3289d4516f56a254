// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Catalogue.Profiles;
using Cmma.Judging.Profiles;
using Cmma.Kernels;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma profiles, and cmma profiles write.</summary>
internal static class ProfilesCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Command command = new("profiles", "Lists the profiles: whose answers a vector can expect") { Write(to, spec) };
        command.SetAction(_ =>
        {
            foreach (Profile profile in new ProfileFolder(spec.Value).All())
            {
                string differs = profile == Profile.Contract ? "" : $" ({profile.Vectors.Count} vectors differ)";
                to.Line($"{profile.Name,-15} {profile.About}{differs}");
            }

            return ExitCode.Conforms;
        });
        return command;
    }

    /// <summary>The option --profile.</summary>
    public static Option<string> Option() => new("--profile")
    {
        Description = "Whose answers to expect; cmma profiles lists them",
        HelpName = "PROFILE",
        DefaultValueFactory = _ => Profile.ContractName,
    };

    private static Command Write(Output to, Lazy<SpecFolder> spec)
    {
        Command command = new("write", "Computes the profiles of the kernels from their machines, and the profile of the documentation from those");
        command.SetAction(_ =>
        {
            ProfileFolder folder = new(spec.Value);
            Directory.CreateDirectory(spec.Value.Profiles);
            foreach (Profile profile in Computed(folder, new VectorFolder(spec.Value.Vectors).All()))
            {
                string path = folder.PathOf(profile.Name);
                string text = ProfileFolder.ToJson(profile);
                if (!File.Exists(path) || !VectorFormat.Holds(path, text))
                {
                    VectorFormat.WriteWhole(path, text);
                    to.Line($"wrote {Path.GetFileName(path)}");
                }
            }

            return ExitCode.Conforms;
        });
        return command;
    }

    private static List<Profile> Computed(ProfileFolder folder, IReadOnlyList<Vector> vectors)
    {
        List<Profile> kernels = [.. Linux.Versions.Select(version => KernelProfile.Of(
            version,
            vectors,
            File.Exists(folder.PathOf(KernelProfile.NameOf(version))) ? folder.Find(KernelProfile.NameOf(version)) : null))];
        return [DocumentationProfile.Of(vectors, kernels), .. kernels];
    }
}
