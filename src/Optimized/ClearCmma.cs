// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>Resets the attributes of every page. Marks, Used and content stay (CLEAR-CMMA-2).</summary>
    public Errno ClearCmma()
    {
        if (!HostHasCmma)
        {
            return Errno.ENXIO; // CLEAR-CMMA-CHECK-1
        }

        if (!enabled)
        {
            return Errno.EINVAL; // CLEAR-CMMA-CHECK-2
        }

        SlotTable table = slots;
        foreach (Slot slot in table.Ascending)
        {
            slot.ClearAttributes(); // CLEAR-CMMA-1
        }

        GC.KeepAlive(table);

        return Errno.None;
    }
}
