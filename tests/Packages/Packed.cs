// SPDX-License-Identifier: MIT
using System.Diagnostics;

[assembly: AssemblyFixture(typeof(Cmma.Packages.Tests.Packed))]

namespace Cmma.Packages.Tests;

/// <summary>What ./pack makes, once for all tests, in a folder of its own that serves as a feed; it is deleted after them.</summary>
public sealed class Packed : IDisposable
{
    /// <summary>The checkout.</summary>
    public static string Root { get; } = FindRoot();

    private readonly string temporary = Directory.CreateTempSubdirectory("cmma-packages-").FullName;

    /// <summary>Packs.</summary>
    public Packed()
    {
        Feed = NewFolder("feed");
        Run(Root, Path.Combine(Root, "pack"), Feed);
        File.WriteAllText(Path.Combine(temporary, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{Feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{NewFolder("cache")}" /></config>
              <fallbackPackageFolders><add key="restored" value="{Restored}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The folder with the packages.</summary>
    public string Feed { get; }

    // What the checkout was restored from, so that the tests load nothing a second time.
    private static string Restored => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>An empty folder outside the checkout, in which nothing but the feed is known.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(temporary, name)).FullName;

    /// <summary>What a command prints.</summary>
    /// <exception cref="InvalidOperationException">It failed, with what it printed.</exception>
    public static string Run(string folder, string command, params string[] arguments)
    {
        ProcessStartInfo start = new(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Remove("CMMA_ARTIFACTS");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{error.Result}");
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(temporary, recursive: true);

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cmma.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
