using Cmma.Conformance.Vectors;
using Cmma.Optimized;
using Cmma.Reference;

namespace Cmma.Conformance.Running;

/// <summary>The implementations that can be named on the command line.</summary>
public static class Implementations
{
    /// <summary>The names, for help.</summary>
    public const string Names = "reference, optimized";

    /// <summary>Finds an implementation by the name that the user gave.</summary>
    /// <exception cref="InputException">There is none of this name.</exception>
    public static IImplementation Find(string name) => name switch
    {
        "reference" => new MachineImplementation(name, Capabilities.Reference, hostHasCmma => new ReferenceMachine(hostHasCmma)),
        "optimized" => new MachineImplementation(name, Capabilities.All, hostHasCmma => new OptimizedMachine(hostHasCmma)),
        _ => throw new InputException($"unknown implementation '{name}'; there is: {Names}"),
    };
}
