// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Cmma.Cli.Tests;

/// <summary>The command line in a folder of its own, into which some commands write.</summary>
internal static class InFolder
{
    public static Task<(int ExitCode, string Output)> Run(string folder, params string[] args) => Run(folder, [], args);

    /// <summary>With some variables of the environment.</summary>
    public static async Task<(int ExitCode, string Output)> Run(string folder, (string Name, string Value)[] environment, params string[] args)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "cmma.dll"), .. args])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
