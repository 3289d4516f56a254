// SPDX-License-Identifier: MIT
using Cmma.Proofs.Solving;

namespace Cmma.Mutation;

/// <summary>Asks for the proofs that mutation/equivalent.json names.</summary>
public static class EquivalenceTrial
{
    /// <summary>What <see cref="Equivalent.ShownBy"/> says where the proof is that the mutated source does what the model says, on every path.</summary>
    public const string Paths = "paths";

    /// <summary>What it says where the compiler makes the same library of both, byte for byte.</summary>
    public const string Compiler = "compiler";

    /// <summary>What it says where a solver finds no values with which the two differ.</summary>
    public const string Solver = "solver";

    /// <summary>What it says where the mutant does something else, and no test is known that could notice it: a survivor, reported with its reason.</summary>
    public const string Nothing = "nothing";

    /// <summary>What it says where nothing but a reader can tell. Anything else is a file of tests, which plants the mutant.</summary>
    public const string Reading = "reading";

    // Tests that plant the entries which name them.
    private const string Planting = "MutantsShownHere.By(";

    /// <summary>A line for each entry whose proof fails or is not there, or that is not a mutant (any more).</summary>
    /// <param name="root">The root of the project.</param>
    /// <param name="mutants">Stryker's, of all runs.</param>
    /// <param name="progress">Receives a line for each entry.</param>
    public static List<string> Wrong(string root, IReadOnlyList<StrykerMutant> mutants, Action<string> progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        ChangedPaths paths = new(root);
        List<string> wrong = [];
        foreach (Equivalent entry in Equivalent.Read(root))
        {
            string name = $"{entry.File}: {entry.Line} => {entry.Replacement}";
            progress(name);
            List<StrykerMutant> meant = [.. mutants.Where(entry.Is).DistinctBy(mutant => mutant.Key, StringComparer.Ordinal)];
            if (meant.Count != entry.Times)
            {
                wrong.Add($"{name}: there are {meant.Count} such mutants, not {entry.Times}");
            }

            wrong.AddRange(mutants.Where(mutant => entry.Is(mutant) && mutant.Status == "Killed").Take(1).Select(mutant => $"{name}: a check kills {mutant.Change.Name}"));
            wrong.AddRange(meant.Select(mutant => Refuted(root, paths, entry, mutant)).OfType<string>().Select(reason => $"{name}: {reason}"));
        }

        return wrong;
    }

    private static string? Refuted(string root, ChangedPaths paths, Equivalent entry, StrykerMutant mutant) => entry.ShownBy switch
    {
        Paths when !ChangedPaths.Holds(entry.File) => "the paths do not run through this file",
        Paths => RefutedByPaths(paths, mutant),
        Compiler => RefutedByCompiler(root, mutant),
        Solver => RefutedBySolver(entry),
        Reading or Nothing => null,
        _ when !File.Exists(Path.Combine(root, entry.ShownBy)) => $"{entry.ShownBy} does not exist",
        _ when File.ReadAllText(Path.Combine(root, entry.ShownBy)).Contains(Planting, StringComparison.Ordinal) => null, // and fails unless it sees it
        _ => $"{entry.ShownBy} does not plant it",
    };

    private static string? RefutedByCompiler(string root, StrykerMutant mutant)
    {
        ChangedLibrary library = new(root, string.Join('/', mutant.Change.File.Split('/')[..2]));
        byte[] source = library.Compile(change: null) ?? throw new FormatException($"{mutant.Change.File}: its project does not compile");
        return source.AsSpan().SequenceEqual(library.Compile(mutant.Change)) ? null : "the compiler makes another library of it";
    }

    private static string? RefutedBySolver(Equivalent entry)
    {
        if (entry.Question is not { } question)
        {
            return "asks the solver nothing";
        }

        using SolverProcess solver = new(SolverKind.MicrosoftZ3, SolverLimits.Usual, Equivalent.Path);
        (IReadOnlyList<Answer> answers, _) = solver.Run($"{question.Given}\n(check-sat)\n(assert {question.Differ})\n(check-sat)", questions: 2);
        return answers is [Answer.Satisfiable, Answer.Unsatisfiable] ? null : $"the solver says {string.Join(", ", answers)}";
    }

    private static string? RefutedByPaths(ChangedPaths paths, StrykerMutant mutant)
    {
        try
        {
            Fate fate = paths.Try(mutant.Change, isThorough: true);
            return fate == Fate.Survived ? null : $"the proof of the paths says {fate}";
        }
        catch (FormatException e)
        {
            return e.Message; // it does not compile over terms, so the paths cannot be asked
        }
    }
}
