// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>Creates a slot. Its memory is not touched: zeros from the operating system are stable, resident, clean pages.</summary>
    public Errno CreateSlot(uint id, ulong baseGfn, ulong pages, bool dirtyLog, bool allocationFails)
    {
        lock (changes)
        {
            if (slots.WithId(id) != null)
            {
                return Errno.EEXIST; // CREATE-SLOT-4
            }

            if (pages == 0)
            {
                return Errno.EINVAL; // CREATE-SLOT-CHECK-1
            }

            if (pages > Limits.MaxSlotPages)
            {
                return Errno.EINVAL; // CREATE-SLOT-CHECK-2
            }

            if (ReachesPastMemory(baseGfn, pages))
            {
                return Errno.EINVAL; // CREATE-SLOT-CHECK-3
            }

            if (slots.Overlaps(baseGfn, pages))
            {
                return Errno.EEXIST; // CREATE-SLOT-CHECK-4
            }

            if (allocationFails)
            {
                return Errno.ENOMEM; // CREATE-SLOT-CHECK-5
            }

            return Replace(slots, new SlotPlace(id, baseGfn, pages, dirtyLog));
        }
    }

    /// <summary>Puts a slot into <paramref name="others"/>, and that into the VM. Where the host has no memory for it, nothing changes.</summary>
    private Errno Replace(SlotTable others, SlotPlace place)
    {
        SlotMemory memory;
        try
        {
            memory = new SlotMemory(place.Pages); // CREATE-SLOT-1
        }
        catch (OutOfMemoryException) // not covered: a host without memory for a bit a page
        {
            return Errno.ENOMEM; // CREATE-SLOT-CHECK-5, MOVE-SLOT-CHECK-4; not covered: as above
        }

        slots = others.With(new Slot(place, memory));
        if (migrating && !place.DirtyLog)
        {
            StopMigration(); // CREATE-SLOT-2, CREATE-SLOT-3
        }

        return Errno.None;
    } // not covered: where a host without memory comes out
}
