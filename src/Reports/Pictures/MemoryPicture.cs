using System;
using System.Collections.Generic;
using System.Linq;
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Reports.Pictures;

/// <summary>Memory as rows of characters, a character a page.</summary>
public static class MemoryPicture
{
    /// <summary>What the characters mean.</summary>
    public const string Legend =
        "usage . stable  u unused  p potentially volatile  v volatile; with no-DAT N U P V | dirty *  clean . | content r resident  e evicted (preserved)  z logically zero";

    private const int RowPages = 64;

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
            lines.Add(StateText.Of(slot));
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
