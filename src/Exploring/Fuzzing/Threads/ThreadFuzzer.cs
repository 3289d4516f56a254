// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Judging;

namespace Cmma.Exploring.Fuzzing.Threads;

/// <summary>The plan of the threads.</summary>
/// <param name="Seed">For the numbers of each thread; the order of events is the scheduler's.</param>
public sealed record ThreadPlan(ulong Seed)
{
    /// <summary>At least 2.</summary>
    public int Threads { get; init; } = 4;

    /// <summary>It ends after this many operations, once every kind of round has had its turn.</summary>
    public long MaxOperations { get; init; } = long.MaxValue;

    /// <summary>It ends after this time, once every kind of round has had its turn.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.MaxValue;
}

/// <summary>What they found.</summary>
/// <param name="Operations">How many operations they did.</param>
/// <param name="Rounds">How often they met at rest.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Broken">The promise that was broken, with its clause, or null.</param>
public sealed record ThreadReport(long Operations, long Rounds, TimeSpan Elapsed, string? Broken);

/// <summary>
/// Real threads on one VM of 64 pages, so that they meet: vCPUs run ESSA while others call GET, PEEK, SET, start, stop and change slots. After
/// each round the machine rests, and what spec/clauses/concurrency.md promises is checked.
/// </summary>
/// <param name="newMachine">Makes the machine.</param>
/// <param name="contract">What keeps the contract and shows its state.</param>
/// <param name="plan">What to do.</param>
public sealed class ThreadFuzzer(Func<IMachine> newMachine, IImplementation contract, ThreadPlan plan)
{
    private const int Kinds = 4;

    private readonly EssaTable essa = new(contract);
    private long operations;
    private string? broken;

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Called after each round with how many operations are done, and how long that took.</param>
    /// <param name="cancellation">Ends it early.</param>
    public ThreadReport Run(Action<long, TimeSpan>? progress = null, CancellationToken cancellation = default)
    {
        Stopwatch watch = Stopwatch.StartNew();
        RandomNumbers random = new(plan.Seed);
        long rounds = 0;
        bool ended = false;
        while (broken == null && !ended && !cancellation.IsCancellationRequested)
        {
            RunRound((rounds++ % Kinds) switch
            {
                0 or 1 => (Round)new DrainRound(newMachine(), essa, random.Next()),
                2 => new OrderRound(newMachine(), essa, random.Next()),
                _ => new ChaosRound(newMachine(), random.Next()),
            });
            ended = rounds % Kinds == 0 && (operations >= plan.MaxOperations || watch.Elapsed >= plan.MaxTime);
            progress?.Invoke(operations, watch.Elapsed);
        }

        return new ThreadReport(operations, rounds, watch.Elapsed, broken);
    }

    private void RunRound(Round round)
    {
        List<Thread> threads = [];
        foreach (Func<long> part in round.Parts(plan.Threads))
        {
            Thread thread = new(() => Do(part)) { IsBackground = true };
            threads.Add(thread);
        }

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (broken == null)
        {
            Do(round.AtRest);
        }

        (round.Machine as IDisposable)?.Dispose();
    }

    private void Do(Func<long> part)
    {
        try
        {
            Interlocked.Add(ref operations, part());
        }
        catch (BrokenPromiseException e)
        {
            Interlocked.CompareExchange(ref broken, e.Message, null);
        }
#pragma warning disable CA1031 // whatever a machine throws is what was found
        catch (Exception e)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref broken, $"CONCURRENCY-6: {e.GetType().Name}: {e.Message}", null);
        }
    }
}

/// <summary>A promise was broken; the message begins with its clause.</summary>
/// <param name="message">Which one, and how.</param>
[SuppressMessage("Major Code Smell", "S3871:Exception types should be public", Justification = "It never leaves the thread fuzzer, which catches it.")]
internal sealed class BrokenPromiseException(string message) : Exception(message);
