// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cmma.Measures;

/// <summary>Every figure of the table.</summary>
public static class Measurement
{
    /// <summary>Each measure, in the order of the table; to be run one at a time.</summary>
    public static IReadOnlyList<IMeasure> All { get; } =
        [new BulkMeasure(), new PatternMeasure(), new OnePageMeasure(), new EssaMeasure(), new MemoryMeasure(), new FuzzMeasure()];

    /// <summary>The machine on which figures are taken, in one line.</summary>
    public static string Machine
    {
        get
        {
            string vector = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";
            return $"{Processor()}, {Environment.ProcessorCount} processors, vectors of {vector} bits, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
        }
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        string? name = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim()
            : null;
        return name ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
