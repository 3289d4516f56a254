// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>How fast an implementation answers, with asking and reading, without judging.</summary>
/// <param name="Operations">How many it answered.</param>
/// <param name="Elapsed">In this time.</param>
public sealed record Rate(long Operations, TimeSpan Elapsed)
{
    private const int RunsAtATime = 5000;

    /// <summary>Operations per second.</summary>
    public double PerSecond => Operations / Elapsed.TotalSeconds;

    /// <summary>Asks the vectors that it can run again and again, for about this time; the first round does not count.</summary>
    public static Rate Of(IReadOnlyList<Vector> vectors, IImplementation implementation, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        Question[] once = [.. vectors.Where(vector => Verdict.Skipped(vector, implementation) == null).Select(vector => Question.Of(vector.Trace))];
        if (once.Length == 0)
        {
            return new Rate(0, time);
        }

        Question[] many = [.. Enumerable.Repeat(once, 1 + (RunsAtATime / once.Length)).SelectMany(questions => questions)];
        implementation.Ask(once);
        Stopwatch watch = Stopwatch.StartNew();
        long operations = 0;
        do
        {
            operations += implementation.Ask(many).Sum(answer => (long)answer.Outcomes.Count);
        }
        while (watch.Elapsed < time);
        return new Rate(operations, watch.Elapsed);
    }
}
