// SPDX-License-Identifier: MIT
namespace Cmma.Traces;

/// <summary>The folder spec/ of the checkout that this program was built in.</summary>
/// <param name="path">Its path.</param>
public sealed class SpecFolder(string path)
{
    /// <summary>The folder's path.</summary>
    public string Path { get; } = path;

    /// <summary>The folder of the vectors.</summary>
    public string Vectors => System.IO.Path.Combine(Path, "vectors");

    /// <summary>The folder of the clauses.</summary>
    public string Clauses => System.IO.Path.Combine(Path, "clauses");

    /// <summary>The folder of the profiles.</summary>
    public string Profiles => System.IO.Path.Combine(Path, "profiles");

    /// <summary>Finds the folder above the program.</summary>
    /// <exception cref="InputException">The program was moved out of its checkout.</exception>
    public static SpecFolder Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            string spec = System.IO.Path.Combine(folder.FullName, "spec");
            if (File.Exists(System.IO.Path.Combine(spec, "vectors", "schema.json")))
            {
                return new SpecFolder(spec);
            }
        }

        throw new InputException($"spec/vectors/schema.json: not found above {AppContext.BaseDirectory}");
    }
}
