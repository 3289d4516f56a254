// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

/// <summary>The checks, the zero bytes and the answer of GET. <see cref="GetBlockProperties"/> has its block.</summary>
public sealed class GetProperties : MachineProperties
{
    [ClauseProperty("GET-CHECK-1", AtLeast = 200)]
    public Property A_struct_that_cannot_be_read_is_EFAULT_whatever_else(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Operation.Argument == ArgumentMemory.Unreadable,
        must: call => call.IsRefusedWith(Errno.EFAULT));

    [ClauseProperty("GET-CHECK-2", AtLeast = 300)]
    public Property Without_CMMA_it_is_ENXIO_whatever_the_flags_the_count_and_the_mode(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Check == GetCheck.NotEnabled,
        must: call => call.IsRefusedWith(Errno.ENXIO));

    [ClauseProperty("GET-CHECK-3", AtLeast = 200)]
    public Property A_flag_other_than_PEEK_is_EINVAL(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Check == GetCheck.UnknownFlag,
        must: call => call.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("GET-CHECK-3", AtLeast = 50)]
    public Property A_flag_beside_PEEK_is_EINVAL(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Check == GetCheck.UnknownFlag && (call.Operation.Flags & 1) == 1,
        must: call => call.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("GET-CHECK-4", AtLeast = 1000)]
    public Property Without_migration_mode_it_is_EINVAL(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Check == GetCheck.NotMigrating,
        must: call => call.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("GET-CHECK-4", AtLeast = 10)]
    public Property Without_migration_mode_it_is_EINVAL_for_a_count_of_0_too(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Check == GetCheck.NotMigrating && call.Operation.Count == 0,
        must: call => call.IsRefusedWith(Errno.EINVAL));

    [ClauseProperty("GET-CHECK-5", AtLeast = 50)]
    public Property A_count_of_0_is_answered_with_zero_bytes(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: GetCheck.NothingAskedOrNeverUsed, StructWritable: true, Operation.Count: 0 },
        must: call => call.IsZeroed && call.ChangesNothing);

    [ClauseProperty("GET-CHECK-5", AtLeast = 100)]
    public Property A_VM_that_never_used_CMMA_is_answered_with_zero_bytes_though_pages_are_dirty(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: GetCheck.NothingAskedOrNeverUsed, StructWritable: true, Before.Used: false, Before.AnyDirty: true },
        must: call => call.IsZeroed && call.ChangesNothing);

    [ClauseProperty("GET-CHECK-5", AtLeast = 5)]
    public Property PEEK_does_not_look_for_its_first_page_then(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: GetCheck.NothingAskedOrNeverUsed, StructWritable: true, IsPeek: true } && !call.Before.Memory.Exists(call.Operation.StartGfn),
        must: call => call.IsZeroed);

    [ClauseProperty("GET-CHECK-6", AtLeast = 500)]
    public Property Where_nothing_is_dirty_it_answers_with_zero_bytes_whatever_the_start(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: GetCheck.NothingDirty, StructWritable: true },
        must: call => call.IsZeroed && call.ChangesNothing);

    [ClauseProperty("GET-CHECK-7", AtLeast = 100)]
    public Property No_memory_for_the_answer_is_ENOMEM_and_removes_no_mark(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Check == GetCheck.NoMemory,
        must: call => call.IsRefusedWith(Errno.ENOMEM));

    [ClauseProperty("GET-CHECK-7", AtLeast = 50)]
    public Property An_earlier_check_needs_no_memory(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: < GetCheck.NoMemory, Operation.AllocationFails: true },
        must: call => call.Result != -(int)Errno.ENOMEM);

    [ClauseProperty("GET-CHECK-8", "ABI-11", AtLeast = 50)]
    public Property Values_that_cannot_be_written_are_EFAULT(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.FindsBlock && call.BlockPages > call.BufferBytes,
        must: call => call.Result == -(int)Errno.EFAULT && call.User.Got == call.User.Given);

    [ClauseProperty("GET-CHECK-8", "GET-WRITE-2", AtLeast = 500)]
    public Property Behind_the_values_the_buffer_need_not_be_writable(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsBlock: true, StructWritable: true } && call.BlockPages <= call.BufferBytes && call.BufferBytes < call.Limit,
        must: call => call.IsAnswer);

    [ClauseProperty("GET-CHECK-9", AtLeast = 50, Traces = typeof(FaultTraces))]
    public Property A_struct_that_cannot_be_written_is_EFAULT_after_the_values_are_written(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsBlock: true, StructWritable: false } && call.BlockPages <= call.BufferBytes,
        must: call => call.Result == -(int)Errno.EFAULT && call.User.WritesOfValues.Count() == 1 && !call.User.WritesOfValues.First().Faults);

    [ClauseProperty("GET-WRITE-3", AtLeast = 50, Traces = typeof(FaultTraces))]
    public Property A_struct_that_cannot_be_written_stays_and_the_values_stand_in_the_buffer(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsBlock: true, StructWritable: false } && call.BlockPages <= call.BufferBytes,
        must: call => call.User.Got == call.User.Given
            && (ulong)call.Values.Length == call.BlockPages
            && Enumerable.Range(0, call.Values.Length).All(index => call.Values[index] == call.Before.Memory[call.First + (ulong)index].Attributes));

    [Fact]
    [Clause("GET-CHECK-1")]
    [Clause("GET-CHECK-9")]
    [Clause("GET-ZERO-2")]
    public void Any_of_the_32_bytes_of_the_struct_can_be_the_cause()
    {
        for (int bytes = 0; bytes < KvmS390CmmaLog.SizeBytes; bytes++)
        {
            Assert.Equal(-(int)Errno.EFAULT, GetWith(bytes, writable: 32, used: true));
            Assert.Equal(-(int)Errno.EFAULT, GetWith(32, bytes, used: true));
            Assert.Equal(-(int)Errno.EFAULT, GetWith(32, bytes, used: false));
        }

        Assert.Equal(0, GetWith(32, 32, used: true));
    }

    [ClauseProperty("GET-ZERO-1", AtLeast = 500)]
    public Property All_32_bytes_become_0_and_the_buffer_is_not_touched(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: GetCheck.NothingAskedOrNeverUsed or GetCheck.NothingDirty, StructWritable: true },
        must: call => call.Result == 0 && call.User.Got == default && !call.User.WritesOfValues.Any());

    [ClauseProperty("GET-ZERO-1", AtLeast = 30)]
    public Property The_zero_bytes_do_not_need_the_buffer(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: GetCheck.NothingAskedOrNeverUsed or GetCheck.NothingDirty, StructWritable: true, BufferBytes: 0 },
        must: call => call.IsZeroed);

    [ClauseProperty("GET-ZERO-2", AtLeast = 10)]
    public Property Zero_bytes_that_cannot_be_written_are_EFAULT(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: GetCheck.NothingAskedOrNeverUsed or GetCheck.NothingDirty, StructWritable: false },
        must: call => call.IsRefusedWith(Errno.EFAULT));

    [ClauseProperty("GET-COUNT-1", AtLeast = 20)]
    public Property A_count_above_1048576_is_no_error(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { Check: GetCheck.None, IsPeek: false, StructWritable: true, Operation.Count: > Limits.MaxCount } && call.BufferBytes >= call.BlockPages,
        must: call => call.IsAnswer);

    [ClauseProperty("GET-WRITE-1", AtLeast = 1000)]
    public Property On_an_errno_the_struct_keeps_its_bytes_and_the_struct_is_written_only_where_that_faults(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Result != 0,
        must: call => call.User.Got == call.User.Given && call.User.WritesOfStruct.All(step => step.Faults));

    [ClauseProperty("GET-WRITE-2", AtLeast = 1000)]
    public Property The_values_are_written_once_before_the_struct_and_nothing_behind_them(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.IsAnswer,
        must: call => call.User.WritesOfValues.Count() == 1
            && (uint)call.User.WritesOfValues.Single().Length == call.User.Got.Count
            && call.User.Steps.All(step => step.Address is UserSteps.ValuesAddress or UserSteps.ArgumentAddress)
            && call.User.Steps[^1].Address == UserSteps.ArgumentAddress);

    [ClauseProperty("GET-WRITE-3", AtLeast = 1000)]
    public Property An_error_before_the_writes_leaves_the_buffer_untouched(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Result != 0 && !(call.Check == GetCheck.None && (call.FindsBlock || call.FindsPages)),
        must: call => !call.User.Steps.Any(step => step.IsWrite && step.Address != UserSteps.ArgumentAddress));

    [ClauseProperty("GET-ANSWER-1", AtLeast = 1000)]
    public Property Start_gfn_becomes_the_first_page_of_the_block(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsBlock: true, IsAnswer: true },
        must: call => call.LostMarks.Count > 0 && call.User.Got.StartGfn == call.LostMarks[0]);

    [ClauseProperty("GET-ANSWER-2", AtLeast = 1000)]
    public Property Count_becomes_the_number_of_pages_of_the_block(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsBlock: true, IsAnswer: true },
        must: call => call.User.Got.Count == call.LostMarks[^1] - call.LostMarks[0] + 1
            && (uint)call.Values.Length == call.User.Got.Count
            && call.User.Got.Count is > 0 && call.User.Got.Count <= call.Limit);

    [ClauseProperty("GET-ANSWER-3", AtLeast = 1000)]
    public Property Remaining_becomes_the_number_of_dirty_pages_left_in_all_slots(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsBlock: true, IsAnswer: true },
        must: call => call.User.Got.RemainingOrMask == (ulong)call.After.Memory.Dirty.Count);

    [ClauseProperty("GET-ANSWER-4", AtLeast = 1000)]
    public Property Flags_and_values_are_as_passed_in(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call is { FindsBlock: true, IsAnswer: true },
        must: call => call.User.Got.Flags == 0 && call.User.Got.Values == call.User.Given.Values);

    private int GetWith(int readable, int writable, bool used)
    {
        IMachine machine = NewMachine(arg: true);
        machine.EnableCmma();
        machine.CreateVcpu();
        machine.CreateSlot(0, 0, 4, dirtyLog: true);
        if (used)
        {
            machine.Essa(0, 1);
        }

        machine.StartMigration();
        return machine.Get(new ShortStruct(readable, writable), UserSteps.ArgumentAddress);
    }

    // A caller whose struct can be read and written only up to some byte.
    private sealed class ShortStruct(int readable, int writable) : IUserMemory
    {
        private readonly byte[] argument = Encoded();

        public ReadOnlySpan<byte> Read(ulong address, int length) => argument.AsSpan(0, Math.Min(length, readable));

        public int Write(ulong address, ReadOnlySpan<byte> source) =>
            address == UserSteps.ArgumentAddress ? Math.Min(source.Length, writable) : source.Length;

        private static byte[] Encoded()
        {
            byte[] bytes = new byte[KvmS390CmmaLog.SizeBytes];
            new KvmS390CmmaLog(0, 4, 0, 0, UserSteps.ValuesAddress).Encode(bytes, !BitConverter.IsLittleEndian);
            return bytes;
        }
    }
}
