// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Cmma.Abi;

namespace Cmma.Proofs.Traces;

/// <summary>A state of numbers, to which a trace is sought.</summary>
public sealed class ConcreteState : IMachineState
{
    /// <summary>The host can do CMMA.</summary>
    public bool HostHasCmma { get; init; }

    /// <summary>vCPUs created so far.</summary>
    public ulong VcpuCount { get; init; }

    /// <summary>CMMA is switched on.</summary>
    public bool Enabled { get; init; }

    /// <summary>CMMA was ever used.</summary>
    public bool Used { get; init; }

    /// <summary>Migration mode is on.</summary>
    public bool Migrating { get; init; }

    /// <summary>The slots, in the order of their creation.</summary>
    public IReadOnlyList<Memslot> Slots { get; init; } = [];

    /// <summary>The pages.</summary>
    public IReadOnlyList<ConcretePage> Pages { get; init; } = [];

    /// <inheritdoc/>
    public PageState Page(ulong gfn)
    {
        foreach (ConcretePage page in Pages)
        {
            if (page.Gfn == gfn)
            {
                return page.State;
            }
        }

        return default;
    }

    /// <summary>The state that a machine shows: the pages of its slots, by ascending gfn.</summary>
    public static ConcreteState Of(IMachineState machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        List<ConcretePage> pages = [];
        foreach (Memslot slot in machine.Slots)
        {
            for (ulong gfn = slot.BaseGfn; gfn < slot.BaseGfn + slot.Pages; gfn++)
            {
                pages.Add(new ConcretePage(gfn, machine.Page(gfn)));
            }
        }

        return new ConcreteState
        {
            HostHasCmma = machine.HostHasCmma,
            VcpuCount = machine.VcpuCount,
            Enabled = machine.Enabled,
            Used = machine.Used,
            Migrating = machine.Migrating,
            Slots = [.. machine.Slots],
            Pages = pages,
        };
    }
}

/// <summary>One page.</summary>
/// <param name="Gfn">Where it is.</param>
/// <param name="State">Its state.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConcretePage(ulong Gfn, PageState State);
