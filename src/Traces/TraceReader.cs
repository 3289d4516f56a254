// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.Linq;
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
    public static bool HoldsVectors(ReadOnlySpan<byte> utf8, string shownAs) => JsonInput.Parse(utf8, shownAs, (ref json) => json.Find("vectors"u8));

    /// <summary>Reads the manifest.</summary>
    public static Manifest ReadManifest(ref JsonCursor json)
    {
        long begin = json.BeginObject();
        IReadOnlyList<ManifestFile> files = [];
        IReadOnlyList<string> retired = [];
        uint seen = 0;
        while (json.NextField(ManifestNames, ref seen, out int field))
        {
            switch (field)
            {
                case 0:
                    files = json.Items(ReadManifestFile);
                    break;
                default:
                    retired = json.Set(Slug);
                    break;
            }
        }

        JsonCursor.Require(begin, ManifestNames, seen);
        return new Manifest(files, retired);
    }

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

    private static IReadOnlyList<Vector> ReadVectors(ref JsonCursor json, string shownAs)
    {
        long begin = json.BeginObject();
        IReadOnlyList<Vector> vectors = [];
        uint seen = 0;
        while (json.NextField(FileNames, ref seen, out int field))
        {
            if (field == 0)
            {
                json.Word(Schemas);
            }
            else
            {
                vectors = json.Items((ref json) => ReadVector(ref json, shownAs), least: 1);
            }
        }

        JsonCursor.Require(begin, FileNames, seen);
        return vectors;
    }

    private static Vector ReadVector(ref JsonCursor json, string shownAs)
    {
        int line = json.Line;
        long begin = json.BeginObject();
        Vector vector = new("", [], "", [], "", [], new Trace(HostHasCmma: true, []), shownAs, line);
        bool hostHasCmma = true;
        uint seen = 0;
        while (json.NextField(VectorNames, ref seen, out int field))
        {
            switch (field)
            {
                case 0:
                    vector = vector with { Id = Slug(ref json) };
                    break;
                case 1:
                    vector = vector with { Clauses = json.Set((ref json) => json.Text(ClauseForm().IsMatch, "a clause id, such as GET-BLOCK-4", MaxClauseId), least: 1) };
                    break;
                case 2:
                    vector = vector with { Why = json.Text(MaxWhy) };
                    break;
                case 3:
                    vector = vector with { Profiles = json.Set((ref json) => json.Text(ProfileForm().IsMatch, "contract, documentation, or kernel: and a version"), least: 1) };
                    break;
                case 4:
                    vector = vector with { Source = json.Text(SourceForm().IsMatch, "hand, selftest, fuzz, or class: and a name") };
                    break;
                case 5:
                    vector = vector with { Capabilities = json.Set(Capability) };
                    break;
                case 6:
                    json.Flag(only: false);
                    hostHasCmma = false;
                    break;
                default:
                    vector = vector with { Trace = new Trace(HostHasCmma: true, json.Items(ReadJudgedStep, least: 1)) };
                    break;
            }
        }

        JsonCursor.Require(begin, VectorNames, seen);
        return vector with { Trace = vector.Trace with { HostHasCmma = hostHasCmma } };
    }

    private static Trace ReadTrace(ref JsonCursor json)
    {
        long begin = json.BeginObject();
        bool hostHasCmma = true;
        IReadOnlyList<Step> steps = [];
        uint seen = 0;
        while (json.NextField(TraceNames, ref seen, out int field))
        {
            switch (field)
            {
                case 0:
                    json.Flag(only: false);
                    hostHasCmma = false;
                    break;
                default:
                    steps = json.Items(OperationJson.ReadStep, least: 1);
                    break;
            }
        }

        JsonCursor.Require(begin, TraceNames, seen);
        return new Trace(hostHasCmma, steps);
    }

    private static Step ReadJudgedStep(ref JsonCursor json)
    {
        long begin = json.BeginObject();
        Step step = OperationJson.ReadStep(ref json);
        return step.Expect != null ? step : throw JsonInput.Wrong(begin, "field 'expect' is missing");
    }

    private static ManifestFile ReadManifestFile(ref JsonCursor json)
    {
        long begin = json.BeginObject();
        string file = "";
        IReadOnlyList<string> vectors = [];
        uint seen = 0;
        while (json.NextField(ManifestFileNames, ref seen, out int field))
        {
            switch (field)
            {
                case 0:
                    file = json.Text(FileForm().IsMatch, "a folder and a file name ending in .json");
                    break;
                default:
                    vectors = json.Items(Slug, least: 1);
                    break;
            }
        }

        JsonCursor.Require(begin, ManifestFileNames, seen);
        return new ManifestFile(file, vectors);
    }
}
