// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>
/// What every Linux does differently from the contract. Where a member says fact "...", it names a row of docs/kernels.md.
/// </summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public abstract class KernelVm(bool hostHasCmma) : Vm(hostHasCmma)
{
    /// <summary>Stands for a byte of old kernel memory. No attributes look like it (G11), so it shows.</summary>
    public const byte OldKernelMemory = 0xEE;

    /// <summary>The guest touches every page of a slot that was created or moved. Without it pages are not resident at first.</summary>
    public bool GuestTouchesPages { get; set; } = true;

    /// <summary>
    /// Deviations that this VM does not have: known bugs by their numbers, facts by the names of their rows in docs/kernels.md. There it does what
    /// the contract does. So it shows what a deviation is the cause of.
    /// </summary>
    public IReadOnlySet<string> SwitchedOff { get; set; } = ImmutableHashSet<string>.Empty;

    /// <summary>Called with each deviation that mattered so far, switched off or not; null: nobody asks.</summary>
    public ISet<string>? Met { get; set; }

    /// <summary>A slot need not be a multiple of 256 pages.</summary>
    public bool TakesUnalignedSlots => SlotPagesMultiple == 1;

    /// <summary>What the kernel counts as dirty, by itself: it can differ from the number of marks.</summary>
    protected ulong Counter { get; set; }

    /// <summary>Page counts of slots are multiples of this (fact "slot alignment"). The base is not checked.</summary>
    protected virtual ulong SlotPagesMultiple => 256;

    /// <summary>One past the last page of the highest slot.</summary>
    protected ulong EndOfSlots => Slots.Count == 0 ? 0 : SlotsByBase()[^1].EndGfn;

    /// <summary>A slot without dirty log stops migration mode before it finds no memory (known bug L15).</summary>
    protected virtual bool StopsBeforeAllocation => false;

    /// <summary>Creates a slot. An id in use makes it a change of that slot, as in the one ioctl that KVM has for slots.</summary>
    public override Errno CreateSlot(ulong id, ulong baseGfn, ulong pages, bool dirtyLog, bool allocates)
    {
        if (pages == 0)
        {
            return DeleteSlot(id, allocates);
        }

        Errno result = FindSlot(id) is { } slot ? ChangeSlot(slot, baseGfn, pages, dirtyLog, allocates)
            : pages % SlotPagesMultiple != 0 && !Overlaps(baseGfn, pages, except: null) ? Errno.EINVAL
            : CreateNew(new Slot { Id = id, BaseGfn = baseGfn, Pages = pages, DirtyLog = dirtyLog }, allocates);
        if (result == Errno.None)
        {
            TouchPages(id);
        }

        return result;
    }

    /// <summary>Moves a slot. Where it is already, nothing changes, and no memory is asked for (fact "move to where it is").</summary>
    public override Errno MoveSlot(ulong id, ulong baseGfn, bool allocates)
    {
        if (FindSlot(id)?.BaseGfn == baseGfn && Has("move to where it is"))
        {
            return Errno.None;
        }

        Errno result = Move(id, baseGfn, allocates);
        if (result == Errno.None)
        {
            TouchPages(id);
        }

        return result;
    }

    /// <summary>Whether this VM has a deviation: it is not switched off.</summary>
    protected bool Has(string deviation)
    {
        Met?.Add(deviation);
        return SwitchedOff.Count == 0 || !SwitchedOff.Contains(deviation);
    }

    /// <inheritdoc/>
    protected override ulong CountDirty() => Counter;

    /// <summary>Marks a page, and counts it if it was clean.</summary>
    protected override void Mark(ulong gfn)
    {
        if (!Dirty[gfn])
        {
            base.Mark(gfn);
            Counter++;
        }
    }

    /// <summary>Takes the mark of a page away, and counts it if it had one.</summary>
    protected override void Unmark(ulong gfn)
    {
        if (Dirty[gfn])
        {
            base.Unmark(gfn);
            Counter--;
        }
    }

    /// <summary>Nobody has touched a new page.</summary>
    protected override void AddPage(ulong gfn)
    {
        base.AddPage(gfn);
        Content[gfn] = Preserved;
    }

    /// <summary>This many bytes that the kernel never wrote.</summary>
    protected static List<byte> Unwritten(ulong count)
    {
        List<byte> values = [];
        for (ulong page = 0; page < count; page++)
        {
            values.Add(OldKernelMemory);
        }

        return values;
    }

    /// <summary>The slots from the lowest to the highest.</summary>
    protected List<Slot> SlotsByBase()
    {
        List<Slot> slots = [.. Slots];
        slots.Sort((one, other) => one.BaseGfn.CompareTo(other.BaseGfn));
        return slots;
    }

    /// <summary>A slot that passed all checks finds no memory.</summary>
    /// <param name="old">The slot as it is; null: it is to be created.</param>
    /// <param name="changed">The slot as it is to be.</param>
    protected virtual Errno ChangeWithoutMemory(Slot? old, Slot changed)
    {
        if (StopsBeforeAllocation && !changed.DirtyLog)
        {
            StopMigration();
        }

        return Errno.ENOMEM;
    }

    private Errno CreateNew(Slot slot, bool allocates)
    {
        Errno result = base.CreateSlot(slot.Id, slot.BaseGfn, slot.Pages, slot.DirtyLog, allocates);
        return result == Errno.ENOMEM ? ChangeWithoutMemory(old: null, slot) : result;
    }

    private Errno Move(ulong id, ulong baseGfn, bool allocates)
    {
        Errno result = base.MoveSlot(id, baseGfn, allocates);
        return result == Errno.ENOMEM && FindSlot(id) is { } slot
            ? ChangeWithoutMemory(slot, new Slot { Id = id, BaseGfn = baseGfn, Pages = slot.Pages, DirtyLog = slot.DirtyLog })
            : result;
    }

    private Errno ChangeSlot(Slot slot, ulong baseGfn, ulong pages, bool dirtyLog, bool allocates)
    {
        if (pages != slot.Pages || baseGfn > Limits.EndOfMemoryGfn - pages)
        {
            return Errno.EINVAL;
        }

        if (baseGfn != slot.BaseGfn && Overlaps(baseGfn, pages, except: slot))
        {
            return Errno.EEXIST;
        }

        Errno result = SetSlotFlags(slot.Id, dirtyLog);
        return baseGfn == slot.BaseGfn ? result : Move(slot.Id, baseGfn, allocates);
    }

    private void TouchPages(ulong id)
    {
        if (GuestTouchesPages && FindSlot(id) is { } slot)
        {
            for (ulong page = 0; page < slot.Pages; page++)
            {
                Touch(slot.BaseGfn + page);
            }
        }
    }
}
