// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Catalogue;
using Cmma.Cli;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Outside.Tests;

/// <summary>What the tests share: a few runs, implementations that misbehave, and a look at what is left behind.</summary>
internal static class Outside
{
    /// <summary>The index of the run that the misbehaving implementations look for, and of the operation in it.</summary>
    public const int Victim = 2;
    public const int VictimStep = 3;

    private const int Runs = 6;
    private const ulong VictimGfn = 0x33;

    public static SpecFolder Spec { get; } = SpecFolder.Find();

    public static string Root { get; } = Path.GetDirectoryName(Spec.Path)!;

    public static string Harness { get; } = Path.Combine(Root, "harness");

    public static RunOptions Patient { get; } = new(TimeSpan.FromSeconds(60));

    public static RunOptions Hasty { get; } = new(TimeSpan.FromSeconds(3));

    public static IReadOnlyList<Vector> AllVectors { get; } = new VectorFolder(Spec.Vectors).All();

    /// <summary>Six runs that differ in one page, with what the reference answers as expectation.</summary>
    public static IReadOnlyList<Vector> SixRuns { get; } = [.. Enumerable.Range(0, Runs).Select(SixthOfRuns)];

    public static string Command(string mode, string mark = "") =>
        $"exec:python3 '{Path.Combine(AppContext.BaseDirectory, "hostile.py")}' '{Path.Combine(Harness, "python")}' {mode} {mark}";

    public static string Served(string name) => $"exec:dotnet '{Path.Combine(AppContext.BaseDirectory, "cmma.dll")}' serve {name}";

    public static CheckResult Check(string name, IReadOnlyList<Vector> vectors, RunOptions? options = null)
    {
        using IImplementation implementation = Implementations.Find(name, options ?? Patient);
        return CheckResult.Of(vectors, implementation);
    }

    public static (int ExitCode, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = CommandLine.Run(args, output, error, Spec);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command; its exit code and what it wrote.</summary>
    public static (int ExitCode, string Output) Shell(string command)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", command + " 2>&1" }, RedirectStandardOutput = true, UseShellExecute = false })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    public static void Require(params string[] commands)
    {
        string? missing = commands.FirstOrDefault(command => Shell($"command -v {command}").ExitCode != 0);
        Assert.SkipWhen(missing != null, $"needs the command {missing}");
    }

    /// <summary>A new folder, which goes when the tests have ended.</summary>
    public static string TemporaryFolder() => Directory.CreateDirectory(Path.Combine(TemporaryFolders.Path, Guid.NewGuid().ToString("N"))).FullName;

    public static string TemporaryFile(string text)
    {
        string path = Path.Combine(TemporaryFolder(), "file");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The processes that have this word in their command line, after giving them a moment to go.</summary>
    public static int LeftBehind(string mark)
    {
        int left = Count(mark);
        for (int attempt = 0; attempt < 20 && left > 0; attempt++)
        {
            Thread.Sleep(100);
            left = Count(mark);
        }

        return left;
    }

    /// <summary>The shells that have this word in their command line.</summary>
    public static int Children(string mark) => Count("sleep 3600; true\0" + mark);

    private static int Count(string mark) => Directory.EnumerateDirectories("/proc").Count(folder =>
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(folder)[0]) && File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has gone meanwhile
        }
    });

    private static Vector SixthOfRuns(int number)
    {
        List<Operation> operations =
        [
            new Operation.CreateSlot(0, 0, 0x100, DirtyLog: true),
            new Operation.EnableCmma(),
            new Operation.CreateVcpu(),
            new Operation.Essa(number == Victim ? VictimGfn : (ulong)number, 2),
            new Operation.StartMigration(),
            new Operation.Get(0, 0x40),
        ];
        Reference.ReferenceMachine machine = new();
        List<Step> steps = [.. operations.Select(operation => new Step(operation, Expectations.Exactly(Runner.Run(machine, operation))))];
        Cmma.Traces.Trace trace = new(HostHasCmma: true, steps);
        return new Vector($"run-{number}", ["G1"], "", ["contract"], "hand", Capabilities.NeededBy(trace), trace, "runs/runs.json", number + 1);
    }
}
