// SPDX-License-Identifier: MIT
using Cmma.Proofs.Solving;
using Cmma.Symbolic;
using Cmma.Traces;

namespace Cmma.Proofs.Tests;

/// <summary>The files of spec/.</summary>
internal static class Spec
{
    public static SpecFolder Folder { get; } = SpecFolder.Find();

    public static string Smt => Path.Combine(Folder.Path, "smt");

    public static string Model => Path.Combine(Smt, "model");
}

/// <summary>A folder that is deleted afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cmma proofs ").FullName;

    public string Write(string file, string text)
    {
        string path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The model of the spec, to which theorems can be added.</summary>
    public TempFolder WithModel()
    {
        foreach (string file in Directory.EnumerateFiles(Spec.Model))
        {
            Write($"model/{System.IO.Path.GetFileName(file)}", File.ReadAllText(file));
        }

        return this;
    }

    /// <summary>A command that behaves as the lines of this shell script.</summary>
    public SolverKind Solver(string script)
    {
        string path = Write("solver", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new SolverKind(path);
    }

    /// <summary>Proves what is in the folder.</summary>
    public ProofResult Prove(SolverKind? solver = null, double seconds = 10) => ProveAll(solver, seconds).Single();

    /// <summary>Proves what is in the folder, and what it assumes.</summary>
    public IReadOnlyList<ProofResult> ProveAll(SolverKind? solver = null, double seconds = 10)
    {
        SolverLimits limits = new(TimeSpan.FromSeconds(seconds), 1024);
        return new Prover(Path, solver ?? SolverKind.MicrosoftZ3, limits, () => new SymbolicMachine()).Prove("theorem", 1);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
