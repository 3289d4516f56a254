// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Paths;

/// <summary>The state of a machine, in terms.</summary>
public sealed class MachineState
{
    /// <summary>The host can do CMMA.</summary>
    public Truth HostHasCmma { get; set; }

    /// <summary>vCPUs created so far.</summary>
    public Word VcpuCount { get; set; }

    /// <summary>CMMA is switched on for this VM.</summary>
    public Truth Enabled { get; set; }

    /// <summary>CMMA was ever used by this VM.</summary>
    public Truth Used { get; set; }

    /// <summary>Migration mode is on.</summary>
    public Truth Migrating { get; set; }

    /// <summary>The slots, in the order of their creation.</summary>
    public List<SlotState> Slots { get; } = [];

    /// <summary>Usage and no-DAT of each page.</summary>
    public OctetMap Attributes { get; } = new();

    /// <summary>What each page holds.</summary>
    public OctetMap Content { get; } = new();

    /// <summary>Whether the attributes of each page have to be sent.</summary>
    public TruthMap Dirty { get; } = new();

    /// <summary>
    /// What the ESSA that was begun last interrupted with: no operation but its end looks at it (<see cref="KnownCode"/>), so one value
    /// stands for all.
    /// </summary>
    public ProgramInterruption BegunInterruption { get; set; } = ProgramInterruption.Specification;

    /// <summary>What the ESSA that was begun last shows in r1.</summary>
    public Octet BegunR1 { get; set; }
}

/// <summary>A memory slot, in terms.</summary>
/// <param name="Id">The number that names it.</param>
/// <param name="BaseGfn">Its first page.</param>
/// <param name="Pages">How many pages.</param>
/// <param name="DirtyLog">Whether its dirty log is on.</param>
public sealed record SlotState(Word Id, Word BaseGfn, Word Pages, Truth DirtyLog);
