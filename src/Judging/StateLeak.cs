// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>State that an implementation leaks from one run into the next: a vector that fails, and passes in a new process.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Before">Runs after which it fails in a new process, too; none if they were not found.</param>
public sealed record StateLeak(Vector Vector, IReadOnlyList<Vector> Before)
{
    private const int MostAskedAgain = 20;
    private const int TimesConfirmed = 3;

    /// <summary>Whether the runs before have nothing to do with it: what it answers differs from time to time.</summary>
    public bool IsChance { get; init; }

    /// <summary>What is said of it, in one line.</summary>
    public string Text => IsChance ? $"it does not answer the same each time: {Vector.Id} failed, and passes when it is asked again"
        : $"something is left from run to run: {Vector.Id} passes in a new process";

    /// <summary>Asks some failures from the first to the last again, each in a new process, and, for one that then passes, looks for the runs that make it fail.</summary>
    /// <param name="verdicts">Of what was asked, in the order of asking.</param>
    /// <param name="implementation">The implementation that was checked.</param>
    /// <param name="check">Checks some of the vectors in a new process, as a user would who is told which.</param>
    public static StateLeak? Find(IReadOnlyList<Verdict> verdicts, IImplementation implementation, Func<IReadOnlyList<Vector>, IReadOnlyList<Verdict>> check)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(check);
        int[] failed = [.. Enumerable.Range(0, verdicts.Count).Where(index => verdicts[index] is { Kind: VerdictKind.Failed, FailedStep: >= 0 })];
        int every = (failed.Length + MostAskedAgain - 1) / MostAskedAgain; // the first ones may fail for a reason of their own
        foreach (int index in failed.Where((_, place) => place % every == 0))
        {
            implementation.Restart();
            if (Verdict.Of(verdicts[index].Vector, implementation).Kind == VerdictKind.Passed)
            {
                Search search = new(verdicts[index].Vector, implementation, runsLeft: 3 * verdicts.Count);
                Vector vector = verdicts[index].Vector;
                Vector[] all = [.. verdicts.Take(index).Select(verdict => verdict.Vector)];
                Vector[] before = search.Shortest(all);
                bool isChance = before.Length == 0 ? search.HasAskedAll : !search.IsConfirmed(before);
                return new StateLeak(vector, isChance || before.Length == 0 || Shows(check, [.. before, vector]) ? before : all) { IsChance = isChance };
            }
        }

        return null;
    }

    // A check has an order of its own, in which these runs may not do what they do in that of the search.
    private static bool Shows(Func<IReadOnlyList<Vector>, IReadOnlyList<Verdict>> check, Vector[] vectors)
    {
        try
        {
            return check(vectors).Any(verdict => verdict.Vector == vectors[^1] && verdict.Kind == VerdictKind.Failed);
        }
        catch (CouldNotRunException)
        {
            return false;
        }
    }

    // It may cost three times as many runs as the check itself, and no more.
    private sealed class Search(Vector vector, IImplementation implementation, int runsLeft)
    {
        private int runsLeft = runsLeft;

        /// <summary>Whether nothing failed although nothing was left out.</summary>
        public bool HasAskedAll => runsLeft >= 0;

        /// <summary>Whether it fails behind these runs and passes without them, as often as may be asked.</summary>
        public bool IsConfirmed(Vector[] before)
        {
            for (int time = 0; time < TimesConfirmed && runsLeft > before.Length + 1; time++)
            {
                if (!FailsBehind(before) || FailsBehind([]))
                {
                    return false;
                }
            }

            return true;
        }

        public Vector[] Shortest(Vector[] all)
        {
            Vector[] found = Last(all);
            for (int length = found.Length / 2; length > 0; length /= 2)
            {
                int begin = 0;
                while (begin < found.Length && found.Length > 1)
                {
                    Vector[] fewer = [.. found.Take(begin), .. found.Skip(begin + length)];
                    bool needless = fewer.Length > 0 && FailsBehind(fewer);
                    found = needless ? fewer : found;
                    begin += needless ? 0 : length;
                }
            }

            return found;
        }

        // Most likely it is a run shortly before it.
        private Vector[] Last(Vector[] all)
        {
            for (int length = 1; length < 2 * all.Length; length *= 2)
            {
                Vector[] last = [.. all.TakeLast(length)];
                if (FailsBehind(last))
                {
                    return last;
                }
            }

            return [];
        }

        private bool FailsBehind(Vector[] before)
        {
            runsLeft -= before.Length + 1;
            if (runsLeft < 0)
            {
                return false;
            }

            implementation.Restart();
            IReadOnlyList<Answer> answers = implementation.Ask([.. before.Append(vector).Select(each => Question.Of(each.Trace))]);
            return Verdict.Of(vector, answers[^1]).Kind == VerdictKind.Failed;
        }
    }
}
