// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Starts migration mode.</summary>
    public Errno StartMigration()
    {
        if (Migrating)
        {
            return Errno.None; // START-MIGRATION-CHECK-1
        }

        if (Slots.Count == 0)
        {
            return Errno.EINVAL; // START-MIGRATION-CHECK-2
        }

        if (!Enabled)
        {
            Migrating = true; // START-MIGRATION-CHECK-3
            return Errno.None;
        }

        if (!AllSlotsHaveDirtyLog())
        {
            return Errno.EINVAL; // START-MIGRATION-CHECK-4
        }

        MarkAll();
        Migrating = true; // START-MIGRATION-1
        return Errno.None;
    }

    /// <summary>Marks what is to be sent at the start: every page.</summary>
    protected virtual void MarkAll()
    {
        foreach (Slot slot in Slots)
        {
            for (Word page = 0; page < slot.Pages; page = page + 1)
            {
                Dirty[slot.BaseGfn + page] = true;
            }
        }
    }

    /// <summary>Whether the dirty logs allow the start.</summary>
    protected virtual Truth AllSlotsHaveDirtyLog()
    {
        Truth all = true;
        foreach (Slot slot in Slots)
        {
            all = all & slot.DirtyLog;
        }

        return all;
    }
}
