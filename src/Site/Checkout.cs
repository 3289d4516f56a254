// SPDX-License-Identifier: MIT
namespace Cmma.Site;

/// <summary>The files that the site shows, by their path from the root of the checkout, with forward slashes.</summary>
/// <param name="root">The root.</param>
internal sealed class Checkout(string root)
{
    /// <summary>The Markdown files of a folder, not of those in it, sorted; not those for packages.</summary>
    public IEnumerable<string> Documents(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(root, folder), "*.md").Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>The files of a folder and of those in it, sorted, and not what a build or a run leaves.</summary>
    public IEnumerable<string> Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories).Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>The text of a file.</summary>
    public string Read(string file) => File.ReadAllText(Path.Combine(root, file));

    /// <summary>Its full path.</summary>
    public string FullPath(string file) => Path.Combine(root, file);

    /// <summary>The contents of a folder, folders with a slash at the end; null if it is not a folder.</summary>
    public IReadOnlyList<string>? Entries(string folder)
    {
        DirectoryInfo directory = new(Path.Combine(root, folder));
        return !directory.Exists ? null
            : [.. directory.EnumerateFileSystemInfos().Select(entry => entry is DirectoryInfo ? $"{entry.Name}/" : entry.Name).Order(StringComparer.Ordinal)];
    }

    private string Relative(string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
