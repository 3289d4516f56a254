// SPDX-License-Identifier: MIT
using System.Runtime.Loader;
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Mutation;

/// <summary>The vectors against a library of the reference, which may be a mutant: it may crash, or never end.</summary>
public static class VectorRun
{
    /// <summary>What Main calls it.</summary>
    public const string Verb = "vectors";

    /// <summary>What the program ends with at a vector that does not terminate.</summary>
    public const int NoEnd = 124;

    private const string Library = "library ";
    private const string Begins = "begins ";
    private const string Passes = "passes ";

    // All of them together take the reference about a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Writes a line before each library and each vector, and one after each vector that does not fail (a skipped one does not), so that
    /// the reader knows where it ended. Ends the program at a vector that does not terminate.</summary>
    /// <param name="spec">Where the vectors are.</param>
    /// <param name="libraries">Files, each with a reference; if there is none, the one in the folder of this program.</param>
    /// <param name="output">For the lines.</param>
    public static void Write(SpecFolder spec, IReadOnlyList<string> libraries, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(libraries);
        ArgumentNullException.ThrowIfNull(output);
        IReadOnlyList<Vector> vectors = new VectorFolder(spec.Vectors).All();
        IImplementation beside = Implementations.Find("reference");
        using Timer end = new(_ => Environment.Exit(NoEnd));
        IEnumerable<IImplementation> references = libraries.Count == 0 ? [beside] : libraries.Select(library => Load(library, beside));
        foreach (IImplementation reference in references)
        {
            output.WriteLine(Library + reference.Name);
            foreach (Vector vector in vectors)
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
    }

    /// <summary>Of each library that began the vectors that began and did not pass, in their order.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Failed(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return [.. $"\n{output}".Split('\n' + Library).Skip(1).Select(part => FailedOfOne(part.Split('\n')))];
    }

    private static IReadOnlyList<string> FailedOfOne(string[] lines)
    {
        HashSet<string> passed = [.. Ids(lines, Passes)];
        return [.. Ids(lines, Begins).Where(id => !passed.Contains(id))];
    }

    private static MachineImplementation Load(string library, IImplementation beside)
    {
        Type machine = new AssemblyLoadContext(name: null).LoadFromAssemblyPath(Path.GetFullPath(library)).GetType("Cmma.Reference.ReferenceMachine", throwOnError: true)!;
        return new MachineImplementation(library, beside.Capabilities, hostHasCmma => (IMachine)Activator.CreateInstance(machine, [hostHasCmma])!);
    }

    private static IEnumerable<string> Ids(string[] lines, string word) =>
        lines.Where(line => line.StartsWith(word, StringComparison.Ordinal)).Select(line => line[word.Length..]);
}
