// SPDX-License-Identifier: MIT
namespace Cmma.Reference;

/// <summary>A memory slot (STATE-2).</summary>
public sealed class Slot
{
    /// <summary>The number that names it.</summary>
    public required Word Id { get; init; }

    /// <summary>Its first page.</summary>
    public required Word BaseGfn { get; init; }

    /// <summary>How many pages, above 0.</summary>
    public required Word Pages { get; init; }

    /// <summary>Whether its dirty log is on.</summary>
    public required Truth DirtyLog { get; set; }

    /// <summary>One past its last page.</summary>
    public Word EndGfn => BaseGfn + Pages;

    /// <summary>Whether the page belongs to it.</summary>
    public Truth Holds(Word gfn) => (gfn >= BaseGfn) & (gfn < EndGfn);
}
