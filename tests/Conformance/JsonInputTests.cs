// SPDX-License-Identifier: MIT
using System.Text;
using Cmma.Traces;
using Cmma.Traces.Json;

namespace Cmma.Conformance.Tests;

public sealed class JsonInputTests
{
    [Theory]
    [InlineData("[\n\"a\",\n]", "test.json:3: no valid JSON: ")]
    [InlineData("[\"a\",]", "test.json:1: no valid JSON: ")]
    [InlineData("[]\n[]", "test.json:2: no valid JSON: ")]
    [InlineData("[] x", "test.json:1: no valid JSON: ")]
    [InlineData("", "test.json:1: no valid JSON: ")]
    [InlineData(" \n\n", "test.json:3: no valid JSON: ")]
    [InlineData("\uFEFF[]", "test.json:1: begins with a byte order mark")]
    [InlineData("[\n// why\n1]", "test.json:2: no valid JSON: ")]
    [InlineData("[\n\"a", "test.json:2: no valid JSON: ")]
    [InlineData("[\n\"a\nb\"]", "test.json:2: no valid JSON: ")]
    [InlineData("[\"a\"\0]", "test.json:1: no valid JSON: ")]
    [InlineData("\0", "test.json:1: no valid JSON: ")]
    [InlineData("[01]", "test.json:1: no valid JSON: ")]
    [InlineData("[NaN]", "test.json:1: no valid JSON: ")]
    [InlineData("'a'", "test.json:1: no valid JSON: ")]
    [InlineData("[\n\"\\ud800\"]", "test.json:2: [0]: no valid JSON: a string is not valid Unicode")]
    public void What_is_no_JSON_is_refused_with_its_line(string text, string begins) =>
        Assert.StartsWith(begins, Spec.Refused(() => Texts(Spec.Json(text))), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused_with_their_line()
    {
        byte[] text = [.. "[\n\""u8, 0xff, .. "\"]"u8];

        Assert.Equal("test.json:2: [0]: no valid JSON: a string is not valid Unicode", Spec.Refused(() => Texts(text)));
    }

    [Fact]
    public void Text_in_UTF16_is_refused() =>
        Assert.StartsWith("test.json:1: no valid JSON: ", Spec.Refused(() => Texts([0xff, 0xfe, .. Encoding.Unicode.GetBytes("[]")])), StringComparison.Ordinal);

    [Fact]
    public void Thirty_two_levels_are_read_and_thirty_three_are_refused()
    {
        Assert.False(TraceReader.HoldsVectors(Spec.Json($$"""{"a":{{new string('[', 31)}}{{new string(']', 31)}}}"""), "test.json"));
        Assert.Contains("depth", Spec.Refused(() => TraceReader.HoldsVectors(Spec.Json($$"""{"a":{{new string('[', 32)}}{{new string(']', 32)}}}"""), "test.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_very_long_line_is_read() => Assert.Equal(200_000, Texts(Spec.Json("[" + string.Join(',', Enumerable.Repeat("\"\"", 200_000)) + "]")).Count);

    [Theory]
    [InlineData("3", 3ul)]
    [InlineData("3.0", 3ul)]
    [InlineData("3e0", 3ul)]
    [InlineData("0.03E2", 3ul)]
    [InlineData("30e-1", 3ul)]
    [InlineData("300.00e-2", 3ul)]
    [InlineData("-0", 0ul)]
    [InlineData("-0.0e-99999999999999999999", 0ul)]
    [InlineData("0e99999999999999999999", 0ul)]
    [InlineData("4294967295.0", 4294967295ul)]
    public void A_whole_number_may_be_written_in_every_way(string text, ulong value) => Assert.Equal(value, Number(text));

    [Theory]
    [InlineData("3.5", "must be an integer")]
    [InlineData("3e-1", "must be an integer")]
    [InlineData("1e-99999999999999999999", "must be an integer")]
    [InlineData("-1", "is below 0")]
    [InlineData("-10e-1", "is below 0")]
    [InlineData("4294967296", "is above 4294967295")]
    [InlineData("1e10", "is above 4294967295")]
    [InlineData("1e400", "is above 4294967295")]
    [InlineData("1e99999999999999999999", "is above 4294967295")]
    [InlineData("18446744073709551619", "is above 4294967295")]
    [InlineData("\"3\"", "must be an integer")]
    public void What_is_no_number_of_32_bits_is_refused(string text, string reason) => Assert.Equal($"test.json:1: {reason}", Spec.Refused(() => Number(text)));

    [Fact]
    public void A_directory_and_a_missing_file_are_refused()
    {
        using TempFolder folder = new();

        Assert.Equal("here: is a directory, not a file", Spec.Refused(() => JsonInput.ReadFile(folder.Path, "here", Read)));
        Assert.Equal("here: no such file", Spec.Refused(() => JsonInput.ReadFile(folder.At("none.json"), "here", Read)));
        Assert.Equal("here: no such file", Spec.Refused(() => JsonInput.ReadFile("a\0b", "here", Read)));
        File.CreateSymbolicLink(folder.At("loop.json"), folder.At("loop.json"));
        Assert.StartsWith("here: ", Spec.Refused(() => JsonInput.ReadFile(folder.At("loop.json"), "here", Read)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_64_MiB_is_read_and_one_byte_more_is_refused()
    {
        using TempFolder folder = new();
        string path = folder.At("large.json");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(JsonInput.MaxBytes); // zeros: no JSON, but looked at
        }

        Assert.StartsWith("here:1: no valid JSON: ", Spec.Refused(() => JsonInput.ReadFile(path, "here", Read)), StringComparison.Ordinal);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(JsonInput.MaxBytes + 1);
        }

        Assert.Equal("here: is larger than 64 MiB", Spec.Refused(() => JsonInput.ReadFile(path, "here", Read)));
    }

    [Fact]
    public void A_device_without_an_end_is_refused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero here");

        Assert.Equal("here: is larger than 64 MiB", Spec.Refused(() => JsonInput.ReadFile("/dev/zero", "here", Read)));
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal() =>
        Assert.Equal("test.json:1: unknown field '?[31m'", Spec.Refused(() => TraceReader.Trace(Spec.Json("{\"\u009b[31m\":1}"), "test.json")));

    private static List<string> Texts(ReadOnlySpan<byte> utf8) => JsonInput.Parse(utf8, "test.json", Read);

    private static ulong Number(string text) => JsonInput.Parse(Spec.Json(text), "test.json", (ref json) => json.Number());

    private static List<string> Read(ref JsonCursor json) => json.Items((ref json) => json.Text(int.MaxValue));
}
