// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>A machine inside this program.</summary>
/// <param name="name">The name that the user gave.</param>
/// <param name="capabilities">What it can do.</param>
/// <param name="newMachine">Makes a new VM on a host with or without CMMA.</param>
public sealed class MachineImplementation(string name, IReadOnlyList<Capability> capabilities, Func<bool, IMachine> newMachine) : IImplementation
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public IReadOnlyList<Capability> Capabilities { get; } = capabilities;

    /// <inheritdoc/>
    public IRun NewVm(bool hostHasCmma) => new Run(NewMachine(hostHasCmma));

    /// <summary>A new VM, to be called from many threads.</summary>
    public IMachine NewMachine(bool hostHasCmma) => newMachine(hostHasCmma);

    private sealed class Run(IMachine machine) : IRun
    {
        public IMachineState? State => machine as IMachineState;

        public Outcome Do(Operation operation) => Runner.Run(machine, operation);

        public void Dispose() => (machine as IDisposable)?.Dispose();
    }
}
