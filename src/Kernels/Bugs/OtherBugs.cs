using System.Collections.Generic;

namespace Cmma.Kernels.Bugs;

/// <summary>The known bugs that the interface of machines cannot show.</summary>
public static class OtherBugs
{
    private const string HostMemory = "happens to memory of the host or the guest, which a machine does not have";

    /// <summary>All of them, in the order of their numbers.</summary>
    public static IReadOnlyList<OtherBug> All { get; } =
    [
        new("B1", "ioctl-number", "949c03369486", "4.13-rc",
            "a machine is called by operation, not by number; ABI-3 and ABI-4 say the numbers"),
        new("B9", "approximate-index", "97daa028f3f6", "4.19 to 5.6",
            "the entry that is read behind the slots is all zeros, and the answer right"),
        new("B10", "hugetlb-vma", "fe3d10024073", "4.12 to 5.15", HostMemory),
        new("B11", "hpage-exclusion", "", "7.0 and later", "needs huge pages, which the contract leaves out"),
        new("B16", "zap-swapped", "5deafa27d9ae", "6.16 to 6.17", HostMemory),
        new("B17", "cbrl-zap-check", "", "6.16 to 6.19", HostMemory),
        new("B19", "clear-unlocked", "9b0bf9b93cbf", "7.0 to 7.1",
            "needs a slot that changes in the middle of a clear; only ESSA is in two steps"),
        new("B20a", "counter-vs-bits", "6cfd47f91f6a", "7.0 to 7.1",
            "needs pages that the guest has not touched, and creating a slot stands for touching them; kernel:7.0 has it"),
        new("B20c", "stop-keeps-dirty", "6cfd47f91f6a", "7.0 to 7.1",
            "start sets marks and counter anew, so that nobody sees what stop left"),
        new("B20d", "start-late-flag", "6cfd47f91f6a", "7.0 to 7.1",
            "needs an ESSA in the middle of a start; only ESSA is in two steps"),
        new("B27", "stop-needless-walk", "9489220fe0e6", "7.2-rc", "takes time and changes nothing"),
        new("B29", "cbrl-gpa-as-hva", "ca42c16638d5", "7.0", HostMemory),
        new("B30", "page-unused", "d4bb00704a66", "before 7.2", HostMemory),
        new("B31", "slot-outside-asce", "", "7.0", "needs a limit of the VM's memory, which the contract leaves out"),
        new("L4", "essa-while-migrating", "", "4.13 and later", "the contract does so too: hazard H3"),
        new("L5", "marks-lost-with-buffer", "", "4.13 and later", "the contract does so too: hazard H1"),
        new("L11", "large-leaf", "", "7.0 and later", "needs huge pages, which the contract leaves out"),
        new("L15", "stop-by-failed-slot", "", "6.3 and later", "needs a slot operation that fails after all its checks"),
        new("L16", "unbounded-scan", "", "7.0 and later", "takes time and changes nothing"),
        new("L18", "used-by-process", "", "4.13 to 6.19", "needs a second VM in the same process; a run is one VM"),
    ];
}
