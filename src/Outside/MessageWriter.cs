// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Json;

namespace Cmma.Outside;

/// <summary>Writes the messages of docs/protocol.md, one per line, one after the other.</summary>
public sealed class MessageWriter : IDisposable
{
    /// <summary>The version of the protocol.</summary>
    public const uint Version = 1;

    private const int IdBytes = 8;

    private readonly ArrayBufferWriter<byte> lines = new();
    private readonly ArrayBufferWriter<byte> operations = new();
    private readonly Utf8JsonWriter json = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The lines so far.</summary>
    public ReadOnlySpan<byte> Lines => lines.WrittenSpan;

    /// <summary>Forgets the lines so far.</summary>
    public void Clear() => lines.ResetWrittenCount();

    /// <summary>The first message: which protocol, and what can you do?</summary>
    public void AddHello()
    {
        BeginLine();
        json.WriteNumber("hello"u8, Version);
        EndLine();
    }

    /// <summary>The answer to the first message.</summary>
    public void AddGreeting(IReadOnlyList<Capability> capabilities)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        BeginLine();
        json.WriteNumber("hello"u8, Version);
        json.WriteStartArray("capabilities"u8);
        foreach (Capability capability in capabilities)
        {
            json.WriteStringValue(capability.Name);
        }

        json.WriteEndArray();
        EndLine();
    }

    /// <summary>Asks one run.</summary>
    /// <returns>The id under which it must be answered: a hash of the operations, so that a recording stays valid while they stay the same.</returns>
    public string AddQuestion(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        WriteOperations(question.Operations);
        string id = Id(question.HostHasCmma, operations.WrittenSpan);
        BeginLine();
        json.WriteString("id"u8, id);
        if (!question.HostHasCmma)
        {
            json.WriteBoolean("host_has_cmma"u8, value: false);
        }

        json.WritePropertyName("operations"u8);
        json.WriteRawValue(operations.WrittenSpan, skipInputValidation: true);
        EndLine();
        return id;
    }

    /// <summary>Answers one run.</summary>
    public void AddAnswer(string id, Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        BeginLine();
        json.WriteString("id"u8, id);
        json.WriteStartArray("results"u8);
        string? failure = answer.Failure;
        foreach (Outcome outcome in answer.Outcomes)
        {
            if (outcome.EndsRun)
            {
                failure = outcome.Breach; // no result of an operation: it has none
                break;
            }

            ResultJson.Write(json, outcome);
        }

        json.WriteEndArray();
        if (failure != null)
        {
            json.WriteString("error"u8, failure);
        }

        EndLine();
    }

    /// <summary>Answers a line that is no question.</summary>
    /// <param name="id">The id that it has, or null.</param>
    /// <param name="error">What is wrong.</param>
    public void AddRefusal(string? id, string error)
    {
        if (id != null)
        {
            AddAnswer(id, new Answer([], error));
            return;
        }

        BeginLine();
        json.WriteString("error"u8, error);
        EndLine();
    }

    /// <summary>What came back from one operation, on a line of its own, as it appears among the results of an answer.</summary>
    public void AddResult(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        json.Reset(lines);
        if (outcome.EndsRun)
        {
            json.WriteStartObject();
            json.WriteString("error"u8, outcome.Breach);
            json.WriteEndObject();
        }
        else
        {
            ResultJson.Write(json, outcome);
        }

        json.Flush();
        lines.Write("\n"u8);
    }

    /// <inheritdoc/>
    public void Dispose() => json.Dispose();

    private static string Id(bool hostHasCmma, ReadOnlySpan<byte> operations)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(operations, hash);
        hash[0] ^= (byte)(hostHasCmma ? 0 : 0xFF); // the same operations on another host are another question
        return Convert.ToHexStringLower(hash[..IdBytes]);
    }

    private void WriteOperations(IReadOnlyList<Operation> each)
    {
        operations.ResetWrittenCount();
        json.Reset(operations);
        json.WriteStartArray();
        foreach (Operation operation in each)
        {
            json.WriteStartObject();
            OperationJson.WriteFields(json, operation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
    }

    private void BeginLine()
    {
        json.Reset(lines);
        json.WriteStartObject();
    }

    private void EndLine()
    {
        json.WriteEndObject();
        json.Flush();
        lines.Write("\n"u8);
    }
}
