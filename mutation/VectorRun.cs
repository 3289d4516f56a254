using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
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

    private const string Begins = "begins ";
    private const string Passes = "passes ";

    /// <summary>Writes a line before each vector, and one behind each that does not fail, as one that is skipped does not: so whoever reads knows where it ended.</summary>
    public static void Write(SpecFolder spec, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(output);
        IImplementation reference = Implementations.Find("reference");
        foreach (Vector vector in new VectorFolder(spec.Vectors).All())
        {
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
