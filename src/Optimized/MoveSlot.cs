// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>Moves a slot: its pages begin anew at the new base.</summary>
    public Errno MoveSlot(uint id, ulong baseGfn, bool allocationFails)
    {
        lock (changes)
        {
            Slot? slot = slots.WithId(id);
            if (slot == null)
            {
                return Errno.EINVAL; // MOVE-SLOT-CHECK-1
            }

            if (ReachesPastMemory(baseGfn, slot.Pages))
            {
                return Errno.EINVAL; // MOVE-SLOT-CHECK-2
            }

            SlotTable others = slots.Without(slot);
            if (others.Overlaps(baseGfn, slot.Pages))
            {
                return Errno.EEXIST; // MOVE-SLOT-CHECK-3, MOVE-SLOT-2
            }

            if (allocationFails)
            {
                return Errno.ENOMEM; // MOVE-SLOT-CHECK-4
            }

            Errno errno = Replace(others, new SlotPlace(id, baseGfn, slot.Pages, slot.DirtyLog)); // MOVE-SLOT-1, MOVE-SLOT-3
            if (errno == Errno.None)
            {
                slot.Memory.Abandon();
            }

            return errno;
        }
    }
}
