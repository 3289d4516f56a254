using System;
using System.Linq;
using Cmma.Conformance.Vectors;
using Cmma.Kernels;
using Cmma.Optimized;
using Cmma.Reference;

namespace Cmma.Conformance.Running;

/// <summary>The implementations that can be named on the command line.</summary>
public static class Implementations
{
    /// <summary>The names, for help.</summary>
    public const string Names = "reference, optimized, kernel:VERSION";

    private const string KernelPrefix = "kernel:";

    /// <summary>Finds an implementation by the name that the user gave.</summary>
    /// <exception cref="InputException">There is none of this name.</exception>
    public static IImplementation Find(string name) => name switch
    {
        "reference" => new MachineImplementation(name, Capabilities.Reference, hostHasCmma => new ReferenceMachine(hostHasCmma)),
        "optimized" => new MachineImplementation(name, Capabilities.All, hostHasCmma => new OptimizedMachine(hostHasCmma)),
        _ when name.StartsWith(KernelPrefix, StringComparison.Ordinal) => Kernel(name),
        _ => throw new InputException($"unknown implementation '{name}'; there is: {Names}"),
    };

    /// <summary>Finds a kernel by the name that the user gave.</summary>
    /// <exception cref="InputException">There is none of this name.</exception>
    public static LinuxVersion FindKernel(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Linux.Versions.FirstOrDefault(version => name == KernelPrefix + version.Name)
            ?? throw new InputException($"unknown kernel '{name}'; there is: {string.Join(", ", Linux.Versions.Select(version => KernelPrefix + version.Name))}");
    }

    private static MachineImplementation Kernel(string name)
    {
        LinuxVersion version = FindKernel(name);
        return new MachineImplementation(name, Capabilities.Reference, hostHasCmma => new ReferenceMachine(version.NewVm(hostHasCmma)));
    }
}
