using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Cmma.Conformance;
using Cmma.Conformance.Reports;
using Cmma.Conformance.Running;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;

namespace Cmma.Mutation;

/// <summary>The vectors against the library of the reference that lies beside this program, which may be a mutant: it may break down, or never end.</summary>
public static class VectorRun
{
    /// <summary>What Main calls it.</summary>
    public const string Verb = "vectors";

    /// <summary>What the program ends with at a vector that finds no end.</summary>
    public const int NoEnd = 124;

    private const string Begins = "begins ";
    private const string Passes = "passes ";

    // All of them together take the reference about a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Writes a line before each vector, and one behind each that does not fail, as one that is skipped does not: so whoever reads knows where it ended.
    /// Ends the program at a vector without an end.</summary>
    public static void Write(SpecFolder spec, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(output);
        IImplementation reference = Implementations.Find("reference");
        using Timer end = new(_ => Environment.Exit(NoEnd));
        foreach (Vector vector in new VectorFolder(spec.Vectors).All())
        {
            end.Change(Patience, Timeout.InfiniteTimeSpan);
            output.WriteLine(Begins + vector.Id);
            output.Flush();
            if (CheckResult.Of([vector], reference).Failed == 0)
            {
                output.WriteLine(Passes + vector.Id);
            }
        }
    }

    /// <summary>The vectors that began and did not pass, in their order.</summary>
    public static IReadOnlyList<string> Failed(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        string[] lines = output.Split('\n');
        HashSet<string> passed = [.. Ids(lines, Passes)];
        return [.. Ids(lines, Begins).Where(id => !passed.Contains(id))];
    }

    private static IEnumerable<string> Ids(string[] lines, string word) =>
        lines.Where(line => line.StartsWith(word, StringComparison.Ordinal)).Select(line => line[word.Length..]);
}
