// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

/// <summary>
/// A VM as the contract describes it, as plainly as it can be written. There is one file per operation, each in three steps: when it is
/// allowed, what changes, what is answered. Virtual members are the steps that generations of Linux do differently.
/// <para>
/// These files are compiled twice. In this project (Concrete/Bindings.cs) <c>Word</c> is a <see cref="ulong"/>, <c>Octet</c> a
/// <see cref="byte"/> and <c>Truth</c> a <see cref="bool"/>, and the machine runs. In src/Symbolic the same names are bound to terms of the
/// solver (src/Proofs/Terms/Bindings.cs), and the proof runs every path of the same code. That is why truth values are joined with
/// <c>&amp;</c> and <c>|</c>, which build one term: <c>&amp;&amp;</c> and <c>||</c> would fork the path at each operand.
/// </para>
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public partial class Vm(Truth hostHasCmma)
{
    /// <summary>2^64 - 1 is above the highest gfn that a slot can hold, so it stands for "none".</summary>
    protected static Word NoPage => ulong.MaxValue;

    /// <summary>The host can do CMMA.</summary>
    public Truth HostHasCmma { get; } = hostHasCmma;

    /// <summary>vCPUs created so far.</summary>
    public Word VcpuCount { get; protected internal set; } = 0; // STATE-1

    /// <summary>CMMA is switched on for this VM.</summary>
    public Truth Enabled { get; protected internal set; } = false;

    /// <summary>CMMA was ever used by this VM.</summary>
    public Truth Used { get; protected internal set; } = false;

    /// <summary>Migration mode is on.</summary>
    public Truth Migrating { get; protected internal set; } = false;

    /// <summary>The slots, in the order of their creation; they never overlap.</summary>
    public List<Slot> Slots { get; } = [];

    /// <summary>Usage and no-DAT of each page (STATE-3).</summary>
    public AttributeMap Attributes { get; protected internal set; } = new();

    /// <summary>What each page holds (STATE-4).</summary>
    public ContentMap Content { get; protected internal set; } = new();

    /// <summary>Whether the attributes of each page have to be sent (STATE-5).</summary>
    public DirtyMap Dirty { get; protected internal set; } = new();

    /// <summary>Whether a slot holds the page.</summary>
    public virtual Truth Exists(Word gfn)
    {
        Truth exists = false;
        foreach (Slot slot in Slots)
        {
            exists = exists | slot.Holds(gfn);
        }

        return exists;
    }

    /// <summary>How many pages are dirty: what GET answers as remaining.</summary>
    protected virtual Word CountDirty()
    {
        Word count = 0;
        foreach (Slot slot in Slots)
        {
            for (Word page = 0; page < slot.Pages; page = page + 1)
            {
                count = Dirty[slot.BaseGfn + page] ? count + 1 : count;
            }
        }

        return count;
    }

    /// <summary>The page has to be sent (again).</summary>
    protected virtual void Mark(Word gfn) => Dirty[gfn] = true;

    /// <summary>The page was sent.</summary>
    protected virtual void Unmark(Word gfn) => Dirty[gfn] = false;

    /// <summary>The slot with this id, or null.</summary>
    protected Slot? FindSlot(Word id)
    {
        foreach (Slot slot in Slots)
        {
            if (slot.Id == id)
            {
                return slot;
            }
        }

        return null;
    }

    /// <summary>Whether these pages would share one with a slot other than <paramref name="except"/>.</summary>
    protected Truth Overlaps(Word baseGfn, Word pages, Slot? except)
    {
        Truth overlaps = false;
        foreach (Slot slot in Slots)
        {
            if (slot != except)
            {
                overlaps = overlaps | ((baseGfn < slot.EndGfn) & (slot.BaseGfn < baseGfn + pages));
            }
        }

        return overlaps;
    }

    // base + pages above 2^52, without the sum, which could carry (G13)
    private static Truth ReachesPastMemory(Word baseGfn, Word pages) =>
        (baseGfn > Limits.EndOfMemoryGfn) | (pages > Limits.EndOfMemoryGfn) || pages > Limits.EndOfMemoryGfn - baseGfn;
}
