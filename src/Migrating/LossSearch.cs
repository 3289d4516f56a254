// SPDX-License-Identifier: MIT
using Cmma.Exploring.Fuzzing;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>A loss of one kind with one cause, as the shortest script that shows it.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Cause">What it comes from.</param>
/// <param name="Gfn">The page; null for what is not of a page.</param>
/// <param name="Script">The script.</param>
/// <param name="Migration">What it does.</param>
public sealed record Loss(LossKind Kind, CauseSet Cause, ulong? Gfn, Trace Script, Migration Migration)
{
    /// <summary>The other causes each of which, taken away alone, mends it as well.</summary>
    public IReadOnlyList<Cause> Others { get; init; } = [];
}

/// <summary>What random migrations found.</summary>
/// <param name="Losses">By kind and cause.</param>
/// <param name="Migrations">How many scripts were run.</param>
public sealed record LossReport(IReadOnlyList<Loss> Losses, long Migrations);

/// <summary>Finds what migrations lose: random scripts, each loss shrunk to one of few operations, one for each kind and cause.</summary>
/// <param name="trial">The migrations.</param>
/// <param name="source">The source.</param>
/// <param name="target">The target.</param>
public sealed class LossSearch(Trial trial, IImplementation source, IImplementation target)
{
    /// <summary>How many scripts are run where no time is given.</summary>
    public const int Scripts = 400;

    private const int MostTries = 1500;
    private const int PagesOfEachKind = 3;
    private const int Analyses = 100;

    /// <summary>Runs random scripts. The same seed finds the same, if no time ends it.</summary>
    /// <param name="seed">For the random numbers.</param>
    /// <param name="time">When to end, but not before one was run, if one can be; null: after <see cref="Scripts"/> scripts.</param>
    /// <param name="scripts">How many are run where no time is given.</param>
    /// <param name="tell">Told how many were run.</param>
    /// <param name="cancellation">Ends it earlier.</param>
    public LossReport Run(ulong seed, TimeSpan? time = null, int scripts = Scripts, Action<long, TimeSpan>? tell = null, CancellationToken cancellation = default)
    {
        Fitting fitting = new(source, target);
        RandomNumbers random = new(seed);
        Collector collector = new(trial, PagesOfEachKind, Analyses);
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        long run = 0;
        for (long asked = 0; !cancellation.IsCancellationRequested && ((time != null && watch.Elapsed < time) || (asked < scripts && (time == null || run == 0))); asked++)
        {
            Trace script = fitting.Fit(RandomScripts.Next(random, changes: asked % 2 == 1, keepsPageZero: trial.Consumer.Loop == ConsumerLoop.Qemu));
            if (trial.CanRun(script))
            {
                collector.Add(script);
                run++;
                tell?.Invoke(run, watch.Elapsed);
            }
        }

        return new LossReport([.. collector.Explained().Select(each => Shrunk(each.Kind, each.Cause, each.Scripts))], run);
    }

    /// <summary>The losses of one script, with what they come from, as they are.</summary>
    public IReadOnlyList<Loss> Of(Trace script)
    {
        Migration migration = trial.Run(script);
        return [.. migration.Kinds.Select(kind =>
        {
            ulong? gfn = Collector.PagesOf(migration, kind).First();
            return WithOthers(new Loss(kind, trial.CausesOf(script, kind, gfn)[0], gfn, script, migration));
        })];
    }

    /// <summary>The plainest of the scripts that show a loss, shrunk.</summary>
    internal Loss Shrunk(LossKind kind, CauseSet cause, IReadOnlyList<Trace> scripts)
    {
        string? reason = kind == LossKind.Failed ? trial.Run(scripts[0]).Broken?.Reason : null;
        Trace shrunk = TraceShrinker.Shrink(scripts[0], smaller => Shown(smaller, kind, cause, reason) != null, MostTries);
        return Shown(shrunk, kind, cause, reason) is { } loss ? WithOthers(loss) : throw new CouldNotRunException(
            $"{source.Name} and {target.Name} lose a page, and do not when asked again: one of them answers the same calls now this way, now that");
    }

    // What a script shows of this kind by this very cause; null: nothing.
    private Loss? Shown(Trace script, LossKind kind, CauseSet cause, string? reason)
    {
        if (!trial.CanRun(script))
        {
            return null;
        }

        Migration migration = trial.Run(script);
        if (!migration.Kinds.Contains(kind) || (reason != null && migration.Broken?.Reason != reason))
        {
            return null;
        }

        return Collector.PagesOf(migration, kind).Take(PagesOfEachKind)
            .Where(gfn => (cause.All.Count == 0 || trial.Mends(script, cause, kind, gfn)) && trial.CausesOf(script, kind, gfn).Contains(cause))
            .Select(gfn => new Loss(kind, cause, gfn, script, migration))
            .FirstOrDefault();
    }

    private Loss WithOthers(Loss loss) => loss with
    {
        Others = [.. trial.EachCauseOf(loss.Script, loss.Kind, loss.Gfn).Where(cause => !loss.Cause.All.Contains(cause))],
    };
}
