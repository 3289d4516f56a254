// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>The verdicts of all vectors about one implementation.</summary>
/// <param name="Implementation">Its name, as the user gave it.</param>
/// <param name="Verdicts">In the order of the vectors.</param>
public sealed record CheckResult(string Implementation, IReadOnlyList<Verdict> Verdicts)
{
    /// <summary>The profile whose answers were expected.</summary>
    public string Profile { get; init; } = Profiles.Profile.ContractName;

    /// <summary>What the implementation calls itself, with its version; null if it does not say.</summary>
    public string? Tested { get; init; }

    /// <summary>Whether nothing but its own word says that memory was written which may not be.</summary>
    public bool BreachesAreSelfReported { get; init; }

    /// <summary>How fast it is, where that was measured.</summary>
    public Rate? Rate { get; init; }

    /// <summary>Evidence that state leaks from one run into the next, or null.</summary>
    public StateLeak? Leak { get; init; }

    /// <summary>How many vectors passed.</summary>
    public int Passed => Count(VerdictKind.Passed);

    /// <summary>How many failed.</summary>
    public int Failed => Count(VerdictKind.Failed);

    /// <summary>How many were skipped.</summary>
    public int Skipped => Count(VerdictKind.Skipped);

    /// <summary>How many failed as the user's list says.</summary>
    public int ExpectedFailures => Count(VerdictKind.ExpectedFailure);

    /// <summary>The line that ends a report.</summary>
    public string Totals =>
        $"{Passed} passed, {Failed} failed, {Skipped} skipped{(ExpectedFailures > 0 ? $", {ExpectedFailures} failed as expected" : "")}{(BreachesAreSelfReported ? "; breaches are self-reported" : "")}";

    /// <summary>Runs the vectors, one new VM each.</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="implementation">The implementation to check.</param>
    /// <param name="endsEarly">Whether an implementation that does not speak the protocol in the first runs is asked nothing more.</param>
    /// <exception cref="CouldNotRunException">It does not, and that was to end it.</exception>
    public static CheckResult Of(IReadOnlyList<Vector> vectors, IImplementation implementation, bool endsEarly = false)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        (IReadOnlyList<Verdict> judged, IReadOnlyList<Verdict> asAsked) = Ask(vectors, implementation, endsEarly);
        StateLeak? leak = StateLeak.Find(asAsked, implementation, few =>
        {
            HashSet<string> ids = [.. few.Select(vector => vector.Id)];
            implementation.Restart();
            return Ask([.. vectors.Where(vector => ids.Contains(vector.Id))], implementation, endsEarly).Judged;
        });
        return new CheckResult(implementation.Name, judged) { Leak = leak, Tested = implementation.Tested, BreachesAreSelfReported = implementation.ReportsBreachesItself };
    }

    // In the order of the vectors, and those that were asked in the order in which they were.
    private static (IReadOnlyList<Verdict> Judged, IReadOnlyList<Verdict> AsAsked) Ask(IReadOnlyList<Vector> vectors, IImplementation implementation, bool endsEarly)
    {
        Verdict?[] verdicts = [.. vectors.Select(vector => Verdict.Skipped(vector, implementation))];
        int[] open = [.. Enumerable.Range(0, verdicts.Length).Where(index => verdicts[index] == null)];
        int[] first = endsEarly ? [.. FirstRuns.Of([.. open.Select(index => vectors[index])]).Select(place => open[place])] : [];
        int[] asked = [.. first, .. open.Except(first)];
        List<Answer> answers = [.. first.Select(index => FirstRuns.Ask(implementation, vectors[index]))];
        if (first.Length < asked.Length && first.Length > 0 && answers.TrueForAll(answer => answer is { Failure: not null, NeverAsked: false, Outcomes.Count: 0 }))
        {
            throw new CouldNotRunException($"{implementation.Name} could not be run: in each of its first {first.Length} runs it {answers[0].Failure}");
        }

        FirstRuns.RequireWords(implementation, [.. first.Select(index => vectors[index])], answers);
        answers.AddRange(implementation.Ask([.. asked.Skip(first.Length).Select(index => Question.Of(vectors[index].Trace))]));
        for (int index = 0; index < asked.Length; index++)
        {
            verdicts[asked[index]] = Verdict.Of(vectors[asked[index]], answers[index]);
        }

        Verdict[] judged = [.. verdicts.OfType<Verdict>()];
        return (judged, [.. asked.Select(index => judged[index])]);
    }

    private int Count(VerdictKind kind) => Verdicts.Count(verdict => verdict.Kind == kind);
}
