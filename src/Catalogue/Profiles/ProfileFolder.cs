using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Cmma.Judging.Profiles;
using Cmma.Kernels;
using Cmma.Traces;
using Cmma.Traces.Json;
using Cmma.Traces.Vectors;

namespace Cmma.Catalogue.Profiles;

/// <summary>The profiles: a file each in spec/profiles, but for the contract, which has none.</summary>
/// <param name="spec">The folder spec/.</param>
public sealed class ProfileFolder(SpecFolder spec)
{
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
            throw new InputException($"unknown profile '{name}'; there is: {string.Join(", ", Names)}");
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
        JsonSchema schema = VectorFolder.ReadSchema(spec.Vectors);
        JsonValue json = JsonDocumentText.ReadFile(PathOf(name), file);
        if (schema.Check(json, "profile") is { } error)
        {
            throw new InputException(file, error.Line, error.Reason);
        }

        return json["profile"]!.Text == name ? Read(json, file) : throw new InputException(file, $"is the profile '{json["profile"]!.Text}'");
    }

    /// <summary>The full path of a profile's file.</summary>
    public string PathOf(string name) => Path.Combine(spec.Profiles, FileOf(name));

    /// <summary>The canonical form: an operation a line.</summary>
    public static string ToJson(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        StringBuilder text = new("{\n");
        text.Append("  \"profile\": ").Append(TraceWriter.Quote(profile.Name)).Append(",\n");
        text.Append("  \"about\": ").Append(TraceWriter.Quote(profile.About)).Append(",\n");
        text.Append("  \"leaves_out\": ").Append(TraceWriter.List(profile.LeavesOut)).Append(",\n");
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

    private static Profile Read(JsonValue json, string file) => new(
        json["profile"]!.Text,
        json["about"]!.Text,
        json["leaves_out"]!.Strings(),
        [.. json["vectors"]!.Items.Select(vector => new ProfileVector(
            vector["id"]!.Text,
            vector["facts"]!.Strings(),
            [.. vector["operations"]!.Items.Select(operation => ReadOperation(operation, file))]))]);

    private static ProfileOperation ReadOperation(JsonValue json, string file) => json["ends"] is { } ends
        ? new ProfileOperation((int)json["operation"]!.Number(), Expect: null, ends.Text)
        : new ProfileOperation((int)json["operation"]!.Number(), TraceReader.ReadExpectation(json["expect"], file), Ends: null);
}
