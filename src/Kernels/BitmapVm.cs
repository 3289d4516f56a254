using System.Collections.Generic;
using System.Runtime.InteropServices;
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>
/// Linux 4.13 to 6.19: attributes lie in the page table of the process that runs the VM, marks in bitmaps. What all of these do in another
/// way than the contract.
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public abstract class BitmapVm(bool hostHasCmma) : KernelVm(hostHasCmma)
{
    private readonly Dictionary<HostPage, HostPageState> withoutSlot = [];

    /// <summary>So far may the second dirty page of a block be from the first (fact "gap after the FIRST dirty page").</summary>
    protected virtual ulong FirstDistance => Limits.GapPages;

    /// <summary>So far may a later dirty page be from the one before (fact "gap after any LATER dirty page").</summary>
    protected virtual ulong LaterDistance => Limits.GapPages + 1;

    /// <summary>A block of two dirty pages or more is followed by a clean page (fact "trailing clean byte").</summary>
    protected virtual bool TrailingCleanByte => true;

    /// <summary>Clear resets the usage only (fact "CLR_CMMA effect on values", fixed by 27072b8e18a7 in 6.7).</summary>
    protected virtual bool ClearKeepsNoDat => true;

    /// <summary>The first dirty page above <paramref name="gfn"/>, or null.</summary>
    protected abstract ulong? NextDirty(ulong gfn);

    /// <summary>The last page of the block, and whether a page in no slot ended it.</summary>
    protected (ulong LastGfn, bool AtHole) Block(ulong first, ulong endGfn)
    {
        ulong last = first;
        ulong? next = NextDirty(last);
        while (next < endGfn && next - last <= (last == first ? FirstDistance : LaterDistance))
        {
            for (; last < next; last++)
            {
                if (!Exists(last + 1))
                {
                    return (last, AtHole: true);
                }
            }

            next = NextDirty(last);
        }

        bool trails = TrailingCleanByte && last != first && next < endGfn;
        bool atHole = trails && !Exists(last + 1);
        return (trails && !atHole ? last + 1 : last, atHole);
    }

    /// <inheritdoc/>
    protected override void ClearPage(ulong gfn) => Attributes[gfn] = Cleared(Attributes[gfn]);

    /// <summary>Clears all pages of the process, those without a slot too (fact "PGSTE values belong to").</summary>
    protected override void ClearPages()
    {
        base.ClearPages();
        foreach (HostPage page in withoutSlot.Keys)
        {
            withoutSlot[page] = withoutSlot[page] with { Attributes = Cleared(withoutSlot[page].Attributes) };
        }
    }

    /// <summary>The pages of the process outlive the slot (fact "PGSTE values belong to").</summary>
    protected override void Remove(Slot slot)
    {
        for (ulong page = 0; page < slot.Pages; page++)
        {
            ulong gfn = slot.BaseGfn + page;
            withoutSlot[new HostPage(slot.Id, page)] = new HostPageState(Attributes[gfn], Content[gfn]);
        }

        base.Remove(slot);
    }

    /// <summary>A slot comes with what the pages of the process hold. Each id has its own part of the process.</summary>
    protected override void Add(Slot slot)
    {
        base.Add(slot);
        for (ulong page = 0; page < slot.Pages; page++)
        {
            if (withoutSlot.Remove(new HostPage(slot.Id, page), out HostPageState state))
            {
                Attributes[slot.BaseGfn + page] = state.Attributes;
                Content[slot.BaseGfn + page] = state.Content;
            }
        }
    }

    private byte Cleared(byte attributes) => (byte)(ClearKeepsNoDat ? attributes & PageAttributes.NoDat : PageAttributes.Stable);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct HostPage(ulong SlotId, ulong Page);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct HostPageState(byte Attributes, byte Content);
}
