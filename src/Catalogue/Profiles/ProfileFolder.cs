// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.RegularExpressions;
using Cmma.Judging.Profiles;
using Cmma.Kernels;
using Cmma.Traces;
using Cmma.Traces.Json;
using Cmma.Traces.Vectors;

namespace Cmma.Catalogue.Profiles;

/// <summary>The profiles: a file each in spec/profiles, but for the contract, which has none.</summary>
/// <param name="spec">The folder spec/.</param>
public sealed partial class ProfileFolder(SpecFolder spec)
{
    private const int MaxAbout = 400;
    private const int MaxFact = 60;

    private static readonly JsonNames FileNames = new("profile", "about", "leaves_out", "vectors");
    private static readonly JsonNames VectorNames = new("id", "facts", "operations");
    private static readonly JsonNames OperationNames = new(["operation", "expect", "ends"], required: 1);
    private static readonly string[] Ends = [Outcome.HostCrash, Outcome.LeaksMemory];

    /// <summary>The names of all profiles.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Profile.ContractName, DocumentationProfile.Name, .. Linux.Versions.Select(version => KernelProfile.NameOf(version))];

    /// <summary>Every profile, the contract first.</summary>
    /// <exception cref="InputException">A file is missing or malformed.</exception>
    public IReadOnlyList<Profile> All() => [.. Names.Select(Find)];

    /// <summary>Does nothing if there is a profile of this name.</summary>
    /// <exception cref="InputException">There is none; it lists those that there are.</exception>
    public static void Require(string name)
    {
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            throw new InputException($"unknown profile '{name}'; there are: {string.Join(", ", Names)}");
        }
    }

    /// <summary>Reads a profile.</summary>
    /// <exception cref="InputException">There is none of this name, or its file is malformed.</exception>
    public Profile Find(string name)
    {
        if (name == Profile.ContractName)
        {
            return Profile.Contract;
        }

        Require(name);
        string file = FileOf(name);
        Profile profile = JsonInput.ReadFile(PathOf(name), file, Read);
        return profile.Name == name ? profile : throw new InputException(file, $"is the profile '{profile.Name}'");
    }

    /// <summary>The full path of a profile's file.</summary>
    public string PathOf(string name) => Path.Combine(spec.Profiles, FileOf(name));

    /// <summary>The canonical form: one operation per line.</summary>
    public static string ToJson(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        StringBuilder text = new("{\n");
        text.Append("  \"profile\": ").Append(TraceWriter.Quote(profile.Name)).Append(",\n");
        text.Append("  \"about\": ").Append(TraceWriter.Quote(profile.About)).Append(",\n");
        text.Append("  \"leaves_out\": ").Append(TraceWriter.List([.. profile.LeavesOut.Select(capability => capability.Name)])).Append(",\n");
        text.Append("  \"vectors\": [\n");
        text.AppendJoin(",\n", profile.Vectors.Select(ToJson));
        return text.Append("\n  ]\n}\n").ToString();
    }

    private static string ToJson(ProfileVector vector) =>
        $"    {{\n      \"id\": {TraceWriter.Quote(vector.Id)},\n      \"facts\": {TraceWriter.List(vector.Facts)},\n      \"operations\": [\n"
        + string.Join(",\n", vector.Operations.Select(ToJson)) + "\n      ]\n    }";

    private static string ToJson(ProfileOperation operation) => operation.Expect is { } expect
        ? $"        {{\"operation\":{operation.Number},\"expect\":{TraceWriter.Expectation(expect)}}}"
        : $"        {{\"operation\":{operation.Number},\"ends\":{TraceWriter.Quote(operation.Ends!)}}}";

    private static string FileOf(string name) => name.Replace(':', '-') + ".json";

    private static Profile Read(ref JsonCursor json) => json.Fields(FileNames, new Profile("", "", [], []), (ref json, field, profile) => field switch
    {
        0 => profile with { Name = json.Text(NameForm().IsMatch, "documentation, or kernel: and a version") },
        1 => profile with { About = json.Text(MaxAbout) },
        2 => profile with { LeavesOut = json.Set(TraceReader.Capability) },
        _ => new Profile(profile.Name, profile.About, profile.LeavesOut, json.Items(ReadVector, least: 1)),
    });

    private static ProfileVector ReadVector(ref JsonCursor json) => json.Fields(VectorNames, new ProfileVector("", [], []), (ref json, field, vector) => field switch
    {
        0 => vector with { Id = TraceReader.Slug(ref json) },
        1 => vector with { Facts = json.Set((ref json) => json.Text(MaxFact)) },
        _ => vector with { Operations = json.Items(ReadOperation, least: 1) },
    });

    private static ProfileOperation ReadOperation(ref JsonCursor json)
    {
        long begin = json.BeginObject();
        ProfileOperation read = json.Fields(OperationNames, new ProfileOperation(0, Expect: null, Ends: null), (ref json, field, operation) => field switch
        {
            0 => operation with { Number = (int)json.Number(minimum: 1, maximum: int.MaxValue) },
            1 => operation with { Expect = ResultJson.ReadOfProfile(ref json) },
            _ => operation with { Ends = Ends[json.Word(Ends)] },
        });
        return (read.Expect == null) != (read.Ends == null) ? read : throw JsonCursor.WrongAt(begin, "needs expect or ends, not both");
    }

    [GeneratedRegex(@"^(documentation|kernel:[0-9]+\.[0-9]+(-rc[0-9]+)?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameForm();
}
