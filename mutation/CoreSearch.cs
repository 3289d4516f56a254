// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Cmma.Catalogue.Core;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Mutation;

/// <summary>What the search for the core suite found.</summary>
/// <param name="Suite">Its vectors.</param>
/// <param name="Goals">What they keep: the known bugs, then the mutants.</param>
/// <param name="Bugs">How many of the goals are known bugs.</param>
/// <param name="Inputs">How many of the goals are pairs of checks and classes of outcomes.</param>
/// <param name="Strangers">How many are mistakes of strangers.</param>
/// <param name="HeldOut">How many of those a suite catches that was found with every other one of them left out.</param>
/// <param name="PassedOver">The mutants that do not compile.</param>
public sealed record CoreFind(IReadOnlyList<Vector> Suite, IReadOnlyList<VectorGoal> Goals, int Bugs, int Inputs, int Strangers, int HeldOut, IReadOnlyList<SourceChange> PassedOver)
{
    /// <summary>The section of docs/mutation.md.</summary>
    public string Markdown()
    {
        string text = $"## The core suite\n\nspec/vectors/core, for `./cmma check IMPL --suite core`: {Suite.Count} vectors catch the {Bugs} known bugs, {Strangers} mistakes of strangers (below) and\n"
            + $"{Goals.Count - Bugs - Inputs - Strangers} mutants: of the clauses, and Stryker's that the first run above kills; and they have {Inputs} pairs of checks and classes of outcomes between\n"
            + "them. They were found by taking the one that has most of what is left, again and again, and then leaving out those that add nothing.\n\n"
            + $"Of mistakes that nobody thought of the core suite catches fewer than all vectors do. To see how many, it was found twice more, each time with\n"
            + $"every other mistake of strangers left out of the goals: of the {Strangers} that were left out once, {HeldOut} were caught.\n";
        return PassedOver.Count == 0 ? text : $"{text}\nNot asked, since they compile only with a return that Stryker adds: {PassedOver.Count} in {string.Join(", ", PassedOver.Select(mutant => mutant.File).Distinct(StringComparer.Ordinal))}.\n";
    }
}

/// <summary>Finds the core suite: a goal for each known bug and each mutant that a vector catches, and a small set that keeps all.</summary>
public static class CoreSearch
{
    private const int InOneProgram = 20;

    /// <summary>The suite, and what it keeps.</summary>
    /// <param name="root">The root of the project, built in Release.</param>
    /// <param name="mutants">Stryker's mutants of the reference; those that do not compile are skipped.</param>
    /// <param name="given">Goals for what others found: the strangers' mistakes.</param>
    /// <param name="progress">Receives a line now and then.</param>
    public static CoreFind Run(string root, IReadOnlyList<SourceChange> mutants, IReadOnlyList<VectorGoal> given, Action<string> progress)
    {
        ArgumentNullException.ThrowIfNull(mutants);
        ArgumentNullException.ThrowIfNull(progress);
        IReadOnlyList<Vector> vectors = new VectorFolder(Path.Combine(root, "spec/vectors")).All();
        ConcurrentDictionary<int, VectorGoal> goals = [];
        ConcurrentDictionary<int, SourceChange> passedOver = [];
        ChangedLibrary changed = new(root, ChangedLibrary.Reference);
        int done = 0;
        using Trial trial = new(root);
        if (trial.Vectors([changed.Compile(change: null)!])[0] is { Count: > 0 } wrong)
        {
            throw new InvalidOperationException($"without a mutant {wrong.Count} vectors fail, the first is {wrong[0]}");
        }

        Parallel.ForEach(Enumerable.Range(0, mutants.Count).Chunk(InOneProgram), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, chunk =>
        {
            List<(int Index, byte[] Library)> compiled = [];
            foreach (int index in chunk)
            {
                if (changed.Compile(mutants[index]) is { } library)
                {
                    compiled.Add((index, library));
                }
                else
                {
                    passedOver[index] = mutants[index];
                }
            }

            foreach ((int index, IReadOnlyList<string> failed) in compiled.Select(each => each.Index).Zip(trial.Vectors([.. compiled.Select(each => each.Library)])))
            {
                if (failed.Count > 0)
                {
                    goals[index] = new VectorGoal($"mutant {mutants[index].Key}", failed.ToHashSet(StringComparer.Ordinal));
                }
            }

            progress($"{Interlocked.Add(ref done, chunk.Length)} of {mutants.Count}");
        });

        IReadOnlyList<VectorGoal> bugs = [.. VectorGoals.Bugs(vectors)];
        IReadOnlyList<VectorGoal> clauses = [.. VectorGoals.Mutants(vectors)];
        IReadOnlyList<VectorGoal> inputs = [.. VectorGoals.Pairs(vectors), .. VectorGoals.Classes(vectors)];
        IReadOnlyList<VectorGoal> all = [.. bugs, .. inputs, .. given, .. clauses, .. goals.OrderBy(goal => goal.Key).Select(goal => goal.Value)];
        IReadOnlyList<Vector> suite = SmallestSet.Of(vectors, all);
        return all.FirstOrDefault(goal => !suite.Any(vector => goal.Vectors.Contains(vector.Id))) is { } lost
            ? throw new InvalidOperationException($"the suite found loses {lost.Name}")
            : new CoreFind(suite, all, bugs.Count, inputs.Count, given.Count, HeldOut(vectors, all, given), [.. passedOver.OrderBy(each => each.Key).Select(each => each.Value)]);
    }

    // A goal says nothing of what the suite catches beyond its goals; a mistake that was none of them does.
    private static int HeldOut(IReadOnlyList<Vector> vectors, IReadOnlyList<VectorGoal> all, IReadOnlyList<VectorGoal> strangers)
    {
        int caught = 0;
        for (int half = 0; half < 2; half++)
        {
            HashSet<VectorGoal> left = [.. strangers.Where((_, index) => index % 2 == half)];
            HashSet<string> suite = [.. SmallestSet.Of(vectors, [.. all.Where(goal => !left.Contains(goal))]).Select(vector => vector.Id)];
            caught += left.Count(goal => goal.Vectors.Overlaps(suite));
        }

        return caught;
    }
}
