// SPDX-License-Identifier: MIT
using Cmma.Catalogue.Profiles;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Kernels;
using Cmma.Traces;

namespace Cmma.Catalogue.Bugs;

/// <summary>What an implementation is: whose answers it gives, and which known bugs it shows.</summary>
/// <param name="Implementation">Its name, as the user gave it.</param>
/// <param name="Asked">How many vectors it was asked.</param>
/// <param name="BrokeOff">Why the first run broke off, if every run did; else null.</param>
/// <param name="Nearest">
/// The profiles that fewest vectors contradict, of those vectors that all profiles say something about: one, or several that no vector tells
/// apart. None if every vector contradicts every profile.
/// </param>
/// <param name="Documentation">The vectors that contradict the documentation of 2017: a run that broke off contradicts nothing where nobody knows in which operation.</param>
/// <param name="Bugs">The bugs that it has: every vector that can show one shows it, among those that were asked and not answered wrong before.</param>
/// <param name="LooksLike">
/// The bugs that it may have: some of their vectors show them, and no bug that it has explains any of these; fewer than half of them only where no
/// clause explains more failures.
/// </param>
public sealed record Identification(
    string Implementation,
    int Asked,
    string? BrokeOff,
    IReadOnlyList<ProfileMatch> Nearest,
    IReadOnlyList<Vector> Documentation,
    IReadOnlyList<BugMatch> Bugs,
    IReadOnlyList<BugMatch> LooksLike)
{
    private const int MostAskedAgain = 20;

    /// <summary>How many vectors were not asked: they need what it lacks, or a recording has no answer.</summary>
    public int NotAsked { get; private init; }

    /// <summary>How many of these need what it lacks.</summary>
    public int Lacking { get; private init; }

    /// <summary>Why the others of these have no answer, for each of them.</summary>
    public IReadOnlyList<string> NeverAsked { get; private init; } = [];

    /// <summary>How many runs broke off, so that a profile may be far only since they ended too early.</summary>
    public int Broken { get; private init; }

    /// <summary>The clauses whose mutants explain the failures best, where known bugs do not explain most of them and the contract is not followed; else none.</summary>
    public IReadOnlyList<MutantMatch> Mutants { get; private init; } = [];

    /// <summary>A vector that it fails and passes in a new process, where it follows no profile exactly: then these answers are not only its own; or null.</summary>
    public Vector? PassesAnew { get; private init; }

    /// <summary>Why the first of them did.</summary>
    public string BrokenWhy { get; private init; } = "";

    /// <summary>Asks every vector once, but if each of the first runs breaks off, no more than those: each of the others could cost the whole time limit.</summary>
    /// <param name="implementation">What is to be identified.</param>
    /// <param name="vectors">What it is asked.</param>
    /// <param name="profiles">Whose answers it may give.</param>
    /// <param name="matrix">What shows which known bug; it takes seconds, so it is asked for once there are answers to compare with.</param>
    /// <exception cref="CouldNotRunException">The implementation does not speak the protocol.</exception>
    public static Identification Of(IImplementation implementation, IReadOnlyList<Vector> vectors, IReadOnlyList<Profile> profiles, Func<BugMatrix> matrix)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(matrix);
        (Dictionary<string, Answer> answered, IReadOnlyList<string> neverAsked) = Answers(implementation, vectors);
        Vector[] asked = [.. vectors.Where(vector => answered.ContainsKey(vector.Id))];
        ProfileMatch[] matches = [.. profiles.Select(profile => ProfileMatch.Of(asked, profile, answered))];
        ProfileMatch[] candidates = [.. matches.Where(match => match.Name != DocumentationProfile.Name && match.Asked.Count > 0)];
        ProfileMatch[] nearest = NearestOf(candidates);
        (IReadOnlyList<BugMatch> whole, IReadOnlyList<BugMatch> partial) = Shown(matrix(), answered);
        bool exactly = nearest.Length > 0 && nearest[0].Contradicting.Count == 0;
        Vector[] failed = [.. asked.Where(vector => Verdict.Of(vector, answered[vector.Id]).Kind == VerdictKind.Failed)];
        IReadOnlyList<MutantMatch> mutants = exactly || Explains(whole, failed) ? []
            : [.. MutantMatch.Best(asked, answered).Where(match => match.Denied.Count <= match.Explained.Count || 2 * match.Explained.Count >= match.Failures)];
        return new Identification(
            implementation.Name,
            asked.Length,
            answered.Values.All(answer => answer.Failure != null) ? answered.Values.FirstOrDefault()?.Failure : null,
            nearest,
            [.. matches.Single(match => match.Name == DocumentationProfile.Name).Contradicting.Where(vector => !IsBroken(answered[vector.Id]))],
            whole,
            [.. partial.Where(match => exactly ? IsIn(match, candidates) : IsLikely(match, mutants))])
        {
            Mutants = mutants,
            PassesAnew = exactly ? null : FirstThatPassesAnew(failed, answered, implementation),
            NotAsked = vectors.Count - asked.Length,
            Lacking = vectors.Count - asked.Length - neverAsked.Count,
            NeverAsked = neverAsked,
            Broken = answered.Values.Count(BreaksOff),
            BrokenWhy = answered.Values.FirstOrDefault(BreaksOff)?.Failure ?? "",
        };
    }

    private static (Dictionary<string, Answer> Answered, IReadOnlyList<string> NeverAsked) Answers(IImplementation implementation, IReadOnlyList<Vector> vectors)
    {
        Vector[] asked = [.. vectors.Where(vector => Verdict.Skipped(vector, implementation) == null)];
        int[] first = [.. FirstRuns.Of(asked)];
        asked = [.. first.Select(index => asked[index]), .. asked.Where((_, index) => !first.Contains(index))];
        List<Answer> answers = [.. asked.Take(first.Length).Select(vector => FirstRuns.Ask(implementation, vector))];
        FirstRuns.RequireWords(implementation, asked, answers);
        if (answers.Exists(answer => answer.Failure == null || answer.NeverAsked))
        {
            answers.AddRange(implementation.Ask([.. asked.Skip(first.Length).Select(vector => Question.Of(vector.Trace))]));
        }

        return (
            asked.Zip(answers).Where(each => !each.Second.NeverAsked).ToDictionary(each => each.First.Id, each => each.Second, StringComparer.Ordinal),
            [.. answers.Where(answer => answer.NeverAsked).Select(answer => answer.Failure!)]);
    }

    // Two bugs of three vectors each say little of a hundred failures.
    private static bool Explains(IReadOnlyList<BugMatch> bugs, Vector[] failed) =>
        bugs.Count > 0 && 2 * bugs.SelectMany(match => match.Telling).Distinct().Count() >= failed.Length;

    // A bug of which most vectors do not tell explains less than a clause that explains more failures.
    private static bool IsLikely(BugMatch match, IReadOnlyList<MutantMatch> mutants) =>
        2 * match.Telling.Count >= match.Signs || mutants.All(mutant => mutant.Explained.Count <= match.Telling.Count);

    // In one new process, which may be slow to start; some from the first to the last, since the first ones may fail for a reason of their own; and the
    // last one first, so that other runs are before them.
    private static Vector? FirstThatPassesAnew(Vector[] failed, Dictionary<string, Answer> answered, IImplementation implementation)
    {
        Vector[] known = [.. failed.Where(vector => !IsBroken(answered[vector.Id]))];
        int every = (known.Length + MostAskedAgain - 1) / MostAskedAgain;
        Vector[] again = [.. known.Where((_, place) => place % every == 0).Reverse()];
        implementation.Restart();
        return again.Zip(implementation.Ask([.. again.Select(vector => Question.Of(vector.Trace))]))
            .FirstOrDefault(each => Verdict.Of(each.First, each.Second).Kind == VerdictKind.Passed).First;
    }

    // Nobody knows in which operation.
    private static bool IsBroken(Answer answer) => BreaksOff(answer) && !answer.Located;

    // A machine that crashes the host says so in its last outcome.
    private static bool BreaksOff(Answer answer) => answer.Failure != null && (answer.Located || answer.Outcomes.Count == 0);

    // A profile that leaves vectors out must not win by that: only what all of them were asked is counted, and what else contradicts one breaks ties.
    private static ProfileMatch[] NearestOf(ProfileMatch[] candidates)
    {
        HashSet<string> common = [.. candidates.SelectMany(match => match.Asked).Select(vector => vector.Id)];
        foreach (ProfileMatch match in candidates)
        {
            common.IntersectWith(match.Asked.Select(vector => vector.Id));
        }

        ProfileMatch[] followed = [.. candidates.Where(match => match.Contradicting.Count < match.Asked.Count)];
        var fewest = followed.Select(Distance).DefaultIfEmpty().Min();
        return [.. followed.Where(match => Distance(match) == fewest)];

        (int InCommon, int All) Distance(ProfileMatch match) =>
            (match.Contradicting.Count(vector => common.Contains(vector.Id)), match.Contradicting.Count);
    }

    // Bugs with the same signs cannot be told apart. A bug whose telling signs are all signs of a larger bug is named together with it.
    private static (IReadOnlyList<BugMatch> Whole, IReadOnlyList<BugMatch> Partial) Shown(BugMatrix matrix, Dictionary<string, Answer> answered)
    {
        List<BugMatch> shown = [.. matrix.Rows
            .GroupBy(row => string.Join('\n', row.CaughtBy.Select(Text)), StringComparer.Ordinal)
            .Select(rows => Match([.. rows], answered))
            .OfType<BugMatch>()];
        BugMatch[] whole = Largest(shown.Where(match => match.Telling.Count == match.Signs));
        HashSet<Vector> explained = [.. whole.SelectMany(match => match.Telling)];
        return (whole, Largest(shown.Where(match => match.Telling.Count < match.Signs && !explained.Overlaps(match.Telling))));
    }

    // An implementation that follows a kernel in everything has no bug of other kernels, whatever it looks like.
    private static bool IsIn(BugMatch match, ProfileMatch[] candidates) => Linux.Versions
        .Where(version => Array.Exists(candidates, candidate => candidate.Name == KernelProfile.NameOf(version) && candidate.Contradicting.Count == 0))
        .Any(version => match.Bugs.Any(bug => bug.IsIn(version.Name)));

    private static BugMatch[] Largest(IEnumerable<BugMatch> matches)
    {
        BugMatch[] all = [.. matches];
        return [.. all.Where(match => !Array.Exists(all, other => IsWithin(match, other)))
            .Select(match => match with { Within = [.. all.Where(other => IsWithin(other, match)).SelectMany(other => other.Bugs).Select(bug => bug.Id)] })];
    }

    private static bool IsWithin(BugMatch smaller, BugMatch larger) =>
        smaller.Telling.Count < larger.Telling.Count && !smaller.Telling.Except(larger.Telling).Any();

    private static BugMatch? Match(IReadOnlyList<BugRow> rows, Dictionary<string, Answer> answered)
    {
        BugSign[] signs = [.. rows[0].CaughtBy.Where(sign => answered.ContainsKey(sign.Vector.Id) && !IsHidden(sign, answered[sign.Vector.Id]))];
        bool denied = Array.Exists(signs, sign => Verdict.Of(sign.Vector, answered[sign.Vector.Id]).Kind == VerdictKind.Passed);
        Vector[] telling = [.. signs.Where(sign => Tells(sign, answered[sign.Vector.Id])).Select(sign => sign.Vector)];
        return denied || telling.Length == 0 ? null : new BugMatch([.. rows.Select(row => row.Bug)], telling, signs.Length);
    }

    // Wrong before the bug can show, as a kernel with another bug may be.
    private static bool IsHidden(BugSign sign, Answer answer) =>
        Verdict.Of(sign.Vector, answer) is { Kind: VerdictKind.Failed } verdict && verdict.FailedStep < sign.Step;

    // The same wrong answer to the same operation, after right ones.
    private static bool Tells(BugSign sign, Answer answer)
    {
        Verdict verdict = Verdict.Of(sign.Vector, answer);
        if (verdict.Kind != VerdictKind.Failed || verdict.FailedStep != sign.Step)
        {
            return false;
        }

        bool breaksOff = sign.Outcome.Result is Outcome.HostCrash or Outcome.LeaksMemory;
        return answer.Outcomes.Count > sign.Step
            ? breaksOff
                ? answer.Outcomes[sign.Step].Result == sign.Outcome.Result
                : Judge.Difference(KernelProfile.Exactly(sign.Outcome), answer.Outcomes[sign.Step]) == null
            : breaksOff && answer.Located;
    }

    private static string Text(BugSign sign) => $"{sign.Vector.Id} {sign.Step} {TraceWriter.Expectation(KernelProfile.Exactly(sign.Outcome))}";
}

/// <summary>A profile and what contradicts it.</summary>
/// <param name="Name">Of the profile.</param>
/// <param name="Asked">The vectors that the implementation was asked and that the profile says something about.</param>
/// <param name="Contradicting">Those of them that the implementation fails by it.</param>
public sealed record ProfileMatch(string Name, IReadOnlyList<Vector> Asked, IReadOnlyList<Vector> Contradicting)
{
    /// <summary>Compares answers with a profile.</summary>
    public static ProfileMatch Of(IReadOnlyList<Vector> vectors, Profile profile, IReadOnlyDictionary<string, Answer> answered)
    {
        ArgumentNullException.ThrowIfNull(profile);
        Vector[] asked = [.. ProfileCheck.Asked(vectors, profile)];
        return new ProfileMatch(profile.Name, asked, [.. asked.Where(vector => Verdict.Of(vector, answered[vector.Id]).Kind == VerdictKind.Failed)]);
    }
}

/// <summary>A bug that an implementation may have: no vector that the bug fails is passed.</summary>
/// <param name="Bugs">One, or several that no vector tells apart.</param>
/// <param name="Telling">The vectors where the answer is the bug's own wrong one.</param>
/// <param name="Signs">How many vectors the bug fails, of those that were asked and not answered wrong before; the others fail in another way.</param>
public sealed record BugMatch(IReadOnlyList<Kernels.Bugs.KnownBug> Bugs, IReadOnlyList<Vector> Telling, int Signs)
{
    /// <summary>The ids of other bugs that it may have too: all their telling vectors are among these.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];

    /// <summary>The ids of the bugs, as in "B21b or L6".</summary>
    public string Ids => string.Join(" or ", Bugs.Select(bug => bug.Id));
}
