// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Judging.Tests;

public sealed class ByteRunsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("00", "00")]
    [InlineData("00 00*2 ??", "00*3 ??")]
    [InlineData("?? ??*3 41 41", "??*4 41*2")]
    [InlineData("00 01 00", "00 01 00")]
    [InlineData("ff*1048577", "ff*1048577")]
    public void Neighbouring_runs_of_one_value_are_joined(string text, string canonical) =>
        Assert.Equal(canonical, ByteRuns.Parse(text)!.ToString());

    [Theory]
    [InlineData("00*1048576", 1_048_576)]
    [InlineData("00*1048576 01", 1_048_577)]
    public void As_many_bytes_as_the_limit_and_one_more_are_read(string text, int length) => Assert.Equal(length, ByteRuns.Parse(text)!.Length);

    [Theory]
    [InlineData("00*1048578")]
    [InlineData("00*1048576 01 02")]
    [InlineData("00*9999999 00*9999999")]
    public void More_bytes_than_that_are_refused(string text) => Assert.Null(ByteRuns.Parse(text));

    [Fact]
    public void A_trace_can_offer_one_byte_more_than_a_call_moves() => Assert.Equal(Limits.MaxCount + 1, (uint)ByteRuns.MaxLength);

    [Fact]
    public void Lengths_that_would_wrap_round_are_refused() =>
        Assert.Null(ByteRuns.Parse(string.Join(' ', Enumerable.Repeat("00*9999999", 430)) + " 00*4967739")); // 2^32 + 1000

    [SeededProperty(MaxTest = 500, Arbitrary = new[] { typeof(Repeated) })]
    public bool Any_bytes_come_back_from_their_written_form(byte[] bytes) =>
        ByteRuns.Parse(ByteRuns.Of(bytes).ToString())!.ToArray().SequenceEqual(bytes) && ByteRuns.Of(bytes).Length == bytes.Length;

    [SeededProperty(MaxTest = 500, Arbitrary = new[] { typeof(Repeated) })]
    public bool The_written_form_is_a_fixed_point(string[] words)
    {
        string canonical = ByteRuns.Parse(string.Join(' ', words))!.ToString();
        return ByteRuns.Parse(canonical)!.ToString() == canonical;
    }

    [SeededProperty(MaxTest = 500, Arbitrary = new[] { typeof(Repeated) })]
    public bool Bytes_fit_exactly_the_runs_that_are_made_of_them(bool[] one, bool[] other)
    {
        int first = one.Zip(other).TakeWhile(both => both.First == both.Second).Count();
        int expected = first < Math.Min(one.Length, other.Length) ? first : -1;
        return ByteRuns.Of(ZerosAndOnes(one)).FirstMismatch(ZerosAndOnes(other)) == expected;
    }

    [Theory]
    [InlineData("00 ??*2 41", new byte[] { 0, 7, 8, 0x41 }, -1)]
    [InlineData("00 ??*2 41", new byte[] { 0, 7, 8, 0x42 }, 3)]
    [InlineData("00 ??*2 41", new byte[] { 1, 7, 8, 0x42 }, 0)]
    [InlineData("00 ??*2 41", new byte[] { 0, 7 }, -1)]
    [InlineData("00", new byte[] { 0, 9 }, -1)]
    public void Any_byte_fits_where_any_may_stand(string runs, byte[] bytes, int mismatch) =>
        Assert.Equal(mismatch, ByteRuns.Parse(runs)!.FirstMismatch(bytes));

    [Fact]
    public void The_byte_at_an_index_is_told_as_written()
    {
        ByteRuns runs = ByteRuns.Parse("0f*2 ??")!;

        Assert.Equal(["0f", "0f", "??", "nothing"], Enumerable.Range(0, 4).Select(runs.At));
        Assert.True(runs.HasAny);
        Assert.False(ByteRuns.Of([0]).HasAny);
    }

    [Fact]
    public void Any_byte_can_take_the_place_of_one_value()
    {
        ByteRuns runs = ByteRuns.Parse("00*2 41 00 ?? ff")!;

        Assert.Equal("??*2 41 ?? ?? ff", runs.WithAnyFor(0).ToString());
        Assert.Equal("00*2 41 00 ?? ff", runs.WithAnyFor(1).ToString());
        Assert.Equal([0, 0, 0x41, 0, 0, 0xff], runs.ToArray());
    }

    [Fact]
    public void No_text_is_refused_by_name() => Assert.Equal("text", Assert.Throws<ArgumentNullException>(() => ByteRuns.Parse(null!)).ParamName);

    private static byte[] ZerosAndOnes(bool[] bits) => [.. bits.Select(bit => bit ? (byte)1 : (byte)0)];

    /// <summary>Few values, so that runs of one come up.</summary>
    public static class Repeated
    {
        public static Arbitrary<byte> Bytes { get; } = Gen.Elements<byte>(0, 1, 0x41, 0xff).ToArbitrary();

        public static Arbitrary<string> Words { get; } = Gen.Elements("00", "00*2", "41", "41*3", "??", "??*2").ToArbitrary();
    }
}
