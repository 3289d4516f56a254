// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text;
using Cmma.Generators;
using Cmma.Reports.Pictures;
using Cmma.Traces;

namespace Cmma.Properties.Tests;

/// <summary>What a failing property reports besides the trace and the seed, which FsCheck prints: how to see both again, and what is wrong where.</summary>
public static class Failure
{
    private const int Width = 76; // of 80, since the test's name stands above what it tells, which is indented

    public static string Text(MethodInfo property, Run run, Observation? at)
    {
        string command = ReplayCommand.For(property.Name, run.Trace, "reference");
        StringBuilder text = new();
        text.AppendLine($"{string.Join(' ', ClauseProperty.ClausesOf(property))} does not hold: {property.Name.Replace('_', ' ')}");
        text.AppendLine(command);
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
}
