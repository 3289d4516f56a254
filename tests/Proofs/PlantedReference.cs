using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Proofs.Paths;
using Cmma.Traces;
using Cmma.Traces.Vectors;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cmma.Proofs.Tests;

/// <summary>The reference with one change, compiled over terms, and over numbers to run a trace on.</summary>
/// <param name="file">The file of src/Reference that is changed.</param>
/// <param name="old">What stands there, exactly once.</param>
/// <param name="changed">What is planted in its place.</param>
internal sealed class PlantedReference(string file, string old, string changed)
{
    private static readonly string Source = Path.Combine(SpecFolder.Find().Path, "..", "src");

    private static readonly MetadataReference[] References = [.. (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "")
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is "Cmma.Abi.dll" or "Cmma.Proofs.dll" or "Cmma.Judging.dll" or "Cmma.Traces.dll" or ['S', 'y', 's', 't', 'e', 'm', '.', ..])
        .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Makes the machine on terms.</summary>
    public Func<ISymbolicMachine> Symbolic()
    {
        string bindings = Path.Combine(Source, "Proofs", "Terms", "Bindings.cs");
        Assembly assembly = Compile([bindings, .. Files("Reference"), .. Files("Symbolic")]);
        Type machine = assembly.GetType("Cmma.Symbolic.SymbolicMachine", throwOnError: true)!;
        return () => (ISymbolicMachine)Activator.CreateInstance(machine)!;
    }

    /// <summary>The machine on numbers.</summary>
    public IImplementation Concrete()
    {
        Assembly assembly = Compile([.. Files("Reference"), .. Files("Reference", "Concrete")]);
        Type machine = assembly.GetType("Cmma.Reference.ReferenceMachine", throwOnError: true)!;
        return new MachineImplementation("planted", Capabilities.All, hostHasCmma => (IMachine)Activator.CreateInstance(machine, [hostHasCmma])!);
    }

    private static IEnumerable<string> Files(params string[] folder) => Directory.EnumerateFiles(Path.Combine([Source, .. folder]), "*.cs");

    private Assembly Compile(IEnumerable<string> files)
    {
        CSharpParseOptions parsing = new(LanguageVersion.CSharp14);
        List<SyntaxTree> trees = [.. files.Select(path => CSharpSyntaxTree.ParseText(Text(path), parsing, path))];
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = CSharpCompilation.Create("Cmma.Symbolic.Planted", trees, References, options).Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error)));
        }

        image.Position = 0;
        return new AssemblyLoadContext(name: null).LoadFromStream(image);
    }

    private string Text(string path)
    {
        string text = File.ReadAllText(path);
        if (Path.GetFileName(path) != file)
        {
            return text;
        }

        return text.Split(old).Length == 2
            ? text.Replace(old, changed, StringComparison.Ordinal)
            : throw new InvalidOperationException($"{file}: '{old}' must stand there exactly once");
    }
}
