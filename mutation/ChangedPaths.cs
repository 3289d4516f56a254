// SPDX-License-Identifier: MIT
using System.Reflection;
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;

namespace Cmma.Mutation;

/// <summary>Runs the proof of the reference's paths on a change, in memory of a few pages.</summary>
/// <param name="root">The root of the project.</param>
public sealed class ChangedPaths(string root)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan PatienceWhenThorough = TimeSpan.FromMinutes(20); // what is said to change nothing is asked to the end

    private static readonly Shape[] Shapes =
    [
        Shape.Empty, new([2], Layout.SecondFollowsFirst), new([1, 1], Layout.SecondFollowsFirst), new([1, 1], Layout.FirstAboveHole), new([4], Layout.SecondFollowsFirst, MostDirty: 2),
    ];

    // Mutants that are said to change nothing are also checked with the real gap and with more slots.
    private static readonly Shape[] More =
    [
        new([18], Layout.SecondFollowsFirst, MostDirty: 2, HasRealGap: true), Shape.ManySlots.First(shape => shape.SlotPages.Count == 3), Shape.ManySlots[^1],
    ];

    // The constants of these are compiled into the paths.
    private static readonly string[] Constants = ["src/Abi/CmmaFlags.cs", "src/Abi/Limits.cs", "src/Abi/PageAttributes.cs"];

    /// <summary>Whether the paths run through this file: what binds the reference to bytes and numbers lies outside.</summary>
    public static bool Holds(string file) => ChangedLibrary.IsReference(file)
        ? !file.Contains("/Concrete/", StringComparison.Ordinal)
        : Constants.Contains(file, StringComparer.Ordinal);

    /// <summary>Killed if a path does not do what the model says, or has no end.</summary>
    /// <param name="change">The change, or null for the sources as they are.</param>
    /// <param name="isThorough">With all that is known of the code, with the real gap, and in memory of more slots.</param>
    public Fate Try(SourceChange? change, bool isThorough = false)
    {
        Type machine = Compile(change).GetType("Cmma.Symbolic.SymbolicMachine", throwOnError: true)!;
        PathProver prover = new(Path.Combine(root, "spec/smt/model"), SolverKind.MicrosoftZ3, () => (ISymbolicMachine)Activator.CreateInstance(machine)!);
        Shape[] shapes = isThorough ? [.. Shapes, .. More] : Shapes;
        if (isThorough && KnownCode.State.Unknown(machine).Count + KnownCode.Numbers.Unknown(machine).Count > 0)
        {
            return Fate.Killed;
        }

        Task<Fate> proof = Task.Run(() => Operations(change).Any(operation => shapes.Any(shape => Fails(prover, operation, shape))) ? Fate.Killed : Fate.Survived);
        try
        {
            return proof.Wait(isThorough ? PatienceWhenThorough : Patience) ? proof.Result : Fate.TimedOut; // one without an end is left behind; so the program ends by Environment.Exit
        }
        catch (AggregateException e) when (e.InnerException is EndlessPathException or not SolverException)
        {
            return Fate.Killed; // a path on which the change breaks down
        }
    }

    private static bool Fails(PathProver prover, string operation, Shape shape) => prover.Prove(operation, shape).Failures.Count > 0;

    // GET and PEEK share their file's checks; what several operations share is tried by those that look at all of it.
    private static IReadOnlyList<string> Operations(SourceChange? change)
    {
        if (change == null)
        {
            return PathProver.Operations;
        }

        string name = Path.GetFileNameWithoutExtension(change.File);
        string operation = string.Concat(name.Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"-{letter}" : $"{letter}")).ToLowerInvariant();
        return operation switch
        {
            "get" => (string[])["get", "peek"],
            "create-slot" => ["create-slot", "move-slot"],
            "essa-steps" => ["essa"],
            _ when PathProver.Operations.Contains(operation, StringComparer.Ordinal) => [operation],
            _ => ["move-slot", "create-slot", "start-migration", "essa", "set", "get"],
        };
    }

    /// <summary>The change over terms, or the sources as they are.</summary>
    /// <exception cref="FormatException">It does not compile.</exception>
    public Assembly Compile(SourceChange? change)
    {
        string[] files = [Path.Combine(root, "src/Proofs/Terms/Bindings.cs"), .. Files("src/Reference"), .. Files("src/Symbolic")];
        try
        {
            return ChangedSources.Load(ChangedSources.OverTerms(files.Select(path => (path, Text(path, change)))));
        }
        catch (FormatException e)
        {
            throw new FormatException($"the mutant {change?.Name} does not compile over terms: {e.Message}", e);
        }
    }

    private IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs");

    private string Text(string path, SourceChange? change)
    {
        string text = File.ReadAllText(path);
        return Path.GetRelativePath(root, path) == change?.File ? change.ApplyTo(text) : text;
    }
}
