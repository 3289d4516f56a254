// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Catalogue.Core;

/// <summary>Something that a set of vectors must keep.</summary>
/// <param name="Name">In words, such as `clause GET-BLOCK-1`.</param>
/// <param name="Vectors">The ids of those that have it.</param>
public sealed record VectorGoal(string Name, IReadOnlySet<string> Vectors);

/// <summary>
/// A small set of vectors that keeps every goal that all of them keep: the one with the most goals that are still open first, where several
/// are equal the one with fewer operations, then the one that comes first; at the end each whose goals others keep too is left out, the last
/// chosen first. The smallest set of all would take far longer to find.
/// </summary>
public static class SmallestSet
{
    /// <summary>The vectors of the set, in the order in which they were given.</summary>
    /// <param name="vectors">All of them.</param>
    /// <param name="goals">What they keep, each with a name of its own.</param>
    /// <exception cref="ArgumentException">Two goals have the same name: one of them could be lost.</exception>
    public static IReadOnlyList<Vector> Of(IReadOnlyList<Vector> vectors, IReadOnlyList<VectorGoal> goals)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(goals);
        if (goals.GroupBy(goal => goal.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"two goals have the name '{twice.Key}'", nameof(goals));
        }

        Dictionary<string, HashSet<string>> goalsOf = vectors.ToDictionary(
            vector => vector.Id,
            vector => goals.Where(goal => goal.Vectors.Contains(vector.Id)).Select(goal => goal.Name).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        HashSet<string> open = [.. goalsOf.Values.SelectMany(names => names)];
        List<Vector> chosen = [];
        while (open.Count > 0)
        {
            Vector best = vectors
                .OrderByDescending(vector => goalsOf[vector.Id].Count(open.Contains))
                .ThenBy(vector => vector.Trace.Steps.Count)
                .First();
            chosen.Add(best);
            open.ExceptWith(goalsOf[best.Id]);
        }

        for (int index = chosen.Count - 1; index >= 0; index--)
        {
            Vector vector = chosen[index];
            if (goalsOf[vector.Id].All(goal => chosen.Exists(other => other != vector && goalsOf[other.Id].Contains(goal))))
            {
                chosen.RemoveAt(index);
            }
        }

        HashSet<string> ids = [.. chosen.Select(vector => vector.Id)];
        return [.. vectors.Where(vector => ids.Contains(vector.Id))];
    }
}
