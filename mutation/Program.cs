using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Cmma.Conformance;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;

namespace Cmma.Mutation;

/// <summary>What ./mutate calls beside Stryker.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        string root = Path.GetDirectoryName(SpecFolder.Find().Path)!;
        Option<string> only = new("--only") { Description = "One clause" };
        Command clauses = new("clauses", "Switches each clause off, and asks vectors and properties whether they see it") { only };
        clauses.SetAction(parsed => Clauses(root, parsed.GetValue(only)));
        return new RootCommand("Mutants of the reference") { clauses }.Parse(arguments).Invoke();
    }

    private static int Clauses(string root, string? only)
    {
        ILookup<string, string> cited = new VectorFolder(Path.Combine(root, "spec/vectors")).All()
            .SelectMany(vector => vector.Clauses.Select(clause => (clause, vector.Id))).ToLookup(pair => pair.clause, pair => pair.Id, StringComparer.Ordinal);
        ChangedReference changed = new(root);
        using Trial trial = new(root);
        Parallel.ForEach(
            ClauseMutants.Read(root).Where(mutant => only == null || mutant.Name == only),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            mutant => Console.WriteLine(Line(mutant, changed, trial, [.. cited[mutant.Name]])));
        return 0;
    }

    private static string Line(SourceChange mutant, ChangedReference changed, Trial trial, HashSet<string> cited)
    {
        if (!ChangedReference.Holds(mutant.File))
        {
            return $"{mutant.Name}: not in src/Reference";
        }

        if (changed.Compile(mutant) is not { } library)
        {
            return $"{mutant.Name}: does not compile";
        }

        (Fate fate, IReadOnlyList<string> vectors) = trial.Vectors(library);
        int own = vectors.Count(cited.Contains);
        return $"{mutant.Name}: vectors {fate} {vectors.Count} (cite it: {own} of {cited.Count}), properties {trial.Properties(library, mutant.Name)}";
    }
}
