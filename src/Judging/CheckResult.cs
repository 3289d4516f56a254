using System.Collections.Generic;
using System.Linq;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>The verdicts of all vectors about one implementation.</summary>
/// <param name="Implementation">Its name, as the user gave it.</param>
/// <param name="Verdicts">In the order of the vectors.</param>
public sealed record CheckResult(string Implementation, IReadOnlyList<Verdict> Verdicts)
{
    private const int MostAskedAgain = 3;

    /// <summary>The profile whose answers were the right ones.</summary>
    public string Profile { get; init; } = Profiles.Profile.ContractName;

    /// <summary>How fast it is, where that was measured.</summary>
    public Rate? Rate { get; init; }

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
        $"{Passed} passed, {Failed} failed, {Skipped} skipped{(ExpectedFailures > 0 ? $", {ExpectedFailures} failed as expected" : "")}";

    /// <summary>Runs the vectors, one new VM each.</summary>
    public static CheckResult Of(IReadOnlyList<Vector> vectors, IImplementation implementation)
    {
        System.ArgumentNullException.ThrowIfNull(implementation);
        Verdict?[] verdicts = [.. vectors.Select(vector => Verdict.Skipped(vector, implementation))];
        int[] asked = [.. Enumerable.Range(0, verdicts.Length).Where(index => verdicts[index] == null)];
        IReadOnlyList<Answer> answers = implementation.Ask([.. asked.Select(index => Question.Of(vectors[index].Trace))]);
        for (int index = 0; index < asked.Length; index++)
        {
            verdicts[asked[index]] = Verdict.Of(vectors[asked[index]], answers[index]);
        }

        Verdict[] judged = [.. verdicts.OfType<Verdict>()];
        AskAgain(judged, implementation);
        return new CheckResult(implementation.Name, judged);
    }

    // A wrong answer that becomes right in a new process is due to something left from the runs before.
    private static void AskAgain(Verdict[] verdicts, IImplementation implementation)
    {
        int left = MostAskedAgain;
        for (int index = 0; index < verdicts.Length && left > 0; index++)
        {
            Verdict verdict = verdicts[index];
            if (verdict.Kind == VerdictKind.Failed && verdict.FailedStep >= 0)
            {
                left--;
                implementation.Restart();
                if (Verdict.Of(verdict.Vector, implementation).Kind == VerdictKind.Passed)
                {
                    verdicts[index] = verdict with { Reason = $"{verdict.Reason}; in a new process it passes: something is left from the runs before" };
                }
            }
        }
    }

    private int Count(VerdictKind kind) => Verdicts.Count(verdict => verdict.Kind == kind);
}
