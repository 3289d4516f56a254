// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Properties.Tests;

/// <summary>
/// What the reference keeps of pages that no slot holds: nothing. It cannot be seen through the ioctls, since both ends take care of it:
/// a slot that goes takes its pages along, and a new one does not ask what was there.
/// </summary>
public sealed class KeptPagesTests
{
    private const ulong Below = 7;
    private const ulong Base = 8;
    private const ulong Pages = 300; // more than one block of a PageMap
    private const ulong Above = Base + Pages;

    private readonly Vm vm = new(hostHasCmma: true);

    [Fact]
    [Clause("CREATE-SLOT-1")]
    public void A_new_slot_makes_its_pages_new_whatever_was_kept_of_them_and_touches_no_other()
    {
        Use(Below, Pages + 2);

        Assert.Equal(Errno.None, vm.CreateSlot(0, Base, Pages, dirtyLog: true, allocates: true));

        Assert.All(Enumerable.Range((int)Base, (int)Pages), gfn => AssertNew((ulong)gfn));
        AssertUsed(Below);
        AssertUsed(Above);
    }

    [Fact]
    [Clause("STATE-2")]
    public void What_is_kept_of_a_page_without_a_slot_is_not_shown()
    {
        vm.CreateSlot(0, Base, Pages, dirtyLog: true, allocates: true);
        Use(Below, Pages + 2);
        ReferenceMachine machine = new(vm);

        Assert.All([Below, Above], gfn => Assert.Equal(default, machine.Page(gfn)));
        Assert.All([Base, Above - 1], gfn => Assert.NotEqual(default, machine.Page(gfn)));
    }

    [Fact]
    [Clause("DELETE-SLOT-1")]
    public void A_deleted_slot_leaves_nothing_of_its_pages_and_touches_no_other()
    {
        vm.CreateSlot(0, Base, Pages, dirtyLog: true, allocates: true);
        Use(Below, Pages + 2);

        Assert.Equal(Errno.None, vm.DeleteSlot(0, allocates: true));

        Assert.All(Enumerable.Range((int)Base, (int)Pages), gfn => AssertNew((ulong)gfn));
        AssertUsed(Below);
        AssertUsed(Above);
    }

    [Fact]
    [Clause("START-MIGRATION-1")]
    [Clause("G2")]
    public void The_start_marks_no_page_beside_a_slot()
    {
        vm.CreateSlot(0, Base, Pages, dirtyLog: true, allocates: true);
        vm.EnableCmma();

        Assert.Equal(Errno.None, vm.StartMigration());

        Assert.True(vm.Dirty[Base] && vm.Dirty[Above - 1]);
        Assert.False(vm.Dirty[Below] || vm.Dirty[Above]);
    }

    private void Use(ulong first, ulong pages)
    {
        for (ulong gfn = first; gfn < first + pages; gfn++)
        {
            vm.Attributes[gfn] = PageAttributes.All;
            vm.Content[gfn] = (byte)PageContent.Preserved;
            vm.Dirty[gfn] = true;
        }
    }

    private void AssertNew(ulong gfn) => Assert.Equal((0, PageContent.Resident, false), (vm.Attributes[gfn], (PageContent)vm.Content[gfn], vm.Dirty[gfn]));

    private void AssertUsed(ulong gfn) =>
        Assert.Equal((PageAttributes.All, PageContent.Preserved, true), (vm.Attributes[gfn], (PageContent)vm.Content[gfn], vm.Dirty[gfn]));
}
