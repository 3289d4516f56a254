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
            DirtyLogSwitchedOff(slot); // SET-SLOT-FLAGS-2
        }

        return Errno.None;
    }

    /// <summary>What a dirty log that goes off while migrating does.</summary>
    protected virtual void DirtyLogSwitchedOff(Slot slot) => StopMigration();
}
