// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Cmma.Proofs.Solving;

/// <summary>A solver that can be asked: the program that is started for it, and how it takes limits.</summary>
/// <param name="Name">What --solver takes; for a solver that is a command, the command.</param>
public sealed record SolverKind(string Name)
{
    private const string OwnProgram = "cmma";
    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Microsoft.Z3, which comes with cmma: `cmma solver` in a process of its own. Everything here is proved with it.</summary>
    public static SolverKind MicrosoftZ3 { get; } = new("microsoft.z3");

    /// <summary>The command z3, another opinion on everything.</summary>
    public static SolverKind Z3 { get; } = new("z3");

    /// <summary>The command cvc5, another opinion on theorems.</summary>
    public static SolverKind Cvc5 { get; } = new("cvc5");

    /// <summary>More arguments, such as a theorem needs with this solver.</summary>
    public string Options { get; init; } = "";

    /// <summary>A process of it is worth keeping for the next text: it takes as long to start as many proofs.</summary>
    internal bool StaysWarm => Name == MicrosoftZ3.Name;

    /// <summary>The solver of this name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SolverKind Parse(string name) => name switch
    {
        "microsoft.z3" => MicrosoftZ3,
        "z3" => Z3,
        "cvc5" => Cvc5,
        _ => throw new ArgumentException($"no solver '{name}': there are microsoft.z3, z3 and cvc5", nameof(name)),
    };

    /// <summary>Which solver it is, its version, and where it was loaded from, in one line.</summary>
    /// <exception cref="SolverException">It cannot be run.</exception>
    public string Version()
    {
        using Process process = Start("--version");
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(VersionTimeout))
        {
            process.Kill(entireProcessTree: true);
            throw new SolverException($"the solver {Name} does not report its version within {VersionTimeout.TotalSeconds:0} s");
        }

        string line = output.Result.Split('\n')[0].Replace("This is ", "", StringComparison.Ordinal).Trim();
        if (process.ExitCode != 0 || line.Length == 0)
        {
            string reason = error.Result.Split('\n')[0].Trim();
            throw new SolverException(reason.Length > 0 ? reason : $"the solver {Name} does not report its version");
        }

        return StaysWarm ? line : $"{line} from {FullPath()}";
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

    /// <summary>Starts a process that reads SMT-LIB from its standard input, within limits.</summary>
    /// <exception cref="SolverException">It cannot be run.</exception>
    internal Process Start(SolverLimits limits)
    {
        string milliseconds = limits.Time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        return Start(Name switch
        {
            "microsoft.z3" => $"--time {milliseconds} --memory {limits.MemoryMegabytes}",
            "z3" => $"-in -smt2 -memory:{limits.MemoryMegabytes} -t:{milliseconds}",
            _ => $"--lang=smt2 --incremental --produce-models --tlimit-per={milliseconds} {Options}",
        });
    }

    private Process Start(string arguments)
    {
        (string file, string before) = StaysWarm ? OwnCommand() : (Name, "");
        ProcessStartInfo start = new(file, before + arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new SolverException($"the solver {Name} cannot be run: install it (Debian: apt-get install {Name})", exception);
        }
    }

    // The program that this is, if it is cmma itself; else cmma.dll in its folder, by the runtime that runs this.
    private static (string File, string Arguments) OwnCommand()
    {
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == OwnProgram)
        {
            return (Environment.ProcessPath!, "solver ");
        }

        string library = Path.Combine(AppContext.BaseDirectory, OwnProgram + ".dll");
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(library)
            ? (host, $"\"{library}\" solver ")
            : throw new SolverException($"the solver {MicrosoftZ3.Name} cannot be run: no {OwnProgram}.dll in {AppContext.BaseDirectory}");
    }

    private string FullPath() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, Name))
        .FirstOrDefault(File.Exists) ?? Name;
}

/// <summary>What one question may cost.</summary>
/// <param name="Time">Time for one answer.</param>
/// <param name="MemoryMegabytes">Memory of the solver.</param>
public sealed record SolverLimits(TimeSpan Time, int MemoryMegabytes)
{
    /// <summary>What it is told before anything else, in SMT-LIB.</summary>
    public string Options { get; init; } = "";

    /// <summary>A minute and two gigabytes.</summary>
    public static SolverLimits Usual { get; } = new(TimeSpan.FromSeconds(60), 2048);

    /// <summary>For a path: sums of a few symbols, without quantifiers. With these options Z3 needs half the time for them.</summary>
    public static SolverLimits Paths { get; } = Usual with { Options = "(set-option :smt.arith.solver 2)\n(set-option :smt.relevancy 0)" };

    /// <summary>What one question of a theorem may cost; all of them are answered much sooner.</summary>
    public static SolverLimits Theorem { get; } = new(TimeSpan.FromSeconds(120), 2048);

    /// <summary>How long beyond its time limit a solver may run before it is killed.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How much memory the process of a solver may use beyond the solver's own limit.</summary>
    public static int MegabytesOfProcess { get; } = 200;
}
