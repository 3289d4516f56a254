// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>A page in the host's memory.</summary>
    protected static Octet Resident => (byte)PageContent.Resident;

    /// <summary>A page that was paged out.</summary>
    protected static Octet Preserved => (byte)PageContent.Preserved;

    /// <summary>A page that was discarded.</summary>
    protected static Octet LogicallyZero => (byte)PageContent.LogicallyZero;

    /// <summary>The guest executes ESSA. A trace that does so before a vCPU exists is malformed (ESSA-CHECK-4).</summary>
    public ProgramInterruption Essa(Word gfn, Word orc, out Octet r1)
    {
        r1 = 0;
        if (!Enabled)
        {
            return ProgramInterruption.Operation; // ESSA-CHECK-1
        }

        if (orc > MaxOrc)
        {
            return ProgramInterruption.Specification; // ESSA-CHECK-2
        }

        if (!Migrating)
        {
            Used = true; // ESSA-USED-1; only while not migrating (ESSA-USED-2)
        }

        return Execute(gfn, orc, out r1);
    }

    /// <summary>The highest operation request code.</summary>
    protected virtual Word MaxOrc => Limits.MaxOrc;

    /// <summary>The instruction itself, once it is allowed.</summary>
    protected virtual ProgramInterruption Execute(Word gfn, Word orc, out Octet r1)
    {
        r1 = 0;
        if (!Exists(gfn))
        {
            return ProgramInterruption.Addressing; // ESSA-CHECK-3
        }

        r1 = StateInR1(gfn);
        ChangeState(gfn, orc);
        if (Migrating & (orc != 0))
        {
            Mark(gfn); // ESSA-DIRTY-1: only while migrating (ESSA-DIRTY-3), and only if the ORC is not 0 (ESSA-DIRTY-2)
        }

        return ProgramInterruption.None;
    }

    /// <summary>The new state of the page; any other code, which is 0, changes nothing (ESSA-ORC-0).</summary>
    protected virtual void ChangeState(Word gfn, Word orc)
    {
        if (orc == 1)
        {
            SetUsage(gfn, PageAttributes.Stable); // ESSA-ORC-1
            SetNoDat(gfn, 0);
        }
        else if (orc == 2)
        {
            SetUsage(gfn, PageAttributes.Unused); // ESSA-ORC-2
            DiscardUnlessResident(gfn);
        }
        else if (orc == 3)
        {
            SetUsage(gfn, PageAttributes.Volatile); // ESSA-ORC-3
            DiscardUnlessResident(gfn);
        }
        else if (orc == 4)
        {
            SetPotentiallyVolatile(gfn); // ESSA-ORC-4
        }
        else if (orc == 5)
        {
            SetUsage(gfn, PageAttributes.Stable); // ESSA-ORC-5
        }
        else if (orc == 6)
        {
            SetStableIfResident(gfn); // ESSA-ORC-6
        }
        else if (orc == 7)
        {
            SetUsage(gfn, PageAttributes.Stable); // ESSA-ORC-7
            SetNoDat(gfn, PageAttributes.NoDat);
        }
    }

    /// <summary>What r1 shows: content in bits 0-1, usage in bits 2-3, no-DAT at 0x20 (ESSA-R1).</summary>
    protected virtual Octet StateInR1(Word gfn)
    {
        Octet usage = (Octet)((Attributes[gfn] & PageAttributes.UsageMask) << 2);
        Octet noDat = (Octet)((Attributes[gfn] & PageAttributes.NoDat) >> 1);
        return (Octet)(usage | Content[gfn] | noDat);
    }

    /// <summary>The usage changes, no-DAT stays (ESSA-KEEP).</summary>
    protected void SetUsage(Word gfn, Octet usage)
    {
        Attributes[gfn] = (Octet)((Attributes[gfn] & PageAttributes.NoDat) | usage);
    }

    /// <summary>No-DAT changes, the usage stays (ESSA-KEEP).</summary>
    protected void SetNoDat(Word gfn, Octet noDat)
    {
        Attributes[gfn] = (Octet)((Attributes[gfn] & PageAttributes.UsageMask) | noDat);
    }

    private void DiscardUnlessResident(Word gfn)
    {
        if (Content[gfn] != Resident)
        {
            Content[gfn] = LogicallyZero;
        }
    }

    private void SetPotentiallyVolatile(Word gfn)
    {
        if (Content[gfn] == Resident)
        {
            SetUsage(gfn, PageAttributes.PotentiallyVolatile);
        }
        else
        {
            SetUsage(gfn, PageAttributes.Volatile);
            Content[gfn] = LogicallyZero;
        }
    }

    private void SetStableIfResident(Word gfn)
    {
        if (Content[gfn] == Resident)
        {
            SetUsage(gfn, PageAttributes.Stable);
        }
    }
}
