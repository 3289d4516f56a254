// SPDX-License-Identifier: MIT
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Exploring.Differences;

/// <summary>
/// Finds where two implementations differ: random traces, each difference shrunk to a trace of few operations, then one for each clause and each side
/// that keeps it, with numbers as low as they get.
/// </summary>
public sealed class DifferenceSearch
{
    /// <summary>How many random traces are tried where no time is set.</summary>
    public const int Traces = 3000;

    // Traces that look alike before they are shrunk mostly show the same.
    private const int MostShrunkAlike = 2;
    private const int MostOnceAlike = 5;
    private const int MostTries = 400;
    private const int MostTriesAnew = 100; // each may cost a new process
    private const int MostTriesToLower = 2000; // for each that is kept
    private const int BatchTraces = 50;

    private readonly IImplementation one;
    private readonly IImplementation other;
    private readonly IImplementation contract;
    private readonly Dictionary<string, int> shrunkAlike = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> onceAlike = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Difference> shortest = new(StringComparer.Ordinal);

    private long asked;
    private long once; // differences that did not come again
    private Action<bool> tell = _ => { };

    private DifferenceSearch(IImplementation one, IImplementation other, IImplementation contract)
    {
        this.one = one;
        this.other = other;
        this.contract = contract;
    }

    /// <summary>
    /// The differences that were found, sorted by clause; how many of those that were looked into did not come again in a new process; how many traces
    /// both could be asked, and how many were tried. The same seed finds the same, where no time is set.
    /// </summary>
    /// <param name="one">One of the two.</param>
    /// <param name="other">The other one.</param>
    /// <param name="contract">What keeps the contract.</param>
    /// <param name="seed">Of the random traces.</param>
    /// <param name="progress">Told how many traces were tried, how many kinds of difference were found, and whether one is being shortened.</param>
    /// <param name="time">How long traces are tried, instead of a number of them; what was found is still made short.</param>
    /// <exception cref="CouldNotRunException">One of them breaks off.</exception>
    public static (IReadOnlyList<Difference> Found, long Once, long Asked, long Tried) Of(
        IImplementation one, IImplementation other, IImplementation contract, ulong seed, Action<long, int, bool>? progress = null, TimeSpan? time = null)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        DifferenceSearch search = new(one, other, contract);
        RandomNumbers seeds = new(seed);
        bool essaSteps = Array.TrueForAll([one, other], each => each.Capabilities.Contains(Capability.EssaSteps));
        System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();
        long tried = 0;
        search.tell = shortening => progress?.Invoke(tried, search.shortest.Count, shortening);
        for (; time == null ? tried < Traces : clock.Elapsed < time; tried += BatchTraces)
        {
            search.tell(false);
            search.Try([.. Enumerable.Range(0, BatchTraces).Select(_ => SearchTraces.Random(seeds.Next(), essaSteps)).Where(search.CanBeAsked)]);
        }

        Difference[] found = [.. search.shortest.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => search.Lowered(each.Value)).OfType<Difference>()];
        return (found, search.once, search.asked, tried);
    }

    private bool CanBeAsked(Trace trace)
    {
        IReadOnlyList<Capability> needed = Capabilities.NeededBy(trace);
        return VectorLint.Malformed(trace) == null
            && !needed.Except(one.Capabilities).Any()
            && !needed.Except(other.Capabilities).Any();
    }

    private void Try(IReadOnlyList<Trace> traces)
    {
        Question[] questions = [.. traces.Select(Question.Of)];
        asked += questions.Length;
        IReadOnlyList<Answer> ones = WholeAnswers(one, questions);
        IReadOnlyList<Answer> others = WholeAnswers(other, questions);
        for (int index = 0; index < traces.Count; index++)
        {
            if (Different.At(ones[index], others[index]) is { } different)
            {
                Add(UpTo(traces[index], different.Step), different);
            }
        }
    }

    private void Add(Trace trace, Different different)
    {
        string kind = different.Kind(trace);
        Trace simpler = trace;
        if (EssaInSteps.In(trace) && EssaInSteps.InOne(trace) is var inOne && Ask(inOne) is { } same && same.Kind(inOne) == kind)
        {
            simpler = UpTo(inOne, same.Step); // the two steps are not what it comes from, so it shall look like others of its kind
        }

        string looks = $"{kind} {string.Join(' ', DifferenceClause.Changes(simpler))}";
        if (shrunkAlike.GetValueOrDefault(looks) >= MostShrunkAlike || onceAlike.GetValueOrDefault(looks) >= MostOnceAlike)
        {
            return;
        }

        tell(true);
        if ((ComesAnew(simpler, kind) ? simpler : simpler != trace && ComesAnew(trace, kind) ? trace : null) is { } again && FoundAnew(Shrunk(again, kind)) is { } found)
        {
            shrunkAlike[looks] = shrunkAlike.GetValueOrDefault(looks) + 1;
            Keep(found);
        }
        else
        {
            onceAlike[looks] = onceAlike.GetValueOrDefault(looks) + 1;
            once++;
        }
    }

    // A smaller trace may differ only thanks to what the runs before have left: then each is asked anew, which is slower.
    private Trace Shrunk(Trace trace, string kind)
    {
        Trace shrunk = TraceShrinker.Shrink(trace, smaller => Ask(smaller) is { } still && still.Kind(smaller) == kind, MostTries);
        return ComesAnew(shrunk, kind) ? shrunk : TraceShrinker.Shrink(trace, smaller => ComesAnew(smaller, kind), MostTriesAnew);
    }

    // Numbers take many tries, so only those of the traces that are kept are lowered. Null if it does not come again: it is chance.
    private Difference? Lowered(Difference found)
    {
        string key = Key(found);
        Trace lowered = TraceShrinker.Shrink(found.Trace, smaller => Found(smaller) is { } still && Key(still) == key, MostTriesToLower);
        Difference? again = new[] { lowered, found.Trace }.Select(FoundAnew).FirstOrDefault(each => each != null && Key(each) == key);
        once += again == null ? 1 : 0;
        return again;
    }

    private bool ComesAnew(Trace trace, string kind)
    {
        if (!CanBeAsked(trace))
        {
            return false;
        }

        Restart();
        return Ask(trace) is { } still && still.Kind(trace) == kind;
    }

    // As whoever replays it will see it.
    private Difference? FoundAnew(Trace trace)
    {
        Restart();
        return Found(trace);
    }

    private void Restart()
    {
        one.Restart();
        other.Restart();
    }

    private Difference? Found(Trace trace)
    {
        if (Ask(trace) is not { } last)
        {
            return null;
        }

        trace = UpTo(trace, last.Step);
        IReadOnlyList<Outcome> right = contract.Ask([Question.Of(trace)])[0].Outcomes;
        Outcome must = right[Math.Min(last.Step, right.Count - 1)];
        return new Difference(new DifferenceClause(contract).Of(trace, last.One, last.Other, must), trace, last.One, last.Other, must);
    }

    private void Keep(Difference found)
    {
        string key = Key(found);
        if (!shortest.TryGetValue(key, out Difference? known) || Length(found) < Length(known))
        {
            shortest[key] = found;
        }
    }

    private static string Key(Difference found) =>
        $"{found.Clause} {Different.Same(found.One, found.Contract)} {Different.Same(found.Other, found.Contract)}";

    private static int Length(Difference difference) => (difference.Trace.Steps.Count * 10_000) + TraceWriter.Trace(difference.Trace).Length;

    private Different? Ask(Trace trace)
    {
        if (!CanBeAsked(trace))
        {
            return null;
        }

        Question[] question = [Question.Of(trace)];
        return Different.At(WholeAnswers(one, question)[0], WholeAnswers(other, question)[0]);
    }

    // A machine that crashes says so in its last outcome; whoever else breaks off has said nothing that could be compared.
    private static IReadOnlyList<Answer> WholeAnswers(IImplementation implementation, Question[] questions)
    {
        IReadOnlyList<Answer> answers = implementation.Ask(questions);
        (Answer? broken, Question question) = answers.Zip(questions).FirstOrDefault(each => each.First.Failure != null
            && (each.First.Outcomes.Count == 0 || each.First.Outcomes[^1].Result is not (Outcome.HostCrash or Outcome.LeaksMemory)));
        return broken == null ? answers
            : throw new CouldNotRunException($"{implementation.Name} broke off, so there is nothing to compare: {broken.Failure} (in a run of {Names(question)})");
    }

    private static string Names(Question question)
    {
        const int MostShown = 12;
        IEnumerable<string> names = question.Operations.Select(each => OperationForm.Of(each).Name);
        return string.Join(", ", question.Operations.Count > MostShown ? names.Take(MostShown).Append("...") : names);
    }

    private static Trace UpTo(Trace trace, int step) => trace with { Steps = [.. trace.Steps.Take(step + 1)] };

    /// <summary>The first operation that two implementations answer differently.</summary>
    private sealed record Different(int Step, Outcome One, Outcome Other)
    {
        public static Different? At(Answer one, Answer other)
        {
            for (int step = 0; step < Math.Min(one.Outcomes.Count, other.Outcomes.Count); step++)
            {
                if (!Same(one.Outcomes[step], other.Outcomes[step]))
                {
                    return new Different(step, one.Outcomes[step], other.Outcomes[step]);
                }
            }

            return null;
        }

        public static bool Same(Outcome one, Outcome other) =>
            one.Breach == other.Breach && Judge.Difference(Expectations.Exactly(one), other with { Breach = null }) == null;

        // The operation, and the field that differs. The answer of an ESSA is of one kind, whether in one step or in two.
        public string Kind(Trace trace)
        {
            string name = trace.Steps[Step].Operation is Operation.Get { Flags: not 0 } ? "peek"
                : trace.Steps[Step].Operation is Operation.EssaBegin or Operation.EssaEnd ? "essa"
                : OperationForm.Of(trace.Steps[Step].Operation).Name;
            string field = One.Result != Other.Result || One.Breach != Other.Breach ? $"{One.Result} {Other.Result}"
                : One.Zeroed != Other.Zeroed ? "zeroed"
                : One.StartGfn != Other.StartGfn ? "start_gfn"
                : One.Count != Other.Count ? "count"
                : One.Remaining != Other.Remaining ? "remaining"
                : One.Migrating != Other.Migrating || One.R1 != Other.R1 ? "state"
                : "values";
            return $"{name} {field}";
        }
    }
}
