// SPDX-License-Identifier: MIT
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
    private const string NoMark = "UTF-8 is written without a byte order mark";
    private const string NoAnswer = "an answer is one JSON object in one line, and nothing else may be written to stdout; stderr is free";
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
        JsonElement? json = Parsed(line);
        (int Index, string Wrong)? field = WrongField(question, line, memoryIsBigEndian);
        int wrong = json is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty("results", out JsonElement results) && results.ValueKind == JsonValueKind.Array
            ? results.EnumerateArray().Select(Text).ToList().FindIndex(text => !CanBeRead(text))
            : -1;
        int which = field?.Index ?? wrong;
        string operation = which >= 0 && which < question.Operations.Count
            ? $"operation {which + 1} of {question.Operations.Count}, for results[{which}]: {TraceWriter.Step(new Step(question.Operations[which]))}"
            : $"a run of {string.Join(", ", question.Operations.Select(each => OperationForm.Of(each).Name))}";
        string answer = which >= 0 && which < question.Operations.Count ? json!.Value.GetProperty("results")[which].GetRawText() : "";
        return Lines(operation, Shown(answer.Length > 0 ? Encoding.UTF8.GetBytes(answer) : line), json == null ? MissingInText(line) : Missing(json.Value, wrong, field?.Wrong, id, question.Operations.Count));
    }

    /// <summary>For a program that has said nothing since its greeting.</summary>
    /// <param name="question">What it was asked last.</param>
    /// <param name="failure">How it was silent.</param>
    public static IReadOnlyList<string> Of(Question question, Failure failure) =>
    [
        $"asked:    a run of {string.Join(", ", question.Operations.Select(each => OperationForm.Of(each).Name))}",
        $"answered: {(failure.Beginning is { } beginning ? $"{Shown(beginning)}, and no end of the line" : "nothing since the greeting")}",
        failure.Beginning != null ? "probably: it writes no newline behind its answer"
            : failure.Late ? "probably: it does not flush its output after each line: its answer came when its input was ended, and not before"
            : "probably: it reads to the end of its input before it answers, or waits for something: does it flush after each line, does it go on reading?",
    ];

    /// <summary>For a program that does not greet.</summary>
    public static IReadOnlyList<string> OfGreeting(Failure failure)
    {
        const string Example = """{"hello":1,"capabilities":["vcpu","residency"]}""";
        string? probably = failure.Line != null && Parsed(failure.Line) is { ValueKind: JsonValueKind.Object } ? $"a greeting is like {Example}, with the capabilities that docs/protocol.md lists"
            : HasMark(failure.Line) ? NoMark
            : failure.Line is [(byte)'{', ..] ? IsBeginning(failure.Line) ? "each message is one line, so a greeting may not be spread over several" : $"a greeting is JSON in UTF-8, like {Example}"
            : failure.Line != null ? $"its first line must be a greeting, such as {Example}; nothing else may be written to stdout before it"
            : failure.Beginning != null ? "it writes no newline behind its greeting"
            : failure.TimedOut ? "it waits for more than the line {\"hello\":1}, or does not flush its output after each line; one that only starts slowly has more time with --timeout"
            : failure is { Exited: true, SaysWhy: false } ? $"it ends where it has to read lines until its input ends, and to answer the first with a greeting, such as {Example}"
            : null;
        return probably == null ? [] : Lines("""{"hello":1}""", What(failure), probably);
    }

    /// <summary>For a program that answers, and does not greet again behind its answers; none if it is something else that is wrong.</summary>
    /// <param name="failure">What came instead of a greeting.</param>
    /// <param name="hasGreetedAgain">Whether it did so before, so that a second hello is not what it cannot take.</param>
    public static IReadOnlyList<string> OfGreetingAgain(Failure failure, bool hasGreetedAgain)
    {
        bool isMessage = failure.Line != null && Parsed(failure.Line) is { ValueKind: JsonValueKind.Object };
        string? probably = failure.Repeats || failure.GreetedBefore != null || (hasGreetedAgain && failure.Line == null) ? null
            : failure.Line != null && !isMessage ? "nothing but one line for each message may be written to stdout; stderr is free"
            : hasGreetedAgain ? null
            : failure.Exited ? "it ends after its answer, where it has to read on until its input ends, or cannot take a second hello"
            : failure.Line != null || failure.TimedOut ? "it takes one hello only: another may come whenever all questions are answered, and is answered in the same way"
            : null;
        return probably == null && failure.Line == null ? []
            : Lines("""{"hello":1} once more, behind its answers""", What(failure), probably, failure.GreetedBefore is { } first ? $"before:   {Shown(first)}" : null);
    }

    /// <summary>For a program that greets again behind its answers, and then ends; none if a signal ends it.</summary>
    /// <param name="failure">How it ends.</param>
    public static IReadOnlyList<string> OfEndBehindGreeting(Failure failure) => !failure.Exited || failure.Before.Count > 1 ? [] : Lines( // behind several groups of runs it has gone on before
        """{"hello":1} once more, behind its answers, and then another run""",
        "the greeting, and nothing else",
        "it takes each hello but the first for the end, where it has to read on until its input ends");

    /// <summary>For a program of which each process answers a few runs and ends when it is asked another one.</summary>
    /// <param name="question">What it was asked then.</param>
    /// <param name="runs">How many it answers.</param>
    public static IReadOnlyList<string> OfEndAtTheNext(Question question, int runs) =>
        Lines($"{runs} run{(runs == 1 ? "" : "s")}, and then a run of {string.Join(", ", question.Operations.Select(each => OperationForm.Of(each).Name))}", $"the first {(runs == 1 ? "run" : $"{runs} runs")}, and nothing else", probably: null);

    private static IReadOnlyList<string> Lines(string asked, string answered, string? probably, string? before = null) =>
        [.. new[] { $"asked:    {asked}", $"answered: {answered}", before, probably == null ? null : $"probably: {probably}", "docs/protocol.md has every message, and which fields come with what" }.OfType<string>()];

    private static string What(Failure failure) => failure.Line != null ? Shown(failure.Line)
        : failure.Beginning != null ? $"{Shown(failure.Beginning)}, and no end of the line"
        : "nothing";

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

    // The only way to an element here: each name and each string in it can be read.
    private static JsonElement? Parsed(byte[] line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return IsUnicode(line) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsUnicode(byte[] json)
    {
        Utf8JsonReader reader = new(json);
        try
        {
            while (reader.Read())
            {
                _ = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? reader.GetString() : null;
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // bytes that are no UTF-8, or half a surrogate pair
        }
        catch (JsonException)
        {
            return true; // it ends before such a string
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

    // Null where the first line of the report says it all.
    private static string? MissingInText(byte[] line)
    {
        return HasMark(line) ? NoMark
            : line is not [(byte)'{', ..] ? NoAnswer
            : IsBeginning(line) ? "it ends in the middle of its JSON: it is cut off, or spread over several lines; an answer is one line"
            : WhereItEnds(line);
    }

    private static bool HasMark(byte[]? line) => line.AsSpan().StartsWith(Encoding.UTF8.Preamble);

    // A line may be long: where it stops being JSON, with what stands there. Null where it does so only in a string's bytes.
    private static string? WhereItEnds(byte[] line)
    {
        const int Around = 20;
        try
        {
            Utf8JsonReader reader = new(line);
            while (reader.Read())
            {
                // up to where it goes wrong
            }

            return null;
        }
        catch (JsonException e)
        {
            int position = (int)Math.Min(e.BytePositionInLine ?? 0, line.Length);
            return $"it is JSON up to byte {position}, where there is '{Shown(line[Math.Max(0, position - Around)..Math.Min(line.Length, position + Around)])}'";
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // Whether it is JSON as far as it goes, and has no end.
    private static bool IsBeginning(byte[] line)
    {
        try
        {
            Utf8JsonReader reader = new(line, isFinalBlock: false, state: default);
            while (reader.Read())
            {
                // up to where it ends or goes wrong
            }

            return reader.CurrentDepth > 0 || reader.TokenType == JsonTokenType.StartObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // What is known to be missing; null where the first line of the report says it all.
    private static string? Missing(JsonElement answer, int wrong, string? wrongField, string id, int operations)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            return NoAnswer;
        }

        if (wrong >= 0)
        {
            return MissingInResult(answer.GetProperty("results")[wrong]);
        }

        if (wrongField != null)
        {
            return null;
        }

        if (answer.EnumerateObject().FirstOrDefault(field => !AnswerFields.Contains(field.Name, StringComparer.Ordinal)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            return $"an answer has no field '{unknown.Name}', only {string.Join(", ", AnswerFields)}; one line is written for each question";
        }

        if (!answer.TryGetProperty("id", out JsonElement answered) || answered.ValueKind != JsonValueKind.String || answered.GetString() != id)
        {
            return $"the id must be that of the question, here \"{id}\"; each question is answered once, in the order of the questions";
        }

        if (answer.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.String)
        {
            return "error is a string that says why a run could not be completed; where there is nothing to say, leave it out";
        }

        bool isComplete = answer.TryGetProperty("results", out JsonElement results) && results.ValueKind == JsonValueKind.Array && results.GetArrayLength() == operations;
        return isComplete ? null : $"results must be an array with one result for each of the {operations} operations; what cannot be done to its end says why in error";
    }

    private static string? MissingInResult(JsonElement result)
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
            ?? (result.TryGetProperty("result", out _) ? null : "each result has the field result: ok, an errno by name, or a program interruption");
    }

    private static string? MissingInField(JsonProperty field)
    {
        if (field.Value.ValueKind == JsonValueKind.Null)
        {
            return $"null is no value: {field.Name} is left out where it does not belong, or has one";
        }

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
