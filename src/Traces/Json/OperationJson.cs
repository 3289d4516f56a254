// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Cmma.Traces.Json;

/// <summary>Operations as they occur in vectors, traces and messages, by the table <see cref="OperationForm"/>.</summary>
public static class OperationJson
{
    private static readonly JsonEncodedText Op = JsonEncodedText.Encode("op");

    /// <summary>Reads an operation of a message, which does not say what must come back.</summary>
    public static Operation Read(ref JsonCursor json) => ReadAny(ref json, RunsForm.Plain, hasExpectation: false, out _);

    /// <summary>Reads an operation of a trace, with what must come back, where it says so.</summary>
    public static Step ReadStep(ref JsonCursor json)
    {
        int line = json.Line;
        Operation operation = ReadAny(ref json, RunsForm.Given, hasExpectation: true, out Expectation? expect);
        return new Step(operation, expect, line);
    }

    /// <summary>The fields of an operation, into an object that was begun.</summary>
    public static void WriteFields(Utf8JsonWriter writer, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(writer);
        OperationForm form = OperationForm.Of(operation);
        writer.WriteString(Op, form.JsonName);
        FieldValues values = form.ValuesOf(operation);
        for (int index = 0; index < form.Fields.Count; index++)
        {
            if (form.IsWritten(index, values))
            {
                Write(writer, form.Fields[index], values, index);
            }
        }
    }

    private static Operation ReadAny(ref JsonCursor json, RunsForm runs, bool hasExpectation, out Expectation? expect)
    {
        long begin = json.BeginObject();
        OperationForm form = FormAhead(json, begin);
        JsonNames names = hasExpectation ? form.JsonWithExpectation : form.Json;
        FieldValues values = form.Defaults;
        expect = null;
        uint seen = 0;
        while (json.NextField(names, ref seen, out int name))
        {
            if (name > form.Fields.Count)
            {
                expect = ResultJson.ReadExpectation(ref json, form.Results);
            }
            else if (name > 0)
            {
                ReadField(ref json, form.Fields[name - 1], runs, ref values, name - 1);
            }
        }

        JsonCursor.Require(begin, names, seen);
        return form.Create(values);
    }

    // Fields may come in any order, but op, which usually comes first, says which there may be; so it is looked for with another cursor.
    private static OperationForm FormAhead(JsonCursor ahead, long begin)
    {
        if (!ahead.Find("op"u8))
        {
            throw JsonInput.Wrong(begin, "field 'op' is missing");
        }

        return OperationForm.Find(ahead.Utf8())
            ?? throw ahead.Wrong($"'{ahead.Shown()}' is none of {string.Join(", ", OperationForm.All)}");
    }

    private static void ReadField(ref JsonCursor json, OperationField field, RunsForm runs, ref FieldValues values, int index)
    {
        switch (field.Kind)
        {
            case FieldKind.Number:
                values[index] = json.Number(field.Minimum, field.Maximum);
                break;
            case FieldKind.Hex:
                values[index] = json.Hex(field.Maximum);
                break;
            case FieldKind.Flag:
                values[index] = json.Flag() ? 1u : 0;
                break;
            case FieldKind.Word:
                values[index] = (uint)json.Word(field.Words) + 1;
                break;
            default:
                values.Bytes = json.Runs(runs);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, OperationField field, FieldValues values, int index)
    {
        switch (field.Kind)
        {
            case FieldKind.Number:
                writer.WriteNumber(field.Json, values[index]);
                break;
            case FieldKind.Hex:
                writer.WriteString(field.Json, TraceWriter.Hex(values[index]));
                break;
            case FieldKind.Flag:
                writer.WriteBoolean(field.Json, values.Is(index));
                break;
            case FieldKind.Word:
                writer.WriteString(field.Json, field.Words[(int)values[index] - 1]);
                break;
            default:
                writer.WriteString(field.Json, values.Bytes!.ToString());
                break;
        }
    }
}
