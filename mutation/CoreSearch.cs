using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;

namespace Cmma.Mutation;

/// <summary>Finds the core suite: a goal for each known bug and each mutant of the reference that a vector catches, and a small set that keeps all.</summary>
public static class CoreSearch
{
    private const int InOneProgram = 20;

    /// <summary>The vectors of the suite, and the goals that it keeps.</summary>
    /// <param name="root">The root of the project, built in Release.</param>
    /// <param name="mutants">The mutants of the reference; those that do not compile are passed over.</param>
    /// <param name="progress">Told a line now and then.</param>
    public static (IReadOnlyList<Vector> Suite, IReadOnlyList<VectorGoal> Goals) Run(string root, IReadOnlyList<SourceChange> mutants, Action<string> progress)
    {
        ArgumentNullException.ThrowIfNull(mutants);
        ArgumentNullException.ThrowIfNull(progress);
        IReadOnlyList<Vector> vectors = new VectorFolder(Path.Combine(root, "spec/vectors")).All();
        ConcurrentDictionary<int, VectorGoal> goals = [];
        ChangedLibrary changed = new(root, ChangedLibrary.Reference);
        int done = 0;
        using Trial trial = new(root);
        if (trial.Vectors([changed.Compile(change: null)!])[0] is { Count: > 0 } wrong)
        {
            throw new InvalidOperationException($"without a mutant {wrong.Count} vectors fail, the first is {wrong[0]}");
        }

        Parallel.ForEach(Enumerable.Range(0, mutants.Count).Chunk(InOneProgram), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, chunk =>
        {
            (int Index, byte[] Library)[] compiled = [.. chunk.Select(index => (index, changed.Compile(mutants[index]))).Where(pair => pair.Item2 != null).Select(pair => (pair.index, pair.Item2!))];
            foreach ((int index, IReadOnlyList<string> failed) in compiled.Select(each => each.Index).Zip(trial.Vectors([.. compiled.Select(each => each.Library)])))
            {
                if (failed.Count > 0)
                {
                    goals[index] = new VectorGoal($"mutant {mutants[index].Key}", failed.ToHashSet(StringComparer.Ordinal));
                }
            }

            progress($"{Interlocked.Add(ref done, chunk.Length)} of {mutants.Count}");
        });

        IReadOnlyList<VectorGoal> all = [.. VectorGoals.Bugs(vectors), .. goals.OrderBy(goal => goal.Key).Select(goal => goal.Value)];
        IReadOnlyList<Vector> suite = SmallestSet.Of(vectors, all);
        return all.FirstOrDefault(goal => !suite.Any(vector => goal.Vectors.Contains(vector.Id))) is { } lost
            ? throw new InvalidOperationException($"the suite found loses {lost.Name}")
            : (suite, all);
    }
}
