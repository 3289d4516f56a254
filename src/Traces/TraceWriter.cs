// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Traces.Json;

namespace Cmma.Traces;

/// <summary>Writes traces and vectors in their canonical form: one field per line, one operation per line, defaults left out, runs as long as possible.</summary>
public static class TraceWriter
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A file of vectors.</summary>
    public static string Vectors(IReadOnlyList<Vector> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        StringBuilder text = new($"{{\n  \"$schema\": \"{TraceReader.Schema}\",\n  \"vectors\": [\n");
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
            OperationJson.WriteFields(writer, step.Operation);
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
            OperationJson.WriteFields(writer, operation);
            writer.WriteEndObject();
        });
    }

    /// <summary>One of the answers that may come back, on one line, as the protocol has results.</summary>
    public static string Expected(Expected expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return Json(writer => ResultJson.Write(writer, expected));
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
        AppendField(text, "capabilities", List([.. vector.Capabilities.Select(capability => capability.Name)]));
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

    private static void WriteExpectation(Utf8JsonWriter writer, Expectation expect)
    {
        if (expect.Alternatives.Count == 1)
        {
            ResultJson.Write(writer, expect.Alternatives[0]);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("one_of");
        foreach (Expected alternative in expect.Alternatives)
        {
            ResultJson.Write(writer, alternative);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
