// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Kernels;
using Cmma.Kernels.Bugs;
using Cmma.Mutants;
using Cmma.Optimized;
using Cmma.Outside;
using Cmma.Reference;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Catalogue;

/// <summary>The implementations that can be named on the command line.</summary>
public static class Implementations
{
    /// <summary>The names, for help.</summary>
    public const string Names = Inside + OutsideImplementations.Names;

    /// <summary>The names of those that can be asked anything, for help.</summary>
    public const string LiveNames = Inside + OutsideImplementations.Live;

    private const string Inside = "reference, optimized, kernel:VERSION, bug:ID, mutant:CLAUSE, ";

    /// <summary>The names of the kernels.</summary>
    public static string Kernels { get; } = string.Join(", ", Linux.Versions.Select(version => KernelPrefix + version.Name));

    private const string KernelPrefix = "kernel:";
    private const string BugPrefix = "bug:";

    /// <summary>Begins the name of a machine with one clause switched off.</summary>
    public const string MutantPrefix = "mutant:";

    /// <summary>Finds an implementation by the name that the user gave.</summary>
    /// <exception cref="InputException">There is none of this name.</exception>
    /// <exception cref="CouldNotRunException">It could not be run.</exception>
    public static IImplementation Find(string name, RunOptions? options = null) => name switch
    {
        "reference" => new MachineImplementation(name, Capability.OfReference, hostHasCmma => new ReferenceMachine(hostHasCmma)),
        "optimized" => new MachineImplementation(name, Capability.All, hostHasCmma => new OptimizedMachine(hostHasCmma)),
        _ when name.StartsWith(KernelPrefix, StringComparison.Ordinal) => Kernel(name, FindKernel(name).NewVm),
        _ when name.StartsWith(BugPrefix, StringComparison.Ordinal) => Kernel(name, FindBug(name).NewVm),
        _ when name.StartsWith(MutantPrefix, StringComparison.Ordinal) => Mutant(FindMutant(name)),
        _ when OutsideImplementations.Find(name, options ?? RunOptions.Default) is { } outside => outside,
        _ => throw new InputException($"unknown implementation '{name}'{Meant(name)}; there are: {Names}"),
    };

    private static string Meant(string name)
    {
        if (name is "exec:" or "native:" or "replay:")
        {
            return $": a {(name == "exec:" ? "command" : "file")} has to stand behind the colon";
        }

        if (name.Contains(' ', StringComparison.Ordinal) && !File.Exists(name))
        {
            return $" (did you mean 'exec:{name}'?)";
        }

        if (!File.Exists(name))
        {
            return Nearest.Suggestion(name, ["reference", "optimized", .. Linux.Versions.Select(version => KernelPrefix + version.Name), .. KnownBugs.All.Select(bug => BugPrefix + bug.Id), .. ClauseMutants.All.Select(mutant => MutantPrefix + mutant.Id)]);
        }

        string kind = Path.GetExtension(name) switch { ".so" or ".dll" or ".dylib" => "native", ".jsonl" => "replay", _ => "exec" };
        return $" (did you mean '{kind}:{(kind == "exec" && !name.Contains('/', StringComparison.Ordinal) ? $"./{name}" : name)}'?)"; // a shell looks for it in PATH
    }

    /// <summary>Finds a kernel by the name that the user gave.</summary>
    /// <exception cref="InputException">There is none of this name.</exception>
    public static LinuxVersion FindKernel(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Linux.Versions.FirstOrDefault(version => name == KernelPrefix + version.Name)
            ?? throw new InputException($"unknown kernel '{name}'; there are: {Kernels}");
    }

    /// <summary>Whether a name is that of a kernel, known or not.</summary>
    public static bool IsKernel(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(KernelPrefix, StringComparison.Ordinal);
    }

    /// <summary>Finds a known bug by the name that the user gave.</summary>
    /// <exception cref="InputException">There is no machine of this name; the message has the reason where there is one.</exception>
    public static KnownBug FindBug(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        OtherBug? other = OtherBugs.All.FirstOrDefault(bug => name == BugPrefix + bug.Id);
        return KnownBugs.All.FirstOrDefault(bug => name == BugPrefix + bug.Id)
            ?? throw new InputException(other != null
                ? $"there is no machine of {other.Id} ({other.Name}): {other.Reason}"
                : $"unknown bug '{name}'; there are: {string.Join(", ", KnownBugs.All.Select(bug => BugPrefix + bug.Id))}");
    }

    /// <summary>The machine of a clause's mutant.</summary>
    public static MachineImplementation Mutant(ClauseMutant mutant)
    {
        ArgumentNullException.ThrowIfNull(mutant);
        return new MachineImplementation(MutantPrefix + mutant.Id, Capability.OfReference, mutant.NewMachine);
    }

    private static ClauseMutant FindMutant(string name) => ClauseMutants.All.FirstOrDefault(mutant => name == MutantPrefix + mutant.Id)
        ?? throw new InputException($"there is no machine of {name[MutantPrefix.Length..]}{Nearest.Suggestion(name[MutantPrefix.Length..], ClauseMutants.All.Select(mutant => mutant.Id))}: "
            + "the clause has no mutant in mutation/clauses.json, or one that only threads or the numbers of the ioctls show");

    /// <summary>A machine of a kernel, or of a known bug, under this name.</summary>
    public static MachineImplementation Kernel(string name, Func<bool, KernelVm> newVm)
    {
        ArgumentNullException.ThrowIfNull(newVm);
        bool unaligned = newVm(true).TakesUnalignedSlots;
        Capability[] capabilities = [.. Capability.OfReference.Where(capability => unaligned || capability != Capability.UnalignedSlots)];
        return new MachineImplementation(name, capabilities, hostHasCmma => new ReferenceMachine(newVm(hostHasCmma)));
    }
}
