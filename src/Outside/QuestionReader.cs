using System;
using System.Collections.Generic;
using System.Text.Json;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside;

/// <summary>A message to an implementation: the hello, or a run under an id.</summary>
/// <param name="Id">Empty for the hello.</param>
/// <param name="Question">Null for the hello.</param>
public sealed record AskedQuestion(string Id, Question? Question);

/// <summary>Reads what an implementation is asked. Straight from the bytes, since this is the hot path of `native:`.</summary>
public static class QuestionReader
{
    /// <summary>Reads one line.</summary>
    /// <exception cref="InputException">It is no question of the protocol.</exception>
    public static AskedQuestion Read(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader json = new(line);
            return ReadMessage(ref json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException($"no valid JSON: '{MessageFields.Show(line)}'", e);
        }
    }

    /// <summary>Reads a line that is one operation, or null for a hello.</summary>
    /// <exception cref="InputException">It is neither.</exception>
    public static Operation? ReadOperation(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("{\"hello\""u8))
        {
            return Read(line).Question == null ? null : throw new InputException("hello: a question has no hello");
        }

        try
        {
            Utf8JsonReader json = new(line);
            RequireObject(ref json);
            Operation operation = OperationFields.Read(ref json);
            RequireEnd(ref json);
            return operation;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException($"no valid JSON: '{MessageFields.Show(line)}'", e);
        }
    }

    private static AskedQuestion ReadMessage(ref Utf8JsonReader json)
    {
        string? id = null;
        bool hello = false;
        bool hostHasCmma = true;
        List<Operation>? operations = null;
        RequireObject(ref json);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (Field(ref json, "id"u8))
            {
                id = MessageFields.Word(ref json, "id");
            }
            else if (Field(ref json, "operations"u8))
            {
                operations = ReadOperations(ref json);
            }
            else if (Field(ref json, "host_has_cmma"u8))
            {
                hostHasCmma = MessageFields.Flag(ref json, "host_has_cmma");
            }
            else if (Field(ref json, "hello"u8))
            {
                hello = MessageFields.Number(ref json, "hello") == MessageWriter.Version ? true : throw new InputException("hello: not a known version of the protocol");
            }
            else
            {
                throw UnknownField(ref json);
            }
        }

        RequireEnd(ref json);
        return (hello, id, operations) switch
        {
            (true, null, null) => new AskedQuestion("", Question: null),
            (false, not null, not null) => new AskedQuestion(id, new Question(hostHasCmma, operations)),
            _ => throw new InputException("a message needs hello, or id and operations"),
        };
    }

    private static List<Operation> ReadOperations(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new InputException("operations: must be an array");
        }

        List<Operation> operations = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            RequireObject(ref json, isRead: true);
            operations.Add(OperationFields.Read(ref json));
        }

        return operations;
    }

    internal static void RequireObject(ref Utf8JsonReader json, bool isRead = false)
    {
        if ((!isRead && !json.Read()) || json.TokenType != JsonTokenType.StartObject)
        {
            throw new InputException("something that is no JSON object");
        }
    }

    internal static void RequireEnd(ref Utf8JsonReader json)
    {
        if (json.Read())
        {
            throw new InputException("more than one JSON value on a line");
        }
    }

    /// <summary>Whether this is the field; if so the reader stands on its value.</summary>
    internal static bool Field(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => json.ValueTextEquals(name) && json.Read();

    internal static InputException UnknownField(ref Utf8JsonReader json) => new($"unknown field '{MessageFields.Show(json.ValueSpan)}'");
}
