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
    /// <summary>The vectors of the suite, and the goals that it keeps.</summary>
    /// <param name="root">The root of the project, built in Release.</param>
    /// <param name="mutants">The mutants of the reference; those that do not compile are passed over.</param>
    /// <param name="progress">Told a line for each mutant.</param>
    public static (IReadOnlyList<Vector> Suite, IReadOnlyList<VectorGoal> Goals) Run(string root, IReadOnlyList<SourceChange> mutants, Action<string> progress)
    {
        ArgumentNullException.ThrowIfNull(mutants);
        ArgumentNullException.ThrowIfNull(progress);
        IReadOnlyList<Vector> vectors = new VectorFolder(Path.Combine(root, "spec/vectors")).All();
        ConcurrentDictionary<int, VectorGoal> goals = [];
        ChangedReference changed = new(root);
        int done = 0;
        using Trial trial = new(root);
        Parallel.For(0, mutants.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            IReadOnlyList<string> failed = changed.Compile(mutants[index]) is { } library ? trial.Vectors(library).Vectors : [];
            if (failed.Count > 0)
            {
                goals[index] = new VectorGoal($"mutant {mutants[index].Name}", failed.ToHashSet(StringComparer.Ordinal));
            }

            progress($"{Interlocked.Increment(ref done)} of {mutants.Count}: {mutants[index].Name}, {failed.Count} vectors");
        });

        IReadOnlyList<VectorGoal> all = [.. VectorGoals.Bugs(vectors), .. goals.OrderBy(goal => goal.Key).Select(goal => goal.Value)];
        return (SmallestSet.Of(vectors, all), all);
    }
}
