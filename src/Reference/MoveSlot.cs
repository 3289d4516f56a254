using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Moves a slot: deletes it and creates it at the new base.</summary>
    public Errno MoveSlot(Word id, Word baseGfn)
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

        Remove(slot); // MOVE-SLOT-1, and only now: MOVE-SLOT-2
        Add(new Slot { Id = id, BaseGfn = baseGfn, Pages = slot.Pages, DirtyLog = slot.DirtyLog }); // MOVE-SLOT-3
        return Errno.None;
    }
}
