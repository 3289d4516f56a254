using System.Collections.Generic;

namespace Cmma.Kernels.Bugs;

/// <summary>The known bugs that the interface of machines cannot show.</summary>
public static class OtherBugs
{
    private const string Threads = "needs calls at the same time; a machine does one after another";
    private const string HostMemory = "happens to memory of the host or the guest, which a machine does not have";

    /// <summary>All of them, in the order of their numbers.</summary>
    public static IReadOnlyList<OtherBug> All { get; } =
    [
        new("B1", "ioctl-number", "a machine is called by operation, not by number; ABI-3 and ABI-4 say the numbers"),
        new("B4", "no-lock-bitmap", Threads),
        new("B9", "approximate-index", "the entry that is read behind the slots is all zeros, and the answer right"),
        new("B10", "hugetlb-vma", HostMemory),
        new("B11", "hpage-exclusion", "needs huge pages, which the contract leaves out"),
        new("B16", "zap-swapped", HostMemory),
        new("B17", "cbrl-zap-check", HostMemory),
        new("B19", "clear-unlocked", Threads),
        new("B20a", "counter-vs-bits",
            "needs pages that the guest has not touched, and creating a slot stands for touching them; kernel:7.0 has it"),
        new("B20c", "stop-keeps-dirty", "start sets marks and counter anew, so that nobody sees what stop left"),
        new("B20d", "start-late-flag", Threads),
        new("B24", "essa-race", "needs an ESSA in two steps with a GET or a stop between them"),
        new("B27", "stop-needless-walk", "takes time and changes nothing"),
        new("B29", "cbrl-gpa-as-hva", HostMemory),
        new("B30", "page-unused", HostMemory),
        new("B31", "slot-outside-asce", "needs a limit of the VM's memory, which the contract leaves out"),
        new("L4", "essa-while-migrating", "the contract does so too: hazard H3"),
        new("L5", "marks-lost-with-buffer", "the contract does so too: hazard H1"),
        new("L11", "large-leaf", "needs huge pages, which the contract leaves out"),
        new("L12", "essa-against-flags", Threads),
        new("L13", "essa-against-stop", Threads),
        new("L15", "stop-by-failed-slot", "needs a slot operation that fails after all its checks"),
        new("L16", "unbounded-scan", "takes time and changes nothing"),
        new("L18", "used-by-process", "needs a second VM in the same process; a run is one VM"),
    ];
}
