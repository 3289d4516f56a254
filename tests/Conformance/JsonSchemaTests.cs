using System;
using System.Linq;
using Cmma.Traces;
using Cmma.Traces.Json;
using Xunit;

namespace Cmma.Conformance.Tests;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"object"}""", "{}", null)]
    [InlineData("""{"type":"object"}""", "[]", "must be an object")]
    [InlineData("""{"type":"array"}""", "[]", null)]
    [InlineData("""{"type":"array"}""", "{}", "must be an array")]
    [InlineData("""{"type":"string"}""", "\"\"", null)]
    [InlineData("""{"type":"string"}""", "1", "must be a string")]
    [InlineData("""{"type":"boolean"}""", "false", null)]
    [InlineData("""{"type":"boolean"}""", "null", "must be a boolean")]
    [InlineData("""{"type":"integer"}""", "12", null)]
    [InlineData("""{"type":"integer"}""", "1.5", "must be an integer")]
    [InlineData("""{"type":"integer"}""", "-1", "must be an integer")]
    [InlineData("""{"type":"integer"}""", "-0", null)]
    [InlineData("""{"type":"integer","minimum":0}""", "-0", null)]
    [InlineData("""{"type":"integer","minimum":1}""", "-0", "is below 1")]
    [InlineData("""{"type":"integer"}""", "1e2", "must be an integer")]
    [InlineData("""{"type":"integer"}""", "\"1\"", "must be an integer")]
    [InlineData("""{"const":"a"}""", "\"a\"", null)]
    [InlineData("""{"const":"a"}""", "\"b\"", "must be 'a'")]
    [InlineData("""{"const":false}""", "false", null)]
    [InlineData("""{"const":false}""", "true", "must be false")]
    [InlineData("""{"const":"1"}""", "1", "must be '1'")]
    [InlineData("""{"enum":["a","b"]}""", "\"b\"", null)]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", "'c' is none of a, b")]
    [InlineData("""{"minimum":2}""", "1", "is below 2")]
    [InlineData("""{"minimum":2}""", "2", null)]
    [InlineData("""{"maximum":4294967295}""", "4294967295", null)]
    [InlineData("""{"maximum":4294967295}""", "4294967296", "is above 4294967295")]
    [InlineData("""{"maximum":5}""", "100000000000000000000000000000000000000000000000000", "is above 5")]
    [InlineData("""{"maxLength":2}""", "\"ab\"", null)]
    [InlineData("""{"maxLength":2}""", "\"abc\"", "is longer than 2 characters")]
    [InlineData("""{"pattern":"^a+$"}""", "\"aa\"", null)]
    [InlineData("""{"pattern":"^a+$"}""", "\"ab\"", "'ab' does not have the form: ^a+$")]
    [InlineData("""{"pattern":"^a+$"}""", "\"aa\\n\"", "'aa\n' does not have the form: ^a+$")]
    [InlineData("""{"pattern":"^a+$","description":"letters a"}""", "\"\"", "'' does not have the form: letters a")]
    [InlineData("""{"minItems":2}""", "[1]", "needs at least 2 item(s)")]
    [InlineData("""{"minItems":2}""", "[1,2]", null)]
    [InlineData("""{"uniqueItems":true}""", """["a","b"]""", null)]
    [InlineData("""{"uniqueItems":true}""", """["a","b","a"]""", "'a' stands twice")]
    [InlineData("""{"uniqueItems":false}""", """["a","a"]""", null)]
    [InlineData("""{"items":{"type":"string"}}""", """["a"]""", null)]
    [InlineData("""{"items":{"type":"string"}}""", """["a",1]""", "[1]: must be a string")]
    [InlineData("""{"required":["a"]}""", """{"a":1}""", null)]
    [InlineData("""{"required":["a"]}""", """{"b":1}""", "field 'a' is missing")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":"","b":1}""", null)]
    [InlineData("""{"properties":{"a":{"properties":{"b":{"type":"string"}}}}}""", """{"a":{"b":1}}""", "a.b: must be a string")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1}""", null)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"b":1}""", "unknown field 'b'")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":true}""", """{"b":1}""", null)]
    [InlineData("""{"allOf":[{"minimum":2},{"maximum":3}]}""", "3", null)]
    [InlineData("""{"allOf":[{"minimum":2},{"maximum":3}]}""", "4", "is above 3")]
    [InlineData("""{"oneOf":[{"const":1},{"const":2}]}""", "2", null)]
    [InlineData("""{"oneOf":[{"const":1},{"const":2}]}""", "3", "must be 1; or must be 2")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "3", "fits more than one of the allowed forms")]
    [InlineData("""{"if":{"minimum":5},"then":{"maximum":6}}""", "7", "is above 6")]
    [InlineData("""{"if":{"minimum":5},"then":{"maximum":6}}""", "4", null)]
    [InlineData("""{"$ref":"#/$defs/short","$defs":{"short":{"maxLength":1}}}""", "\"a\"", null)]
    [InlineData("""{"$ref":"#/$defs/short","$defs":{"short":{"maxLength":1}}}""", "\"ab\"", "is longer than 1 characters")]
    [InlineData("""{"$ref":"#/$defs/short","minimum":2,"$defs":{"short":{"maximum":9}}}""", "1", "is below 2")]
    public void A_keyword_holds_below_at_and_above_its_limit(string schema, string value, string? reason) =>
        Assert.Equal(reason, new JsonSchema(Spec.Json(schema), "schema.json").Check(Spec.Json(value))?.Reason);

    [Theory]
    [InlineData("""{"not":{}}""", "schema keyword 'not' is not supported")]
    [InlineData("{\"properties\":{\"a\":\n{\"format\":\"x\"}}}", "schema.json:2: schema keyword 'format' is not supported")]
    [InlineData("""{"$defs":{"a":{"else":{}}}}""", "'else'")]
    [InlineData("""{"items":{"contains":{}}}""", "'contains'")]
    [InlineData("""{"allOf":[{"anyOf":[]}]}""", "'anyOf'")]
    [InlineData("""{"oneOf":[{"multipleOf":2}]}""", "'multipleOf'")]
    [InlineData("""{"if":{"minLength":2}}""", "'minLength'")]
    [InlineData("""{"then":{"maxItems":2}}""", "'maxItems'")]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", "additionalProperties must be true or false")]
    [InlineData("""{"properties":{"a":false}}""", "a schema must be an object")]
    [InlineData("""{"items":[{}]}""", "a schema must be an object")]
    [InlineData("true", "a schema must be an object")]
    public void A_schema_that_asks_for_what_nobody_checks_is_refused(string schema, string reason) =>
        Assert.Contains(reason, Spec.Refused(() => new JsonSchema(Spec.Json(schema), "schema.json")), StringComparison.Ordinal);

    [Fact]
    public void A_name_that_an_author_chose_is_no_keyword() =>
        Assert.NotNull(new JsonSchema(Spec.Json("""{"properties":{"not":{}},"$defs":{"format":{}},"const":{"not":1},"enum":[{"not":1}]}"""), "schema.json"));

    [Theory]
    [InlineData("""{"$ref":"#/$defs/none"}""")]
    [InlineData("""{"type":"number"}""")]
    public void A_schema_that_cannot_be_followed_is_refused(string schema) =>
        Assert.StartsWith("schema: ", Spec.Refused(() => new JsonSchema(Spec.Json(schema), "schema.json").Check(Spec.Json("1"))), StringComparison.Ordinal);

    [Fact]
    public void An_error_tells_the_line_of_the_value() =>
        Assert.Equal(3, new JsonSchema(Spec.Json("""{"items":{"minimum":2}}"""), "schema.json").Check(Spec.Json("[2,\n3,\n1]"))!.Line);

    [Fact]
    public void A_long_value_is_shortened() =>
        Assert.Equal(
            $"'{new string('a', 40)}...' is none of b",
            new JsonSchema(Spec.Json("""{"enum":["b"]}"""), "schema.json").Check(Spec.Json($"\"{new string('a', 5000)}\""))!.Reason);

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
    public void A_malformed_operation_is_refused_by_the_real_schema(string operation, string reason) =>
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
    public void The_schema_and_the_code_know_the_same_capabilities() =>
        Assert.Equal(
            Cmma.Traces.Vectors.Capabilities.All,
            JsonDocumentText.ReadFile(Spec.SchemaPath, "schema.json")["$defs"]!["capability"]!["enum"]!.Strings().Order(StringComparer.Ordinal));
}
