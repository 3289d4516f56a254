// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Cmma.Proofs.Solving;

/// <summary>
/// The process of a solver: lines in, lines out. It is killed when it passes a limit, and at the latest with this process: nothing stays
/// behind. One that can be used again is kept, warm, for the next user.
/// </summary>
internal sealed class SolverChild : IDisposable
{
    private const int MostWallClocks = 10;
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan EndOfProcess = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<(SolverKind Kind, SolverLimits Limits), ConcurrentBag<SolverChild>> Warm = new();

    private readonly Process process;
    private readonly SolverKind kind;
    private readonly SolverLimits limits;
    private readonly Timer watch;
    private long askedAt;
    private long watchedSince;
    private TimeSpan usedBefore;
    private volatile string? killedFor;
    private volatile string lastError = "";

    private SolverChild(SolverKind kind, SolverLimits limits)
    {
        this.kind = kind;
        this.limits = limits;
        process = kind.Start(limits);
        process.ErrorDataReceived += (_, line) => lastError = line.Data ?? lastError;
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        watch = new Timer(_ => Watch(), null, WatchInterval, WatchInterval);
    }

    public int ProcessId => process.Id;

    /// <summary>What became of it when it neither accepts nor prints anything more.</summary>
    public string Fate
    {
        get
        {
            if (killedFor is { } reason)
            {
                return reason;
            }

            string code = process.WaitForExit(EndOfProcess) ? $" (exit code {process.ExitCode})" : "";
            return $"died without an answer{code}{(lastError.Length > 0 ? $": {lastError}" : "")}";
        }
    }

    /// <summary>One that waits, or a new one.</summary>
    /// <exception cref="SolverException">It cannot be run.</exception>
    public static SolverChild Take(SolverKind kind, SolverLimits limits)
    {
        while (kind.StaysWarm && Waiting(kind, limits).TryTake(out SolverChild? waiting))
        {
            if (waiting.BeginsAnew())
            {
                return waiting;
            }

            waiting.Dispose();
        }

        return new SolverChild(kind, limits);
    }

    /// <summary>Keeps it for the next user; if enough of them are kept, it is killed.</summary>
    public void Return()
    {
        ConcurrentBag<SolverChild> waiting = Waiting(kind, limits);
        if (kind.StaysWarm && waiting.Count < Environment.ProcessorCount)
        {
            waiting.Add(this);
        }
        else
        {
            Dispose();
        }
    }

    /// <summary>Gives it text; false if it takes no more.</summary>
    public bool Write(string text)
    {
        try
        {
            process.StandardInput.Write(text);
            process.StandardInput.Flush();
            return true;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Its next line; null at its end.</summary>
    public string? ReadLine()
    {
        Interlocked.Exchange(ref askedAt, Stopwatch.GetTimestamp());
        string? line = process.StandardOutput.ReadLine();
        Interlocked.Exchange(ref askedAt, 0);
        return line;
    }

    /// <summary>Kills it.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        watch.Dispose();
        Kill();
        process.Dispose();
    }

    private static ConcurrentBag<SolverChild> Waiting(SolverKind kind, SolverLimits limits) => Warm.GetOrAdd((kind, limits), _ => []);

    // Whatever it still printed for its previous user is skipped.
    private bool BeginsAnew()
    {
        string begin = $"begin {Guid.NewGuid()}";
        if (!Write($"(reset)\n(echo \"{begin}\")\n"))
        {
            return false;
        }

        string? line = ReadLine();
        while (line is not null && line != begin)
        {
            line = ReadLine();
        }

        return line is not null;
    }

    // Time is the solver's own: on a busy machine the clock on the wall says little. Only one that sleeps for ever is caught by it.
    private void Watch()
    {
        long asked = Interlocked.Read(ref askedAt);
        if (asked == 0)
        {
            return;
        }

        try
        {
            process.Refresh();
            if (asked != watchedSince)
            {
                watchedSince = asked;
                usedBefore = process.TotalProcessorTime;
            }

            TimeSpan used = process.TotalProcessorTime - usedBefore;
            if (used > limits.Time + SolverLimits.Patience || Stopwatch.GetElapsedTime(asked) > limits.Time * MostWallClocks)
            {
                KillFor($"was killed: no answer within {limits.Time.TotalSeconds:0} s");
            }
            else if (process.WorkingSet64 > (limits.MemoryMegabytes + SolverLimits.MegabytesOfProcess) * 1_048_576L)
            {
                KillFor($"was killed: more than {limits.MemoryMegabytes} MB of memory");
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended on its own; whoever reads from it finds out.
        }
    }

    private void KillFor(string reason)
    {
        killedFor = reason;
        Kill();
    }

    private void OnExit(object? sender, EventArgs arguments) => Kill();

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }
}
