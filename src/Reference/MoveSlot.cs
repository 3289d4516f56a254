// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Moves a slot: deletes it and creates it at the new base.</summary>
    public virtual Errno MoveSlot(Word id, Word baseGfn, Truth allocates)
    {
        Slot? slot = FindSlot(id);
        if (slot == null)
        {
            return Errno.EINVAL; // MOVE-SLOT-CHECK-1
        }

        if (ReachesPastMemory(baseGfn, slot.Pages))
        {
            return Errno.EINVAL; // MOVE-SLOT-CHECK-2
        }

        if (Overlaps(baseGfn, slot.Pages, except: slot))
        {
            return Errno.EEXIST; // MOVE-SLOT-CHECK-3
        }

        if (!allocates)
        {
            return Errno.ENOMEM; // MOVE-SLOT-CHECK-4
        }

        Move(slot, baseGfn); // only now: MOVE-SLOT-2
        return Errno.None;
    }

    /// <summary>Moves a slot that may be moved.</summary>
    protected virtual void Move(Slot slot, Word baseGfn)
    {
        Remove(slot); // MOVE-SLOT-1
        Add(new Slot { Id = slot.Id, BaseGfn = baseGfn, Pages = slot.Pages, DirtyLog = slot.DirtyLog }); // MOVE-SLOT-3
    }
}
