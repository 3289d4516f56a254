// SPDX-License-Identifier: MIT
namespace Cmma.Traces;

/// <summary>Something that an implementation must be able to do to run a trace. There are these and no others.</summary>
public sealed class Capability
{
    private static readonly List<Capability> Listed = []; // before those that list themselves in it

    private Capability(string name)
    {
        Name = name;
        Listed.Add(this);
    }

    /// <summary>An allocation in GET or SET that fails on demand.</summary>
    public static Capability AllocationFailure { get; } = new("allocation_failure");

    /// <summary>An argument struct that cannot be read or written.</summary>
    public static Capability BadArgument { get; } = new("bad_argument");

    /// <summary>A values buffer that faults.</summary>
    public static Capability BadBuffer { get; } = new("bad_buffer");

    /// <summary>A guest that executes ESSA.</summary>
    public static Capability Essa { get; } = new("essa");

    /// <summary>An ESSA in two steps with other operations between them.</summary>
    public static Capability EssaSteps { get; } = new("essa_steps");

    /// <summary>A slot that ends above 2^40 pages, or a page up there that the guest or the host reaches: no VM of a real host has so much.</summary>
    public static Capability HighMemory { get; } = new("high_memory");

    /// <summary>More than 2^16 pages in a slot or in all slots together.</summary>
    public static Capability LargeMemory { get; } = new("large_memory");

    /// <summary>More than 64 vCPUs: a host without the extended SCA has no more, and no host of KVM has 256.</summary>
    public static Capability ManyVcpus { get; } = new("many_vcpus");

    /// <summary>A slot that is moved to where it is: KVM takes a region that does not change as nothing to do, so no call says it.</summary>
    public static Capability MoveInPlace { get; } = new("move_in_place");

    /// <summary>A host without CMMA.</summary>
    public static Capability NoCmmaHost { get; } = new("no_cmma_host");

    /// <summary>ESSA with ORC 7: a guest whose machine has facility 147.</summary>
    public static Capability NoDat { get; } = new("no_dat");

    /// <summary>Paging a page out and in.</summary>
    public static Capability Residency { get; } = new("residency");

    /// <summary>An allocation in a slot operation that fails on demand.</summary>
    public static Capability SlotAllocationFailure { get; } = new("slot_allocation_failure");

    /// <summary>A slot whose base or page count is no multiple of 256: kernels before 7.1 refuse it.</summary>
    public static Capability UnalignedSlots { get; } = new("unaligned_slots");

    /// <summary>Creating a vCPU.</summary>
    public static Capability Vcpu { get; } = new("vcpu");

    /// <summary>ESSA with an ORC above 15: the instruction has four bits for it.</summary>
    public static Capability WideOrc { get; } = new("wide_orc");

    /// <summary>Every capability, sorted by name.</summary>
    public static IReadOnlyList<Capability> All { get; } = [.. Listed.OrderBy(capability => capability.Name, StringComparer.Ordinal)];

    /// <summary>What the reference offers: all but large memory, since it looks at every page one by one.</summary>
    public static IReadOnlyList<Capability> OfReference { get; } = [.. All.Where(capability => capability != LargeMemory)];

    /// <summary>The order of names, in which vectors list them.</summary>
    public static IComparer<Capability> ByName { get; } = Comparer<Capability>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

    /// <summary>How it is written.</summary>
    public string Name { get; }

    /// <summary>The capability of this name, or null.</summary>
    public static Capability? Find(string name) => Listed.Find(capability => string.Equals(capability.Name, name, StringComparison.Ordinal));

    /// <summary>Why a name is refused.</summary>
    public static string Unknown(string name) => $"there is no capability '{name}', only {string.Join(", ", All)}";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
