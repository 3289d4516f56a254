// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Cmma.Abi;

/// <summary>The whole state of a machine, to be read only: for pictures and comparison. Not an operation of the contract.</summary>
public interface IMachineState
{
    /// <summary>The host can do CMMA.</summary>
    bool HostHasCmma { get; }

    /// <summary>vCPUs created so far.</summary>
    ulong VcpuCount { get; }

    /// <summary>CMMA is switched on for this VM.</summary>
    bool Enabled { get; }

    /// <summary>CMMA was ever used by this VM.</summary>
    bool Used { get; }

    /// <summary>Migration mode is on.</summary>
    bool Migrating { get; }

    /// <summary>The slots, by ascending base.</summary>
    IReadOnlyList<Memslot> Slots { get; }

    /// <summary>One page; the default where no slot holds it.</summary>
    PageState Page(ulong gfn);

    /// <summary>Pages in a row, from a gfn on.</summary>
    /// <param name="firstGfn">The first one; the last is below 2^64.</param>
    /// <param name="pages">Filled, one for each page.</param>
    void CopyPages(ulong firstGfn, Span<PageState> pages)
    {
        for (int index = 0; index < pages.Length; index++)
        {
            pages[index] = Page(firstGfn + (ulong)index);
        }
    }
}

/// <summary>A memory slot (STATE-2).</summary>
/// <param name="Id">The number that names it.</param>
/// <param name="BaseGfn">Its first page.</param>
/// <param name="Pages">How many pages, above 0.</param>
/// <param name="DirtyLog">Whether its dirty log is on.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Memslot(uint Id, ulong BaseGfn, ulong Pages, bool DirtyLog);

/// <summary>The state of a page (STATE-3, STATE-4, STATE-5).</summary>
/// <param name="Attributes">Usage and no-DAT, as in a value byte.</param>
/// <param name="Content">What the page holds.</param>
/// <param name="Dirty">Its attributes have to be sent.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PageState(byte Attributes, PageContent Content, bool Dirty);
