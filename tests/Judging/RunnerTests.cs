// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Reference;
using Cmma.Traces;

namespace Cmma.Judging.Tests;

/// <summary>Each lying machine does one thing that no machine may do, and is noticed.</summary>
public sealed class RunnerTests
{
    private const int EINVAL = -(int)Errno.EINVAL;
    private const int EFAULT = -(int)Errno.EFAULT;

    private static readonly Operation.Get Get = new(StartGfn: 5, Count: 3);

    private static Operation.Set Set => new(StartGfn: 5, Count: 2, Flags: 0, Mask: 7, ByteRuns.Of([1, 2]));

    [Fact]
    public void A_true_answer_has_no_breach()
    {
        Outcome outcome = Runner.Run(Answering(log => log with { Count = 2, RemainingOrMask = 9 }, 0x41, 0x42), Get);

        Assert.Null(outcome.Breach);
        Assert.Equal(("ok", 5UL, 2U, 9UL), (outcome.Result, outcome.StartGfn, outcome.Count, outcome.Remaining));
        Assert.Equal([0x41, 0x42], outcome.Values.ToArray());
        Assert.False(outcome.Zeroed);
    }

    [Fact]
    public void Bytes_past_the_answer_are_noticed() =>
        Assert.Equal("bytes past count were written", Runner.Run(Answering(log => log with { Count = 1 }, 1, 2), Get).Breach);

    [Fact]
    public void Bytes_past_the_buffer_are_noticed() =>
        Assert.Equal("bytes past count were written", Runner.Run(Answering(log => log with { Count = 3 }, 1, 2, 3, 4), Get).Breach);

    [Fact]
    public void A_count_above_what_was_asked_for_is_noticed() =>
        Assert.Equal("count 4 is above the 3 that were asked for", Runner.Run(Answering(log => log with { Count = 4 }, 1, 2, 3, 4), Get).Breach);

    [Fact]
    public void A_count_above_the_limit_is_noticed() =>
        Assert.Equal(
            "count 1048577 is above the 1048576 that were asked for",
            Runner.Run(Answering(log => log with { Count = 1_048_577 }), Get with { Count = uint.MaxValue, BufferBytes = 0 }).Breach);

    [Fact]
    public void Changed_flags_are_noticed() =>
        Assert.Equal("flags became 0x1", Runner.Run(Answering(log => log with { Count = 1, Flags = 1 }, 1), Get).Breach);

    [Fact]
    public void A_changed_values_pointer_is_noticed() =>
        Assert.Equal("the values pointer became 0x0", Runner.Run(Answering(log => log with { Count = 1, Values = 0 }, 1), Get).Breach);

    [Fact]
    public void Thirty_two_zero_bytes_are_told_from_an_answer()
    {
        Outcome outcome = Runner.Run(Answering(_ => default), Get);

        Assert.True(outcome.Zeroed);
        Assert.Null(outcome.Breach);
        Assert.Null(outcome.StartGfn);
    }

    [Fact]
    public void A_buffer_written_beside_zero_bytes_is_noticed() =>
        Assert.Equal("the buffer was written", Runner.Run(Answering(_ => default, 0), Get).Breach);

    [Fact]
    public void A_struct_written_back_on_an_error_is_noticed() =>
        Assert.Equal("the struct was written back", Runner.Run(Answering(log => log with { Count = 0 }) with { Result = EINVAL }, Get).Breach);

    [Fact]
    public void A_buffer_written_on_an_error_is_noticed() =>
        Assert.Equal("the buffer was written", Runner.Run(Answering(log => log, 1) with { Result = EINVAL }, Get).Breach);

    [Fact]
    public void A_buffer_written_where_no_write_can_fault_is_noticed()
    {
        Assert.Equal("the buffer was written", Runner.Run(Answering(log => log, 1) with { Result = EFAULT }, Get).Breach);
        Assert.Equal("the buffer was written", Runner.Run(new LyingMachine { Result = EFAULT, Values = [1] }, Get with { Argument = ArgumentMemory.Unreadable }).Breach);
    }

    [Fact]
    public void A_buffer_written_before_a_fault_is_allowed()
    {
        Assert.Null(Runner.Run(Answering(log => log, 1) with { Result = EFAULT }, Get with { BufferBytes = 1 }).Breach);
        Assert.Null(Runner.Run(Answering(log => log, 1) with { Result = EFAULT }, Get with { Argument = ArgumentMemory.ReadOnly }).Breach);
    }

    [Fact]
    public void A_set_that_writes_nothing_has_no_breach() =>
        Assert.Equal(new Outcome("ok") { Struct = new KvmS390CmmaLog(5, 2, 0, 7, Runner.ValuesAddress) }, Runner.Run(Answering(log => log), Set));

    [Fact]
    public void A_set_that_writes_its_struct_is_noticed() =>
        Assert.Equal("the struct was written back", Runner.Run(Answering(log => log with { RemainingOrMask = 0 }), Set).Breach);

    [Fact]
    public void A_set_that_writes_its_values_is_noticed() =>
        Assert.Equal("the values buffer was written", Runner.Run(Answering(log => log, 9), Set).Breach);

    [Fact]
    public void A_machine_that_throws_is_an_outcome()
    {
        Outcome outcome = Runner.Run(new LyingMachine { Throws = new InvalidOperationException("two\nlines") }, new Operation.EnableCmma());

        Assert.Equal("exception", outcome.Result);
        Assert.Equal("InvalidOperationException: two lines", outcome.Breach);
        Assert.NotNull(Judge.Difference(expectation: null, outcome));
    }

    [Fact]
    public void A_machine_that_would_bring_down_its_host_or_give_its_memory_away_is_an_outcome()
    {
        Outcome crash = Runner.Run(new LyingMachine { Throws = new HostCrashException("a null pointer") }, new Operation.EnableCmma());
        Outcome leak = Runner.Run(new LyingMachine { Throws = new MemoryLeakException("old bytes") }, new Operation.EnableCmma());

        Assert.Equal(("host crash", "host crash: a null pointer"), (crash.Result, crash.Breach));
        Assert.Equal(("leaks memory", "leaks memory: old bytes"), (leak.Result, leak.Breach));
    }

    // A thread keeps its buffer for its next call.
    [Fact]
    public void The_first_call_of_a_thread_has_a_whole_buffer_of_filler()
    {
        Outcome? outcome = null;
        Thread thread = new(() => outcome = Runner.Run(Answering(log => log with { Count = Limits.MaxCount }, new byte[2_000_000]), Get with { Count = uint.MaxValue }));
        thread.Start();
        thread.Join();

        Assert.Equal("bytes past count were written", outcome!.Breach);
        Outcome? next = null;
        thread = new(() => next = Runner.Run(Answering(log => log with { Count = 2 }, 1, 2), Get));
        thread.Start();
        thread.Join();
        Assert.Null(next!.Breach);
    }

    [Theory]
    [InlineData(0, "ok")]
    [InlineData(-22, "EINVAL")]
    [InlineData(22, "22")]
    [InlineData(5, "5")]
    [InlineData(-1, "-1")]
    [InlineData(int.MinValue, "-2147483648")]
    public void A_result_is_told_by_its_name_or_its_number(int result, string name) =>
        Assert.Equal(name, Runner.Run(new LyingMachine { Result = result }, new Operation.EnableCmma()).Result);

    [Theory]
    [InlineData(ProgramInterruption.None, "ok")]
    [InlineData(ProgramInterruption.Operation, "operation")]
    [InlineData(ProgramInterruption.Specification, "specification")]
    [InlineData(ProgramInterruption.Addressing, "addressing")]
    [InlineData((ProgramInterruption)9, "9")]
    public void An_interruption_is_told_by_its_name_or_its_number(ProgramInterruption interruption, string name) =>
        Assert.Equal(name, Runner.Run(new LyingMachine { Interruption = interruption }, new Operation.Touch(0)).Result);

    [Fact]
    public void Migration_status_is_told_only_on_success()
    {
        Assert.True(Runner.Run(new LyingMachine(), new Operation.MigrationStatus()).Migrating);
        Assert.Null(Runner.Run(new LyingMachine { Result = EINVAL }, new Operation.MigrationStatus()).Migrating);
    }

    [Fact]
    public void Essa_on_many_pages_must_answer_the_same_on_each()
    {
        Outcome outcome = Runner.Run(new LyingMachine { OtherGfn = 7 }, new Operation.Essa(5, 1, Pages: 4));

        Assert.Equal("page 0x7 answers otherwise than the first one", outcome.Breach);
        Assert.Null(Runner.Run(new LyingMachine { OtherGfn = 7 }, new Operation.Essa(5, 1, Pages: 2)).Breach);
    }

    [Fact]
    public void Essa_tells_r1_only_without_an_interruption()
    {
        Assert.Equal(0UL, Runner.Run(new LyingMachine(), new Operation.Essa(0, 0)).R1);
        Assert.Null(Runner.Run(new LyingMachine { Interruption = ProgramInterruption.Addressing }, new Operation.Essa(0, 0)).R1);
    }

    [Theory]
    [InlineData(ArgumentMemory.Unreadable, 0, false)]
    [InlineData(ArgumentMemory.ReadOnly, 32, false)]
    [InlineData(ArgumentMemory.Ok, 32, true)]
    public void The_struct_can_be_read_and_written_as_the_trace_says(ArgumentMemory memory, int readable, bool writable)
    {
        LyingMachine machine = Answering(log => log with { Count = 1 }, 1);
        Outcome outcome = Runner.Run(machine, Get with { Argument = memory });

        Assert.Equal(readable, machine.ArgumentBytes);
        Assert.Equal(writable, outcome.Count == 1);
    }

    [Theory]
    [InlineData(null, 1000, 67)]
    [InlineData(2U, 1000, 2)]
    [InlineData(0U, 1000, 0)]
    public void The_buffer_can_be_written_as_far_as_the_trace_says(uint? bufferBytes, int offered, int written)
    {
        LyingMachine machine = Answering(log => log, new byte[offered]);
        Runner.Run(machine, Get with { BufferBytes = bufferBytes });

        Assert.Equal(written, machine.ValuesWritten); // 64 bytes behind count stand guard
    }

    [Fact]
    public void What_the_trace_says_reaches_the_machine()
    {
        LyingMachine machine = Answering(log => log);
        Runner.Run(machine, new Operation.Get(1, 2, 3, 4, AllocationFails: true));

        Assert.Equal(new KvmS390CmmaLog(1, 2, 3, 4, Runner.ValuesAddress), machine.Seen);
        Assert.True(machine.SeenAllocationFails);
        Runner.Run(machine, Set);
        Assert.Equal(new KvmS390CmmaLog(5, 2, 0, 7, Runner.ValuesAddress), machine.Seen);
        Assert.False(machine.SeenAllocationFails);
    }

    // Writes these bytes to the buffer, and the struct as changed here.
    private static LyingMachine Answering(Func<KvmS390CmmaLog, KvmS390CmmaLog> change, params byte[] values) => new() { Change = change, Values = values };
}
