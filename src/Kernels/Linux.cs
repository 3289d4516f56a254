// SPDX-License-Identifier: MIT
namespace Cmma.Kernels;

/// <summary>The kernels of which there is a machine.</summary>
public static class Linux
{
    /// <summary>From the oldest to the newest.</summary>
    public static IReadOnlyList<LinuxVersion> Versions { get; } =
    [
        new("4.13", host => new Linux413(host)),
        new("4.18", host => new Linux418(host)),
        new("4.19", host => new Linux419(host)),
        new("5.10", host => new Linux510(host)),
        new("5.16", host => new Linux516(host)),
        new("6.1", host => new Linux61(host)),
        new("6.3", host => new Linux63(host)),
        new("6.4", host => new Linux64(host)),
        new("6.12", host => new Linux612(host)),
        new("7.0", host => new Linux70(host)),
        new("7.2", host => new Linux72(host)),
        new("7.3-rc1", host => new Linux73(host)),
    ];
}

/// <summary>A version of Linux.</summary>
/// <param name="Name">As in "6.12".</param>
/// <param name="NewVm">A new VM on a host with or without CMMA.</param>
public sealed record LinuxVersion(string Name, Func<bool, KernelVm> NewVm);
