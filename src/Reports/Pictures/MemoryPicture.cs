// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Reports.Pictures;

/// <summary>Memory as rows of characters, one character per page.</summary>
public static class MemoryPicture
{
    /// <summary>What the characters mean.</summary>
    public const string Legend =
        "usage . stable  u unused  p potentially volatile  v volatile; with no-DAT N U P V | dirty *  clean . | content r resident  e evicted (preserved)  z logically zero";

    private const int WidestGfn = 18; // of any number of 64 bits

    /// <summary>The rows of every slot; rows that repeat are drawn once.</summary>
    /// <param name="state">The memory.</param>
    /// <param name="width">How many characters fit into a line: a row has 64 pages, or 32, 16 or 8, where no more fit.</param>
    public static IReadOnlyList<string> Draw(IMachineState state, int width = int.MaxValue)
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
            DrawSlot(lines, state, slot, width);
        }

        return lines;
    }

    /// <summary>The state beside memory, in one line.</summary>
    public static string Flags(IMachineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return $"enabled {YesNo(state.Enabled)}, used {YesNo(state.Used)}, migrating {YesNo(state.Migrating)}, vCPUs {state.VcpuCount}";
    }

    private static void DrawSlot(List<string> lines, IMachineState state, Memslot slot, int width)
    {
        (int rowPages, int gfnWidth) = Fitting(slot, width);
        Row? last = null;
        int repeated = 0;
        for (ulong offset = 0; offset < slot.Pages; offset += (ulong)rowPages)
        {
            Row row = RowAt(state, slot.BaseGfn + offset, (int)Math.Min((ulong)rowPages, slot.Pages - offset));
            if (row == last)
            {
                repeated++;
                continue;
            }

            AddRepeated(lines, repeated);
            repeated = 0;
            last = row;
            AddRow(lines, Margin(slot.BaseGfn + offset, gfnWidth), row);
        }

        AddRepeated(lines, repeated);
    }

    // The widest column of gfns lets the rows of all slots begin at one place; where little room is left it is as wide as this slot needs.
    private static (int RowPages, int GfnWidth) Fitting(Memslot slot, int width)
    {
        int longest = TraceWriter.Hex(slot.BaseGfn + slot.Pages - 1).Length;
        (int RowPages, int GfnWidth)[] candidates = [(64, WidestGfn), (32, WidestGfn), (32, longest), (16, longest), (8, longest)];
        return Array.Find(candidates, each => each.RowPages == 8 || Margin(0, each.GfnWidth).Length + Label("").Length + each.RowPages <= width);
    }

    private static string Margin(ulong gfn, int gfnWidth) => $"  {TraceWriter.Hex(gfn).PadRight(gfnWidth)} ";

    private static string Label(string name) => $"{name,-8}";

    private static Row RowAt(IMachineState state, ulong gfn, int pages)
    {
        PageState[] states = [.. Enumerable.Range(0, pages).Select(page => state.Page(gfn + (ulong)page))];
        return new Row(
            string.Concat(states.Select(Usage)),
            string.Concat(states.Select(page => page.Dirty ? '*' : '.')),
            string.Concat(states.Select(Content)));
    }

    private static void AddRow(List<string> lines, string margin, Row row)
    {
        lines.Add($"{margin}{Label("usage")}{row.UsageRow}");
        string indent = new(' ', margin.Length);
        if (row.DirtyRow.Contains('*', StringComparison.Ordinal))
        {
            lines.Add($"{indent}{Label("dirty")}{row.DirtyRow}");
        }

        if (row.ContentRow.AsSpan().ContainsAnyExcept('r'))
        {
            lines.Add($"{indent}{Label("content")}{row.ContentRow}");
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
