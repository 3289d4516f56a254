// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Steps;
using Cmma.Proofs.Theorems;
using Cmma.Proofs.Traces;
using Trace = Cmma.Traces.Trace;

namespace Cmma.Proofs;

/// <summary>
/// The second net under the proofs of paths: every step of the reference, on numbers, is a step of the model, and so is every step of the
/// optimized machine; the states that they come to have the model's invariants.
/// </summary>
public sealed class StepProver
{
    private const int PagesOfSmallMemory = 20;
    private const int LargeStates = 8; // one of so many is asked

    private readonly SmtFolder folder;
    private readonly SolverKind solver;
    private readonly IReadOnlyList<MachineImplementation> machines;
    private readonly ConcurrentDictionary<string, bool> states = new(StringComparer.Ordinal);

    /// <summary>Reads the model.</summary>
    /// <param name="spec">The folder spec/.</param>
    /// <param name="solver">The solver to ask.</param>
    /// <param name="machines">The machines; each shows its state.</param>
    /// <exception cref="InputException">The model is not there.</exception>
    public StepProver(SpecFolder spec, SolverKind solver, IReadOnlyList<MachineImplementation> machines)
    {
        ArgumentNullException.ThrowIfNull(spec);
        folder = new SmtFolder(System.IO.Path.Combine(spec.Path, "smt"));
        this.solver = solver;
        this.machines = machines;
    }

    /// <summary>Called after each step with how many are asked, of how many, and of which operation the last was.</summary>
    public Action<int, int, string>? Progress { get; init; }

    /// <summary>Asks this many steps of traces.</summary>
    /// <param name="traces">The traces, as many as it takes.</param>
    /// <param name="steps">How many steps of each machine.</param>
    /// <param name="cores">How many run at a time.</param>
    /// <returns>What came of each operation.</returns>
    public IReadOnlyList<ProofResult> Prove(IEnumerable<Trace> traces, int steps, int cores) =>
        Ask(traces.Select(StepTraces.WithSinglePages).SelectMany(Steps).Take(steps), steps, cores);

    /// <summary>Asks these steps.</summary>
    internal IReadOnlyList<ProofResult> Ask(IEnumerable<AskedStep> asked, int total, int cores)
    {
        ConcurrentBag<StepOutcome> outcomes = [];
        int done = 0;
        Parallel.ForEach(
            Partitioner.Create(asked, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = cores },
            step =>
            {
                outcomes.Add(Outcome(step));
                Progress?.Invoke(Interlocked.Increment(ref done), total, step.Operation);
            });
        return [.. outcomes.GroupBy(one => one.Step.Operation, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(Result)];
    }

    /// <summary>The steps of one trace that are small enough to be asked, each of all machines.</summary>
    internal IEnumerable<AskedStep> Steps(Trace trace)
    {
        List<IEnumerator<MachineStep>> runs = [.. machines.Select(machine => StepTraces.Run(trace, machine.NewMachine).GetEnumerator())];
        try
        {
            int index = 0;
            while (runs.TrueForAll(run => run.MoveNext()))
            {
                AskedStep step = new(trace, index++, [.. runs.Select(run => run.Current)]);
                if (step.Done.All(StepTraces.IsSmall))
                {
                    yield return step;
                }
            }
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
        }
    }

    private StepOutcome Outcome(AskedStep step)
    {
        long begin = Stopwatch.GetTimestamp();
        string wrong = "";
        string error = "";
        try
        {
            wrong = Wrong(step) ?? "";
        }
        catch (SolverException exception)
        {
            error = exception.Message;
        }

        return new StepOutcome(step, wrong, error, Stopwatch.GetElapsedTime(begin));
    }

    // Machines that do the same are asked once.
    private string? Wrong(AskedStep step)
    {
        using StepProof proof = new(folder, solver, SolverLimits.Theorem); // on the wall clock: a step takes a second, but not on a busy machine
        HashSet<string> texts = new(StringComparer.Ordinal);
        for (int index = 0; index < machines.Count; index++)
        {
            MachineStep done = step.Done[index];
            if (!texts.Add(StepText.Declarations(done) ?? done.Outcome.Result))
            {
                continue;
            }

            if (proof.Difference(done) is { } difference)
            {
                return $"{machines[index].Name}: {difference}";
            }

            if (IsAsked(step, done) && proof.Broken(done.After) is { } broken)
            {
                return $"{machines[index].Name}: {broken}";
            }
        }

        return null;
    }

    // A state is asked once, when it comes about. In large memory, where it takes a solver up to a second, only some are.
    private bool IsAsked(AskedStep step, MachineStep done)
    {
        string after = StepText.State(done.After);
        return after != StepText.State(done.Before)
            && (done.After.Pages.Count <= PagesOfSmallMemory || step.Index % LargeStates == 0)
            && states.TryAdd(after, true);
    }

    private ProofResult Result(IGrouping<string, StepOutcome> operation)
    {
        List<StepOutcome> all = [.. operation];
        StepOutcome? wrong = all.Where(one => one.Wrong.Length > 0).OrderBy(one => one.Step.Index).FirstOrDefault();
        List<StepOutcome> errors = all.FindAll(one => one.Error.Length > 0);
        return new ProofResult(
            $"steps/{operation.Key}",
            $"model/{operation.Key}.smt2",
            wrong is not null ? ProofVerdict.Failed : errors.Count > 0 ? ProofVerdict.Unknown : ProofVerdict.Proved,
            $"Each step of {operation.Key} is one of its definition in the model, and keeps the invariants.")
        {
            Reason = wrong?.Wrong ?? (errors.Count > 0 ? $"{errors.Count} of {all.Count} steps, such as the last of this trace: {errors[0].Error}"
                : $"{all.Count} steps of {string.Join(" and ", machines.Select(machine => machine.Name))}"),
            Detail = wrong is not null ? TraceWriter.Trace(Shortest(wrong.Step)) : errors.Count > 0 ? TraceWriter.Trace(UpTo(errors[0].Step)) : "",
            Time = TimeSpan.FromTicks(all.Sum(one => one.Time.Ticks)),
        };
    }

    private static Trace UpTo(AskedStep step) => step.Trace with { Steps = [.. step.Trace.Steps.Take(step.Index + 1)] };

    // Operations are left out one after another, as long as the last one is still wrong.
    private Trace Shortest(AskedStep wrong)
    {
        Trace trace = UpTo(wrong);
        for (int index = trace.Steps.Count - 2; index >= 0; index--)
        {
            Trace shorter = trace with { Steps = [.. trace.Steps.Where((_, place) => place != index)] };
            if (VectorLint.Malformed(shorter) == null && Steps(shorter).LastOrDefault() is { } last && last.Index == shorter.Steps.Count - 1 && Outcome(last).Wrong.Length > 0)
            {
                trace = shorter;
            }
        }

        return trace;
    }

    /// <summary>One step of a trace, on each machine.</summary>
    /// <param name="Trace">The trace.</param>
    /// <param name="Index">The index of its operation.</param>
    /// <param name="Done">What each machine did.</param>
    internal sealed record AskedStep(Trace Trace, int Index, IReadOnlyList<MachineStep> Done)
    {
        public string Operation => StepText.NameOf(Done[0].Operation);
    }

    /// <summary>What came of a step.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Wrong">What is wrong with it, or nothing.</param>
    /// <param name="Error">Why the solver had no answer, or nothing.</param>
    /// <param name="Time">How long it took.</param>
    private sealed record StepOutcome(AskedStep Step, string Wrong, string Error, TimeSpan Time);
}
