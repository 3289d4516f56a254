// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Json;

namespace Cmma.Outside;

/// <summary>Help for the author of a program that does not speak the protocol yet.</summary>
internal static partial class Misunderstanding
{
    private const int MostShown = 4000;
    private const string Memory = "argument, buffer and buffer_address come together, with each result of get and set";
    private static readonly string[] MemoryFields = ["argument", "buffer", "buffer_address"];
    private static readonly string[] AnswerFields = ["id", "results", "error"];

    /// <summary>For an answer that cannot be read: the operation, the whole answer, what is probably missing.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="line">What came.</param>
    /// <param name="memoryIsBigEndian">The byte order that the greeting names; null if it names none.</param>
    public static IReadOnlyList<string> Of(Question question, byte[] line, bool? memoryIsBigEndian)
    {
        using MessageWriter writer = new();
        string id = writer.AddQuestion(question);
        string answer = Shown(line);
        JsonElement? json = Parsed(line);
        (int Index, string Wrong)? field = WrongField(question, line, memoryIsBigEndian);
        int wrong = json is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty("results", out JsonElement results) && results.ValueKind == JsonValueKind.Array
            ? results.EnumerateArray().Select(Text).ToList().FindIndex(text => !CanBeRead(text))
            : -1;
        int which = field?.Index ?? wrong;
        string operation = which >= 0 && which < question.Operations.Count
            ? $"operation {which + 1} of {question.Operations.Count}: {TraceWriter.Step(new Step(question.Operations[which]))}"
            : $"a run of {string.Join(", ", question.Operations.Select(each => OperationForm.Of(each).Name))}";
        return [$"asked:    {operation}", $"answered: {answer}", $"probably: {Missing(json, wrong, field?.Wrong, id, question.Operations.Count)}", "docs/protocol.md has every message"];
    }

    /// <summary>For a program that has said nothing since its greeting.</summary>
    /// <param name="question">What it was asked last.</param>
    /// <param name="failure">How it was silent.</param>
    public static IReadOnlyList<string> Of(Question question, Failure failure) =>
    [
        $"asked:    a run of {string.Join(", ", question.Operations.Select(each => OperationForm.Of(each).Name))}",
        $"answered: {(failure.Unfinished ? "a line that does not end" : "nothing since the greeting")}",
        failure.Unfinished ? "probably: it writes no newline behind its answer"
            : failure.Late ? "probably: it does not flush its output after each line: it answers only once its input has ended"
            : "probably: it reads to the end of its input before it answers, or waits for something: does it flush after each line, does it go on reading?",
    ];

    /// <summary>For a program that does not greet.</summary>
    public static IReadOnlyList<string> OfGreeting(Failure failure)
    {
        const string Example = """{"hello":1,"capabilities":["vcpu","residency"]}""";
        string? probably = failure.Line != null && Parsed(failure.Line) is { ValueKind: JsonValueKind.Object } ? $"a greeting is like {Example}, with the capabilities that docs/protocol.md lists"
            : failure.Line is [(byte)'{', ..] ? "each message is one line, so a greeting may not be spread over several"
            : failure.Line != null ? $"its first line must be a greeting, such as {Example}; nothing else may be written to stdout before it"
            : failure.Unfinished ? "it writes no newline behind its greeting"
            : failure.TimedOut ? "it waits for more than the line {\"hello\":1}, or does not flush its output after each line"
            : null;
        return probably == null ? [] : ["""asked:    {"hello":1}""", $"answered: {(failure.Line == null ? "nothing" : Shown(failure.Line))}", $"probably: {probably}", "docs/protocol.md has every message"];
    }

    /// <summary>For a program that answers, and does not greet again behind its answers; none if it is something else that is wrong.</summary>
    /// <param name="question">What was asked last.</param>
    /// <param name="failure">What came instead of a greeting.</param>
    public static IReadOnlyList<string> OfGreetingAgain(Question question, Failure failure)
    {
        using MessageWriter writer = new();
        string id = writer.AddQuestion(question);
        bool isAnswer = failure.Line != null && Parsed(failure.Line) is { ValueKind: JsonValueKind.Object } line
            && line.TryGetProperty("id", out JsonElement answered) && answered.ValueKind == JsonValueKind.String && answered.GetString() == id; // once more
        string? probably = isAnswer ? null
            : failure.Exited ? "it ends after its answer, where it has to read on until its input ends, or cannot take a second hello"
            : failure.Line != null || failure.TimedOut ? "it takes one hello only: another may come whenever all questions are answered, and is answered in the same way"
            : null;
        return probably == null ? [] : ["""asked:    {"hello":1} once more, behind its answers""", $"answered: {(failure.Line == null ? "nothing" : Shown(failure.Line))}", $"probably: {probably}", "docs/protocol.md has every message"];
    }

    /// <summary>For a program that greets again behind its answers, and then ends; none if a signal ends it.</summary>
    /// <param name="failure">How it ends.</param>
    public static IReadOnlyList<string> OfEndBehindGreeting(Failure failure) => !failure.Exited ? [] :
    [
        """asked:    {"hello":1} once more, behind its answers, and then another run""",
        "answered: the greeting, and nothing else",
        "probably: it takes each hello but the first for the end, where it has to read on until its input ends",
        "docs/protocol.md has every message",
    ];

    // The first result of which each field can be read and one does not belong there, or is missing.
    private static (int Index, string Wrong)? WrongField(Question question, byte[] line, bool? memoryIsBigEndian)
    {
        try
        {
            IReadOnlyList<Outcome> outcomes = MessageReader.Answer(line).Outcomes;
            for (int index = 0; index < outcomes.Count && outcomes.Count == question.Operations.Count; index++) // else one is missing, and each behind it is of another operation
            {
                if (MessageReader.WrongField(question.Operations[index], outcomes[index], memoryIsBigEndian) is { } wrong)
                {
                    return (index, wrong);
                }
            }
        }
        catch (InputException)
        {
            // a field cannot be read, which is told otherwise
        }

        return null;
    }

    private static string Shown(byte[] line)
    {
        string text = new([.. Encoding.UTF8.GetString(line, 0, Math.Min(line.Length, MostShown)).Select(each => char.IsControl(each) ? '?' : each)]);
        return line.Length > MostShown ? $"{text}... ({line.Length} bytes)" : text;
    }

    private static JsonElement? Parsed(byte[] line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool CanBeRead(byte[] answer)
    {
        try
        {
            _ = MessageReader.Answer(answer);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static byte[] Text(JsonElement result) => Encoding.UTF8.GetBytes($$"""{"id":"0","results":[{{result.GetRawText()}}]}""");

    private static string Missing(JsonElement? json, int wrong, string? wrongField, string id, int operations)
    {
        if (json is not { ValueKind: JsonValueKind.Object } answer)
        {
            return "an answer is one JSON object in one line, and nothing else may be written to stdout; stderr is free";
        }

        if (wrong >= 0)
        {
            return MissingInResult(answer.GetProperty("results")[wrong]);
        }

        if (wrongField != null)
        {
            return $"{wrongField}: the tables of results and of the caller's memory say which fields come with what";
        }

        if (answer.EnumerateObject().FirstOrDefault(field => !AnswerFields.Contains(field.Name, StringComparer.Ordinal)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            return $"an answer has no field '{unknown.Name}', only {string.Join(", ", AnswerFields)}; one line is written for each question";
        }

        if (!answer.TryGetProperty("id", out JsonElement answered) || answered.ValueKind != JsonValueKind.String || answered.GetString() != id)
        {
            return $"the id must be that of the question, here \"{id}\"; each question is answered once, in the order of the questions";
        }

        if (answer.TryGetProperty("results", out JsonElement results) && results.ValueKind == JsonValueKind.Array && results.GetArrayLength() == operations)
        {
            return $"{Memory} if the greeting names a byte_order, and with no other result";
        }

        return $"results must be an array with one result for each of the {operations} operations; what cannot be done to its end says why in error";
    }

    private static string MissingInResult(JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Object)
        {
            return "each result is an object, as in {\"result\":\"ok\"}";
        }

        if (MemoryFields.Count(name => result.TryGetProperty(name, out _)) is 1 or 2)
        {
            return $"{Memory} whatever its outcome";
        }

        return result.EnumerateObject().Select(MissingInField).FirstOrDefault(missing => missing != null)
            ?? "each result has the field result: ok, an errno by name, or a program interruption";
    }

    private static string? MissingInField(JsonProperty field)
    {
        string? text = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : null;
        return field.Name switch
        {
            "r1" or "start_gfn" or "remaining" or "buffer_address" => text != null && Number().IsMatch(text) ? null : $"{field.Name} is a string: 0x and lower-case hex digits without leading zeros, as in \"0x1f\"",
            "count" => field.Value.ValueKind == JsonValueKind.Number ? null : "count is a JSON number, as in 17",
            "zeroed" or "migrating" => field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"{field.Name} is true or false, without quotes",
            "values" or "argument" or "buffer" => text != null && Bytes().IsMatch(text) ? null : $"{field.Name} is a string of hex bytes, two lower-case digits each, separated by single spaces; *N behind one stands for N of them, as in \"00 41*15\"",
            "result" => text is { Length: > 0 } ? null : "result is a word in quotes: ok, an errno by name, or a program interruption",
            _ => ResultJson.FieldNames.Contains(field.Name, StringComparer.Ordinal) ? null : $"a result has no field '{field.Name}', only {string.Join(", ", ResultJson.FieldNames)}",
        };
    }

    [GeneratedRegex("^0x(0|[1-9a-f][0-9a-f]{0,15})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^([0-9a-f]{2}(\*[0-9]{1,7})?( |$))*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bytes();
}
