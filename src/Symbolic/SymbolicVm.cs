// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Proofs.Terms;
using Cmma.Reference;

namespace Cmma.Symbolic;

/// <summary>
/// The logic of the reference on terms. It takes its state from outside, and writes down what a proof has to know of the way there. It
/// changes nothing but the gap, and that only where the call says so: such a shape lists it among what it replaces. Compiled with each
/// copy of the reference.
/// </summary>
internal sealed class SymbolicVm(MachineState state, Call call) : Vm(state.HostHasCmma)
{
    private int newPages;

    public Word? FirstOfBlock { get; private set; }

    public Word PagesSet { get; private set; }

    protected override Word GapPages => call.GapPages ?? base.GapPages;

    public void Load()
    {
        VcpuCount = state.VcpuCount;
        Enabled = state.Enabled;
        Used = state.Used;
        Migrating = state.Migrating;
        Attributes.CopyFrom(state.Attributes);
        Content.CopyFrom(state.Content);
        Dirty.CopyFrom(state.Dirty);
        begunInterruption = state.BegunInterruption;
        begunR1 = state.BegunR1;
        foreach (SlotState slot in state.Slots)
        {
            Slots.Add(new Slot { Id = slot.Id, BaseGfn = slot.BaseGfn, Pages = slot.Pages, DirtyLog = slot.DirtyLog });
        }
    }

    public MachineState Save()
    {
        MachineState after = new()
        {
            HostHasCmma = HostHasCmma,
            VcpuCount = VcpuCount,
            Enabled = Enabled,
            Used = Used,
            Migrating = Migrating,
            BegunInterruption = begunInterruption,
            BegunR1 = begunR1,
        };
        after.Attributes.CopyFrom(Attributes);
        after.Content.CopyFrom(Content);
        after.Dirty.CopyFrom(Dirty);
        foreach (Slot slot in Slots)
        {
            after.Slots.Add(new SlotState(slot.Id, slot.BaseGfn, slot.Pages, slot.DirtyLog));
        }

        return after;
    }

    protected override Word FirstDirty(Word startGfn)
    {
        Word first = base.FirstDirty(startGfn);
        FirstOfBlock = first;
        return first;
    }

    protected override Octet SetBits(Octet old, Octet value, Octet selected)
    {
        PagesSet = PagesSet + 1;
        return base.SetBits(old, value, selected);
    }

    protected override void AddPage(Word gfn)
    {
        newPages++;
        if (newPages > call.MostNewPages)
        {
            throw new OutOfScopeException("more new pages than the scope has");
        }

        base.AddPage(gfn);
    }
}
