// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Traces.Json;
using Cmma.Traces.Vectors;

namespace Cmma.Traces;

/// <summary>Reads vectors, traces and the manifest: exactly what spec/vectors/schema.json allows, whose places the tests hold together.</summary>
public static partial class TraceReader
{
    private const int MaxWhy = 600;
    private const int MaxSlug = 120;
    private const int MaxClauseId = 40;

    private static readonly JsonNames FileNames = new(["$schema", "vectors"], required: 0b10);
    private static readonly string[] Schemas = [Schema];
    private static readonly JsonNames TraceNames = new(["host_has_cmma", "operations"], required: 0b10);
    private static readonly JsonNames VectorNames = new(
        ["id", "clauses", "why", "profiles", "source", "capabilities", "host_has_cmma", "operations"], required: 0b1011_1111);

    private static readonly JsonNames ManifestNames = new("files", "retired");
    private static readonly JsonNames ManifestFileNames = new("file", "vectors");
    private static readonly Trace NoTrace = new(HostHasCmma: true, []);

    /// <summary>The schema that a file of vectors names: the $id of spec/vectors/schema.json, with its version.</summary>
    public const string Schema = "urn:cmma:vectors:1.1";

    /// <summary>Reads a file of vectors.</summary>
    /// <exception cref="InputException">File, line, field and reason.</exception>
    public static IReadOnlyList<Vector> Vectors(ReadOnlySpan<byte> utf8, string shownAs) => JsonInput.Parse(utf8, shownAs, (ref json) => ReadVectors(ref json, shownAs));

    /// <summary>Reads a trace for replay.</summary>
    /// <exception cref="InputException">File, line, field and reason.</exception>
    public static Trace Trace(ReadOnlySpan<byte> utf8, string shownAs) => JsonInput.Parse(utf8, shownAs, ReadTrace);

    /// <summary>Whether this is a file of vectors rather than a trace.</summary>
    /// <exception cref="InputException">It is not a JSON object.</exception>
    public static bool HoldsVectors(ReadOnlySpan<byte> utf8, string shownAs) => JsonInput.Parse(utf8, shownAs, (ref json) => json.Find("vectors"u8, (ref _) => true, nothing: false));

    /// <summary>Reads the manifest.</summary>
    public static Manifest ReadManifest(ref JsonCursor json) => json.Fields(ManifestNames, new Manifest([], []), (ref json, field, manifest) => field == 0
        ? manifest with { Files = json.Items(ReadManifestFile) }
        : manifest with { Retired = json.Set(Slug) });

    /// <summary>A vector's id: words and numbers joined by hyphens.</summary>
    public static string Slug(ref JsonCursor json) => json.Text(SlugForm().IsMatch, "lower-case words and numbers joined by hyphens", MaxSlug);

    /// <summary>The name of a capability.</summary>
    public static Capability Capability(ref JsonCursor json) =>
        json.Text(MaxWhy) is var name && Traces.Capability.Find(name) is { } capability ? capability : throw json.Wrong(Traces.Capability.Unknown(json.Shown()));

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SlugForm();

    [GeneratedRegex(@"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClauseForm();

    [GeneratedRegex(@"^(contract|documentation|kernel:[0-9]+\.[0-9]+(-rc[0-9]+)?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProfileForm();

    [GeneratedRegex(@"^(hand|selftest|fuzz|class:[a-z0-9-]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SourceForm();

    [GeneratedRegex(@"^[a-z-]+/[a-z0-9-]+\.json\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileForm();

    private static IReadOnlyList<Vector> ReadVectors(ref JsonCursor json, string shownAs) => json.Fields<IReadOnlyList<Vector>>(FileNames, [], (ref json, field, vectors) =>
    {
        if (field == 1)
        {
            return json.Items((ref json) => ReadVector(ref json, shownAs), least: 1);
        }

        json.Word(Schemas);
        return vectors;
    });

    private static Vector ReadVector(ref JsonCursor json, string shownAs)
    {
        Vector nothing = new("", [], "", [], "", [], NoTrace, shownAs, json.Line);
        return json.Fields(VectorNames, nothing, (ref json, field, vector) => field switch
        {
            0 => vector with { Id = Slug(ref json) },
            1 => vector with { Clauses = json.Set((ref json) => json.Text(ClauseForm().IsMatch, "a clause id, such as GET-BLOCK-4", MaxClauseId), least: 1) },
            2 => vector with { Why = json.Text(MaxWhy) },
            3 => vector with { Profiles = json.Set((ref json) => json.Text(ProfileForm().IsMatch, "contract, documentation, or kernel: and a version"), least: 1) },
            4 => vector with { Source = json.Text(SourceForm().IsMatch, "hand, selftest, fuzz, or class: and a name") },
            5 => vector with { Capabilities = json.Set(Capability) },
            6 => vector with { Trace = vector.Trace with { HostHasCmma = json.Flag(only: false) } },
            _ => vector with { Trace = vector.Trace with { Steps = json.Items(ReadJudgedStep, least: 1) } },
        });
    }

    private static Trace ReadTrace(ref JsonCursor json) => json.Fields(TraceNames, NoTrace, (ref json, field, trace) => field == 0
        ? trace with { HostHasCmma = json.Flag(only: false) }
        : trace with { Steps = json.Items(OperationJson.ReadStep, least: 1) });

    private static Step ReadJudgedStep(ref JsonCursor json)
    {
        long begin = json.BeginObject();
        Step step = OperationJson.ReadStep(ref json);
        return step.Expect != null ? step : throw JsonCursor.WrongAt(begin, "field 'expect' is missing");
    }

    private static ManifestFile ReadManifestFile(ref JsonCursor json) => json.Fields(ManifestFileNames, new ManifestFile("", []), (ref json, field, file) => field == 0
        ? file with { File = json.Text(FileForm().IsMatch, "a folder and a file name ending in .json") }
        : file with { Vectors = json.Items(Slug, least: 1) });
}
