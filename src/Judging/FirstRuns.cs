// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>
/// The runs with which a check begins, one by one. What does not speak the protocol would fail hundreds of runs for one reason, or cost the whole
/// time limit in each: these few show it.
/// </summary>
public static partial class FirstRuns
{
    private const int Most = 5;
    private const string Letters = " with letters"; // as hex digits, which are lower case

    /// <summary>The indexes of a few vectors that together have most operations, and most fields of results.</summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<Vector> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        IReadOnlyList<HashSet<string>> shows = [.. vectors.Select(Shows)];
        HashSet<string> seen = [];
        List<int> chosen = [];
        while (chosen.Count < Math.Min(Most, vectors.Count))
        {
            IEnumerable<int> others = Enumerable.Range(0, vectors.Count).Except(chosen);
            int[] lettered = chosen.Count == Most - 1 ? [.. others.Where(index => shows[index].Any(each => IsOfLetters(each) && !seen.Contains(each)))] : [];
            int best = (lettered.Length > 0 ? lettered : others).MaxBy(index => shows[index].Count(each => !seen.Contains(each)));
            chosen.Add(best);
            seen.UnionWith(shows[best]);
        }

        return chosen;
    }

    /// <summary>What comes back.</summary>
    /// <exception cref="CouldNotRunException">The implementation does not speak the protocol.</exception>
    public static Answer Ask(IImplementation implementation, Vector vector)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(vector);
        Answer answer = implementation.Ask([Question.Of(vector.Trace)])[0];
        return answer.Misunderstanding.Count == 0
            ? answer
            : throw new CouldNotRunException($"{implementation.Name} could not be run: it {answer.Failure}") { Details = answer.Misunderstanding };
    }

    /// <summary>Refuses words that are not known where only known ones can be right: they would fail hundreds of runs for one reason. One's own may be in some answers.</summary>
    /// <param name="implementation">Whose answers these are.</param>
    /// <param name="vectors">What it was asked first.</param>
    /// <param name="answers">What came back.</param>
    /// <exception cref="CouldNotRunException">Nothing that must succeed answers a known word, or a known word is spelt in another way.</exception>
    public static void RequireWords(IImplementation implementation, IReadOnlyList<Vector> vectors, IReadOnlyList<Answer> answers)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(answers);
        (Expectation? Expect, string Word)[] given = [.. vectors.Zip(answers).SelectMany(each => each.First.Trace.Steps.Zip(each.Second.Outcomes))
            .Where(each => each.Second.Breach == null) // those are words of our own machines
            .Select(each => (each.First.Expect, each.Second.Result))];
        string[] successes = [.. given.Where(each => each.Expect?.Alternatives.All(expected => expected.Result == Outcome.Ok) == true).Select(each => each.Word)];
        string? wrong = successes.Length > 0 && Array.TrueForAll(successes, word => !KnownForm().IsMatch(word)) ? successes[0] : Array.Find(given, each => IsMisspelt(each.Word)).Word;
        if (wrong != null)
        {
            throw new CouldNotRunException($"{implementation.Name} could not be run: its results have the word '{wrong}', where these are known: {Outcome.Ok}, {string.Join(", ", ResultForm.AllFailures)} (docs/protocol.md)");
        }
    }

    // A library may return an errno that has no name here, or a positive number: that is an answer, and wrong.
    private static bool IsMisspelt(string word) => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
        ? number <= 0 && Enum.IsDefined((Errno)(-(long)number))
        : !KnownForm().IsMatch(word) && ResultForm.AllFailures.Append(Outcome.Ok).Contains(word.TrimStart('-'), StringComparer.OrdinalIgnoreCase);

    // any errno by name, and numbers
    [GeneratedRegex("^(ok|E[A-Z0-9]+|operation|specification|addressing|-?[1-9][0-9]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KnownForm();

    private static HashSet<string> Shows(Vector vector) => [.. vector.Trace.Steps.SelectMany(step =>
        (step.Expect?.Alternatives ?? []).SelectMany(Fields).Append("").Select(field => $"{OperationForm.Of(step.Operation).Name} {field}")),
        .. vector.Trace.Steps.Where(step => step.Expect?.Alternatives.All(expected => expected.Result != Outcome.Ok) == true).Select(_ => "failure").Take(1)];

    private static IEnumerable<string> Fields(Expected expected)
    {
        if (expected.R1 != null)
        {
            yield return "r1";
        }

        if (expected.Migrating != null)
        {
            yield return "migrating";
        }

        if (expected.Zeroed)
        {
            yield return "zeroed";
        }

        if (expected.Values is { } values && values.ToArray().Distinct().Skip(1).Any())
        {
            yield return "bytes"; // of several kinds, which are separated
        }

        if (expected.StartGfn != null)
        {
            yield return "start_gfn";
        }

        foreach ((string field, ulong? number) in new[] { ("r1", expected.R1), ("start_gfn", expected.StartGfn), ("remaining", expected.Remaining) })
        {
            if (number?.ToString("x", CultureInfo.InvariantCulture).Any(char.IsAsciiLetter) == true)
            {
                yield return field + Letters;
            }
        }
    }

    private static bool IsOfLetters(string shown) => shown.EndsWith(Letters, StringComparison.Ordinal);
}
