// SPDX-License-Identifier: MIT
using Cmma.Catalogue.Bugs;
using Cmma.Catalogue.Profiles;
using Cmma.Judging.Profiles;
using Cmma.Kernels.Bugs;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Kernels.Tests;

/// <summary>What takes long to compute or read, shared by all tests.</summary>
internal static class Known
{
    private static readonly IReadOnlyList<Vector> AllVectors = new VectorFolder(SpecFolder.Find().Vectors).All();
    private static readonly Lazy<BugMatrix> LazyMatrix = new(() => BugMatrix.Of(AllVectors, KnownBugs.All));
    private static readonly Lazy<IReadOnlyList<Profile>> LazyProfiles = new(() => new ProfileFolder(SpecFolder.Find()).All());

    public static string Root { get; } = Path.GetDirectoryName(SpecFolder.Find().Path)!;

    public static IReadOnlyList<Vector> Vectors => AllVectors;

    public static BugMatrix Matrix => LazyMatrix.Value;

    public static IReadOnlyList<Profile> Profiles => LazyProfiles.Value;

    public static Profile Profile(string name) => Profiles.Single(profile => profile.Name == name);
}
