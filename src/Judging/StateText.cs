// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>A part of a machine's state in a few words.</summary>
public static class StateText
{
    private static readonly string[] UsageWords = ["stable", "unused", "potentially volatile", "volatile"];

    /// <summary>A slot in a few words.</summary>
    public static string Of(Memslot slot) =>
        $"slot {slot.Id}: gfn {TraceWriter.Hex(slot.BaseGfn)}, {slot.Pages} pages, dirty log {(slot.DirtyLog ? "on" : "off")}";

    /// <summary>A page in a few words: usage, no-DAT, content, whether it is dirty.</summary>
    public static string Of(PageState page)
    {
        int unknown = page.Attributes & ~PageAttributes.All;
        string usage = UsageWords[page.Attributes & PageAttributes.UsageMask];
        string content = page.Content switch { PageContent.Resident => "resident", PageContent.Preserved => "evicted", _ => "logically zero" };
        return $"{usage}{((page.Attributes & PageAttributes.NoDat) != 0 ? " no-DAT" : "")}{(unknown != 0 ? $" with bits 0x{unknown:x2}" : "")}, {content}, {(page.Dirty ? "dirty" : "clean")}";
    }
}
