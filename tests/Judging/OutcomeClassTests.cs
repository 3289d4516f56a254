// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Conformance.Tests;
using Cmma.Traces;
using static Cmma.Traces.Operation;

namespace Cmma.Judging.Tests;

/// <summary>Which clause decides an operation: for every clause that may, the shortest way there, and its neighbours at each border.</summary>
public sealed class OutcomeClassTests
{
    private const uint Peek = 1;
    private const ulong AllBits = ulong.MaxValue;

    private static readonly MachineImplementation Contract = SampleVectors.Machine([.. Capability.All]);

    private static readonly Operation Slot = new CreateSlot(0, 0x10, 0x40, DirtyLog: true);
    private static readonly Operation Unlogged = new CreateSlot(0, 0x10, 0x40, DirtyLog: false);
    private static readonly Operation Enable = new EnableCmma();
    private static readonly Operation Use = new Essa(0x10, 0);
    private static readonly Operation Start = new StartMigration();
    private static readonly Operation Vcpu = new CreateVcpu();

    // A VM in migration mode without a dirty page: all were sent.
    private static readonly Operation[] Sent = [Slot, Enable, Use, Start, new Get(0, 0x40)];

    /// <summary>The clause that decides the last one of these operations.</summary>
    private static readonly (string? Clause, Operation[] Operations)[] Ways =
    [
        ("CREATE-VCPU-1", [Vcpu]),
        ("CREATE-SLOT-1", [Slot]),
        ("CREATE-SLOT-3", [.. Sent, new CreateSlot(1, 0x100, 1, DirtyLog: true)]),
        ("CREATE-SLOT-2", [.. Sent, new CreateSlot(1, 0x100, 1, DirtyLog: false)]),
        ("CREATE-SLOT-CHECK-1", [new CreateSlot(0, Limits.EndOfMemoryGfn + 1, 0, DirtyLog: true)]),
        ("CREATE-SLOT-CHECK-2", [new CreateSlot(0, Limits.EndOfMemoryGfn + 1, Limits.MaxSlotPages + 1, DirtyLog: true)]),
        ("CREATE-SLOT-CHECK-3", [new CreateSlot(0, Limits.EndOfMemoryGfn + 1, Limits.MaxSlotPages, DirtyLog: true)]),
        ("CREATE-SLOT-CHECK-4", [Slot, new CreateSlot(1, 0x4F, 1, DirtyLog: true)]),
        ("CREATE-SLOT-CHECK-5", [new CreateSlot(0, 0, 1, DirtyLog: true, AllocationFails: true)]),
        ("SET-SLOT-FLAGS-1", [Slot, new SetSlotFlags(0, DirtyLog: false)]),
        ("SET-SLOT-FLAGS-1", [.. Sent, new SetSlotFlags(0, DirtyLog: true)]),
        ("SET-SLOT-FLAGS-1", [Unlogged, Start, new SetSlotFlags(0, DirtyLog: false)]),
        ("SET-SLOT-FLAGS-2", [new CreateSlot(1, 0, 1, DirtyLog: false), Slot, Start, new SetSlotFlags(0, DirtyLog: false)]),
        ("SET-SLOT-FLAGS-1", [new CreateSlot(1, 0, 1, DirtyLog: false), Slot, Start, new SetSlotFlags(1, DirtyLog: false)]),
        ("SET-SLOT-FLAGS-CHECK-1", [Slot, new SetSlotFlags(1, DirtyLog: true)]),
        ("MOVE-SLOT-1", [Slot, new MoveSlot(0, 0x100)]),
        ("MOVE-SLOT-1", [Unlogged, new MoveSlot(0, 0x100)]),
        ("MOVE-SLOT-1", [new CreateSlot(1, 0, 1, DirtyLog: false), Slot, Start, new MoveSlot(0, 0x100)]),
        ("MOVE-SLOT-3", [new CreateSlot(1, 0, 1, DirtyLog: false), Slot, Start, new MoveSlot(1, 0x100)]),
        ("MOVE-SLOT-CHECK-1", [Slot, new MoveSlot(1, Limits.EndOfMemoryGfn)]),
        ("MOVE-SLOT-CHECK-2", [Slot, new MoveSlot(0, Limits.EndOfMemoryGfn)]),
        ("MOVE-SLOT-CHECK-2", [Slot, new CreateSlot(1, 0, 1, DirtyLog: true), new MoveSlot(0, Limits.EndOfMemoryGfn)]),
        ("MOVE-SLOT-CHECK-3", [Slot, new CreateSlot(1, 0, 1, DirtyLog: true), new MoveSlot(1, 0x10)]),
        ("MOVE-SLOT-CHECK-4", [Slot, new MoveSlot(0, 0x100, AllocationFails: true)]),
        ("DELETE-SLOT-1", [Slot, new DeleteSlot(0)]),
        ("DELETE-SLOT-2", [.. Sent, new DeleteSlot(0)]),
        ("DELETE-SLOT-3", [.. Sent, new DeleteSlot(0, AllocationFails: true)]),
        ("DELETE-SLOT-CHECK-1", [Slot, new DeleteSlot(1, AllocationFails: true)]),
        ("ENABLE-CMMA-1", [Enable]),
        ("ENABLE-CMMA-CHECK-2", [Vcpu, Enable]),
        ("CLEAR-CMMA-1", [Enable, new ClearCmma()]),
        ("CLEAR-CMMA-CHECK-2", [new ClearCmma()]),
        ("START-MIGRATION-1", [Slot, Enable, Start]),
        ("START-MIGRATION-CHECK-1", [Slot, Enable, Start, Start]),
        ("START-MIGRATION-CHECK-2", [Enable, Start]),
        ("START-MIGRATION-CHECK-3", [Unlogged, Start]),
        ("START-MIGRATION-CHECK-4", [Unlogged, Enable, Start]),
        ("STOP-MIGRATION-1", [new StopMigration()]),
        ("STOP-MIGRATION-2", [Slot, Start, new StopMigration()]),
        ("MIGRATION-STATUS-1", [new MigrationStatus()]),
        ("TOUCH-1", [Slot, new Touch(0x10)]),
        ("TOUCH-CHECK-1", [Slot, new Touch(0xF)]),
        ("EVICT-1", [Slot, new Evict(0x4F)]),
        ("EVICT-CHECK-1", [Slot, new Evict(0x50)]),
        ("ESSA-CHECK-1", [Slot, new Essa(0x10, 8)]),
        ("ESSA-CHECK-2", [Slot, Enable, new Essa(0, 8)]),
        ("ESSA-CHECK-3", [.. Sent, new Essa(0xF, 7)]),
        ("ESSA-ORC-0", [Slot, Enable, new Essa(0x10, 0)]),
        ("ESSA-ORC-7", [Slot, Enable, new Essa(0x10, 7)]),
        ("ESSA-STEPS-1", [Slot, Enable, new EssaBegin(0x10, 1)]),
        ("ESSA-STEPS-2", [Slot, Enable, new EssaBegin(0x10, 1), new EssaEnd()]),
        ("SET-CHECK-1", [new Set(0, 1, 1, 0, Bytes(1), ArgumentMemory.Unreadable)]),
        ("SET-CHECK-2", [new Set(0, 1, 1, 0, Bytes(1))]),
        ("SET-CHECK-3", [Enable, new Set(0, Limits.MaxCount + 1, 1, 0, Bytes(1))]),
        ("SET-CHECK-4", [Enable, new Set(0, Limits.MaxCount + 1, 0, 0, Bytes(1))]),
        ("SET-CHECK-5", [Slot, Enable, new Set(0x10, 0, 0, 0, Bytes(1), AllocationFails: true)]),
        ("SET-CHECK-6", [Slot, Enable, new Set(0x10, 2, 0, 0, Bytes(1), AllocationFails: true)]),
        ("SET-CHECK-7", [Slot, Enable, new Set(0, 2, 0, 0, Bytes(1))]),
        ("SET-WALK-1", [Slot, Enable, new Set(0xF, 2, 0, 0, Bytes(2))]),
        ("SET-MASK-1", [Slot, Enable, new Set(0x10, 2, 0, AllBits, Bytes(2))]),
        ("GET-CHECK-1", [new Get(0, 1, 4, Argument: ArgumentMemory.Unreadable)]),
        ("GET-CHECK-2", [new Get(0, 1, 4)]),
        ("GET-CHECK-3", [Enable, new Get(0, 1, 2)]),
        ("GET-CHECK-3", [Enable, new Get(0, 1, Peek | 2)]),
        ("GET-CHECK-4", [Enable, new Get(0, 0)]),
        ("GET-CHECK-5", [Slot, Enable, Use, Start, new Get(0, 0)]),
        ("GET-CHECK-5", [Slot, Enable, Start, new Get(0, 1)]),
        ("GET-CHECK-5", [Slot, Enable, Use, new Get(0x10, 0, Peek)]),
        ("GET-CHECK-6", [.. Sent, new Get(0, 1)]),
        ("GET-CHECK-7", [Slot, Enable, Use, Start, new Get(0, 1, BufferBytes: 0, AllocationFails: true)]),
        ("GET-CHECK-8", [Slot, Enable, Use, Start, new Get(0, 1, BufferBytes: 0)]),
        ("GET-CHECK-8", [Slot, Enable, Use, new Get(0x4F, 1, Peek, BufferBytes: 0)]),
        ("GET-CHECK-9", [Slot, Enable, Use, Start, new Get(0, 1, Argument: ArgumentMemory.ReadOnly)]),
        ("GET-CHECK-9", [Slot, Enable, Use, new Get(0x10, 1, Peek, Argument: ArgumentMemory.ReadOnly)]),
        (null, [Slot, Enable, Use, Start, new Get(0, 1, BufferBytes: 0, Argument: ArgumentMemory.ReadOnly)]),
        ("GET-ZERO-2", [Slot, Enable, Start, new Get(0, 1, Argument: ArgumentMemory.ReadOnly)]),
        ("GET-ZERO-2", [Slot, Enable, Use, Start, new Get(0, 0, Argument: ArgumentMemory.ReadOnly)]),
        ("GET-ZERO-2", [.. Sent, new Get(0, 1, Argument: ArgumentMemory.ReadOnly)]),
        ("GET-ZERO-2", [.. Sent, new Get(0, 1, BufferBytes: 0, Argument: ArgumentMemory.ReadOnly)]),
        ("GET-ZERO-2", [Slot, Enable, Use, new Get(0, 0, Peek, Argument: ArgumentMemory.ReadOnly)]),
        ("PEEK-CHECK-1", [Slot, Enable, Use, new Get(0xF, 1, Peek)]),
        ("PEEK-CHECK-1", [Slot, Enable, Use, new Get(0x50, 1, Peek, Argument: ArgumentMemory.ReadOnly)]),
        ("PEEK-2", [Slot, Enable, Use, new Get(0x4F, 1, Peek)]),
        ("PEEK-2", [Slot, Enable, Use, Start, new Get(0x10, 1, Peek)]),
        ("GET-BLOCK-1", [.. Sent, new Essa(0x10, 1), new Get(0x10, 2)]),
        ("GET-BLOCK-2", [.. Sent, new Essa(0x10, 1), new Get(0x11, 1)]),
        ("GET-BLOCK-4", [.. Sent, new Essa(0x10, 1), new Essa(0x12, 1), new Get(0, 9)]),
        ("GET-BLOCK-5", [.. Sent, new Essa(0x4F, 1), new Get(0, 9)]),
        ("GET-BLOCK-1", [.. Sent, new CreateSlot(1, 0x50, 1, DirtyLog: true), new Essa(0x4F, 1), new Get(0, 9)]),
        ("GET-BLOCK-6", [.. Sent, new Essa(0x10, 1), new Essa(0x11, 1), new Essa(0x12, 1), new Get(0, 2)]),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Ways.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_clause_that_decides_is_found(int row)
    {
        (string? clause, Operation[] operations) = Ways[row];

        Assert.Equal(clause, Last(operations));
    }

    [Fact]
    public void Hosts_without_CMMA_have_clauses_of_their_own()
    {
        Assert.Equal("ENABLE-CMMA-CHECK-1", Last([Enable], hostHasCmma: false));
        Assert.Equal("CLEAR-CMMA-CHECK-1", Last([new ClearCmma()], hostHasCmma: false));
    }

    [Fact]
    public void A_block_of_all_that_one_call_may_answer_ends_by_its_length()
    {
        Operation[] large = [new CreateSlot(0, 0, Limits.MaxCount + 1, DirtyLog: true), Enable, Use, Start];

        Assert.Equal("GET-BLOCK-6", Last([.. large, new Get(0, uint.MaxValue)]));
        Assert.Equal("GET-ZERO-2", Last([.. large, new Get(0, uint.MaxValue), new Get(0, 1), new Get(0, 1, Argument: ArgumentMemory.ReadOnly)]));
        Assert.Equal("GET-CHECK-9", Last([.. large, new Get(0, uint.MaxValue), new Get(0, 1, Argument: ArgumentMemory.ReadOnly)]));
    }

    [Fact]
    public void Each_operation_comes_with_what_the_contract_answers()
    {
        IReadOnlyList<(Outcome Outcome, string? Class)> done = OutcomeClass.Of(new Trace(HostHasCmma: true, [.. new[] { Vcpu, Enable }.Select(each => new Step(each, Expect: null))]), Contract);

        Assert.Equal([(new Outcome("ok"), "CREATE-VCPU-1"), (new Outcome("EBUSY"), "ENABLE-CMMA-CHECK-2")], done);
    }

    [Fact]
    public void What_is_missing_is_told_by_its_name()
    {
        Assert.Equal("trace", Assert.Throws<ArgumentNullException>(() => OutcomeClass.Of(null!, Contract)).ParamName);
        Assert.Equal("contract", Assert.Throws<ArgumentNullException>(() => OutcomeClass.Of(SampleVectors.Passes.Trace, null!)).ParamName);
        Assert.Equal("before", Assert.Throws<ArgumentNullException>(() => OutcomeClass.Of(null!, Vcpu, new Outcome("ok"))).ParamName);
        using IRun vm = Contract.NewVm(hostHasCmma: true);
        Assert.Equal("outcome", Assert.Throws<ArgumentNullException>(() => OutcomeClass.Of(vm.State!, Vcpu, null!)).ParamName);
    }

    private static string? Last(IReadOnlyList<Operation> operations, bool hostHasCmma = true) =>
        OutcomeClass.Of(new Trace(hostHasCmma, [.. operations.Select(each => new Step(each, Expect: null))]), Contract)[^1].Class;

    private static ByteRuns Bytes(int count) => ByteRuns.Of(new byte[count]);
}
