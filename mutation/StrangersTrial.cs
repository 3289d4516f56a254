// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Catalogue;
using Cmma.Catalogue.Core;
using Cmma.Judging;
using Cmma.Outside;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Mutation;

/// <summary>Runs every vector against the example in C with each mistake of mutation/strangers.json.</summary>
public static class StrangersTrial
{
    // A mistake may allocate as many bytes as it is asked for, or not end: a run that takes so long fails, and that is enough to know.
    private static readonly RunOptions Options = new(TimeSpan.FromSeconds(5));

    /// <summary>What became of each, in the order of the file.</summary>
    /// <exception cref="InvalidOperationException">The example fails a vector without a mistake, or a mistake does not compile.</exception>
    public static IReadOnlyList<StrangerFate> Run(string root, Action<string> progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        IReadOnlyList<Stranger> strangers = Stranger.Read(root);
        VectorFolder folder = new(Path.Combine(root, "spec/vectors"));
        IReadOnlyList<Vector> vectors = folder.All();
        HashSet<string> core = [.. CoreSuite.Of(folder).Select(vector => vector.Id)];
        string source = File.ReadAllText(Path.Combine(root, Stranger.Source));
        string scratch = Path.Combine(root, "artifacts/mutation/strangers");
        Directory.CreateDirectory(scratch);
        if (Failed(root, scratch, "none", source, vectors) is { Count: > 0 } wrong)
        {
            throw new InvalidOperationException($"without a mistake {wrong.Count} vectors fail, the first is {wrong[0]}");
        }

        StrangerFate[] fates = new StrangerFate[strangers.Count];
        int done = 0;
        Parallel.For(0, strangers.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            IReadOnlyList<string> failed = Failed(root, scratch, strangers[index].Name, strangers[index].In(source), vectors);
            fates[index] = new StrangerFate(strangers[index], failed, failed.Any(core.Contains));
            progress($"{Interlocked.Increment(ref done)} of {strangers.Count}: {strangers[index].Name}: {failed.Count}");
        });
        Directory.Delete(scratch, recursive: true);
        return fates;
    }

    private static IReadOnlyList<string> Failed(string root, string scratch, string name, string source, IReadOnlyList<Vector> vectors)
    {
        string file = Path.Combine(scratch, $"{name}.c");
        string library = Path.Combine(scratch, $"{name}.so");
        File.WriteAllText(file, source);
        using (Process compiler = Process.Start("/bin/sh", ["-c", "exec gcc \"$@\"", "gcc", "-std=c11", "-O2", "-fPIC", "-shared", "-I", Path.Combine(root, "harness/c"), "-o", library, file]))
        {
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
            {
                throw new InvalidOperationException($"{name}: gcc ends with {compiler.ExitCode}");
            }
        }

        using IImplementation implementation = Implementations.Find($"native:{library}", Options);
        return [.. CheckResult.Of(vectors, implementation).Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed).Select(verdict => verdict.Vector.Id)];
    }
}
