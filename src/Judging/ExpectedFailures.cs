// SPDX-License-Identifier: MIT
using Cmma.Traces;
using Cmma.Traces.Json;

namespace Cmma.Judging;

/// <summary>A failure that the user knows of.</summary>
/// <param name="Vector">The vector's id.</param>
/// <param name="Reason">Why it fails.</param>
public sealed record ExpectedFailure(string Vector, string Reason)
{
    /// <summary>Where that is written down, or null.</summary>
    public string? Link { get; init; }

    /// <summary>The clause that decides what the first wrong operation must answer (<see cref="OutcomeClass"/>), or null if the entry does not say.</summary>
    public string? Clause { get; init; }

    /// <summary>The first difference, as <see cref="ExpectedFailures.Difference"/> words it, or null if the entry does not say.</summary>
    public string? Difference { get; init; }

    /// <summary>The reason, with the link where there is one.</summary>
    public string Told => Link == null ? Reason : $"{Reason} ({Link})";
}

/// <summary>
/// The user's list of vectors that are known to fail, and how. One that passes nevertheless, or fails differently, is a failure: the list is
/// out of date, or something else is wrong.
/// </summary>
/// <param name="file">As the user named it.</param>
/// <param name="failures">What it lists.</param>
public sealed class ExpectedFailures(string file, IReadOnlyList<ExpectedFailure> failures)
{
    private const int MaxId = 120;
    private const int MaxText = 600;
    private const int MaxDifference = 2000;

    private static JsonNames FileNames => new("expected_failures");
    private static JsonNames Names => new(["vector", "reason", "link", "clause", "difference"], required: 0b00011);

    /// <summary>Reads a list.</summary>
    /// <exception cref="InputException">It cannot be read, does not fit its schema, or names a vector that there is not.</exception>
    public static ExpectedFailures Read(string path, IReadOnlyList<Vector> vectors)
    {
        HashSet<string> ids = [.. vectors.Select(vector => vector.Id)];
        HashSet<string> seen = [];
        return new ExpectedFailures(path, JsonInput.ReadFile(path, path, (ref json) => ReadList(ref json, id =>
            !ids.Contains(id) ? $"unknown vector '{id}'" : !seen.Add(id) ? $"vector '{id}' occurs twice" : null)));
    }

    private static IReadOnlyList<ExpectedFailure> ReadList(ref JsonCursor json, Func<string, string?> wrong) =>
        json.Fields<IReadOnlyList<ExpectedFailure>>(FileNames, [], (ref json, _, _) => json.Items((ref json) => ReadFailure(ref json, wrong)));

    private static ExpectedFailure ReadFailure(ref JsonCursor json, Func<string, string?> wrong)
    {
        long begin = json.BeginObject();
        string?[] texts = json.Fields(Names, new string?[5], (ref json, field, known) =>
        {
            known[field] = field == 0 ? json.Text(MaxId) : json.Text(text => text.AsSpan().ContainsAnyExcept('\r', '\n'), "at least one character", field == 4 ? MaxDifference : MaxText);
            return known;
        });
        if (wrong(texts[0]!) is { } reason)
        {
            throw JsonCursor.WrongAt(begin, reason);
        }

        return texts[3] == null && texts[4] == null
            ? throw JsonCursor.WrongAt(begin, $"'{texts[0]}' does not say how it fails: 'clause' or 'difference' is missing")
            : new ExpectedFailure(texts[0]!, texts[1]!) { Link = texts[2], Clause = texts[3], Difference = texts[4] };
    }

    /// <summary>A list of all that failed, each with its first difference.</summary>
    public static string Write(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IEnumerable<string> entries = result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed).Select(verdict =>
            $"  {{\"vector\": {TraceWriter.Quote(verdict.Vector.Id)}, \"difference\": {TraceWriter.Quote(Difference(verdict))}, \"reason\": \"not looked into yet\"}}");
        return $"{{\"expected_failures\": [\n{string.Join(",\n", entries)}\n]}}\n";
    }

    /// <summary>The first difference of a failure with its operation, as in "operation 9: count: expected 1, got 18".</summary>
    public static string Difference(Verdict failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.FailedStep < 0 ? failure.Reason : $"operation {failure.FailedStep + 1}: {failure.Reason}";
    }

    /// <summary>The result with what was expected taken into account.</summary>
    /// <param name="result">The result.</param>
    /// <param name="contract">What keeps the contract and shows its state: it determines which clause decides an operation.</param>
    public CheckResult Judge(CheckResult result, IImplementation contract)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(contract);
        Dictionary<string, ExpectedFailure> expected = failures.ToDictionary(failure => failure.Vector, StringComparer.Ordinal);
        return result with { Verdicts = [.. result.Verdicts.Select(verdict => Judge(verdict, expected.GetValueOrDefault(verdict.Vector.Id), contract))] };
    }

    private Verdict Judge(Verdict verdict, ExpectedFailure? expected, IImplementation contract) => (expected, verdict.Kind) switch
    {
        (null, _) => verdict,
        (_, VerdictKind.Failed) when Otherwise(verdict, expected, contract) is { } otherwise =>
            verdict with { Reason = $"{verdict.Reason}; {file} expects {otherwise}: {expected.Reason}" },
        (_, VerdictKind.Failed) => verdict with { Kind = VerdictKind.ExpectedFailure, Reason = $"{expected.Told}: {verdict.Reason}" },
        (_, VerdictKind.Passed) => verdict with { Kind = VerdictKind.Failed, Reason = $"passes, though {file} expects it to fail: {expected.Reason}; take it off the list", PassesUnexpectedly = true },
        _ => verdict,
    };

    // What the entry expects, if that did not come.
    private static string? Otherwise(Verdict failure, ExpectedFailure expected, IImplementation contract)
    {
        if (expected.Difference is { } difference && difference != Difference(failure))
        {
            return $"another first difference, '{difference}'";
        }

        string? decides = expected.Clause == null || failure.FailedStep < 0 ? null : OutcomeClass.Of(failure.Vector.Trace, contract)[failure.FailedStep].Class;
        return expected.Clause == decides ? null : $"{expected.Clause} to decide the operation{(decides == null ? "" : $", not {decides}")}";
    }
}
