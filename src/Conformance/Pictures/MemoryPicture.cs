using System;
using System.Collections.Generic;
using System.Linq;
using Cmma.Abi;
using Cmma.Conformance.Traces;

namespace Cmma.Conformance.Pictures;

/// <summary>Memory as rows of characters, a character a page.</summary>
public static class MemoryPicture
{
    /// <summary>What the characters mean.</summary>
    public const string Legend =
        "usage . stable  u unused  p potentially volatile  v volatile; with no-DAT N U P V | dirty *  clean . | content r resident  e evicted (preserved)  z logically zero";

    private const int RowPages = 64;

    private static readonly string[] UsageWords = ["stable", "unused", "potentially volatile", "volatile"];

    /// <summary>The rows of every slot; rows that repeat are drawn once.</summary>
    public static IReadOnlyList<string> Draw(IMachineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        List<string> lines = [Flags(state)];
        if (state.Slots.Count == 0)
        {
            lines.Add("no slots");
        }

        foreach (Memslot slot in state.Slots)
        {
            lines.Add(Words(slot));
            DrawSlot(lines, state, slot);
        }

        return lines;
    }

    /// <summary>The state beside memory, in one line.</summary>
    public static string Flags(IMachineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return $"enabled {YesNo(state.Enabled)}, used {YesNo(state.Used)}, migrating {YesNo(state.Migrating)}, vCPUs {state.VcpuCount}";
    }

    /// <summary>A slot in a few words.</summary>
    public static string Words(Memslot slot) =>
        $"slot {slot.Id}: gfn {TraceWriter.Hex(slot.BaseGfn)}, {slot.Pages} pages, dirty log {(slot.DirtyLog ? "on" : "off")}";

    /// <summary>A page in a few words: usage, no-DAT, content, whether it is dirty.</summary>
    public static string Words(PageState page)
    {
        int unknown = page.Attributes & ~PageAttributes.All;
        string usage = UsageWords[page.Attributes & PageAttributes.UsageMask];
        string content = page.Content switch { PageContent.Resident => "resident", PageContent.Preserved => "evicted", _ => "logically zero" };
        return $"{usage}{((page.Attributes & PageAttributes.NoDat) != 0 ? " no-DAT" : "")}{(unknown != 0 ? $" with bits 0x{unknown:x2}" : "")}, {content}, {(page.Dirty ? "dirty" : "clean")}";
    }

    private static void DrawSlot(List<string> lines, IMachineState state, Memslot slot)
    {
        Row? last = null;
        int repeated = 0;
        for (ulong offset = 0; offset < slot.Pages; offset += RowPages)
        {
            Row row = RowAt(state, slot.BaseGfn + offset, (int)Math.Min(RowPages, slot.Pages - offset));
            if (row == last)
            {
                repeated++;
                continue;
            }

            AddRepeated(lines, repeated);
            repeated = 0;
            last = row;
            AddRow(lines, slot.BaseGfn + offset, row);
        }

        AddRepeated(lines, repeated);
    }

    private static Row RowAt(IMachineState state, ulong gfn, int pages)
    {
        PageState[] states = [.. Enumerable.Range(0, pages).Select(page => state.Page(gfn + (ulong)page))];
        return new Row(
            string.Concat(states.Select(Usage)),
            string.Concat(states.Select(page => page.Dirty ? '*' : '.')),
            string.Concat(states.Select(Content)));
    }

    private static void AddRow(List<string> lines, ulong gfn, Row row)
    {
        string margin = $"  {TraceWriter.Hex(gfn),-18} ";
        lines.Add($"{margin}usage   {row.UsageRow}");
        string indent = new(' ', margin.Length);
        if (row.DirtyRow.Contains('*', StringComparison.Ordinal))
        {
            lines.Add($"{indent}dirty   {row.DirtyRow}");
        }

        if (row.ContentRow.AsSpan().ContainsAnyExcept('r'))
        {
            lines.Add($"{indent}content {row.ContentRow}");
        }
    }

    private static void AddRepeated(List<string> lines, int repeated)
    {
        if (repeated > 0)
        {
            lines.Add($"  ... and {repeated} more row(s) like this");
        }
    }

    private static char Usage(PageState page)
    {
        string characters = (page.Attributes & PageAttributes.NoDat) == 0 ? ".upv" : "NUPV";
        return characters[page.Attributes & PageAttributes.UsageMask];
    }

    private static char Content(PageState page) => page.Content switch
    {
        PageContent.Resident => 'r',
        PageContent.Preserved => 'e',
        _ => 'z',
    };

    private static string YesNo(bool value) => value ? "yes" : "no";

    private sealed record Row(string UsageRow, string DirtyRow, string ContentRow);
}
