// SPDX-License-Identifier: MIT
namespace Cmma.Abi;

/// <summary>
/// One new VM and every operation of the contract. Results are those of the ioctl: 0 or a negative errno (ABI-10).
/// No argument makes a call throw or hang; what a call does with a bad one is a clause. How much memory a VM can have is a capability of the
/// machine.
/// </summary>
public interface IMachine
{
    /// <summary>Creates a vCPU (spec/clauses/create-vcpu.md).</summary>
    int CreateVcpu();

    /// <summary>Creates a memory slot whose pages the guest has touched (spec/clauses/create-slot.md).</summary>
    /// <param name="id">The number that names it.</param>
    /// <param name="baseGfn">Its first page.</param>
    /// <param name="pages">How many pages.</param>
    /// <param name="dirtyLog">Whether its dirty log is on.</param>
    /// <param name="allocationFails">An input of the model: the allocation inside the call fails (CREATE-SLOT-CHECK-5).</param>
    int CreateSlot(uint id, ulong baseGfn, ulong pages, bool dirtyLog, bool allocationFails = false);

    /// <summary>Switches the dirty log of a slot (spec/clauses/set-slot-flags.md).</summary>
    int SetSlotFlags(uint id, bool dirtyLog);

    /// <summary>Moves a slot to another base (spec/clauses/move-slot.md). Parameters as in <see cref="CreateSlot"/>.</summary>
    int MoveSlot(uint id, ulong baseGfn, bool allocationFails = false);

    /// <summary>Deletes a slot, which needs no allocation (spec/clauses/delete-slot.md). Parameters as in <see cref="CreateSlot"/>.</summary>
    int DeleteSlot(uint id, bool allocationFails = false);

    /// <summary>KVM_S390_VM_MEM_ENABLE_CMMA (spec/clauses/enable-cmma.md).</summary>
    int EnableCmma();

    /// <summary>KVM_S390_VM_MEM_CLR_CMMA (spec/clauses/clear-cmma.md).</summary>
    int ClearCmma();

    /// <summary>KVM_S390_VM_MIGRATION_START (spec/clauses/start-migration.md).</summary>
    int StartMigration();

    /// <summary>KVM_S390_VM_MIGRATION_STOP (spec/clauses/stop-migration.md).</summary>
    int StopMigration();

    /// <summary>KVM_S390_VM_MIGRATION_STATUS (spec/clauses/migration-status.md).</summary>
    int MigrationStatus(out bool migrating);

    /// <summary>The guest touches a page (spec/clauses/touch.md).</summary>
    ProgramInterruption Touch(ulong gfn);

    /// <summary>The host pages a page out (spec/clauses/evict.md).</summary>
    ProgramInterruption Evict(ulong gfn);

    /// <summary>The guest executes ESSA (spec/clauses/essa.md).</summary>
    EssaResult Essa(ulong gfn, uint orc);

    /// <summary>
    /// The guest begins an ESSA: all that it does is done (ESSA-STEPS-1). This and <see cref="EssaEnd"/> are for a machine with the
    /// capability <c>essa_steps</c>; others need not have them.
    /// </summary>
    void EssaBegin(ulong gfn, uint orc) => throw new NotSupportedException();

    /// <summary>The ESSA that was begun ends: its answer (ESSA-STEPS-2).</summary>
    EssaResult EssaEnd() => throw new NotSupportedException();

    /// <summary>KVM_S390_GET_CMMA_BITS, PEEK included (spec/clauses/get.md, peek.md).</summary>
    /// <param name="user">The caller's memory, with the struct in the byte order of this host.</param>
    /// <param name="argument">Address of the struct.</param>
    /// <param name="allocationFails">An input of the model: the allocation inside the call fails (GET-CHECK-7).</param>
    int Get(IUserMemory user, ulong argument, bool allocationFails = false);

    /// <summary>KVM_S390_SET_CMMA_BITS (spec/clauses/set.md). Parameters as in <see cref="Get"/>.</summary>
    int Set(IUserMemory user, ulong argument, bool allocationFails = false);
}
