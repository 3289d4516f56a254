// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>Deletes a slot. Migration mode stays as it is (DELETE-SLOT-2).</summary>
    public Errno DeleteSlot(uint id, bool allocationFails)
    {
        _ = allocationFails; // nothing is allocated: DELETE-SLOT-3
        lock (changes)
        {
            Slot? slot = slots.WithId(id);
            if (slot == null)
            {
                return Errno.EINVAL; // DELETE-SLOT-CHECK-1
            }

            slots = slots.Without(slot); // DELETE-SLOT-1
            slot.Memory.Abandon();
            return Errno.None;
        }
    }

    /// <summary>Removes every slot and frees its memory at once, so no call may be running.</summary>
    public void RemoveAllSlots()
    {
        lock (changes)
        {
            SlotTable table = slots;
            slots = SlotTable.Empty;
            foreach (Slot slot in table.Ascending)
            {
                slot.Memory.Dispose();
            }
        }
    }
}
