// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Cmma.Exploring.Fuzzing;

/// <summary>The plan of a fuzzer.</summary>
/// <param name="Seed">For the numbers of its traces: the same seed gives each worker the same traces.</param>
public sealed record FuzzPlan(ulong Seed)
{
    /// <summary>It ends after this many operations.</summary>
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

    /// <summary>The profile of the implementation that is taken to be right.</summary>
    public string Profile { get; init; } = Judging.Profiles.Profile.ContractName;

    /// <summary>Leaves out of a trace what an implementation cannot do.</summary>
    public Func<Trace, Trace> Fit { get; init; } = trace => trace;
}

/// <summary>What a fuzzer found.</summary>
/// <param name="Distribution">What it did.</param>
/// <param name="Elapsed">How long that took, without shrinking.</param>
/// <param name="Found">A difference, shrunk, or null.</param>
public sealed record FuzzReport(Distribution Distribution, TimeSpan Elapsed, FuzzDifference? Found);

/// <summary>A difference as small as it could be made.</summary>
/// <param name="Trace">Which trace of this seed showed it first, from 0 on.</param>
/// <param name="Difference">The difference of the shrunk trace, at its last operation.</param>
/// <param name="Vector">The shrunk trace, with what is right as expectation.</param>
public sealed record FuzzDifference(ulong Trace, Divergence Difference, Vector Vector)
{
    /// <summary>Whether it did not come again in a new process, so that the vector alone does not show it.</summary>
    public bool IsOnce { get; init; }
}

/// <summary>Runs random traces on two implementations side by side until one differs or it is stopped.</summary>
/// <param name="implementation">The one that is tested.</param>
/// <param name="against">The one that is right.</param>
/// <param name="contract">What keeps the contract and shows its state: it determines which clause a difference is about.</param>
/// <param name="plan">What to do.</param>
public sealed class Fuzzer(IImplementation implementation, IImplementation against, IImplementation contract, FuzzPlan plan)
{
    // A GET whose buffer and struct both fault: which of them it was does not show, but that the struct was not written back.
    private const string EitherFault = "GET-WRITE-1";

    private const int LongestWhy = 600; // spec/vectors/schema.json

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    private readonly FuzzPlan plan = plan;
    private readonly Lock results = new();
    private readonly Distribution distribution = new();
    private readonly Stopwatch watch = new();
    private readonly ulong firstNumber = new RandomNumbers(plan.Seed).Next(); // so that seeds side by side share no traces
    private (ulong Number, Divergence Difference, bool NeedsTheRunsBefore)? found;

    /// <summary>Runs to the end. A trace that does not come back ends it too, and its thread is left behind.</summary>
    /// <param name="progress">Called from time to time with how many operations are done, and how long that took.</param>
    /// <param name="cancellation">Ends it early.</param>
    public FuzzReport Run(Action<long, TimeSpan>? progress = null, CancellationToken cancellation = default)
    {
        watch.Start();
        List<Worker> workers = [.. Enumerable.Range(0, plan.Workers).Select(index => new Worker(this, (ulong)index, cancellation))];
        while (workers.Find(worker => !worker.Thread.Join(LookInterval)) is not null)
        {
            progress?.Invoke(Operations(), watch.Elapsed);
            if (workers.Find(worker => worker.Elapsed > plan.HangTime) is { } hanging)
            {
                Divergence difference = new(Step: -1, $"trace {hanging.Number} does not come back within {plan.HangTime.TotalSeconds} s");
                Trace trace = TraceOf(hanging.Number);
                return new FuzzReport(distribution, watch.Elapsed, new FuzzDifference(hanging.Number, difference, VectorOf(hanging.Number, difference, Expectations.By(against, trace))));
            }
        }

        watch.Stop();
        workers.Find(worker => worker.Failure != null)?.Failure?.Throw();
        return new FuzzReport(distribution, watch.Elapsed, found is { } first ? Shrunk(first.Number, first.Difference, first.NeedsTheRunsBefore) : null);
    }

    private long Operations()
    {
        lock (results)
        {
            return distribution.Operations;
        }
    }

    private bool HasEnded()
    {
        lock (results)
        {
            return found != null || distribution.Operations >= plan.MaxOperations || watch.Elapsed >= plan.MaxTime;
        }
    }

    private Trace TraceOf(ulong number) => plan.Fit(FuzzTraces.Random(unchecked(firstNumber + number), plan.Memory));

    private void RunTrace(ulong number)
    {
        Distribution done = new();
        List<Answer> answers = [];
        Divergence? difference = new Lockstep(Heard(implementation, answers), Heard(against, answers)).Run(TraceOf(number), done.Add);
        lock (results)
        {
            distribution.Add(done);
            // the lowest number, so that the same seed finds the same trace more often than not
            if (difference != null && (found == null || number < found.Value.Number))
            {
                found = (number, difference, answers.Exists(answer => answer.NeedsTheRunsBefore));
            }
        }
    }

    private static IImplementation Heard(IImplementation asked, List<Answer> answers) => asked is MachineImplementation ? asked : new Listener(asked, answers);

    // It does not answer the same twice, or was too slow for once: that is reported, since it cannot be made smaller. A failure that needs the runs
    // before says so itself, and more exactly.
    private FuzzDifference Once(ulong number, Divergence first, bool needsTheRunsBefore, Trace trace)
    {
        string why = needsTheRunsBefore ? "" : ", once: it did not come again when it was asked anew, so it is chance, or left from the runs before";
        Divergence once = first with { What = first.What + why };
        return new FuzzDifference(number, once, VectorOf(number, once, Expectations.By(against, trace))) { IsOnce = true };
    }

    private FuzzDifference Shrunk(ulong number, Divergence first, bool needsTheRunsBefore)
    {
        Lockstep lockstep = new(implementation, against);
        Trace trace = TraceOf(number);
        trace = trace with { Steps = [.. trace.Steps.Take(first.Step + 1)] };
        if (Anew(trace) is not { } again)
        {
            return Once(number, first, needsTheRunsBefore, trace);
        }

        Stopwatch shrinking = Stopwatch.StartNew();
        Trace shrunk = plan.Fit(TraceShrinker.Shrink(trace, smaller => shrinking.Elapsed < plan.ShrinkTime && lockstep.Run(plan.Fit(smaller)) != null));
        if (Anew(shrunk) is not { } difference)
        {
            (shrunk, difference) = (trace, again); // it was enough only behind those before it
        }

        shrunk = Observed(shrunk with { Steps = [.. shrunk.Steps.Take(difference.Step + 1)] }, difference);
        return new FuzzDifference(number, difference, VectorOf(number, difference, Expectations.By(against, shrunk)));
    }

    // As whoever replays it will see it.
    private Divergence? Anew(Trace trace)
    {
        implementation.Restart();
        against.Restart();
        return new Lockstep(implementation, against).Run(trace);
    }

    // A state that differs is made to show in an answer, so that the vector fails too.
    private Trace Observed(Trace trace, Divergence difference)
    {
        if (difference.Gfn is not { } gfn)
        {
            return trace;
        }

        Operation[] observers = [
            new Operation.Get(gfn, 1, (uint)CmmaFlags.Peek),
            new Operation.Essa(gfn, Orc: 0),
            new Operation.Get(gfn, 1),
        ];
        return observers.Select(observer => trace with { Steps = [.. trace.Steps, new Step(observer)] })
            .FirstOrDefault(longer => VectorLint.Malformed(longer) == null && !AnswersAgree(longer)) ?? trace;
    }

    private bool AnswersAgree(Trace trace)
    {
        IReadOnlyList<Step> right = Expectations.By(against, trace).Steps;
        IReadOnlyList<Step> tested = Expectations.By(implementation, trace).Steps;
        return TraceWriter.Step(right[^1]) == TraceWriter.Step(tested[^1]);
    }

    private Vector VectorOf(ulong number, Divergence difference, Trace trace) => new(
        Id: $"fuzz-{plan.Seed}-{number}",
        Clauses: [OutcomeClass.Of(trace, contract)[^1].Class ?? EitherFault],
        Why: Shortened($"Found by fuzzing {implementation.Name} against {against.Name}: {difference.What}."),
        Profiles: [plan.Profile],
        Source: "fuzz",
        Capabilities: Capabilities.NeededBy(trace),
        Trace: trace,
        File: "",
        Line: 0);

    private static string Shortened(string why) => why.Length <= LongestWhy ? why : why[..LongestWhy];

    // Keeps the answers, of which a divergence says less.
    private sealed class Listener(IImplementation asked, List<Answer> answers) : IImplementation
    {
        public string Name => asked.Name;

        public IReadOnlyList<Capability> Capabilities => asked.Capabilities;

        public IRun NewVm(bool hostHasCmma) => asked.NewVm(hostHasCmma);

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions)
        {
            IReadOnlyList<Answer> given = asked.Ask(questions);
            answers.AddRange(given);
            return given;
        }
    }

    private sealed class Worker
    {
        private readonly Fuzzer fuzzer;
        private readonly CancellationToken cancellation;
        private long traceBegan = long.MaxValue;

        public Worker(Fuzzer fuzzer, ulong firstTrace, CancellationToken cancellation)
        {
            this.fuzzer = fuzzer;
            this.cancellation = cancellation;
            Number = firstTrace;
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
                for (; !cancellation.IsCancellationRequested && !fuzzer.HasEnded(); Number += (ulong)fuzzer.plan.Workers)
                {
                    Volatile.Write(ref traceBegan, fuzzer.watch.Elapsed.Ticks);
                    fuzzer.RunTrace(Number);
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
