using System.Collections.Generic;
using Cmma.Abi;
using Cmma.Conformance.Traces;

namespace Cmma.Conformance.Running;

/// <summary>Something that can be checked. The expected values are never shown to it.</summary>
public interface IImplementation
{
    /// <summary>The name that the user gave.</summary>
    string Name { get; }

    /// <summary>What it can do, see <see cref="Vectors.Capabilities"/>.</summary>
    IReadOnlyList<string> Capabilities { get; }

    /// <summary>A new VM.</summary>
    IRun NewVm(bool hostHasCmma);
}

/// <summary>One VM of an implementation.</summary>
public interface IRun
{
    /// <summary>Does an operation and tells what came back; never throws.</summary>
    Outcome Do(Operation operation);

    /// <summary>The whole state, where the implementation shows it: for comparison by `cmma fuzz`, not for verdicts.</summary>
    IMachineState? State => null;
}
