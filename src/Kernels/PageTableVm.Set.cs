// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <content>SET first looks for tables, then for pages.</content>
public abstract partial class PageTableVm
{
    /// <summary>The number of the addressing exception, not negative: as the result of an ioctl it looks like success.</summary>
    protected const Errno PgmAddressing = (Errno)(-5);

    /// <summary>
    /// SET fails before any page is set if the first page of a table that it reaches is in no slot, whatever page is meant; passes over
    /// pages in no slot; and does nothing where start + count wraps round (fact "SET that reaches a hole", known bug L9).
    /// </summary>
    protected virtual bool SetLooksForTables => Has("L9");

    /// <summary>SET replaces both attributes by the byte under the mask (known bug L8).</summary>
    protected virtual bool SetClearsOutsideMask => Has("L8");

    /// <summary>The result of SET for a page that is not there (known bug B23, d699986f11bf in 7.2).</summary>
    protected virtual Errno SetOutsideMemory => Errno.EFAULT;

    /// <summary>The result of SET without memory (known bug B22, babe08404e19 in 7.2).</summary>
    protected virtual Errno SetWithoutMemory => Errno.ENOMEM;

    /// <inheritdoc/>
    public override Errno Set(ICaller caller)
    {
        Errno result = base.Set(caller);
        return result == Errno.ENOMEM ? SetWithoutMemory : result;
    }

    /// <inheritdoc/>
    protected override Errno SetPages(CmmaLog log, ValueBytes values)
    {
        if (!SetLooksForTables)
        {
            return base.SetPages(log, values);
        }

        if (log.StartGfn > ulong.MaxValue - log.Count)
        {
            return Errno.None;
        }

        ulong end = log.StartGfn + log.Count;
        for (ulong table = log.StartGfn / TablePages; table * TablePages < end; table++)
        {
            if (!Exists(table * TablePages))
            {
                return SetOutsideMemory;
            }

            tables.Add(table);
        }

        byte selected = (byte)((log.RemainingOrMask >> PageAttributes.PgsteShift) & PageAttributes.All);
        for (ulong page = 0; page < log.Count; page++)
        {
            ulong gfn = log.StartGfn + page;
            if (Exists(gfn))
            {
                Attributes[gfn] = SetBits(Attributes[gfn], values[page], selected);
            }
        }

        return Errno.None;
    }

    /// <inheritdoc/>
    protected override byte SetBits(byte old, byte value, byte selected) =>
        base.SetBits(SetClearsOutsideMask ? PageAttributes.Stable : old, value, selected);
}
