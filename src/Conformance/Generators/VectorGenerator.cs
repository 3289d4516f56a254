using System;
using System.Collections.Generic;
using System.Linq;
using Cmma.Conformance.Fuzzing;
using Cmma.Conformance.Running;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;
using Cmma.Reference;

namespace Cmma.Conformance.Generators;

/// <summary>
/// Random vectors, each minimal: without any one of its operations it would be malformed, or its last operation would answer otherwise or be
/// of another class. Expected values are what the reference answers. The same seed gives the same vectors on every machine.
/// </summary>
public static class VectorGenerator
{
    private const int Operations = 10;
    private static readonly LayoutSize Size = new(MaxSlots: 2, MaxSlotPages: 64);

    /// <summary>Vectors that differ from each other.</summary>
    public static IReadOnlyList<Vector> Random(ulong seed, int count)
    {
        RandomNumbers random = new(seed);
        List<Vector> vectors = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (vectors.Count < count)
        {
            // nearly every trace gives one that is new, so this ends
            if (Minimal(random) is (var trace, var shows) && seen.Add(TraceWriter.Trace(trace)))
            {
                vectors.Add(new Vector(
                    Id: $"random-{seed}-{vectors.Count + 1}",
                    Clauses: [shows],
                    Why: $"Found by chance, not worked out by hand: the expected values are what the reference answers. {shows} decides the last one.",
                    Profiles: ["contract"],
                    Source: "fuzz",
                    Capabilities: Capabilities.NeededBy(trace),
                    Trace: trace,
                    File: "",
                    Line: 0));
            }
        }

        return vectors;
    }

    /// <summary>Whether a trace is well formed and ends with this answer and in this class.</summary>
    public static bool Ends(Trace trace, Expectation answer, string shows)
    {
        ArgumentNullException.ThrowIfNull(trace);
        (Trace done, IReadOnlyList<string?> classes) = Do(trace);
        return VectorLint.Malformed(done) == null
            && classes[^1] == shows
            && TraceWriter.Step(done.Steps[^1]) == TraceWriter.Step(done.Steps[^1] with { Expect = answer });
    }

    /// <summary>What the reference answers to each operation, and the class of each.</summary>
    public static (Trace Trace, IReadOnlyList<string?> Classes) Do(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        IReadOnlyList<(Outcome Outcome, string? Class)> done = OutcomeClass.Of(trace, hostHasCmma => new ReferenceMachine(hostHasCmma));
        Step[] steps = [.. trace.Steps.Select((step, index) => step with { Expect = Expectations.Exactly(done[index].Outcome) })];
        return (trace with { Steps = steps }, [.. done.Select(each => each.Class)]);
    }

    // A random trace up to an operation of one of its classes, each class as likely as the others, without all that is not needed for it.
    private static (Trace Trace, string Shows)? Minimal(RandomNumbers random)
    {
        (Trace trace, IReadOnlyList<string?> classes) = Do(TraceGenerator.Random(random.Next(), Size, Operations));
        string[] shown = [.. classes.OfType<string>().Distinct(StringComparer.Ordinal)];
        string shows = shown[(int)random.Below((ulong)shown.Length)];
        int last = classes.ToList().LastIndexOf(shows);
        Expectation answer = trace.Steps[last].Expect!;
        trace = trace with { Steps = [.. trace.Steps.Take(last + 1)] };
        if (!Ends(trace, answer, shows))
        {
            return null;
        }

        int index = last - 1;
        while (index >= 0)
        {
            Trace shorter = trace with { Steps = [.. trace.Steps.Where((_, each) => each != index)] };
            bool needless = Ends(shorter, answer, shows);
            trace = needless ? shorter : trace;
            index = needless ? trace.Steps.Count - 2 : index - 1; // what came behind it may have been needed for it alone
        }

        return (Do(trace).Trace, shows);
    }
}
