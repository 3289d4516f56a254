// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging.Tests;

/// <summary>What an implementation answers is compared with the memory that it sends: a write that it does not report is noticed.</summary>
public sealed class AfterCallTests
{
    private const ulong Address = 0x7fff_0000_1000;

    private static readonly Operation.Get Get = new(StartGfn: 5, Count: 3, Remaining: 8);

    private static readonly Operation.Set Set = new(StartGfn: 5, Count: 2, Flags: 0, Mask: 7, ByteRuns.Of([1, 2]));

    private static readonly Outcome Answer = new(Outcome.Ok) { StartGfn = 6, Count = 2, Remaining = 9, Values = new byte[] { 0x41, 0x42 } };

    private static KvmS390CmmaLog Answered => new(6, 2, 0, 9, Address);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_true_answer_has_no_breach_in_either_byte_order(bool bigEndian)
    {
        Outcome shown = AfterCall.Shown(Get, Answer with { Memory = Memory(Answered, bigEndian, 67, 0x41, 0x42) }, bigEndian);

        Assert.Null(shown.Breach);
        Assert.Equal((6UL, 2U, 9UL), (shown.StartGfn, shown.Count, shown.Remaining));
        Assert.Equal([0x41, 0x42], shown.Values.ToArray());
        Assert.Equal(Answered with { Values = Runner.ValuesAddress }, shown.Struct); // as if the buffer lay where ours does
        Assert.Null(shown.Memory);
    }

    [Theory]
    [InlineData(false, "big")]
    [InlineData(true, "little")]
    public void The_wrong_byte_order_is_seen(bool named, string sent) => Assert.Equal(
        $"sends the struct in {sent}-endian order, where its greeting names the other one",
        AfterCall.Shown(Get, Answer with { Memory = Memory(Answered, !named, 67, 0x41, 0x42) }, named).Breach);

    [Fact]
    public void A_buffer_that_is_written_beside_a_zero_struct_breaks_the_clause_of_that() =>
        Assert.Equal("GET-ZERO-1", AfterCall.ClauseOf(Get, new Outcome(Outcome.Ok) { Zeroed = true, Breach = "the buffer was written" }));

    [Theory]
    [InlineData("the struct was written back", "GET-WRITE-1", "GET-WRITE-1", "SET-2")]
    [InlineData("the buffer was written", "GET-WRITE-3", "GET-WRITE-3", null)]
    [InlineData("bytes past count were written", "GET-WRITE-2", "GET-WRITE-2", null)]
    [InlineData("the struct is zero but for flags 0x1", "GET-ZERO-1", "GET-ZERO-1", null)]
    [InlineData("flags became 0x1", "GET-ANSWER-4", "PEEK-ANSWER-4", null)]
    [InlineData("the values pointer became 0x0", "GET-ANSWER-4", "PEEK-ANSWER-4", null)]
    [InlineData("count 9 is above the 3 that were asked for", "GET-ANSWER-2", "PEEK-ANSWER-2", null)]
    [InlineData("something of its own", null, null, null)]
    public void A_breach_has_the_clause_that_forbids_it(string breach, string? get, string? peek, string? set)
    {
        Assert.Equal([get, peek, set], new Operation[] { Get, Get with { Flags = (uint)CmmaFlags.Peek }, Set }.Select(operation => AfterCall.ClauseOf(operation, Answer with { Breach = breach })));
        Assert.All(new[] { get, peek, set }.OfType<string>(), clause => Assert.Contains(Conformance.Tests.Spec.Clauses, each => each.Id == clause));
    }

    [Theory]
    [InlineData(7UL, 2U, 9UL, "start_gfn: memory 0x7, answer 0x6")]
    [InlineData(6UL, 1U, 9UL, "count: memory 1, answer 2")]
    [InlineData(6UL, 2U, 8UL, "remaining: memory 0x8, answer 0x9")]
    public void An_answer_that_is_not_what_its_struct_holds_is_seen(ulong startGfn, uint count, ulong remaining, string difference)
    {
        byte[] written = count == 1 ? [0x41] : [0x41, 0x42];
        CallerMemory memory = Memory(new KvmS390CmmaLog(startGfn, count, 0, remaining, Address), bigEndian: false, 67, written);

        Assert.Equal($"answers otherwise than its memory shows: {difference}", AfterCall.Shown(Get, Answer with { Memory = memory }, bigEndian: false).Breach);
    }

    [Fact]
    public void Values_that_are_not_those_in_the_buffer_are_seen() => Assert.Equal(
        "answers otherwise than its memory shows: values[1]: memory 43, answer 42",
        AfterCall.Shown(Get, Answer with { Memory = Memory(Answered, bigEndian: false, 67, 0x41, 0x43) }, bigEndian: false).Breach);

    [Theory]
    [InlineData(0U, Address, "the struct is zero but for values 0x7fff00001000")]
    [InlineData(1U, 0UL, "the struct is zero but for flags 0x1")]
    [InlineData(1U, Address, "the struct is zero but for flags 0x1 and values 0x7fff00001000")]
    [InlineData(0U, 0UL, null)]
    public void Zeros_that_are_none_are_seen(uint flags, ulong values, string? breach) => Assert.Equal(
        breach,
        AfterCall.Shown(Get, new Outcome(Outcome.Ok) { Zeroed = true, Memory = Memory(new KvmS390CmmaLog(0, 0, flags, 0, values), bigEndian: false, 67) }, bigEndian: false).Breach);

    [Fact]
    public void Zeros_that_it_does_not_tell_of_are_seen() => Assert.Equal(
        "answers otherwise than its memory shows: zeroed struct: memory yes, answer no (for the zero struct zeroed is true)",
        AfterCall.Shown(Get, Answer with { Memory = Memory(default, bigEndian: false, 67) }, bigEndian: false).Breach);

    [Fact]
    public void A_struct_that_is_written_by_a_failing_call_is_seen() => Assert.Equal(
        "the struct was written back",
        AfterCall.Shown(Get, new Outcome("EFAULT") { Memory = Memory(Answered, bigEndian: false, 67) }, bigEndian: false).Breach);

    [Fact]
    public void A_byte_in_the_margin_is_seen() => Assert.Equal(
        "bytes past count were written",
        AfterCall.Shown(Get, Answer with { Memory = Memory(Answered, bigEndian: false, 67, [0x41, 0x42, .. Enumerable.Repeat(AfterCall.Filler, 64), 0]) }, bigEndian: false).Breach);

    [Theory]
    [InlineData(5UL, 2U, 0U, 7UL, null)]
    [InlineData(6UL, 2U, 0U, 7UL, "the struct was written back")]
    [InlineData(5UL, 1U, 0U, 7UL, "the struct was written back")]
    [InlineData(5UL, 2U, 1U, 7UL, "the struct was written back")]
    [InlineData(5UL, 2U, 0U, 6UL, "the struct was written back")]
    public void What_Set_writes_into_its_struct_is_seen(ulong startGfn, uint count, uint flags, ulong mask, string? breach)
    {
        CallerMemory memory = Memory(new KvmS390CmmaLog(startGfn, count, flags, mask, Address), bigEndian: false, 2, 1, 2);
        Assert.Equal(breach, AfterCall.Shown(Set, new Outcome(Outcome.Ok) { Memory = memory }, bigEndian: false).Breach);
    }

    [Fact]
    public void What_Set_writes_into_its_buffer_is_seen()
    {
        CallerMemory memory = Memory(new KvmS390CmmaLog(5, 2, 0, 7, Address), bigEndian: false, 2, 1, 3);
        Assert.Equal("the values buffer was written", AfterCall.Shown(Set, new Outcome(Outcome.Ok) { Memory = memory }, bigEndian: false).Breach);
    }

    [Fact]
    public void A_breach_that_the_implementation_tells_of_is_one() => Assert.Equal(
        "it says so",
        AfterCall.Shown(Get, Answer with { Breach = "it says so", Memory = Memory(Answered, bigEndian: false, 67, 0x41, 0x42) }, bigEndian: false).Breach);

    [Fact]
    public void What_the_memory_shows_comes_before_what_the_implementation_tells_of() => Assert.StartsWith(
        "answers otherwise than its memory shows: ",
        AfterCall.Shown(Get, Answer with { Breach = "it says so", Memory = Memory(Answered, bigEndian: false, 67, 0x41, 0x43) }, bigEndian: false).Breach,
        StringComparison.Ordinal);

    [Fact]
    public void A_values_pointer_that_became_another_is_shown_as_it_is()
    {
        Outcome shown = AfterCall.Shown(Get, Answer with { Memory = Memory(Answered with { Values = 0x1234 }, bigEndian: false, 67, 0x41, 0x42) }, bigEndian: false);

        Assert.Equal("the values pointer became 0x1234", shown.Breach);
        Assert.Equal(0x1234UL, shown.Struct!.Value.Values);
    }

    [Fact]
    public void A_margin_that_was_zero_before_the_call_too_is_told_as_what_it_is() => Assert.Equal(
        "bytes past count were written: all 65 of them are 00, where they were a5 before the call",
        AfterCall.Shown(Get, Answer with { Memory = Memory(Answered, bigEndian: false, 67, [0x41, 0x42, .. new byte[65]]) }, bigEndian: false).Breach);

    [Theory]
    [InlineData(0UL, "field 'buffer_address' is 0x0, where the last field of the struct in 'argument' holds 0x7fff00001000: it is what that field held before the call")]
    [InlineData(0x1234UL, null)] // a pointer that became another one may well be a fault
    public void An_address_of_the_buffer_that_is_none_is_malformed(ulong address, string? malformed)
    {
        CallerMemory memory = Memory(Answered, bigEndian: false, 67, 0x41, 0x42) with { BufferAddress = address };
        Assert.Equal(malformed, AfterCall.Malformed(Get, Answer with { Memory = memory }, bigEndian: false));
    }

    [Theory]
    [InlineData(31, 67, "field 'argument' has 31 bytes, where 32 lie")]
    [InlineData(32, 66, "field 'buffer' has 66 bytes, where 67 lie, count and 64 more")]
    [InlineData(33, 67, "field 'argument' has 33 bytes, where 32 lie")]
    [InlineData(32, 3, "field 'buffer' has 3 bytes, where 67 lie, count and 64 more")]
    public void Memory_of_another_size_is_a_breach(int argument, int buffer, string breach) => Assert.Equal(
        breach,
        AfterCall.Shown(Get, Answer with { Memory = new CallerMemory(new byte[argument], new byte[buffer], Address) }, bigEndian: false).Breach);

    [Fact]
    public void A_buffer_of_a_given_size_has_no_margin()
    {
        CallerMemory small = new(new byte[32], new byte[1], Address);

        Assert.Equal("field 'buffer' has 1 bytes, where 2 lie", AfterCall.Malformed(Get with { BufferBytes = 2 }, Answer with { Memory = small }, bigEndian: false));
        Assert.Equal("field 'buffer' has 1 bytes, where 1048640 lie, count and 64 more", AfterCall.Malformed(Get with { Count = 1 << 20 }, Answer with { Memory = small }, bigEndian: false));
        Assert.Equal("field 'buffer' has 1 bytes, where 1048640 lie, the largest count that is served and 64 more", AfterCall.Malformed(Get with { Count = (1 << 20) + 1 }, Answer with { Memory = small }, bigEndian: false));
        Assert.Equal("field 'buffer' has 1 bytes, where 2 lie", AfterCall.Malformed(Set, Answer with { Memory = small }, bigEndian: false));
        Assert.Null(AfterCall.Malformed(Get, Answer with { Memory = Memory(Answered, bigEndian: false, 67, 0x41, 0x42) }, bigEndian: false));
    }

    [Theory]
    [InlineData(3U, null, 67)]
    [InlineData(uint.MaxValue, null, 1_048_640)]
    [InlineData(3U, 2U, 2)]
    [InlineData(0U, null, 64)]
    public void The_buffer_has_a_margin_unless_its_size_is_given(uint count, uint? given, int bytes) =>
        Assert.Equal(bytes, AfterCall.BufferBytes(new Operation.Get(StartGfn: 0, Count: count, BufferBytes: given)));

    [Fact]
    public void Only_Get_and_Set_have_memory_to_show()
    {
        Outcome touched = new(Outcome.Ok) { Memory = new CallerMemory(new byte[32], new byte[67], Address) };
        Assert.StartsWith("only GET and SET have a caller's memory", Assert.Throws<ArgumentException>(() => AfterCall.Shown(new Operation.Touch(1), touched, bigEndian: false)).Message, StringComparison.Ordinal);
        Assert.StartsWith("no memory was sent", Assert.Throws<ArgumentException>(() => AfterCall.Shown(Get, Answer, bigEndian: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_argument_is_refused_by_name()
    {
        Assert.Equal("get", Missing(() => AfterCall.BufferBytes(null!)));
        Assert.Equal("get", Missing(() => AfterCall.Given((Operation.Get)null!, Address)));
        Assert.Equal("set", Missing(() => AfterCall.Given((Operation.Set)null!, Address)));
        Assert.Equal("get", Missing(() => AfterCall.Of((Operation.Get)null!, Answer, default, default, [])));
        Assert.Equal("result", Missing(() => AfterCall.Of(Get, null!, default, default, [])));
        Assert.Equal("set", Missing(() => AfterCall.Of((Operation.Set)null!, Answer, default, default, [])));
        Assert.Equal("result", Missing(() => AfterCall.Of(Set, null!, default, default, [])));
        Assert.Equal("outcome", Missing(() => AfterCall.ClauseOf(Get, null!)));
        Assert.Equal("operation", Missing(() => AfterCall.Shown(null!, Answer, bigEndian: false)));
        Assert.Equal("answered", Missing(() => AfterCall.Shown(Get, null!, bigEndian: false)));
        Assert.Equal("operation", Missing(() => AfterCall.Malformed(null!, Answer, bigEndian: false)));
        Assert.Equal("answered", Missing(() => AfterCall.Malformed(Get, null!, bigEndian: false)));
        Assert.StartsWith("no memory was sent", Assert.Throws<ArgumentException>(() => AfterCall.Malformed(Get, Answer, bigEndian: false)).Message, StringComparison.Ordinal);
    }

    private static string? Missing(Func<object?> call) => Assert.Throws<ArgumentNullException>(call).ParamName;

    private static CallerMemory Memory(KvmS390CmmaLog log, bool bigEndian, int bufferBytes, params byte[] written)
    {
        byte[] argument = new byte[KvmS390CmmaLog.SizeBytes];
        log.Encode(argument, bigEndian);
        byte[] buffer = [.. Enumerable.Repeat(AfterCall.Filler, bufferBytes)];
        written.CopyTo(buffer, 0);
        return new CallerMemory(argument, buffer, Address);
    }
}
