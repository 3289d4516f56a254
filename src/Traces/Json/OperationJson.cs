// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cmma.Traces.Json;

/// <summary>Operations as they occur in vectors, traces and messages, by the table <see cref="OperationForm"/>.</summary>
public static class OperationJson
{
    private static readonly JsonEncodedText Op = JsonEncodedText.Encode("op");

    /// <summary>Reads an operation of a message, which does not say what must come back.</summary>
    public static Operation Read(ref JsonCursor json) => ReadAny(ref json, RunsForm.Plain, hasExpectation: false).Operation;

    /// <summary>Reads an operation of a trace, with what must come back, where it says so.</summary>
    public static Step ReadStep(ref JsonCursor json)
    {
        int line = json.Line;
        (Operation operation, Expectation? expect) = ReadAny(ref json, RunsForm.Given, hasExpectation: true);
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

    // Fields may come in any order, but op, which usually comes first, says which there may be; so it is looked for with another cursor.
    private static (Operation Operation, Expectation? Expect) ReadAny(ref JsonCursor json, RunsForm runs, bool hasExpectation)
    {
        JsonCursor ahead = json;
        OperationForm form = ahead.Find("op"u8, ReadForm, nothing: null) ?? throw json.Wrong("field 'op' is missing");
        Draft nothing = new(form, runs, form.Defaults, Expect: null);
        Draft read = json.Fields(hasExpectation ? form.JsonWithExpectation : form.Json, nothing, ReadField);
        return (form.Create(read.Values), read.Expect);
    }

    private static OperationForm? ReadForm(ref JsonCursor json) =>
        OperationForm.Find(json.Utf8()) ?? throw json.Wrong($"'{json.Shown()}' is none of {string.Join(", ", OperationForm.All)}");

    // op comes before its fields, and behind them what must come back.
    private static Draft ReadField(ref JsonCursor json, int name, Draft draft)
    {
        if (name > draft.Form.Fields.Count)
        {
            return draft with { Expect = ResultJson.ReadExpectation(ref json, draft.Form.Results) };
        }

        if (name > 0)
        {
            FieldValues values = draft.Values;
            ReadValue(ref json, draft.Form.Fields[name - 1], draft.Runs, ref values, name - 1);
            draft = draft with { Values = values };
        }

        return draft;
    }

    private static void ReadValue(ref JsonCursor json, OperationField field, RunsForm runs, ref FieldValues values, int index)
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

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Draft(OperationForm Form, RunsForm Runs, FieldValues Values, Expectation? Expect);
}
