// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>KVM_S390_SET_CMMA_BITS. Migration mode is not needed (SET-1), the struct is not written back (SET-2).</summary>
    public Errno Set(IUserMemory user, ulong argument, bool allocationFails)
    {
        if (!TryReadArgument(user, argument, out KvmS390CmmaLog log))
        {
            return Errno.EFAULT; // SET-CHECK-1
        }

        if (!enabled)
        {
            return Errno.ENXIO; // SET-CHECK-2
        }

        if (log.Flags != 0)
        {
            return Errno.EINVAL; // SET-CHECK-3
        }

        if (log.Count > Limits.MaxCount)
        {
            return Errno.EINVAL; // SET-CHECK-4
        }

        if (log.Count == 0)
        {
            return Errno.None; // SET-CHECK-5, SET-USED-2
        }

        if (allocationFails)
        {
            return Errno.ENOMEM; // SET-CHECK-6
        }

        ReadOnlySpan<byte> values = user.Read(log.Values, (int)log.Count);
        if (values.Length != (int)log.Count)
        {
            return Errno.EFAULT; // SET-CHECK-7, SET-USED-2
        }

        used = true; // SET-USED-1
        return SetPages(slots, log.StartGfn, values, Words.SelectedBits(log.RemainingOrMask));
    }

    /// <summary>Gives the pages their values, slot after slot. No page becomes dirty (SET-DIRTY-1).</summary>
    private static Errno SetPages(SlotTable table, ulong startGfn, ReadOnlySpan<byte> values, byte selected)
    {
        ulong gfn = startGfn;
        ReadOnlySpan<byte> left = values;
        while (left.Length > 0)
        {
            Slot? slot = table.Holding(gfn);
            if (slot == null)
            {
                return Errno.EFAULT; // SET-WALK-1
            }

            int length = (int)Math.Min((ulong)left.Length, slot.EndGfn - gfn);
            slot.SetAttributes(gfn - slot.BaseGfn, left[..length], selected);
            gfn += (ulong)length; // at most 2^52, where no page exists: SET-WALK-2
            left = left[length..];
        }

        GC.KeepAlive(table);
        return Errno.None;
    }
}
