// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Judging;
using Cmma.Reports.Pictures;
using Cmma.Traces;

namespace Cmma.Reports;

/// <summary>Replayed traces in the formats for programs.</summary>
public static class ReplayReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON: each trace with its verdict, and each operation that was done with what it answers in words.</summary>
    public static string Json(string implementation, IReadOnlyList<Replay> replays)
    {
        ArgumentNullException.ThrowIfNull(replays);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("implementation", implementation);
            writer.WriteStartArray("traces");
            foreach (Replay replay in replays)
            {
                WriteTrace(writer, replay);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteTrace(Utf8JsonWriter writer, Replay replay)
    {
        writer.WriteStartObject();
        writer.WriteString("id", replay.Verdict.Vector.Id);
        writer.WriteString("verdict", CheckReport.Name(replay.Verdict.Kind));
        if (replay.Verdict.Kind != VerdictKind.Passed)
        {
            writer.WriteString("reason", replay.Verdict.Reason);
        }

        writer.WriteStartArray("operations");
        for (int index = 0; index < replay.Outcomes.Count; index++)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("operation");
            writer.WriteRawValue(TraceWriter.Step(replay.Verdict.Vector.Trace.Steps[index] with { Expect = null }));
            writer.WriteString("answers", OutcomeText.Of(replay.Outcomes[index]));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
