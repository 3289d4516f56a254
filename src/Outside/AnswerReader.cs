using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside;

/// <summary>Reads what an implementation answers. Whatever it wrote, there is an answer or a reason; nothing is thrown.</summary>
public static class AnswerReader
{
    /// <summary>The capabilities in a greeting, or null and the reason.</summary>
    public static IReadOnlyList<string>? Greeting(ReadOnlySpan<byte> line, out string reason)
    {
        try
        {
            Utf8JsonReader json = new(line);
            reason = "";
            return ReadGreeting(ref json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or InputException)
        {
            reason = $"does not begin with a greeting but with '{MessageFields.Show(line)}'{(e is InputException ? $": {e.Message}" : "")}";
            return null;
        }
    }

    /// <summary>The id of an answer, or null if it has none.</summary>
    public static string? Id(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader json = new(line);
            QuestionReader.RequireObject(ref json);
            while (json.Read() && json.TokenType != JsonTokenType.EndObject)
            {
                if (QuestionReader.Field(ref json, "id"u8))
                {
                    return MessageFields.Word(ref json, "id");
                }

                json.Skip();
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or InputException)
        {
            return null;
        }
    }

    /// <summary>The answer to a question, or null and the reason.</summary>
    public static Answer? Read(ReadOnlySpan<byte> line, string id, int operations, out string reason)
    {
        try
        {
            Utf8JsonReader json = new(line);
            reason = "";
            return ReadAnswer(ref json, id, operations);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            reason = $"answers with no valid JSON: '{MessageFields.Show(line)}'";
        }
        catch (InputException e)
        {
            reason = $"answers with {e.Message}";
        }

        return null;
    }

    private static List<string> ReadGreeting(ref Utf8JsonReader json)
    {
        bool hello = false;
        List<string>? capabilities = null;
        QuestionReader.RequireObject(ref json);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (QuestionReader.Field(ref json, "hello"u8))
            {
                hello = MessageFields.Number(ref json, "hello") == MessageWriter.Version;
            }
            else if (QuestionReader.Field(ref json, "capabilities"u8))
            {
                capabilities = ReadCapabilities(ref json);
            }
            else
            {
                throw QuestionReader.UnknownField(ref json);
            }
        }

        QuestionReader.RequireEnd(ref json);
        return hello && capabilities != null ? capabilities : throw new InputException($"it needs hello, {MessageWriter.Version}, and capabilities");
    }

    private static List<string> ReadCapabilities(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new InputException("capabilities: must be an array");
        }

        List<string> capabilities = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            string capability = MessageFields.Word(ref json, "capabilities");
            bool known = ((List<string>)[.. Traces.Vectors.Capabilities.All]).Contains(capability);
            capabilities.Add(known ? capability : throw new InputException($"there is no capability '{capability}', only {string.Join(", ", Traces.Vectors.Capabilities.All)}"));
        }

        return capabilities;
    }

    private static Answer ReadAnswer(ref Utf8JsonReader json, string id, int operations)
    {
        string? answered = null;
        string? error = null;
        List<Outcome>? outcomes = null;
        QuestionReader.RequireObject(ref json);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (QuestionReader.Field(ref json, "id"u8))
            {
                answered = MessageFields.Word(ref json, "id");
            }
            else if (QuestionReader.Field(ref json, "results"u8))
            {
                outcomes = ReadOutcomes(ref json, operations);
            }
            else if (QuestionReader.Field(ref json, "error"u8))
            {
                error = MessageFields.Text(ref json, "error");
            }
            else
            {
                throw QuestionReader.UnknownField(ref json);
            }
        }

        QuestionReader.RequireEnd(ref json);
        if (answered == null || outcomes == null)
        {
            throw new InputException("a line that has no id, or no results");
        }

        if (answered != id)
        {
            throw new InputException($"the wrong id '{answered}': '{id}' was asked");
        }

        return Complete(outcomes, operations, error);
    }

    private static Answer Complete(List<Outcome> outcomes, int operations, string? error)
    {
        if (outcomes.Count > operations || (outcomes.Count < operations && error == null))
        {
            throw new InputException($"{outcomes.Count} results where {operations} operations were asked");
        }

        // who says an error fails, also with every result: the last one is then not taken
        return error == null ? new Answer(outcomes) : new Answer([.. outcomes.Take(operations - 1)], $"says: {error}") { Located = true };
    }

    private static List<Outcome> ReadOutcomes(ref Utf8JsonReader json, int operations)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new InputException("results: must be an array");
        }

        List<Outcome> outcomes = new(operations);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            QuestionReader.RequireObject(ref json, isRead: true);
            outcomes.Add(ReadOutcome(ref json));
        }

        return outcomes;
    }

    private static Outcome ReadOutcome(ref Utf8JsonReader json)
    {
        Outcome outcome = new("");
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            outcome = ReadOutcomeField(ref json, outcome);
        }

        return outcome.Result.Length > 0 ? outcome : throw new InputException("an operation's result missing");
    }

    private static Outcome ReadOutcomeField(ref Utf8JsonReader json, Outcome outcome)
    {
        if (QuestionReader.Field(ref json, "result"u8))
        {
            return outcome with { Result = MessageFields.Word(ref json, "result") };
        }

        if (QuestionReader.Field(ref json, "r1"u8))
        {
            return outcome with { R1 = MessageFields.Hex(ref json, "r1") };
        }

        if (QuestionReader.Field(ref json, "start_gfn"u8))
        {
            return outcome with { StartGfn = MessageFields.Hex(ref json, "start_gfn") };
        }

        if (QuestionReader.Field(ref json, "count"u8))
        {
            return outcome with { Count = MessageFields.Number(ref json, "count") };
        }

        if (QuestionReader.Field(ref json, "remaining"u8))
        {
            return outcome with { Remaining = MessageFields.Hex(ref json, "remaining") };
        }

        if (QuestionReader.Field(ref json, "values"u8))
        {
            return outcome with { Values = MessageFields.Bytes(ref json, "values") };
        }

        if (QuestionReader.Field(ref json, "zeroed"u8))
        {
            return outcome with { Zeroed = MessageFields.Flag(ref json, "zeroed") };
        }

        if (QuestionReader.Field(ref json, "migrating"u8))
        {
            return outcome with { Migrating = MessageFields.Flag(ref json, "migrating") };
        }

        return QuestionReader.Field(ref json, "breach"u8)
            ? outcome with { Breach = MessageFields.Text(ref json, "breach") }
            : throw QuestionReader.UnknownField(ref json);
    }
}
