// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating.Tests;

/// <summary>An implementation that shows no state, as those outside this program do.</summary>
internal sealed class Blind(string name) : IImplementation
{
    private readonly IImplementation seeing = Implementations.Find(name);

    public string Name => "exec:blind";

    public IReadOnlyList<Capability> Capabilities => seeing.Capabilities;

    public IRun NewVm(bool hostHasCmma) => new Run(seeing.NewVm(hostHasCmma));

    private sealed class Run(IRun vm) : IRun
    {
        public IMachineState? State => null;

        public Outcome Do(Operation operation) => vm.Do(operation);
    }
}
