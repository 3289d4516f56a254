// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Generators;

/// <summary>How to see a failure again.</summary>
public static class ReplayCommand
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "cmma-properties");

    /// <summary>Saves the trace and gives the commands that replay it, and the property with its seed.</summary>
    /// <param name="property">Names the file: FsCheck asks about smaller and smaller traces, and the last one stays.</param>
    /// <param name="trace">A trace that shows the failure.</param>
    /// <param name="implementation">On which the trace is replayed.</param>
    public static string For(string property, Trace trace, string implementation)
    {
        Directory.CreateDirectory(Folder);
        string file = Path.Combine(Folder, $"{property}-{TestRun.Seed}.json");
        File.WriteAllText(file, TraceWriter.Trace(trace));
        return $"replay: ./cmma replay {file} {implementation}{Environment.NewLine}seed: ./test --seed {TestRun.Seed}";
    }
}
