// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Kernels;
using Cmma.Reference;

namespace Cmma.Catalogue.Recordings;

/// <summary>
/// Where a recording does not show its kernel, because something stood in for a part of it. The rule is a machine with that stand-in: a
/// result that differs from the kernel's machine is explained where this machine gives exactly it.
/// </summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Kernel">The recording that it is for.</param>
/// <param name="Reason">What stood in for what.</param>
/// <param name="NewVm">The kernel's machine with the stand-in.</param>
public sealed record StandIn(string Name, string Kernel, string Reason, Func<bool, KernelVm> NewVm)
{
    /// <summary>All rules.</summary>
    public static IReadOnlyList<StandIn> All { get; } =
    [
        new("zeros-in-front-of-the-slots", "4.19",
            "GET without slots reads what the recording's own allocator has in front of them, sometimes zeros",
            host => new ZerosInFrontOfTheSlots(host)),
        new("clear-of-6.12", "6.3",
            "clear CMMA was done by 6.12's function",
            host => new ClearOf612(host)),
    ];

    private sealed class ZerosInFrontOfTheSlots(bool hostHasCmma) : Linux419(hostHasCmma)
    {
        protected override Errno GetWithoutSlots(ICaller caller, CmmaLog log) =>
            Answer(caller, log, startGfn: 0, values: [], remaining: Counter);
    }

    private sealed class ClearOf612(bool hostHasCmma) : Linux63(hostHasCmma)
    {
        protected override bool ClearKeepsNoDat => false;
    }
}
