using System;
using System.ComponentModel;
using System.Diagnostics;

namespace Cmma.Proofs.Solving;

/// <summary>A solver that can be asked: its command, and how it takes limits.</summary>
/// <param name="Name">The command.</param>
public sealed record SolverKind(string Name)
{
    private const int VersionTimeoutMilliseconds = 10_000;

    /// <summary>Z3, the solver that everything here is proved with.</summary>
    public static SolverKind Z3 { get; } = new("z3");

    /// <summary>cvc5, a second opinion.</summary>
    public static SolverKind Cvc5 { get; } = new("cvc5");

    /// <summary>More arguments, such as a theorem needs with this solver.</summary>
    public string Options { get; init; } = "";

    /// <summary>The solver of this name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SolverKind Parse(string name) => name switch
    {
        "z3" => Z3,
        "cvc5" => Cvc5,
        _ => throw new ArgumentException($"no solver '{name}': there are z3 and cvc5", nameof(name)),
    };

    /// <summary>The version as the solver tells it, in one line.</summary>
    /// <exception cref="SolverException">It cannot be run.</exception>
    public string Version()
    {
        ProcessStartInfo start = new(Name, "--version")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using Process process = Process.Start(start)!;
            string line = process.StandardOutput.ReadLine() ?? "";
            process.StandardOutput.ReadToEnd();
            if (!process.WaitForExit(VersionTimeoutMilliseconds))
            {
                process.Kill(entireProcessTree: true);
            }

            return line.Replace("This is ", "", StringComparison.Ordinal).Trim();
        }
        catch (Win32Exception exception)
        {
            throw Missing(exception);
        }
    }

    /// <summary>It can be run.</summary>
    internal bool IsThere
    {
        get
        {
            try
            {
                return Version().Length > 0;
            }
            catch (SolverException)
            {
                return false;
            }
        }
    }

    internal SolverException Missing(Exception cause) =>
        new($"the solver {Name} cannot be run: install it (Debian: apt-get install {Name})", cause);

    /// <summary>The arguments for reading SMT-LIB from standard input within limits.</summary>
    internal string Arguments(SolverLimits limits) => Name == "z3"
        ? $"-in -smt2 -memory:{limits.MemoryMegabytes} -t:{limits.Time.TotalMilliseconds:0}"
        : $"--lang=smt2 --incremental --produce-models --tlimit-per={limits.Time.TotalMilliseconds:0} {Options}";
}

/// <summary>What one question may cost.</summary>
/// <param name="Time">Time for one answer.</param>
/// <param name="MemoryMegabytes">Memory of the process.</param>
public sealed record SolverLimits(TimeSpan Time, int MemoryMegabytes)
{
    /// <summary>A minute and two gigabytes.</summary>
    public static SolverLimits Usual { get; } = new(TimeSpan.FromSeconds(60), 2048);

    /// <summary>What one question of a theorem may cost; all of them are answered much sooner.</summary>
    public static SolverLimits Theorem { get; } = new(TimeSpan.FromSeconds(30), 2048);

    /// <summary>After so much more than its time a solver is killed that did not stop by itself.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);
}
