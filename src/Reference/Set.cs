// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>KVM_S390_SET_CMMA_BITS. Migration mode is not needed (SET-1), the struct is not written back (SET-2).</summary>
    public virtual Errno Set(ICaller caller)
    {
        if (!caller.ReadArgument(out CmmaLog log))
        {
            return Errno.EFAULT; // SET-CHECK-1
        }

        if (!Enabled)
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

        if (!caller.Allocate())
        {
            return Errno.ENOMEM; // SET-CHECK-6
        }

        if (!caller.ReadValues(log.Values, log.Count, out ValueBytes values))
        {
            return Errno.EFAULT; // SET-CHECK-7, SET-USED-2
        }

        Used = true; // SET-USED-1
        return SetPages(log, values);
    }

    /// <summary>Gives the pages their values, one after another. No page becomes dirty (SET-DIRTY-1).</summary>
    protected virtual Errno SetPages(CmmaLog log, ValueBytes values)
    {
        Octet selected = (Octet)((log.RemainingOrMask >> PageAttributes.PgsteShift) & PageAttributes.All); // SET-MASK-2
        for (Word page = 0; page < log.Count; page = page + 1)
        {
            Word gfn = log.StartGfn + page; // never wraps round: no page exists above 2^52, SET-WALK-2
            if (!Exists(gfn))
            {
                return Errno.EFAULT; // SET-WALK-1
            }

            Attributes[gfn] = SetBits(Attributes[gfn], values[page], selected);
        }

        return Errno.None;
    }

    /// <summary>The selected bits of <paramref name="value"/>, the other bits of <paramref name="old"/> (SET-MASK-1).</summary>
    protected virtual Octet SetBits(Octet old, Octet value, Octet selected) => (Octet)((old & ~selected) | (value & selected));
}
