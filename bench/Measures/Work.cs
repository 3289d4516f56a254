// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Cmma.Measures;

/// <summary>A workload to be timed.</summary>
/// <param name="Run">The work itself.</param>
/// <param name="Prepare">What must be done before each run, outside its time.</param>
public sealed record Work(Action Run, Action? Prepare = null)
{
    /// <summary>One run in seconds.</summary>
    public double Seconds()
    {
        Prepare?.Invoke();
        long begin = Stopwatch.GetTimestamp();
        Run();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}

/// <summary>The median seconds of two works, and the median of their ratios run by run.</summary>
/// <param name="Measured">Of the work that is measured.</param>
/// <param name="Baseline">Of the baseline.</param>
/// <param name="Speed">How many times as fast as the baseline the work is.</param>
public sealed record Comparison(double Measured, double Baseline, double Speed);

/// <summary>
/// Measures on a machine that others use, too: the work and its baseline run alternately, so that what slows one down slows the other down,
/// and medians leave out the turns in which only one of them was disturbed.
/// </summary>
public static class Meter
{
    private const int LeastTurns = 7;
    private const int MostTurns = 2000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.4); // the compiler takes its second look after 0.1 s
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1.2);

    /// <summary>Both alternately.</summary>
    public static Comparison Compare(Work measured, Work baseline)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(baseline);
        List<(double Measured, double Baseline)> turns = [];
        Repeat(() => turns.Add((measured.Seconds(), baseline.Seconds())), WarmUp, leastTurns: 2);
        turns.Clear();
        Repeat(() => turns.Add((measured.Seconds(), baseline.Seconds())), Enough, LeastTurns);
        return new Comparison(
            Median(turns.Select(turn => turn.Measured)),
            Median(turns.Select(turn => turn.Baseline)),
            Median(turns.Select(turn => turn.Baseline / turn.Measured)));
    }

    /// <summary>The middle one; the upper one of two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static void Repeat(Action turn, TimeSpan time, int leastTurns)
    {
        Stopwatch watch = Stopwatch.StartNew();
        for (int turns = 0; turns < MostTurns && (turns < leastTurns || watch.Elapsed < time); turns++)
        {
            turn();
        }
    }
}
