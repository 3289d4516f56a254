using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cmma.Traces;
using Cmma.Traces.Json;

namespace Cmma.Judging;

/// <summary>A failure that the user knows of.</summary>
/// <param name="Vector">The vector's id.</param>
/// <param name="Reason">Why it fails.</param>
/// <param name="Link">Where that is written down.</param>
public sealed record ExpectedFailure(string Vector, string Reason, string Link);

/// <summary>The user's list of vectors that are known to fail. One that passes all the same is a failure: the list has grown old.</summary>
/// <param name="file">As the user named it.</param>
/// <param name="failures">What it lists.</param>
public sealed class ExpectedFailures(string file, IReadOnlyList<ExpectedFailure> failures)
{
    private const string SchemaName = "expected-failures.schema.json";

    /// <summary>Reads a list.</summary>
    /// <exception cref="InputException">It cannot be read, does not fit its schema, or names a vector that there is not.</exception>
    public static ExpectedFailures Read(string path, SpecFolder spec, IReadOnlyList<Vector> vectors)
    {
        ArgumentNullException.ThrowIfNull(spec);
        JsonSchema schema = new(JsonDocumentText.ReadFile(Path.Combine(spec.Path, SchemaName), SchemaName), SchemaName);
        JsonValue json = JsonDocumentText.ReadFile(path, path);
        if (schema.Check(json) is { } error)
        {
            throw new InputException(path, error.Line, error.Reason);
        }

        HashSet<string> ids = [.. vectors.Select(vector => vector.Id)];
        HashSet<string> seen = [];
        foreach (JsonValue each in json["expected_failures"]!.Items)
        {
            string id = each["vector"]!.Text;
            string? wrong = !ids.Contains(id) ? $"unknown vector '{id}'" : !seen.Add(id) ? $"vector '{id}' stands twice" : null;
            if (wrong != null)
            {
                throw new InputException(path, each.Line, wrong);
            }
        }

        return new ExpectedFailures(path, [.. json["expected_failures"]!.Items.Select(each =>
            new ExpectedFailure(each["vector"]!.Text, each["reason"]!.Text, each["link"]!.Text))]);
    }

    /// <summary>The result with what was expected taken into account.</summary>
    public CheckResult Judge(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Dictionary<string, ExpectedFailure> expected = failures.ToDictionary(failure => failure.Vector, StringComparer.Ordinal);
        return result with { Verdicts = [.. result.Verdicts.Select(verdict => Judge(verdict, expected.GetValueOrDefault(verdict.Vector.Id)))] };
    }

    private Verdict Judge(Verdict verdict, ExpectedFailure? expected) => (expected, verdict.Kind) switch
    {
        (null, _) => verdict,
        (_, VerdictKind.Failed) => verdict with { Kind = VerdictKind.ExpectedFailure, Reason = $"{expected.Reason} ({expected.Link}): {verdict.Reason}" },
        (_, VerdictKind.Passed) => verdict with { Kind = VerdictKind.Failed, Reason = $"passes, though {file} expects it to fail: {expected.Reason}; take it off the list" },
        _ => verdict,
    };
}
