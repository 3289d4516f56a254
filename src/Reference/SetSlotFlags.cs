// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Switches the dirty log of a slot.</summary>
    public Errno SetSlotFlags(Word id, Truth dirtyLog)
    {
        Slot? slot = FindSlot(id);
        if (slot == null)
        {
            return Errno.EINVAL; // SET-SLOT-FLAGS-CHECK-1
        }

        Truth switchedOff = slot.DirtyLog & !dirtyLog;
        slot.DirtyLog = dirtyLog; // SET-SLOT-FLAGS-1
        if (Migrating & switchedOff)
        {
            LacksDirtyLog(slot); // SET-SLOT-FLAGS-2
        }

        return Errno.None;
    }

    /// <summary>What a slot does that comes without dirty log, or loses it, while migrating.</summary>
    protected virtual void LacksDirtyLog(Slot slot) => StopMigration();
}
