// SPDX-License-Identifier: MIT
using System.Text.Json;
using Cmma.Judging;
using Cmma.Reference;
using Cmma.Traces;

namespace Cmma.Conformance.Tests;

/// <summary>The table of operations is the one place: both schemas, the runner and the classes know the same operations and fields.</summary>
public sealed class OperationFormTests
{
    private static readonly string ProtocolPath = Path.Combine(Spec.Folder.Path, "protocol.schema.json");

    [Fact]
    public void Every_kind_and_every_type_of_operation_has_its_form_in_its_place()
    {
        Assert.Equal(Enum.GetValues<OperationKind>(), OperationForm.All.Select(form => form.Kind));
        Assert.Equal(
            typeof(Operation).GetNestedTypes().Where(type => type.IsAssignableTo(typeof(Operation))).Select(type => type.Name).Order(StringComparer.Ordinal),
            OperationForm.All.Select(form => form.Kind.ToString()).Order(StringComparer.Ordinal));
        Assert.All(OperationForm.All, form => Assert.Same(form, OperationForm.Of(Sample(form))));
    }

    [Fact]
    public void Every_operation_can_be_run_and_has_a_class()
    {
        foreach (OperationForm form in OperationForm.All)
        {
            ReferenceMachine machine = new(hostHasCmma: true);
            machine.CreateVcpu();
            if (form.Kind == OperationKind.EssaEnd)
            {
                machine.EssaBegin(0, 0);
            }

            Outcome outcome = Runner.Run(machine, Sample(form));
            Assert.False(outcome.EndsRun, $"{form}: {outcome.Breach}");
            Assert.NotNull(OutcomeClass.Of(machine, Sample(form), outcome));
        }
    }

    [Theory]
    [InlineData("vectors/schema.json", "expect")]
    [InlineData("protocol.schema.json", null)]
    public void A_schema_has_the_fields_of_the_table_with_their_kinds_and_limits(string file, string? more)
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Spec.Folder.Path, file)));
        JsonElement definitions = schema.RootElement.GetProperty("$defs");
        Assert.Equal(OperationForm.All.Select(form => form.Name), Texts(definitions.GetProperty("operation").GetProperty("properties").GetProperty("op").GetProperty("enum")));
        foreach (OperationForm form in OperationForm.All)
        {
            JsonElement definition = definitions.GetProperty(form.Name);
            string[] fields = ["op", .. form.Fields.Select(field => field.Name), .. more == null ? [] : (string[])[more]];
            Assert.Equal(fields, definition.GetProperty("properties").EnumerateObject().Select(property => property.Name));
            Assert.Equal(["op", .. form.Fields.Where(field => !field.IsOptional).Select(field => field.Name)], Texts(definition.GetProperty("required")));
            Assert.All(form.Fields, field => Assert.Equal(Kind(field), Kind(definition.GetProperty("properties").GetProperty(field.Name))));
        }
    }

    [Fact]
    public void The_protocols_schema_knows_the_same_capabilities()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllBytes(ProtocolPath));
        Assert.Equal(
            Capability.All.Select(capability => capability.Name),
            Texts(schema.RootElement.GetProperty("$defs").GetProperty("greeting").GetProperty("properties").GetProperty("capabilities").GetProperty("items").GetProperty("enum"))
                .Order(StringComparer.Ordinal));
    }

    private static Operation Sample(OperationForm form) => form.Create(new FieldValues([.. form.Fields.Select(field => (ulong?)field.Minimum)]) { Bytes = ByteRuns.Of([]) });

    private static string Kind(OperationField field) => field.Kind switch
    {
        FieldKind.Number => field.Minimum == 0 && field.Maximum == uint.MaxValue ? "number32" : $"integer {field.Minimum} {field.Maximum}",
        FieldKind.Hex => field.Maximum == uint.MaxValue ? "hex32" : "hex64",
        FieldKind.Flag => "boolean",
        FieldKind.Word => string.Join(' ', field.Words),
        _ => "bytes",
    };

    private static string Kind(JsonElement schema) =>
        schema.TryGetProperty("$ref", out JsonElement reference) ? reference.GetString()!.Split('/')[^1].Replace("gfn64", "hex64", StringComparison.Ordinal)
        : schema.TryGetProperty("enum", out JsonElement words) ? string.Join(' ', Texts(words))
        : schema.TryGetProperty("const", out JsonElement word) ? word.GetString()!
        : schema.TryGetProperty("minimum", out JsonElement minimum) ? $"integer {minimum} {schema.GetProperty("maximum")}"
        : schema.GetProperty("type").GetString()!;

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString()!);
}
