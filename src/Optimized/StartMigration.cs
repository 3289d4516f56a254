// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>Starts migration mode.</summary>
    public Errno StartMigration()
    {
        lock (changes)
        {
            if (migrating)
            {
                return Errno.None; // START-MIGRATION-CHECK-1
            }

            if (slots.Ascending.Length == 0)
            {
                return Errno.EINVAL; // START-MIGRATION-CHECK-2
            }

            if (!enabled)
            {
                migrating = true; // START-MIGRATION-CHECK-3
                return Errno.None;
            }

            if (!AllSlotsHaveDirtyLog(slots))
            {
                return Errno.EINVAL; // START-MIGRATION-CHECK-4
            }

            MarkAll(slots);
            migrating = true; // START-MIGRATION-1, and only now: an ESSA that sees it finds every page marked
            return Errno.None;
        }
    }

    // The table is that of the VM, whose mode changes after this.
    private static void MarkAll(SlotTable table)
    {
        foreach (Slot slot in table.Ascending)
        {
            slot.Marks.MarkAll();
        }
    }

    private static bool AllSlotsHaveDirtyLog(SlotTable table)
    {
        foreach (Slot slot in table.Ascending)
        {
            if (!slot.DirtyLog)
            {
                return false;
            }
        }

        return true;
    }
}
