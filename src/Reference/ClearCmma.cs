// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Resets the attributes of every page. Marks, Used and content stay (CLEAR-CMMA-2).</summary>
    public Errno ClearCmma()
    {
        if (!HostHasCmma)
        {
            return Errno.ENXIO; // CLEAR-CMMA-CHECK-1
        }

        if (!Enabled)
        {
            return Errno.EINVAL; // CLEAR-CMMA-CHECK-2
        }

        ClearPages();
        return Errno.None;
    }

    /// <summary>Clears every page.</summary>
    protected virtual void ClearPages()
    {
        foreach (Slot slot in Slots)
        {
            for (Word page = 0; page < slot.Pages; page = page + 1)
            {
                ClearPage(slot.BaseGfn + page);
            }
        }
    }

    /// <summary>What clearing does to a page.</summary>
    protected virtual void ClearPage(Word gfn) => Attributes[gfn] = PageAttributes.Stable; // CLEAR-CMMA-1
}
