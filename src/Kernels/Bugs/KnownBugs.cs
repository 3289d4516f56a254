// SPDX-License-Identifier: MIT
namespace Cmma.Kernels.Bugs;

/// <summary>The known bugs that the interface of machines can show.</summary>
public static class KnownBugs
{
    private static readonly Func<bool, KernelVm> Mended418 = host => new MendedLinux418(host);
    private static readonly Func<bool, KernelVm> Mended612 = host => new MendedLinux612(host);
    private static readonly Func<bool, KernelVm> Mended72 = host => new MendedLinux72(host);
    private static readonly Func<bool, KernelVm> Linux418 = host => new Linux418(host);
    private static readonly Func<bool, KernelVm> Linux516 = host => new Linux516(host);
    private static readonly Func<bool, KernelVm> Linux612 = host => new Linux612(host);
    private static readonly Func<bool, KernelVm> Linux72 = host => new Linux72(host);

    /// <summary>All of them, in the order of their numbers.</summary>
    public static IReadOnlyList<KnownBug> All { get; } = [.. InBitmaps(), .. InPageTables(), .. Latent()];

    private static IEnumerable<KnownBug> InBitmaps() =>
    [
        new("B2", "bitmap-from-lowest-slot", "32aa144fc32a", "4.13 to 4.15-rc6",
            "Pages above the end of the lowest slot are never found by GET.",
            ["START-MIGRATION-1", "GET-BLOCK-1"], "G9", "4.18", Linux418, host => new B2(host)),
        new("B3", "hotplug-overrun", "c2cf265d8608", "4.13 to 4.15-rc6",
            "ESSA on a page of a slot that was created while migrating sets a bit behind the bitmap; far enough behind, the host crashes.",
            ["ESSA-R1", "ESSA-DIRTY-1"], "", "4.18", Linux418, host => new B3(host)),
        new("B4", "no-lock-bitmap", "1de1ea7efeb9", "4.13 to 4.15",
            "ESSA beside a stop marks its page in a bitmap that stop has freed.",
            ["ESSA-STEPS-2"], "", "4.18 without L13", Mended418, host => new B4(host)),
        new("B5", "no-nodat", "1bab1c02aff7", "4.13",
            "The no-DAT attribute is lost in a migration.",
            ["ABI-7", "SET-MASK-1", "ESSA-ORC-7"], "G10", "4.18", Linux418, host => new B5(host)),
        new("B6", "gfn-bitmap-holes", "afdad61615cc", "4.13 to 4.18",
            "A block or a PEEK that reaches a hole is EFAULT, the marks of the block are lost, and holes count as dirty.",
            ["GET-BLOCK-5", "PEEK-2", "START-MIGRATION-1"], "G1", "5.16", Linux516, host => new B6(host)),
        new("B7", "start-null-bitmap", "13a17cc0526f", "4.19 to 5.3",
            "Start with a slot without dirty log crashes the host.",
            ["START-MIGRATION-CHECK-4"], "", "5.16", Linux516, host => new B7(host)),
        new("B8", "empty-memslots", "0774a964ef56", "4.19 to 5.5",
            "GET after the last slot has gone reads in front of the list of slots.",
            ["GET-CHECK-6"], "", "6.12 with L3 only", host => new L3(host), host => new B8(host)),
        new("B12", "migration-without-dirty-log", "f2d3155e2a6b", "4.19 to 6.2",
            "Migration mode stays on when a slot has no dirty log, and the host then crashes.",
            ["SET-SLOT-FLAGS-2", "CREATE-SLOT-2"], "", "6.12", Linux612, host => new B12(host)),
        new("B13", "below-lowest-slot", "285cff4c0454", "5.7 to 6.4",
            "GET from below the lowest slot passes over that slot.",
            ["GET-BLOCK-1"], "G3", "6.12", Linux612, host => new B13(host)),
        new("B14", "hole-skips-slot", "285cff4c0454", "5.17 to 6.4",
            "GET from a hole may pass over the slot above it.",
            ["GET-BLOCK-1"], "G3", "6.12", Linux612, host => new B14(host)),
        new("B15", "clear-keeps-nodat", "27072b8e18a7", "4.14 to 6.6",
            "Clear CMMA leaves the no-DAT attribute.",
            ["CLEAR-CMMA-1"], "", "6.12", Linux612, host => new B15(host)),
    ];

    private static IEnumerable<KnownBug> InPageTables() =>
    [
        new("B18", "peek-underflow", "7a386efcb2bf", "7.0 to 7.1",
            "PEEK of a page that does not exist answers a count that wrapped round below 0, and copies so many bytes.",
            ["PEEK-CHECK-1"], "G12", "7.2", Linux72, host => new B18(host)),
        new("B20b", "no-wrap", "6cfd47f91f6a", "7.0 to 7.1",
            "GET does not find dirty pages below its start.",
            ["GET-BLOCK-2"], "G3", "7.2", Linux72, host => new B20B(host)),
        new("B21", "uninitialized-buffer", "c7dda3d0f869", "7.0 to 7.1",
            "The bytes of clean pages in a block are old kernel memory.",
            ["GET-BLOCK-7"], "G11", "7.2", Linux72, host => new B21(host)),
        new("B21b", "gap-zero", "", "7.0 and later",
            "The bytes of clean pages in a block are zeros, whatever their attributes.",
            ["GET-BLOCK-7"], "G10", "7.2 without its latent defects", Mended72, host => new L6(host)),
        new("B22", "set-without-memory", "babe08404e19", "7.0 to 7.1",
            "SET answers success when its allocation failed.",
            ["SET-CHECK-6"], "", "7.2", Linux72, host => new B22(host)),
        new("B23", "leaked-addressing-exception", "d699986f11bf", "7.0 to 7.1",
            "SET of a page that does not exist answers 5, which is no error.",
            ["SET-WALK-1"], "", "7.2", Linux72, host => new B23(host)),
        new("B24", "essa-race", "4db720705287", "7.0 to 7.1",
            "A GET beside an ESSA meets a mark that is not counted yet: it finds nothing, or remaining becomes 2^64 - 1.",
            ["ESSA-STEPS-1", "GET-ANSWER-3"], "G1", "7.2", Linux72, host => new B24(host)),
        new("B25", "delete-keeps-counter", "ec2153462705", "7.0 to 7.1",
            "The dirty pages of a slot that was deleted or moved stay in remaining.",
            ["DELETE-SLOT-1", "GET-ANSWER-3"], "G1", "7.2", Linux72, host => new B25(host)),
        new("B25v", "double-decrement", "", "never merged: the first version of ec2153462705",
            "The dirty pages of a slot that was deleted and created again leave remaining twice.",
            ["DELETE-SLOT-1", "CREATE-SLOT-1", "GET-ANSWER-3"], "G1", "7.2", Linux72, host => new B25V(host)),
        new("B26", "walk-goes-on", "4d4a21e38f1b", "7.0 to 7.1",
            "PEEK goes on behind a hole that is smaller than a page table.",
            ["PEEK-2"], "", "7.2", Linux72, host => new B26(host)),
        new("B28", "zero-bit", "9029496abfae", "7.0",
            "A page that was discarded, touched and paged out is logically zero again for an ESSA while migrating.",
            ["ESSA-R1", "EVICT-1"], "", "7.2", Linux72, host => new B28(host)),
        new("B33", "slot-enomem", "19192a404327", "7.0 to 7.3-rc5",
            "A slot operation that finds no memory answers success, and the page tables stay as they are.",
            ["CREATE-SLOT-CHECK-5", "MOVE-SLOT-CHECK-4", "DELETE-SLOT-3"], "G2", "7.2 without its latent defects", Mended72, host => new B33(host)),
        new("B34v", "counter-survives-restart", "", "never merged: the fourth version of 6cfd47f91f6a",
            "Pages that lose their marks between a stop and a start are counted twice in remaining.",
            ["STOP-MIGRATION-2", "START-MIGRATION-1", "GET-ANSWER-3"], "G1", "7.2", Linux72, host => new B34V(host)),
    ];

    private static IEnumerable<KnownBug> Latent() =>
    [
        new("L1", "uneven-gaps", "", "4.13 to 6.19",
            "Sixteen clean pages are bridged after the second dirty page of a block, and a clean byte can end a block.",
            ["GET-BLOCK-3", "GET-BLOCK-4"], "G4", "6.12 without its latent defects", Mended612, host => new L1(host)),
        new("L2", "get-without-slots", "", "5.6 to 6.19",
            "GET after the last slot has gone answers the caller's own count of bytes of old kernel memory.",
            ["GET-CHECK-6"], "G1", "6.12 with L3 only", host => new L3(host), host => new L2(host)),
        new("L3", "delete-keeps-counter", "", "4.19 to 6.19",
            "The dirty pages of a slot that was deleted stay in remaining.",
            ["DELETE-SLOT-1", "GET-ANSWER-3"], "G1", "6.12 without its latent defects", Mended612, host => new L3(host)),
        new("L6", "gap-zero", "", "7.0 and later",
            "The same as B21b.",
            ["GET-BLOCK-7"], "G10", "7.2 without its latent defects", Mended72, host => new L6(host)),
        new("L7", "clear-loses-marks", "", "7.0 and later",
            "Clear CMMA takes the dirty marks away, and leaves them in remaining.",
            ["CLEAR-CMMA-2", "GET-ANSWER-3"], "G1", "7.2 without its latent defects", Mended72, host => new L7(host)),
        new("L8", "set-clears-outside-mask", "", "7.0 and later",
            "SET clears the attributes that its mask does not select.",
            ["SET-MASK-1"], "", "7.2 without its latent defects", Mended72, host => new L8(host)),
        new("L9", "set-looks-for-tables", "", "7.0 and later",
            "SET that reaches a hole sets nothing, or passes over it; and it does nothing where start and count wrap round.",
            ["SET-WALK-1", "SET-WALK-2"], "", "7.2 without its latent defects", Mended72, host => new L9(host)),
        new("L10", "essa-looks-for-tables", "", "7.0 and later",
            "While migrating, ESSA of a page that does not exist is no addressing exception, and an ESSA on a discarded page makes it preserved unless it discards it again.",
            ["ESSA-CHECK-3", "ESSA-ORC-0", "ESSA-ORC-1", "ESSA-ORC-4", "ESSA-ORC-5", "ESSA-ORC-6", "ESSA-ORC-7"], "", "7.2 without its latent defects", Mended72, host => new L10(host)),
        new("L12", "essa-against-flags", "", "4.19 to 6.19",
            "ESSA beside a change of its slot's flags looks for a bitmap that has gone with the dirty log, and crashes the host.",
            ["ESSA-STEPS-2"], "", "6.12 without its latent defects", Mended612, host => new L12(host)),
        new("L13", "essa-against-stop", "", "4.13 to 4.18",
            "ESSA beside a stop looks for a bitmap that is not there any more, and crashes the host.",
            ["ESSA-STEPS-2"], "", "4.18 without L13", Mended418, host => new L13(host)),
        new("L14", "small-holes", "", "7.0 and later",
            "A block spans a hole of up to sixteen pages, and attributes can outlive their slot.",
            ["GET-BLOCK-5", "CREATE-SLOT-1"], "G4", "7.2 without its latent defects", Mended72, host => new L14(host)),
        new("L15", "stop-by-failed-slot", "", "6.3 to 6.19",
            "A slot without dirty log that is created or moved stops migration mode, and then finds no memory. 7.3-rc6 does so too.",
            ["CREATE-SLOT-CHECK-5", "MOVE-SLOT-CHECK-4"], "G7", "6.12 without its latent defects", Mended612, host => new L15(host)),
        new("L17", "start-before-enable", "", "4.13 to 4.14, 4.19 to 6.19",
            "Start before enable takes a slot without dirty log, and ESSA on it then crashes the host.",
            ["START-MIGRATION-CHECK-3", "ESSA-DIRTY-1"], "", "6.12 without its latent defects", Mended612, host => new L17(host)),
        new("L19", "essa-marks-after-stop", "", "7.2 and later",
            "ESSA beside a stop marks its page when migration mode is off; after a clear and a new start remaining is one too many for ever.",
            ["STOP-MIGRATION-2", "START-MIGRATION-1", "GET-ANSWER-3"], "G1", "7.2 with L7 only", host => new L7(host), host => new L19(host)),
    ];
}
