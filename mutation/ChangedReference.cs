using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Cmma.Mutation;

/// <summary>Compiles src/Reference with a change, for programs that were built to find it beside them.</summary>
public sealed class ChangedReference
{
    private const string Folder = "src/Reference";

    // As in the project file; the version is what the programs ask for.
    private const string Version = "[assembly: System.Reflection.AssemblyVersion(\"1.0.0.0\")]";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);
    private static readonly MetadataReference[] Libraries = [.. (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "")
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is "Cmma.Abi.dll" or ['S', 'y', 's', 't', 'e', 'm', '.', ..])
        .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly Dictionary<string, string> texts;

    /// <summary>Reads the sources.</summary>
    /// <param name="root">The root of the project.</param>
    public ChangedReference(string root) =>
        texts = Directory.EnumerateFiles(Path.Combine(root, Folder), "*.cs", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(root, path), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>Whether this file is one of its sources.</summary>
    public static bool Holds(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.StartsWith(Folder + "/", StringComparison.Ordinal);
    }

    /// <summary>The library with the change.</summary>
    /// <returns>Null if it does not compile.</returns>
    public byte[]? Compile(SourceChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        IEnumerable<string> sources = texts.Select(file => file.Key == change.File ? change.ApplyTo(file.Value) : file.Value).Append(Version);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Cmma.Reference",
            sources.Select(source => CSharpSyntaxTree.ParseText(source, Parsing)),
            Libraries,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        return result.Success ? image.ToArray() : null;
    }
}
