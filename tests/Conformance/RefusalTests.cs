// SPDX-License-Identifier: MIT
using System.Text.Json;
using Cmma.Generators;
using Cmma.Traces;

namespace Cmma.Conformance.Tests;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("""{"op":"touch"}""", "operations[0]: field 'gfn' is missing")]
    [InlineData("""{"op":"touch","gfn":"0x01"}""", "operations[0].gfn: '0x01' does not have the form")]
    [InlineData("""{"op":"touch","gfn":"0xA"}""", "operations[0].gfn: '0xA' does not have the form")]
    [InlineData("""{"op":"touch","gfn":"0x10000000000000000"}""", "does not have the form")]
    [InlineData("""{"op":"touch","gfn":"0x1\n"}""", "does not have the form")]
    [InlineData("""{"op":"touch","gfn":1}""", "operations[0].gfn: must be a string")]
    [InlineData("""{"op":"touch","gfn":"0x1","expect":{"result":"EPERM"}}""", "operations[0].expect")]
    [InlineData("""{"op":"touch","gfn":"0x1","note":"x"}""", "operations[0]: unknown field 'note'")]
    [InlineData("""{"op":"peek"}""", "operations[0].op: 'peek' is none of")]
    [InlineData("""{"op":"essa","gfn":"0x0","orc":4294967296}""", "operations[0].orc: is above 4294967295")]
    [InlineData("""{"op":"essa","gfn":"0x0","orc":0,"pages":65537}""", "operations[0].pages: is above 65536")]
    [InlineData("""{"op":"essa_begin","gfn":"0x0","orc":0,"pages":2}""", "operations[0]: unknown field 'pages'")]
    [InlineData("""{"op":"essa_begin","gfn":"0x0","orc":0,"expect":{"result":"ok","r1":"0x0"}}""", "operations[0].expect")]
    [InlineData("""{"op":"essa_end","gfn":"0x0"}""", "operations[0]: unknown field 'gfn'")]
    [InlineData("""{"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"0"}""", "operations[0].values: '0' does not have the form")]
    [InlineData("""{"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"??"}""", "operations[0].values: '??' does not have the form")]
    [InlineData("""{"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"00*1"}""", "operations[0].values: '00*1' does not have the form")]
    [InlineData("""{"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"00*1048578"}""", "values: more than 1048577 bytes")]
    [InlineData("""{"op":"get","start_gfn":"0x0","count":1,"expect":{"result":"ok"}}""", "operations[0].expect")]
    public void A_malformed_operation_is_refused(string operation, string reason) =>
        Assert.Contains(reason, Spec.Refused(() => Spec.Trace(operation)), StringComparison.Ordinal);

    [Fact]
    public void Minus_0_is_0() =>
        Assert.Equal(0U, Assert.IsType<Operation.Get>(Spec.Trace("""{"op":"get","start_gfn":"0x0","count":-0}""").Steps[0].Operation).Count);

    [Theory]
    [InlineData("00", null)]
    [InlineData("0", "does not have the form")]
    [InlineData("00 00", "is longer than 3145730 characters")]
    public void As_many_bytes_as_there_may_be_may_be_written_one_by_one(string last, string? reason)
    {
        string values = string.Concat(Enumerable.Repeat("00 ", Traces.ByteRuns.MaxLength - 1)) + last;
        string operation = $$"""{"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"{{values}}"}""";

        if (reason == null)
        {
            Assert.Single(Spec.Trace(operation).Steps);
        }
        else
        {
            Assert.Contains(reason, Spec.Refused(() => Spec.Trace(operation)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_schema_and_the_code_know_the_same_capabilities()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllBytes(Spec.SchemaPath));
        Assert.Equal(
            Capability.All.Select(capability => capability.Name),
            schema.RootElement.GetProperty("$defs").GetProperty("capability").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal));
    }

    private static readonly string[] Values =
    [
        "0", "1", "2", "-0", "3.0", "3e0", "0.5", "1e400", "-1", "true", "false", "null", "\"\"", "\"ok\"", "\"EPERM\"", "\"fails\"", "\"succeeds\"", "\"0x0\"", "\"0x01\"", "\"00*1\"", "\"?? 00\"",
        "\"contract\"", "[\"contract\"]", "[\"vcpu\",\"vcpu\"]", "[]", "{}", "{\"result\":\"ok\"}", "{\"one_of\":[{\"result\":\"ok\"},{\"result\":\"EINVAL\"}]}", "\"\\ud800\"", "1,\"mood\":2", "1,\"op\":\"get\"",
    ];

    [SeededProperty(MaxTest = 5000)]
    public void What_reads_accepts_a_changed_vector_exactly_where_it_is_well_formed_and_fits_the_schema(int which, int at, int value, bool whole)
    {
        string text = TraceWriter.Vectors([Spec.Vectors[(int)((uint)which % Spec.Vectors.Count)]]);
        int colon = text.IndexOf(':', (int)((uint)at % (text.Length - 50)));
        int end = colon < 0 ? -1 : whole ? text.IndexOfAny([',', '}', ']', '\n'], colon) : colon + 2;
        string changed = end < 0 ? text : text[..(colon + 1)] + Values[(int)((uint)value % Values.Length)] + text[end..];
        string? refused = null;
        try
        {
            string written = TraceWriter.Vectors(TraceReader.Vectors(Spec.Json(changed), "test.json"));
            Assert.Equal(written, TraceWriter.Vectors(TraceReader.Vectors(Spec.Json(written), "test.json")));
        }
        catch (InputException e)
        {
            refused = e.Message;
        }

        string? breach = Spec.Schema.Breach(Spec.Json(changed));
        Assert.True((refused == null) == (breach == null), $"what reads: {refused ?? "accepts"}; the schema: {breach ?? "accepts"}: {changed}");
    }
}
