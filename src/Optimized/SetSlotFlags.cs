// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>Switches the dirty log of a slot.</summary>
    public Errno SetSlotFlags(uint id, bool dirtyLog)
    {
        lock (changes)
        {
            Slot? slot = slots.WithId(id);
            if (slot == null)
            {
                return Errno.EINVAL; // SET-SLOT-FLAGS-CHECK-1
            }

            bool switchedOff = slot.DirtyLog && !dirtyLog;
            slot.DirtyLog = dirtyLog; // SET-SLOT-FLAGS-1
            if (switchedOff)
            {
                StopMigration(); // SET-SLOT-FLAGS-2
            }

            return Errno.None;
        }
    }
}
