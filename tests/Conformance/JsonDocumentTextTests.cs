using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Cmma.Traces.Json;
using Xunit;

namespace Cmma.Conformance.Tests;

public sealed class JsonDocumentTextTests
{
    [Fact]
    public void Each_value_knows_its_line()
    {
        JsonValue json = Spec.Json("{\n  \"a\": [\n    1,\n\n    \"x\"\n  ],\n  \"b\":\n    null\n}\n");

        Assert.Equal(1, json.Line);
        Assert.Equal([2, 7], json.Members.Select(member => member.Line));
        Assert.Equal([3, 5], json["a"]!.Items.Select(item => item.Line));
        Assert.Equal(8, json["b"]!.Line);
    }

    [Fact]
    public void Each_kind_of_value_is_read()
    {
        JsonValue json = Spec.Json("""{"s":"a\u00e9\n","n":-1.50e3,"t":true,"f":false,"z":null,"o":{},"l":[]}""");

        Assert.Equal("aé\n", json["s"]!.Text);
        Assert.Equal("-1.50e3", json["n"]!.Text);
        Assert.Equal(
            [JsonValueKind.String, JsonValueKind.Number, JsonValueKind.True, JsonValueKind.False, JsonValueKind.Null, JsonValueKind.Object, JsonValueKind.Array],
            json.Members.Select(member => member.Value.Kind));
        Assert.Null(json["absent"]);
    }

    [Theory]
    [InlineData("{\n\"a\":1,\n\"a\":2}", "test.json:3: field 'a' stands twice")]
    [InlineData("{\"a\":1,\n\"\\u0061\":2}", "test.json:2: field 'a' stands twice")]
    [InlineData("[\n1,\n]", "test.json:3: no valid JSON: ")]
    [InlineData("{\"a\":1,}", "test.json:1: no valid JSON: ")]
    [InlineData("{}\n{}", "test.json:2: no valid JSON: ")]
    [InlineData("{} x", "test.json:1: no valid JSON: ")]
    [InlineData("", "test.json:1: no valid JSON: ")]
    [InlineData(" \n\n", "test.json:3: no valid JSON: ")]
    [InlineData("\uFEFF", "test.json:1: no valid JSON: ")]
    [InlineData("[\n// why\n1]", "test.json:2: no valid JSON: ")]
    [InlineData("[\n\"a", "test.json:2: no valid JSON: ")]
    [InlineData("[\n\"a\nb\"]", "test.json:2: no valid JSON: ")]
    [InlineData("[1\0]", "test.json:1: no valid JSON: ")]
    [InlineData("\0", "test.json:1: no valid JSON: ")]
    [InlineData("[01]", "test.json:1: no valid JSON: ")]
    [InlineData("[NaN]", "test.json:1: no valid JSON: ")]
    [InlineData("'a'", "test.json:1: no valid JSON: ")]
    [InlineData("[\n\"\\ud800\"]", "test.json:2: no valid JSON: a string is not valid Unicode")]
    [InlineData("{\n\n\"\\udc00\":1}", "test.json:3: no valid JSON: a string is not valid Unicode")]
    public void What_is_no_JSON_is_refused_with_its_line(string text, string begins) =>
        Assert.StartsWith(begins, Spec.Refused(() => Spec.Json(text)), StringComparison.Ordinal);

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Assert.Equal(2, Spec.Json("\uFEFF\n[]").Line);

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused_with_their_line()
    {
        byte[] text = [.. "[\n\""u8, 0xff, .. "\"]"u8];

        Assert.Equal("test.json:2: no valid JSON: a string is not valid Unicode", Spec.Refused(() => JsonDocumentText.Parse(text, "test.json")));
    }

    [Fact]
    public void Text_in_UTF16_is_refused() =>
        Assert.StartsWith("test.json:1: no valid JSON: ", Spec.Refused(() => JsonDocumentText.Parse([0xff, 0xfe, .. Encoding.Unicode.GetBytes("[]")], "test.json")), StringComparison.Ordinal);

    [Fact]
    public void Thirty_two_levels_are_read_and_thirty_three_are_refused()
    {
        Assert.Equal(1, Spec.Json(new string('[', 32) + new string(']', 32)).Line);
        Assert.Contains("depth", Spec.Refused(() => Spec.Json(new string('[', 33) + new string(']', 33))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_keeps_all_its_digits()
    {
        string digits = "1" + new string('0', 400);

        Assert.Equal(digits, Spec.Json(digits).Text);
    }

    [Fact]
    public void A_very_long_line_is_read() => Assert.Equal(200_000, Spec.Json("[" + string.Join(',', Enumerable.Repeat("0", 200_000)) + "]").Items.Count);

    [Fact]
    public void A_directory_and_a_missing_file_are_refused()
    {
        using TempFolder folder = new();

        Assert.Equal("here: is a directory, not a file", Spec.Refused(() => JsonDocumentText.ReadFile(folder.Path, "here")));
        Assert.Equal("here: no such file", Spec.Refused(() => JsonDocumentText.ReadFile(folder.At("none.json"), "here")));
        Assert.Equal("here: no such file", Spec.Refused(() => JsonDocumentText.ReadFile("a\0b", "here")));
        File.CreateSymbolicLink(folder.At("loop.json"), folder.At("loop.json"));
        Assert.StartsWith("here: ", Spec.Refused(() => JsonDocumentText.ReadFile(folder.At("loop.json"), "here")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_64_MiB_is_read_and_one_byte_more_is_refused()
    {
        using TempFolder folder = new();
        string path = folder.At("large.json");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(JsonDocumentText.MaxBytes); // zeros: no JSON, but looked at
        }

        Assert.StartsWith("here:1: no valid JSON: ", Spec.Refused(() => JsonDocumentText.ReadFile(path, "here")), StringComparison.Ordinal);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(JsonDocumentText.MaxBytes + 1);
        }

        Assert.Equal("here: is larger than 64 MiB", Spec.Refused(() => JsonDocumentText.ReadFile(path, "here")));
    }

    [Fact]
    public void A_device_without_an_end_is_refused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero here");

        Assert.Equal("here: is larger than 64 MiB", Spec.Refused(() => JsonDocumentText.ReadFile("/dev/zero", "here")));
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal() =>
        Assert.Equal("test.json:1: field '?[31m?' stands twice", Spec.Refused(() => Spec.Json("""{"\u001b[31m\u0000":1,"\u001b[31m\u0000":2}""")));
}
