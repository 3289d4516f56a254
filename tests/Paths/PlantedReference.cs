// SPDX-License-Identifier: MIT
using System.Reflection;
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Mutation;
using Cmma.Proofs.Paths;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Paths.Tests;

/// <summary>The reference with one change, compiled over terms, and over numbers to run a trace on.</summary>
/// <param name="file">The file of src/Reference that is changed.</param>
/// <param name="old">The text that is replaced; it occurs exactly once.</param>
/// <param name="changed">What is planted in its place.</param>
internal sealed class PlantedReference(string file, string old, string changed)
{
    private static readonly string Source = Path.Combine(SpecFolder.Find().Path, "..", "src");

    /// <summary>Makes the machine on terms.</summary>
    public Func<ISymbolicMachine> Symbolic()
    {
        string bindings = Path.Combine(Source, "Proofs", "Terms", "Bindings.cs");
        Assembly assembly = ChangedSources.Load(ChangedSources.OverTerms(Planted([bindings, .. Files("Reference"), .. Files("Symbolic")])));
        Type machine = assembly.GetType("Cmma.Symbolic.SymbolicMachine", throwOnError: true)!;
        return () => (ISymbolicMachine)Activator.CreateInstance(machine)!;
    }

    /// <summary>The machine on numbers.</summary>
    public IImplementation Concrete()
    {
        Assembly assembly = ChangedSources.Load(ChangedSources.Library("Cmma.Reference.Planted", Planted([.. Files("Reference"), .. Files("Reference", "Concrete")])));
        Type machine = assembly.GetType("Cmma.Reference.ReferenceMachine", throwOnError: true)!;
        return new MachineImplementation("planted", Capability.All, hostHasCmma => (IMachine)Activator.CreateInstance(machine, [hostHasCmma])!);
    }

    private static IEnumerable<string> Files(params string[] folder) => Directory.EnumerateFiles(Path.Combine([Source, .. folder]), "*.cs");

    private IEnumerable<(string Path, string Text)> Planted(IEnumerable<string> files) => files.Select(path => (path, Text(path)));

    private string Text(string path) => Path.GetFileName(path) == file ? ChangedSources.Plant(File.ReadAllText(path), old, changed) : File.ReadAllText(path);
}

/// <summary>What a trace shows.</summary>
internal static class Planted
{
    /// <summary>The first step at which an implementation does not answer as the trace expects; null if there is none.</summary>
    public static string? FirstDifference(Trace trace, IImplementation implementation)
    {
        IRun run = implementation.NewVm(trace.HostHasCmma);
        IEnumerable<string?> differences = trace.Steps.Select(step => Judge.Difference(step.Expect, run.Do(step.Operation)));
        return differences.FirstOrDefault(difference => difference != null);
    }
}
