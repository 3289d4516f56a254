// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Deletes a slot. Migration mode stays as it is (DELETE-SLOT-2).</summary>
    public virtual Errno DeleteSlot(Word id, Truth allocates)
    {
        _ = allocates; // nothing is allocated: DELETE-SLOT-3
        Slot? slot = FindSlot(id);
        if (slot == null)
        {
            return Errno.EINVAL; // DELETE-SLOT-CHECK-1
        }

        Remove(slot);
        return Errno.None;
    }

    /// <summary>Takes a slot out of the VM.</summary>
    protected virtual void Remove(Slot slot)
    {
        for (Word page = 0; page < slot.Pages; page = page + 1)
        {
            RemovePage(slot.BaseGfn + page); // DELETE-SLOT-1
        }

        Slots.Remove(slot);
    }

    /// <summary>What stays of a page that goes: nothing.</summary>
    protected virtual void RemovePage(Word gfn)
    {
        Attributes[gfn] = PageAttributes.Stable;
        Content[gfn] = Resident;
        Dirty[gfn] = false;
    }
}
