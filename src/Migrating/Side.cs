// SPDX-License-Identifier: MIT
using System.Collections.Frozen;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Kernels;
using Cmma.Kernels.Bugs;

namespace Cmma.Migrating;

/// <summary>One side of a migration: an implementation whose known deviations can be switched off, if it is a kernel's machine.</summary>
public sealed class Side : IDisposable
{
    private readonly Func<bool, KernelVm>? newKernel;
    private readonly KnownBug? bug;

    private Side(IImplementation implementation, Func<bool, KernelVm>? newKernel, KnownBug? bug)
    {
        Implementation = implementation;
        this.newKernel = newKernel;
        this.bug = bug;
    }

    /// <summary>As it is.</summary>
    public IImplementation Implementation { get; }

    /// <summary>The side that an implementation is.</summary>
    public static Side Of(IImplementation implementation)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        string name = implementation.Name;
        KnownBug? known = name.StartsWith("bug:", StringComparison.Ordinal) ? Implementations.FindBug(name) : null;
        return new Side(implementation, Implementations.IsKernel(name) ? Implementations.FindKernel(name).NewVm : known?.NewVm, known);
    }

    /// <summary>The implementation without some of its deviations.</summary>
    /// <param name="deviations">By their numbers or the names of their facts.</param>
    /// <param name="met">Told each deviation that mattered in a run; null: nobody asks.</param>
    public IImplementation Without(FrozenSet<string> deviations, ISet<string>? met = null)
    {
        ArgumentNullException.ThrowIfNull(deviations);
        if (newKernel == null || (deviations.Count == 0 && met == null))
        {
            return Implementation;
        }

        Func<bool, KernelVm> newVm = bug != null && deviations.Contains(bug.Id) ? bug.NewCorrect : newKernel;
        if (bug != null)
        {
            met?.Add(bug.Id);
        }

        return Implementations.Kernel(Implementation.Name, host =>
        {
            KernelVm vm = newVm(host);
            vm.SwitchedOff = deviations;
            vm.Met = met;
            return vm;
        });
    }

    /// <inheritdoc/>
    public void Dispose() => Implementation.Dispose();
}
