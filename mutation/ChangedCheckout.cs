// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Cmma.Mutation;

/// <summary>A copy of the checkout, for changes that need everything to be built again: those of constants, which are copied into their users.</summary>
public sealed class ChangedCheckout : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string root;
    private string? changed;

    /// <summary>Copies the files as they are, but those that git ignores.</summary>
    /// <param name="root">The root of the project.</param>
    /// <exception cref="InvalidOperationException">Git does not list them.</exception>
    public ChangedCheckout(string root)
    {
        this.root = root;
        Folder = Directory.CreateTempSubdirectory("cmma-mutation-").FullName;
        (bool done, Task<string> files) = Run("git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard", "-z");
        if (!done)
        {
            throw new InvalidOperationException($"{root}: git does not list its files");
        }

        foreach (string file in files.GetAwaiter().GetResult().Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(root, file))))
        {
            string target = Path.Combine(Folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(root, file), target);
        }
    }

    /// <summary>The copy.</summary>
    public string Folder { get; }

    /// <summary>Builds programs of <see cref="Trial"/> with the change, without those before it.</summary>
    /// <param name="change">The change.</param>
    /// <param name="projects">The folders of the programs' projects.</param>
    /// <returns>Whether it compiles.</returns>
    public bool Build(SourceChange change, IReadOnlyList<string> projects)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (changed != null)
        {
            File.Copy(Path.Combine(root, changed), Path.Combine(Folder, changed), overwrite: true);
            File.SetLastWriteTimeUtc(Path.Combine(Folder, changed), DateTime.UtcNow);
        }

        changed = change.File; // stays until the next one: tests that compile the sources once more read it
        File.WriteAllText(Path.Combine(Folder, change.File), change.ApplyTo(File.ReadAllText(Path.Combine(root, change.File))));
        File.WriteAllText(Path.Combine(Folder, ClauseMutants.File), ClauseMutants.Without(root, change.File)); // src/Mutants is built from it
        return projects.All(Build);
    }

    /// <summary>Removes the copy.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private bool Build(string project) =>
        Run("dotnet", "build", Path.Combine(Folder, project), "-c", "Release", "-v", "quiet", "--nologo", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false").Done;

    // Whoever waits for a build's output waits for the compiler that stays for the next one, too.
    private (bool Done, Task<string> Output) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = root };
        Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} finds no end");
        }

        return (process.ExitCode == 0, output);
    }
}
