// SPDX-License-Identifier: MIT
namespace Cmma.Kernels.Bugs;

/// <summary>The known bugs that the interface of machines cannot show.</summary>
public static class OtherBugs
{
    private const string GuestMemory =
        "happens to the bytes in the guest's pages; to be added: the content of each page, and a guest that reads and writes it";
    private const string HugePages = "to be added: huge pages as the backing of a slot, which the contract leaves out";
    private const string TakesTime = "takes time and changes no answer; to be added: the time that a call takes, or holds a lock";

    /// <summary>All of them, in the order of their numbers.</summary>
    public static IReadOnlyList<OtherBug> All { get; } =
    [
        new("B1", "ioctl-number", "949c03369486", "4.13-rc",
            "a machine is called by operation, and ABI-3 and ABI-4 say the numbers; to be added: the number of the ioctl as an input of GET"),
        new("B9", "approximate-index", "97daa028f3f6", "4.19 to 5.6",
            "the entry that is read behind the slots is all zeros, and the answer right; to be added: what lies in memory behind the list of slots"),
        new("B10", "hugetlb-vma", "fe3d10024073", "4.12 to 5.15",
            "writes page tables of the host outside its mappings; to be added: the host's mappings behind a slot, also none and huge ones"),
        new("B11", "hpage-exclusion", "", "7.0 and later", HugePages + ", and the error of enable for them"),
        new("B16", "zap-swapped", "5deafa27d9ae", "6.16 to 6.17", GuestMemory),
        new("B17", "cbrl-zap-check", "", "6.16 to 6.19", GuestMemory),
        new("B19", "clear-unlocked", "9b0bf9b93cbf", "7.0 to 7.1",
            "needs a slot that changes in the middle of a clear; to be added: a clear in two steps, as ESSA is"),
        new("B20a", "counter-vs-bits", "6cfd47f91f6a", "7.0 to 7.1",
            "creating a slot stands for touching its pages, and the bug needs pages that nobody touched; to be added: a slot without that (kernel:7.0 has the bug, and the recordings show it)"),
        new("B20c", "stop-keeps-dirty", "6cfd47f91f6a", "7.0 to 7.1",
            "start sets marks and counter anew, so that no answer shows what stop left; to be added: a look at marks while migration mode is off (kernel:7.0 has the bug)"),
        new("B20d", "start-late-flag", "6cfd47f91f6a", "7.0 to 7.1",
            "needs a page first touched, and an ESSA on it, in the middle of a start; to be added: a start in two steps, as ESSA is"),
        new("B27", "stop-needless-walk", "9489220fe0e6", "7.2-rc", TakesTime),
        new("B29", "cbrl-gpa-as-hva", "ca42c16638d5", "7.0", GuestMemory),
        new("B30", "page-unused", "d4bb00704a66", "before 7.2", GuestMemory),
        new("B31", "slot-outside-asce", "", "7.0", "needs a limit of the VM's memory, which the contract leaves out; to be added: that limit as an input of a new VM"),
        new("L4", "essa-while-migrating", "", "4.13 and later", "the contract does so too: hazard H3; to be added: a contract in which ESSA while migrating sets Used"),
        new("L5", "marks-lost-with-buffer", "", "4.13 and later", "the contract does so too: hazard H1; to be added: a contract in which the marks stay until the answer is written"),
        new("L11", "large-leaf", "", "7.0 and later", HugePages),
        new("L16", "unbounded-scan", "", "7.0 and later", TakesTime),
        new("L18", "used-by-process", "", "4.13 to 6.19", "needs a second VM in the same process, and a run is one VM; to be added: a trace with two VMs"),
        new("L20", "reset-while-migrating", "", "QEMU, with 4.13 and later",
            "a mistake of the caller: it clears while migrating, and the contract does not send that again either (hazard H2; L7 is the kernels' part); to be added: nothing, `./cmma migrate` with the consumer qemu shows it"),
    ];
}
