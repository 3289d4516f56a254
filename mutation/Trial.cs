// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;

namespace Cmma.Mutation;

/// <summary>What became of a mutant in one program.</summary>
public enum Fate
{
    /// <summary>Every check passed.</summary>
    Survived,

    /// <summary>A check failed.</summary>
    Killed,

    /// <summary>It did not end in time.</summary>
    TimedOut,

    /// <summary>No check was there to fail.</summary>
    NotTested,
}

/// <summary>Runs the programs that were built in a checkout, with another src/Reference in their folder or as they are.
/// May be used from several threads.</summary>
public sealed class Trial(string root) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PatienceWithMany = TimeSpan.FromMinutes(10); // the vectors' program sees to its end itself

    private readonly ConcurrentBag<string> folders = [];
    private readonly string scratch = Path.Combine(root, "artifacts/mutation/scratch", Guid.NewGuid().ToString("N")); // below the root: the programs look for spec above themselves

    /// <summary>The vectors that fail, in their order; the last may be one at which the program crashed or did not terminate, and those after it were not run.</summary>
    public (Fate Fate, IReadOnlyList<string> Vectors) Vectors(byte[]? reference)
    {
        (int exit, string output) = Run(reference, "Mutation", "Cmma.Mutation.dll", VectorRun.Verb);
        List<string> failed = [.. VectorRun.Failed(output).SelectMany(ids => ids)];
        return exit == 0 || failed.Count > 0
            ? (exit is TimedOut or VectorRun.NoEnd ? Fate.TimedOut : failed.Count > 0 ? Fate.Killed : Fate.Survived, failed)
            : throw new InvalidOperationException($"the vectors' program ends with {exit} before a vector begins");
    }

    /// <summary>The vectors that fail with each of these references, as above: many in one program, since most of its time goes into its start.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Vectors(IReadOnlyList<byte[]> references)
    {
        string folder = Directory.CreateDirectory(Path.Combine(scratch, Guid.NewGuid().ToString("N"))).FullName;
        string[] files = [.. references.Select((_, index) => Path.Combine(folder, $"{index}.dll"))];
        foreach ((byte[] library, string file) in references.Zip(files))
        {
            File.WriteAllBytes(file, library);
        }

        List<IReadOnlyList<string>> failed = [];
        while (failed.Count < files.Length)
        {
            // A library at which the program crashes or does not terminate is its last one, and the others are still to be asked.
            IReadOnlyList<IReadOnlyList<string>> asked = VectorRun.Failed(Run(reference: null, "Mutation", "Cmma.Mutation.dll", [VectorRun.Verb, .. files[failed.Count..]]).Output);
            failed.AddRange(asked.Count > 0 ? asked : throw new InvalidOperationException("the vectors' program does not begin"));
        }

        return failed;
    }

    /// <summary>Whether the properties that name one of these clauses fail, or any if none is given.</summary>
    public Fate Properties(byte[]? reference, params string[] clauses) => Tests(reference, "Properties", clauses);

    /// <summary>Whether the tests of threads and interleavings that name one of these clauses fail.</summary>
    public Fate Equivalence(params string[] clauses) => Tests(reference: null, EquivalenceTests, clauses);

    /// <summary>What the proof of the paths makes of the sources as they are, with the constants in the folder of the program.</summary>
    public Fate Paths() => Run(reference: null, "Mutation", "Cmma.Mutation.dll", PathsVerb) switch
    {
        (0, "Survived\n") => Fate.Survived,
        (0, "Killed\n") => Fate.Killed,
        (TimedOut, _) or (0, "TimedOut\n") => Fate.TimedOut,
        (int exit, string output) => throw new InvalidOperationException($"the paths' program ends with {exit}: {output}"),
    };

    /// <summary>Removes what it copied.</summary>
    public void Dispose()
    {
        if (Directory.Exists(scratch)) // nothing may have run
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>What Main calls <see cref="Paths"/>.</summary>
    public const string PathsVerb = "paths";

    private const int TimedOut = -1;
    private const int Signal = 128; // and its number, if one ended the program

    private const string EquivalenceTests = "Equivalence";

    // The codes are the test platform's.
    private Fate Tests(byte[]? reference, string project, string[] clauses) =>
        Run(reference, $"{project}.Tests", $"Cmma.{project}.Tests.dll", [.. clauses.SelectMany(clause => new[] { "--filter-trait", $"Clause={clause}" })]).Exit switch
        {
            0 => Fate.Survived,
            2 or > Signal => Fate.Killed, // a test failed, or the program broke down
            8 => Fate.NotTested, // no tests ran
            TimedOut => Fate.TimedOut,
            int exit => throw new InvalidOperationException($"the tests of {project} that name {string.Join(", ", clauses)} end with {exit}"),
        };

    private (int Exit, string Output) Run(byte[]? reference, string project, string program, params IReadOnlyList<string> arguments)
    {
        if (!folders.TryTake(out string? folder))
        {
            folder = Path.Combine(scratch, Guid.NewGuid().ToString("N"));
        }

        try
        {
            string place = Path.Combine(folder, project);
            if (!Directory.Exists(place))
            {
                Copy(Path.Combine(root, "artifacts/bin", project, "release"), place);
            }

            if (reference != null)
            {
                File.WriteAllBytes(Path.Combine(place, "Cmma.Reference.dll"), reference);
            }

            return Start(Path.Combine(place, program), arguments);
        }
        finally
        {
            folders.Add(folder);
        }
    }

    private (int Exit, string Output) Start(string program, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = root,
        };
        start.Environment["CMMA_SEED"] = "1";
        start.Environment["CMMA_CASES"] = program.Contains($".{EquivalenceTests}.", StringComparison.Ordinal)
            ? "1000" // threads and interleavings are not for small runs
            : "200"; // of a property; it fails without looking for a smaller case then
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        bool ended = process.WaitForExit(arguments is ["--filter-trait", _] ? Patience : PatienceWithMany);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        return (ended ? process.ExitCode : TimedOut, output.GetAwaiter().GetResult());
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
