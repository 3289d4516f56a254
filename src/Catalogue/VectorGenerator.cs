// SPDX-License-Identifier: MIT
using Cmma.Catalogue.Profiles;
using Cmma.Exploring.Fuzzing;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Catalogue;

/// <summary>
/// Random vectors, each minimal: without any one of its operations it would be malformed, or its last operation would answer differently or show
/// something else. Expected values are those of a profile. The same seed gives the same vectors on every machine.
/// </summary>
public sealed class VectorGenerator
{
    private const int Operations = 10;
    private static readonly LayoutSize Size = new(MaxSlots: 2, MaxSlotPages: 64);

    private readonly string profile;
    private readonly IImplementation? kernel; // whose answers are expected; null: the contract's
    private readonly IReadOnlyList<IImplementation> others; // who must answer as the contract does
    private readonly Fitting[] fittings;
    private readonly IImplementation contract = Implementations.Find("reference");

    /// <summary>For a profile: contract, documentation, or a kernel.</summary>
    /// <exception cref="InputException">There is no profile of this name.</exception>
    public VectorGenerator(string profile = Profile.ContractName)
    {
        ProfileFolder.Require(profile);
        this.profile = profile;
        kernel = profile is Profile.ContractName or DocumentationProfile.Name ? null : Implementations.Find(profile);

        // Where a kernel differs, what the text leaves open is known of no random trace; where none does, the text allows the contract's answer alone.
        others = profile == DocumentationProfile.Name ? [.. ProfileFolder.Names.Where(IsKernel).Select(name => Implementations.Find(name))] : [];
        fittings = [.. others.Concat(kernel == null ? [] : [kernel]).Select(each => new Fitting(each, contract))];
    }

    /// <summary>Vectors that differ from each other.</summary>
    public IReadOnlyList<Vector> Random(ulong seed, int count)
    {
        RandomNumbers random = new(seed);
        List<Vector> vectors = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (vectors.Count < count)
        {
            // enough traces give one that is new, so this ends
            if (Minimal(random) is (var trace, var shows) && OthersAgree(trace) && seen.Add(TraceWriter.Trace(trace)))
            {
                vectors.Add(new Vector(
                    Id: $"{NameOf(seed)}-{vectors.Count + 1}".Replace('.', '-'),
                    Clauses: [shows.Class],
                    Why: Why(shows),
                    Profiles: [profile],
                    Source: "fuzz",
                    Capabilities: Capabilities.NeededBy(trace),
                    Trace: trace,
                    File: "",
                    Line: 0));
            }
        }

        return vectors;
    }

    /// <summary>The name of a file of vectors from this seed, without its end.</summary>
    public string NameOf(ulong seed) => profile == Profile.ContractName ? $"random-{seed}" : $"random-{profile.Replace(':', '-')}-{seed}";

    /// <summary>Whether a trace is well formed and ends with this answer and shows this.</summary>
    public bool Ends(Trace trace, Expectation answer, Shown shows)
    {
        ArgumentNullException.ThrowIfNull(trace);
        (Trace done, IReadOnlyList<Shown?> shown) = Do(trace);
        return done.Steps.Count > 0
            && done.Steps.Count == trace.Steps.Count
            && VectorLint.Malformed(done) == null
            && shown[^1] == shows
            && TraceWriter.Step(done.Steps[^1]) == TraceWriter.Step(done.Steps[^1] with { Expect = answer });
    }

    /// <summary>What the profile answers to each operation, and what each shows. It ends before what no vector can expect: a host crash, a breach, a result that is not an error ("5", B23).</summary>
    public (Trace Trace, IReadOnlyList<Shown?> Shows) Do(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        IReadOnlyList<(Outcome Outcome, string? Class)> right = OutcomeClass.Of(trace, contract);
        Outcome[] answers = [.. kernel?.Ask([Question.Of(trace)])[0].Outcomes.TakeWhile(IsAnswer) ?? right.Select(each => each.Outcome)];
        List<Step> steps = [];
        List<Shown?> shows = [];
        foreach ((int index, Outcome answer) in answers.Index())
        {
            (Outcome must, string? of) = right[index];
            bool differs = kernel != null && Judge.Difference(Expectations.Exactly(must), answer) != null;
            shows.Add(of == null ? null : new Shown(of, differs));
            steps.Add(trace.Steps[index] with { Expect = kernel == null ? Expectations.Exactly(answer) : KernelProfile.Exactly(answer) });
        }

        return (trace with { Steps = steps }, shows);
    }

    private static bool IsKernel(string name) => name is not (Profile.ContractName or DocumentationProfile.Name);

    private static bool IsAnswer(Outcome outcome) =>
        outcome.Breach == null && outcome.Result is not (Outcome.HostCrash or Outcome.LeaksMemory) && !char.IsAsciiDigit(outcome.Result[0]);

    private bool OthersAgree(Trace trace)
    {
        Question question = Question.Of(trace);
        return others.All(other => other.Ask([question])[0].Outcomes is var outcomes && outcomes.Count == trace.Steps.Count
            && trace.Steps.Zip(outcomes).All(each => Judge.Difference(each.First.Expect, each.Second) == null));
    }

    private string Why(Shown shows)
    {
        const string Chance = "Found by chance, not worked out by hand: the expected values are what ";
        return profile switch
        {
            Profile.ContractName => $"{Chance}the reference answers. {shows.Class} decides the last one.",
            DocumentationProfile.Name => $"{Chance}the reference answers, and every kernel too. {shows.Class} decides the last one.",
            _ => $"{Chance}the machine of {profile} answers. {shows.Class} decides the contract's last answer, which is {(shows.Differs ? "another" : "the same")} one.",
        };
    }

    // A random trace up to an operation of those that show one thing, without all that is not needed for it. Each thing is as likely as the
    // others, but where the profile differs it is one where it does.
    private (Trace Trace, Shown Shows)? Minimal(RandomNumbers random)
    {
        Trace any = EssaInSteps.NowAndThen(TraceGenerator.Random(random.Next(), Size, Operations), random);
        (Trace trace, IReadOnlyList<Shown?> shown) = Do(fittings.Aggregate(any, (fitted, fitting) => fitting.Fit(fitted)));
        Shown[] choice = [.. shown.OfType<Shown>().Distinct()];
        if (choice.Length == 0)
        {
            return null;
        }

        choice = Array.Exists(choice, each => each.Differs) ? Array.FindAll(choice, each => each.Differs) : choice; // they are rare

        Shown shows = choice[(int)random.Below((ulong)choice.Length)];
        int last = shown.ToList().LastIndexOf(shows);
        Expectation answer = trace.Steps[last].Expect!;
        trace = trace with { Steps = [.. trace.Steps.Take(last + 1)] };
        if (!Ends(trace, answer, shows))
        {
            return null;
        }

        trace = Ends(EssaInSteps.InOne(trace), answer, shows) ? EssaInSteps.InOne(trace) : trace;
        int index = trace.Steps.Count - 2;
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

/// <summary>What an operation shows: the class of the contract's answer, and whether the profile's is another one.</summary>
/// <param name="Class">A clause, see <see cref="OutcomeClass"/>.</param>
/// <param name="Differs">Whether the profile answers differently.</param>
public sealed record Shown(string Class, bool Differs = false);
