// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Cmma.Mutation;

/// <summary>Sources of ours compiled a second time, in memory, with changes: for mutants, and for tests that plant mistakes.</summary>
internal static class ChangedSources
{
    private static readonly string[] Platform = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator);

    /// <summary>The runtime and Cmma.Abi: what a machine may use.</summary>
    public static IReadOnlyList<MetadataReference> Runtime { get; } = [.. Platform
        .Where(path => Path.GetFileName(path) is "Cmma.Abi.dll" or ['S', 'y', 's', 't', 'e', 'm', '.', ..])
        .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>What the SDK puts before the sources of a project (ImplicitUsings), as far as a machine needs it.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        """;

    /// <summary>A library of these sources, not compiled yet; the same sources give the same bytes.</summary>
    /// <param name="name">Of the library.</param>
    /// <param name="sources">Where each would lie, and its text.</param>
    /// <param name="symbols">Symbols that are defined.</param>
    public static CSharpCompilation Library(string name, IEnumerable<(string Path, string Text)> sources, params IReadOnlyList<string> symbols)
    {
        CSharpParseOptions parsing = new(LanguageVersion.CSharp14, preprocessorSymbols: symbols);
        CSharpCompilationOptions options = new(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, deterministic: true, nullableContextOptions: NullableContextOptions.Enable);
        IEnumerable<(string Path, string Text)> all = sources.Append((Path: "ImplicitUsings.cs", Text: ImplicitUsings));
        return CSharpCompilation.Create(name, all.Select(source => CSharpSyntaxTree.ParseText(source.Text, parsing, source.Path)), Runtime, options);
    }

    /// <summary>
    /// The reference's sources over terms, which src/Proofs lets a library of this name see. Not optimized, as in src/Symbolic: a stack frame names the branch.
    /// </summary>
    /// <param name="sources">Where each would lie, and its text.</param>
    public static CSharpCompilation OverTerms(IEnumerable<(string Path, string Text)> sources)
    {
        CSharpCompilation library = Library("Cmma.Symbolic.Planted", sources);
        return library.WithOptions(library.Options.WithOptimizationLevel(OptimizationLevel.Debug)).AddReferences(Platform
            .Where(path => Path.GetFileName(path) is "Cmma.Proofs.dll" or "Cmma.Judging.dll" or "Cmma.Traces.dll")
            .Select(path => MetadataReference.CreateFromFile(path)));
    }

    /// <summary>Compiles it.</summary>
    /// <exception cref="FormatException">It does not compile.</exception>
    public static byte[] Compile(CSharpCompilation library)
    {
        using MemoryStream image = new();
        EmitResult result = library.Emit(image);
        return result.Success
            ? image.ToArray()
            : throw new FormatException(string.Join('\n', result.Diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error)));
    }

    /// <summary>Compiles it into this program, where it finds what it uses.</summary>
    /// <exception cref="FormatException">It does not compile.</exception>
    public static Assembly Load(CSharpCompilation library) => new AssemblyLoadContext(name: null).LoadFromStream(new MemoryStream(Compile(library)));

    /// <summary>A text with another one planted in place of what occurs there exactly once.</summary>
    /// <exception cref="InvalidOperationException">It does not occur there, or occurs several times.</exception>
    public static string Plant(string text, string old, string planted) => text.Split(old).Length == 2
        ? text.Replace(old, planted, StringComparison.Ordinal)
        : throw new InvalidOperationException($"'{old}' must stand there exactly once");
}
