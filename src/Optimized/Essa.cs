// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>The guest executes ESSA.</summary>
    public ProgramInterruption Essa(ulong gfn, uint orc, out byte r1)
    {
        r1 = 0;
        if (!enabled)
        {
            return ProgramInterruption.Operation; // ESSA-CHECK-1
        }

        if (orc > Limits.MaxOrc)
        {
            return ProgramInterruption.Specification; // ESSA-CHECK-2
        }

        Slot? slot = slots.Holding(gfn);
        if (slot == null)
        {
            BecomeUsed(migrating);
            return ProgramInterruption.Addressing; // ESSA-CHECK-3
        }

        ulong page = gfn - slot.BaseGfn;
        slot.Enter(page);
        bool isMigrating = migrating; // once, and behind the gate: stopping passes every gate, so no mark comes after it
        BecomeUsed(isMigrating);
        r1 = slot.ChangeState(page, orc);
        if (isMigrating && orc != 0)
        {
            Steps.Reach(Step.EssaMarks);

            // ESSA-DIRTY-1: only while migrating (ESSA-DIRTY-3), and only if the ORC is not 0 (ESSA-DIRTY-2); after the change: CONCURRENCY-1
            slot.Marks.Mark(page);
        }

        slot.Leave(page);
        GC.KeepAlive(slot);
        return ProgramInterruption.None;
    }

    // A store only where something changes: the vCPUs share this line.
    private void BecomeUsed(bool isMigrating)
    {
        if (!isMigrating && !used)
        {
            used = true; // ESSA-USED-1; only while not migrating (ESSA-USED-2)
        }
    }
}
