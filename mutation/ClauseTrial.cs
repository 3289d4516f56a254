// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Cmma.Traces.Vectors;

namespace Cmma.Mutation;

/// <summary>Tries the mutants of the clauses.</summary>
public static class ClauseTrial
{
    /// <summary>What became of each, in the order of mutation/clauses.json.</summary>
    /// <param name="root">The root of the project, built in Release.</param>
    /// <param name="only">One clause, or null for all.</param>
    /// <param name="progress">Receives a line for each mutant.</param>
    public static List<ClauseFate> Run(string root, string? only, Action<string> progress)
    {
        ILookup<string, string> naming = new VectorFolder(Path.Combine(root, "spec/vectors")).All()
            .SelectMany(vector => vector.Clauses.Select(clause => (clause, vector.Id))).ToLookup(pair => pair.clause, pair => pair.Id, StringComparer.Ordinal);
        List<SourceChange> mutants = [.. ClauseMutants.Read(root).Where(mutant => only == null || mutant.Name == only)];
        ConcurrentDictionary<string, ClauseFate> fates = new(StringComparer.Ordinal);
        void Note(ClauseFate fate)
        {
            fates[fate.Clause] = fate;
            progress($"{fates.Count} of {mutants.Count}: {fate.Clause}");
        }

        ParallelOptions processors = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        ChangedLibrary changed = new(root, ChangedLibrary.Reference);
        ChangedPaths paths = new(root);
        Parallel.ForEach(mutants, processors, mutant => RequireCompiles(mutant, changed, paths));
        using (Trial trial = new(root))
        {
            if (only == null)
            {
                progress("nothing switched off");
                RequireNothingSeen(trial, changed, paths, [.. mutants.Where(Concurrent).Select(mutant => mutant.Name)]);
            }

            Parallel.ForEach(
                mutants.Where(mutant => ChangedLibrary.IsReference(mutant.File)),
                processors,
                mutant => Note(Try(trial, mutant, Compiled(changed, mutant), [.. naming[mutant.Name]]) with { Paths = ChangedPaths.Holds(mutant.File) ? paths.Try(mutant) : Fate.NotTested }));
        }

        List<SourceChange> others = mutants.FindAll(mutant => !ChangedLibrary.IsReference(mutant.File));
        if (others.Count > 0)
        {
            using ChangedCheckout checkout = new(root);
            foreach (SourceChange mutant in others)
            {
                Note(checkout.Build(mutant, Concurrent(mutant) ? ["tests/Equivalence"] : ["mutation", "tests/Properties"]) ? InCheckout(checkout, mutant, [.. naming[mutant.Name]]) : throw DoesNotCompile(mutant));
            }
        }

        return mutants.ConvertAll(mutant => fates[mutant.Name]);
    }

    private static ClauseFate InCheckout(ChangedCheckout checkout, SourceChange mutant, IReadOnlyList<string> naming)
    {
        using Trial trial = new(checkout.Folder);
        return Concurrent(mutant)
            ? new ClauseFate(mutant.Name, Fate.NotTested, [], naming, trial.Equivalence(mutant.Name), Fate.NotTested)
            : Try(trial, mutant, library: null, naming) with { Paths = ChangedPaths.Holds(mutant.File) ? trial.Paths() : Fate.NotTested };
    }

    private static ClauseFate Try(Trial trial, SourceChange mutant, byte[]? library, IReadOnlyList<string> naming)
    {
        (Fate fate, IReadOnlyList<string> failed) = trial.Vectors(library);
        return new ClauseFate(mutant.Name, fate, failed, naming, trial.Properties(library, mutant.Name), Fate.NotTested);
    }

    // A check that notices a clause that is switched off must notice nothing where none is.
    private static void RequireNothingSeen(Trial trial, ChangedLibrary changed, ChangedPaths paths, string[] concurrent)
    {
        byte[] unchanged = changed.Compile(change: null)!;
        (string Kind, Fate Fate)[] fates =
        [
            ("vectors", trial.Vectors(unchanged).Fate), ("properties", trial.Properties(unchanged)),
            ("equivalence", trial.Equivalence(concurrent)), ("paths", paths.Try(change: null)),
        ];
        if (Array.Find(fates, each => each.Fate != Fate.Survived) is { Kind: not null } wrong)
        {
            throw new InvalidOperationException($"with no clause switched off the {wrong.Kind} say {wrong.Fate}");
        }
    }

    // Before minutes are spent on the others.
    private static void RequireCompiles(SourceChange mutant, ChangedLibrary changed, ChangedPaths paths)
    {
        if (ChangedLibrary.IsReference(mutant.File))
        {
            Compiled(changed, mutant);
            if (ChangedPaths.Holds(mutant.File))
            {
                paths.Compile(mutant);
            }
        }
    }

    // Vectors are one call after another.
    private static bool Concurrent(SourceChange mutant) => mutant.File.StartsWith("src/Optimized/", StringComparison.Ordinal);

    private static byte[] Compiled(ChangedLibrary changed, SourceChange mutant) => changed.Compile(mutant) ?? throw DoesNotCompile(mutant);

    private static FormatException DoesNotCompile(SourceChange mutant) => new($"{ClauseMutants.File}: the mutant of {mutant.Name} does not compile");
}
