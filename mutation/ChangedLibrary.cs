// SPDX-License-Identifier: MIT
namespace Cmma.Mutation;

/// <summary>Compiles src/Reference or src/Optimized with a change, for programs that were built to find it in their own folder.</summary>
public sealed class ChangedLibrary
{
    /// <summary>The folder of the reference.</summary>
    public const string Reference = "src/Reference";

    // As in the project file; the version is what the programs ask for.
    private const string Version = "[assembly: System.Reflection.AssemblyVersion(\"1.0.0.0\")]";

    private readonly string name;
    private readonly Dictionary<string, string> texts;

    /// <summary>Reads the sources.</summary>
    /// <param name="root">The root of the project.</param>
    /// <param name="folder">Where they are, from there.</param>
    public ChangedLibrary(string root, string folder)
    {
        name = $"Cmma.{Path.GetFileName(folder)}";
        texts = Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(root, path), File.ReadAllText, StringComparer.Ordinal);
    }

    /// <summary>Whether this file is one of the reference's sources.</summary>
    public static bool IsReference(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.StartsWith(Reference + "/", StringComparison.Ordinal);
    }

    /// <summary>The library with a change, or as it is; the same sources give the same bytes.</summary>
    /// <param name="change">The change, or null.</param>
    /// <returns>Null if it does not compile.</returns>
    public byte[]? Compile(SourceChange? change)
    {
        IEnumerable<(string, string)> sources = texts.Select(file => (file.Key, file.Key == change?.File ? change.ApplyTo(file.Value) : file.Value)).Append(("", Version));
        try
        {
            return ChangedSources.Compile(ChangedSources.Library(name, sources));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
