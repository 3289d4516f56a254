using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Cmma.Reports.Pictures;
using Cmma.Traces;

namespace Cmma.Properties.Tests;

/// <summary>What a failing property tells: the seed, the trace, what it does, and how to see it again.</summary>
public static class Failure
{
    private const int Width = 76; // of 80, since the test's name stands above what it tells, which is indented

    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "cmma-properties");

    public static string Text(string clauses, string property, Run run, Observation? at)
    {
        string json = TraceWriter.Trace(run.Trace);
        string file = Save(json);
        StringBuilder text = new();
        text.AppendLine($"{clauses} does not hold: {property.Replace('_', ' ')}");
        text.AppendLine($"seed: CMMA_SEED={Checking.Seed} CMMA_CASES={Checking.Cases}");
        text.AppendLine($"trace: {file}");
        text.AppendLine($"replay: ./cmma replay {file} reference");
        text.Append(json);
        foreach (string line in at == null ? [] : Lines(at))
        {
            text.AppendLine(line);
        }

        if (run.Thrown != null)
        {
            text.AppendLine($"the machine threw {run.Thrown}");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Lines(Observation at)
    {
        yield return $"operation {at.Index}: {TraceWriter.Step(new Step(at.AnyOperation))}";
        yield return $"result {at.Result}, interruption {at.Interruption}" + (at is EssaCall essa ? $", r1 0x{essa.R1:x}" : "");
        if (at is GetCall get)
        {
            yield return $"struct {get.User.Got}, values {ByteRuns.Of(get.Values)}";
        }

        yield return MemoryPicture.Legend;
        yield return "before:";
        foreach (string row in MemoryPicture.Draw(at.Before, Width))
        {
            yield return row;
        }

        yield return at.ChangesNothing ? "after: the same" : "after:";
        foreach (string row in at.ChangesNothing ? [] : MemoryPicture.Draw(at.After, Width))
        {
            yield return row;
        }
    }

    // Named by its content: a file of another failure is never written over.
    private static string Save(string json)
    {
        Directory.CreateDirectory(Folder);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
        string file = Path.Combine(Folder, $"trace-{hash}.json");
        File.WriteAllText(file, json);
        return file;
    }
}
