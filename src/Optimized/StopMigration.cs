// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>Stops migration mode; "migration mode stops" in another clause is this too.</summary>
    public Errno StopMigration()
    {
        lock (changes)
        {
            if (!migrating)
            {
                return Errno.None; // STOP-MIGRATION-1
            }

            Steps.Reach(Step.ModeChanges);
            migrating = false; // STOP-MIGRATION-2, and first: whoever passes a gate after UnmarkAll sees it
            UnmarkAll(slots);
            return Errno.None;
        }
    }

    private static void UnmarkAll(SlotTable table)
    {
        foreach (Slot slot in table.Ascending)
        {
            slot.Marks.UnmarkAll();
        }

        GC.KeepAlive(table);
    }
}
