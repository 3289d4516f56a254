using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cmma.Traces;

/// <summary>Writes traces and vectors in their canonical form: a field a line, an operation a line, defaults left out, runs as long as possible.</summary>
public static class TraceWriter
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A file of vectors.</summary>
    public static string Vectors(IReadOnlyList<Vector> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        StringBuilder text = new("{\n  \"vectors\": [\n");
        for (int index = 0; index < vectors.Count; index++)
        {
            AppendVector(text, vectors[index]);
            text.Append(index + 1 < vectors.Count ? ",\n" : "\n");
        }

        return text.Append("  ]\n}\n").ToString();
    }

    /// <summary>A trace for replay.</summary>
    public static string Trace(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        StringBuilder text = new("{\n");
        AppendTrace(text, trace, "  ");
        return text.Append("}\n").ToString();
    }

    /// <summary>One operation with its expectation, on one line.</summary>
    public static string Step(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Json(writer =>
        {
            writer.WriteStartObject();
            WriteFields(writer, step.Operation);
            if (step.Expect is { } expect)
            {
                writer.WritePropertyName("expect");
                WriteExpectation(writer, expect);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>An operation without what must come back, on one line, as the protocol has it.</summary>
    public static string Operation(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Json(writer =>
        {
            writer.WriteStartObject();
            WriteFields(writer, operation);
            writer.WriteEndObject();
        });
    }

    /// <summary>One of the answers that may come back, on one line, as the protocol has results.</summary>
    public static string Expected(Expected expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return Json(writer => WriteExpected(writer, expected));
    }

    /// <summary>A 64-bit number as traces write it.</summary>
    public static string Hex(ulong number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);

    private static void AppendVector(StringBuilder text, Vector vector)
    {
        text.Append("    {\n");
        AppendField(text, "id", Quote(vector.Id));
        AppendField(text, "clauses", List(vector.Clauses));
        AppendField(text, "why", Quote(vector.Why));
        AppendField(text, "profiles", List(vector.Profiles));
        AppendField(text, "source", Quote(vector.Source));
        AppendField(text, "capabilities", List(vector.Capabilities));
        AppendTrace(text, vector.Trace, "      ");
        text.Append("    }");
    }

    private static void AppendField(StringBuilder text, string name, string json) =>
        text.Append("      \"").Append(name).Append("\": ").Append(json).Append(",\n");

    private static void AppendTrace(StringBuilder text, Trace trace, string indent)
    {
        if (!trace.HostHasCmma)
        {
            text.Append(indent).Append("\"host_has_cmma\": false,\n");
        }

        text.Append(indent).Append("\"operations\": [\n");
        text.AppendJoin(",\n", trace.Steps.Select(step => indent + "  " + Step(step)));
        text.Append('\n').Append(indent).Append("]\n");
    }

    /// <summary>An expectation, on one line.</summary>
    public static string Expectation(Expectation expect) => Json(writer => WriteExpectation(writer, expect));

    /// <summary>A string as JSON.</summary>
    public static string Quote(string value) => Json(writer => writer.WriteStringValue(value));

    /// <summary>Strings as JSON, on one line.</summary>
    public static string List(IReadOnlyList<string> values) => "[" + string.Join(", ", values.Select(Quote)) + "]";

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, OneLine))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The fields of an operation, into an object that was begun.</summary>
    public static void WriteFields(Utf8JsonWriter writer, Operation operation)
    {
        writer.WriteString("op", OperationNames.Name(operation));
        switch (operation)
        {
            case Operation.CreateSlot create:
                writer.WriteNumber("id", create.Id);
                writer.WriteString("base_gfn", Hex(create.BaseGfn));
                writer.WriteString("pages", Hex(create.Pages));
                writer.WriteBoolean("dirty_log", create.DirtyLog);
                WriteAllocation(writer, create.AllocationFails);
                break;
            case Operation.SetSlotFlags flags:
                writer.WriteNumber("id", flags.Id);
                writer.WriteBoolean("dirty_log", flags.DirtyLog);
                break;
            case Operation.MoveSlot move:
                writer.WriteNumber("id", move.Id);
                writer.WriteString("base_gfn", Hex(move.BaseGfn));
                WriteAllocation(writer, move.AllocationFails);
                break;
            case Operation.DeleteSlot delete:
                writer.WriteNumber("id", delete.Id);
                WriteAllocation(writer, delete.AllocationFails);
                break;
            case Operation.Touch touch:
                writer.WriteString("gfn", Hex(touch.Gfn));
                break;
            case Operation.Evict evict:
                writer.WriteString("gfn", Hex(evict.Gfn));
                break;
            case Operation.Essa essa:
                WriteEssa(writer, essa);
                break;
            case Operation.EssaBegin begin:
                WriteEssa(writer, new Operation.Essa(begin.Gfn, begin.Orc));
                break;
            case Operation.Get get:
                WriteGet(writer, get);
                break;
            case Operation.Set set:
                WriteSet(writer, set);
                break;
        }
    }

    private static void WriteEssa(Utf8JsonWriter writer, Operation.Essa essa)
    {
        writer.WriteString("gfn", Hex(essa.Gfn));
        writer.WriteNumber("orc", essa.Orc);
        if (essa.Pages != 1)
        {
            writer.WriteNumber("pages", essa.Pages);
        }
    }

    private static void WriteGet(Utf8JsonWriter writer, Operation.Get get)
    {
        writer.WriteString("start_gfn", Hex(get.StartGfn));
        writer.WriteNumber("count", get.Count);
        WriteHexUnlessZero(writer, "flags", get.Flags);
        WriteHexUnlessZero(writer, "remaining", get.Remaining);
        if (get.BufferBytes is { } bufferBytes)
        {
            writer.WriteNumber("buffer_bytes", bufferBytes);
        }

        WriteFaults(writer, get.Argument, get.AllocationFails);
    }

    private static void WriteSet(Utf8JsonWriter writer, Operation.Set set)
    {
        writer.WriteString("start_gfn", Hex(set.StartGfn));
        writer.WriteNumber("count", set.Count);
        WriteHexUnlessZero(writer, "flags", set.Flags);
        writer.WriteString("mask", Hex(set.Mask));
        writer.WriteString("values", set.Values.ToString());
        WriteFaults(writer, set.Argument, set.AllocationFails);
    }

    private static void WriteFaults(Utf8JsonWriter writer, ArgumentMemory argument, bool allocationFails)
    {
        if (OperationNames.Name(argument) is { } name)
        {
            writer.WriteString("argument", name);
        }

        WriteAllocation(writer, allocationFails);
    }

    private static void WriteAllocation(Utf8JsonWriter writer, bool allocationFails)
    {
        if (allocationFails)
        {
            writer.WriteString("allocation", "fails");
        }
    }

    private static void WriteHexUnlessZero(Utf8JsonWriter writer, string name, ulong value)
    {
        if (value != 0)
        {
            writer.WriteString(name, Hex(value));
        }
    }

    private static void WriteExpectation(Utf8JsonWriter writer, Expectation expect)
    {
        if (expect.Alternatives.Count == 1)
        {
            WriteExpected(writer, expect.Alternatives[0]);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("one_of");
        foreach (Expected alternative in expect.Alternatives)
        {
            WriteExpected(writer, alternative);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteExpected(Utf8JsonWriter writer, Expected expected)
    {
        writer.WriteStartObject();
        writer.WriteString("result", expected.Result);
        if (expected.R1 is { } r1)
        {
            writer.WriteString("r1", Hex(r1));
        }

        if (expected.Migrating is { } migrating)
        {
            writer.WriteBoolean("migrating", migrating);
        }

        if (expected.Zeroed)
        {
            writer.WriteBoolean("zeroed", value: true);
        }

        if (expected.Values is { } values)
        {
            writer.WriteString("start_gfn", Hex(expected.StartGfn ?? 0));
            writer.WriteNumber("count", expected.Count ?? 0);
            writer.WriteString("remaining", Hex(expected.Remaining ?? 0));
            writer.WriteString("values", values.ToString());
        }

        if (expected.Breach is { } breach)
        {
            writer.WriteString("breach", breach);
        }

        writer.WriteEndObject();
    }
}
