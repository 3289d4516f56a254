// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Creates a slot, and lets the guest touch each of its pages.</summary>
    /// <param name="id">The number that names it.</param>
    /// <param name="baseGfn">Its first page.</param>
    /// <param name="pages">How many pages.</param>
    /// <param name="dirtyLog">Whether its dirty log is on.</param>
    /// <param name="allocates">The allocation of this call succeeds.</param>
    public virtual Errno CreateSlot(Word id, Word baseGfn, Word pages, Truth dirtyLog, Truth allocates)
    {
        if (FindSlot(id) != null)
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

        if (Overlaps(baseGfn, pages, except: null))
        {
            return Errno.EEXIST; // CREATE-SLOT-CHECK-4
        }

        if (!allocates)
        {
            return Errno.ENOMEM; // CREATE-SLOT-CHECK-5
        }

        Add(new Slot { Id = id, BaseGfn = baseGfn, Pages = pages, DirtyLog = dirtyLog });
        return Errno.None;
    }

    /// <summary>Puts a slot into the VM.</summary>
    protected virtual void Add(Slot slot)
    {
        Slots.Add(slot);
        for (Word page = 0; page < slot.Pages; page = page + 1)
        {
            AddPage(slot.BaseGfn + page); // CREATE-SLOT-1
        }

        if (Migrating & !slot.DirtyLog)
        {
            LacksDirtyLog(slot); // CREATE-SLOT-2, CREATE-SLOT-3
        }
    }

    /// <summary>A page as it begins: stable, without no-DAT, resident, clean.</summary>
    protected virtual void AddPage(Word gfn)
    {
        Attributes[gfn] = PageAttributes.Stable;
        Content[gfn] = Resident;
        Dirty[gfn] = false;
    }
}
