// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Stops migration mode; "migration mode stops" in another clause is this too.</summary>
    public Errno StopMigration()
    {
        if (!Migrating)
        {
            return Errno.None; // STOP-MIGRATION-1
        }

        Migrating = false; // STOP-MIGRATION-2
        UnmarkAll();
        return Errno.None;
    }

    /// <summary>Takes all marks away.</summary>
    protected virtual void UnmarkAll()
    {
        foreach (Slot slot in Slots)
        {
            for (Word page = 0; page < slot.Pages; page = page + 1)
            {
                Dirty[slot.BaseGfn + page] = false;
            }
        }
    }
}
