using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using Cmma.Conformance.Generators;
using Cmma.Conformance.Running;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Cmma.Conformance.Fuzzing;

/// <summary>What a fuzzer is to do.</summary>
/// <param name="Seed">Where the numbers of its traces begin.</param>
public sealed record FuzzPlan(ulong Seed)
{
    /// <summary>It ends after so many operations.</summary>
    public long MaxOperations { get; init; } = long.MaxValue;

    /// <summary>It ends after this time.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.MaxValue;

    /// <summary>A trace that takes longer hangs.</summary>
    public TimeSpan HangTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a difference may be shrunk.</summary>
    public TimeSpan ShrinkTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many traces run at a time.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>How large memory is.</summary>
    public FuzzMemory Memory { get; init; } = FuzzMemory.Mixed;
}

/// <summary>What a fuzzer found.</summary>
/// <param name="Distribution">What it did.</param>
/// <param name="Elapsed">How long that took, without shrinking.</param>
/// <param name="Found">A difference, shrunk, or null.</param>
public sealed record FuzzReport(Distribution Distribution, TimeSpan Elapsed, FuzzDifference? Found);

/// <summary>A difference as small as it could be made.</summary>
/// <param name="TraceNumber">The number that gives the trace that showed it first.</param>
/// <param name="Difference">The difference of the shrunk trace, at its last operation.</param>
/// <param name="Vector">The shrunk trace, with what is right as expectation.</param>
public sealed record FuzzDifference(ulong TraceNumber, Difference Difference, Vector Vector);

/// <summary>Runs random traces on two implementations side by side until one differs or it is told to end.</summary>
/// <param name="implementation">The one that is tested.</param>
/// <param name="against">The one that is right.</param>
/// <param name="plan">What to do.</param>
public sealed class Fuzzer(IImplementation implementation, IImplementation against, FuzzPlan plan)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    private readonly Lock results = new();
    private readonly Distribution distribution = new();
    private readonly Stopwatch watch = new();
    private ulong tracesTaken;
    private (ulong Number, Difference Difference)? found;

    /// <summary>Runs to the end. A trace that does not come back ends it too, and its thread is left behind.</summary>
    /// <param name="progress">Told from time to time how many operations are done.</param>
    /// <param name="cancellation">Ends it early.</param>
    public FuzzReport Run(Action<long>? progress = null, CancellationToken cancellation = default)
    {
        watch.Start();
        List<Worker> workers = [.. Enumerable.Range(0, plan.Workers).Select(_ => new Worker(this, cancellation))];
        while (workers.Find(worker => !worker.Thread.Join(LookInterval)) is not null)
        {
            progress?.Invoke(Operations());
            if (workers.Find(worker => worker.Elapsed > plan.HangTime) is { } hanging)
            {
                Difference difference = new(Step: -1, $"trace {hanging.Number} does not come back within {plan.HangTime.TotalSeconds} s");
                Trace trace = FuzzTraces.Random(hanging.Number, plan.Memory);
                return new FuzzReport(distribution, watch.Elapsed, new FuzzDifference(hanging.Number, difference, VectorOf(hanging.Number, difference, trace)));
            }
        }

        watch.Stop();
        workers.Find(worker => worker.Failure != null)?.Failure?.Throw();
        return new FuzzReport(distribution, watch.Elapsed, found is { } first ? Shrunk(first.Number, first.Difference.Step) : null);
    }

    private long Operations()
    {
        lock (results)
        {
            return distribution.Operations;
        }
    }

    private ulong? NextTrace()
    {
        lock (results)
        {
            bool ended = found != null || distribution.Operations >= plan.MaxOperations || watch.Elapsed >= plan.MaxTime;
            return ended ? null : unchecked(plan.Seed + tracesTaken++);
        }
    }

    private void RunTrace(ulong number)
    {
        Distribution done = new();
        Difference? difference = new Lockstep(implementation, against).Run(FuzzTraces.Random(number, plan.Memory), done.Add);
        lock (results)
        {
            distribution.Add(done);
            // the lowest number, so that the same seed finds the same trace more often than not
            if (difference != null && (found == null || number < found.Value.Number))
            {
                found = (number, difference);
            }
        }
    }

    private FuzzDifference Shrunk(ulong number, int step)
    {
        Lockstep lockstep = new(implementation, against);
        Trace trace = FuzzTraces.Random(number, plan.Memory);
        trace = trace with { Steps = [.. trace.Steps.Take(step + 1)] };
        Stopwatch shrinking = Stopwatch.StartNew();
        Trace shrunk = TraceShrinker.Shrink(trace, smaller => shrinking.Elapsed < plan.ShrinkTime && lockstep.Run(smaller) != null);
        Difference difference = lockstep.Run(shrunk) ?? throw new InvalidOperationException($"trace {number}: the difference does not come again");
        shrunk = Expectations.By(against, shrunk with { Steps = [.. shrunk.Steps.Take(difference.Step + 1)] });
        return new FuzzDifference(number, difference, VectorOf(number, difference, shrunk));
    }

    private Vector VectorOf(ulong number, Difference difference, Trace trace) => new(
        Id: $"fuzz-{number}",
        Clauses: [],
        Why: $"Found by fuzzing {implementation.Name} against {against.Name}: {difference.What}.",
        Profiles: ["contract"],
        Source: "fuzz",
        Capabilities: Capabilities.NeededBy(trace),
        Trace: trace,
        File: "",
        Line: 0);

    private sealed class Worker
    {
        private readonly Fuzzer fuzzer;
        private readonly CancellationToken cancellation;
        private long traceBegan = long.MaxValue;

        public Worker(Fuzzer fuzzer, CancellationToken cancellation)
        {
            this.fuzzer = fuzzer;
            this.cancellation = cancellation;
            Thread = new Thread(Work) { IsBackground = true };
            Thread.Start();
        }

        public Thread Thread { get; }

        public ulong Number { get; private set; }

        public ExceptionDispatchInfo? Failure { get; private set; }

        public TimeSpan Elapsed => TimeSpan.FromTicks(Math.Max(0, fuzzer.watch.Elapsed.Ticks - Volatile.Read(ref traceBegan)));

        private void Work()
        {
            try
            {
                while (!cancellation.IsCancellationRequested && fuzzer.NextTrace() is { } number)
                {
                    Number = number;
                    Volatile.Write(ref traceBegan, fuzzer.watch.Elapsed.Ticks);
                    fuzzer.RunTrace(number);
                }
            }
#pragma warning disable CA1031 // it belongs to whoever called Run
            catch (Exception e)
#pragma warning restore CA1031
            {
                Failure = ExceptionDispatchInfo.Capture(e);
            }

            Volatile.Write(ref traceBegan, long.MaxValue);
        }
    }
}
