using System;
using System.Collections.Generic;
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
    private const int MaxId = 120;
    private const int MaxText = 600;

    private static readonly JsonNames FileNames = new("expected_failures");
    private static readonly JsonNames Names = new("vector", "reason", "link");

    /// <summary>Reads a list.</summary>
    /// <exception cref="InputException">It cannot be read, does not fit its schema, or names a vector that there is not.</exception>
    public static ExpectedFailures Read(string path, IReadOnlyList<Vector> vectors)
    {
        HashSet<string> ids = [.. vectors.Select(vector => vector.Id)];
        HashSet<string> seen = [];
        return new ExpectedFailures(path, JsonInput.ReadFile(path, path, (ref json) => ReadList(ref json, id =>
            !ids.Contains(id) ? $"unknown vector '{id}'" : !seen.Add(id) ? $"vector '{id}' stands twice" : null)));
    }

    private static IReadOnlyList<ExpectedFailure> ReadList(ref JsonCursor json, Func<string, string?> wrong)
    {
        long begin = json.BeginObject();
        IReadOnlyList<ExpectedFailure> list = [];
        uint seen = 0;
        while (json.NextField(FileNames, ref seen, out _))
        {
            list = json.Items((ref json) => ReadFailure(ref json, wrong));
        }

        JsonCursor.Require(begin, FileNames, seen);
        return list;
    }

    private static ExpectedFailure ReadFailure(ref JsonCursor json, Func<string, string?> wrong)
    {
        long begin = json.BeginObject();
        string[] texts = new string[3];
        uint seen = 0;
        while (json.NextField(Names, ref seen, out int field))
        {
            texts[field] = field == 0 ? json.Text(MaxId) : json.Text(text => text.AsSpan().ContainsAnyExcept('\r', '\n'), "at least one character", MaxText);
        }

        JsonCursor.Require(begin, Names, seen);
        return wrong(texts[0]) is { } reason ? throw JsonCursor.WrongAt(begin, reason) : new ExpectedFailure(texts[0], texts[1], texts[2]);
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
