// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Judging.Profiles;

/// <summary>Checks an implementation by what a profile expects.</summary>
public static class ProfileCheck
{
    /// <summary>
    /// The verdicts in the order of the vectors; those that the profile says nothing about are skipped by name. What would bring the profile's
    /// kernel down is not asked.
    /// </summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="implementation">The implementation to check.</param>
    /// <param name="profile">Whose answers are expected.</param>
    /// <param name="endsEarly">As in <see cref="CheckResult.Of"/>.</param>
    public static CheckResult Of(IReadOnlyList<Vector> vectors, IImplementation implementation, Profile profile, bool endsEarly = false)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(profile);
        CheckResult asked = CheckResult.Of([.. Asked(vectors, profile)], implementation, endsEarly);
        Dictionary<string, Verdict> verdicts = asked.Verdicts.ToDictionary(verdict => verdict.Vector.Id, StringComparer.Ordinal);
        return asked with
        {
            Verdicts = [.. vectors.Select(vector => verdicts.GetValueOrDefault(vector.Id) ?? LeftOut(vector, profile))],
            Profile = profile.Name,
        };
    }

    /// <summary>The vectors that the profile says something about, with what it expects.</summary>
    public static IEnumerable<Vector> Asked(IEnumerable<Vector> vectors, Profile profile) => vectors
        .Where(vector => profile.LeftOut(vector) == null)
        .Select(profile.Apply)
        .Where(vector => vector.Trace.Steps.Count > 0);

    private static Verdict LeftOut(Vector vector, Profile profile) =>
        new(vector, VerdictKind.Skipped, $"profile {profile.Name} says nothing about it: {profile.LeftOut(vector)?.Name ?? "its first operation"}", FailedStep: -1);
}
