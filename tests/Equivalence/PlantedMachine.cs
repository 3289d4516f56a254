// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Reflection;
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Mutation;
using Cmma.Traces;
using Cmma.Traces.Vectors;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cmma.Equivalence.Tests;

/// <summary>A change of one line in src/Optimized.</summary>
/// <param name="File">The file that holds it.</param>
/// <param name="Old">The text that is replaced; it occurs exactly once.</param>
/// <param name="New">What is planted in its place.</param>
public sealed record Planted(string File, string Old, string New);

/// <summary>The optimized machine, compiled from its sources a second time.</summary>
public sealed class PlantedMachine
{
    private static readonly ConcurrentDictionary<string, CSharpCompilation> Compilations = new(StringComparer.Ordinal);

    private readonly Assembly assembly;
    private readonly ConstructorInfo constructor;

    /// <summary>Compiles the sources with these changes.</summary>
    /// <param name="symbols">Symbols that are defined.</param>
    /// <param name="planted">The changes.</param>
    public PlantedMachine(IReadOnlyList<string> symbols, params IReadOnlyList<Planted> planted)
    {
        Assert.SkipWhen(RunSize.IsSmall, "compiles the sources a second time, so no mutant is in it");
        assembly = ChangedSources.Load(Compilation(symbols, planted));
        constructor = TypeNamed("OptimizedMachine").GetConstructor([typeof(bool)])!;
    }

    /// <summary>The compiled machine, to be run next to others.</summary>
    public IImplementation Implementation => new MachineImplementation("planted", Capability.All, NewMachine);

    /// <summary>A new VM.</summary>
    public IMachine NewMachine(bool hostHasCmma) => (IMachine)constructor.Invoke([hostHasCmma]);

    /// <summary>Calls <paramref name="reached"/> at each place between atomic steps; needs the symbol STEPS.</summary>
    public void Watch(Action<string>? reached)
    {
        Type step = TypeNamed("Step");
        MethodInfo watcher = typeof(PlantedMachine).GetMethod(nameof(WatcherOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(step);
        TypeNamed("Steps").GetProperty("Reached")!.SetValue(null, reached == null ? null : watcher.Invoke(null, [reached]));
    }

    private Type TypeNamed(string name) => assembly.GetType("Cmma.Optimized." + name, throwOnError: true)!;

    private static Action<T> WatcherOf<T>(Action<string> reached)
        where T : struct, Enum =>
        step => reached(step.ToString());

    // Of the sources as they are: parsed once, and what they refer to is loaded once.
    private static CSharpCompilation Right(string symbols)
    {
        string folder = Path.Combine(SpecFolder.Find().Path, "..", "src", "Optimized");
        return ChangedSources.Library(
            "Cmma.Optimized.Planted",
            Directory.EnumerateFiles(folder, "*.cs").Select(path => (Path.GetFileName(path), File.ReadAllText(path))),
            symbols.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static CSharpCompilation Compilation(IReadOnlyList<string> symbols, IReadOnlyList<Planted> planted)
    {
        CSharpCompilation compilation = Compilations.GetOrAdd(string.Join(' ', symbols), Right);
        foreach (IGrouping<string, Planted> changes in planted.GroupBy(change => change.File, StringComparer.Ordinal))
        {
            SyntaxTree tree = compilation.SyntaxTrees.Single(each => string.Equals(each.FilePath, changes.Key, StringComparison.Ordinal));
            string text = changes.Aggregate(tree.ToString(), (text, change) => ChangedSources.Plant(text, change.Old, change.New));
            compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath));
        }

        return compilation;
    }
}
