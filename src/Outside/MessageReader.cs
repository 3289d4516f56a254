// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Json;

namespace Cmma.Outside;

/// <summary>A message to an implementation: the hello, or a run under an id.</summary>
/// <param name="Id">Empty for the hello.</param>
/// <param name="Question">Null for the hello.</param>
public sealed record AskedQuestion(string Id, Question? Question);

/// <summary>What an implementation says of itself.</summary>
/// <param name="Capabilities">What it can do.</param>
public sealed record Greeting(IReadOnlyList<Capability> Capabilities);

/// <summary>What an implementation answers, as it wrote it.</summary>
/// <param name="Id">The question's.</param>
/// <param name="Outcomes">Of its operations.</param>
/// <param name="Error">Why there are no more, or null.</param>
public sealed record GivenAnswer(string Id, IReadOnlyList<Outcome> Outcomes, string? Error);

/// <summary>Reads the messages of docs/protocol.md: exactly what spec/protocol.schema.json allows.</summary>
public static partial class MessageReader
{
    private const int MaxText = 1000;
    private const uint Hello = 1 << 3; // in QuestionNames

    private static readonly JsonNames HelloNames = new("hello");
    private static readonly JsonNames GreetingNames = new("hello", "capabilities");
    private static readonly JsonNames QuestionNames = new(["id", "host_has_cmma", "operations", "hello"], required: 0b101);
    private static readonly JsonNames AnswerNames = new(["id", "results", "error"], required: 0b011);

    /// <summary>Reads what an implementation is asked.</summary>
    /// <exception cref="InputException">It is no message to an implementation; field and reason.</exception>
    public static AskedQuestion Question(ReadOnlySpan<byte> line) => JsonInput.ParseLine(line, ReadQuestion);

    /// <summary>Reads a line that is one operation, or null for a hello.</summary>
    /// <exception cref="InputException">It is neither; field and reason.</exception>
    public static Operation? Operation(ReadOnlySpan<byte> line) => JsonInput.ParseLine(line, ReadOperationOrHello);

    /// <summary>Reads the answer to a hello.</summary>
    /// <exception cref="InputException">It is no greeting; field and reason.</exception>
    public static Greeting Greeting(ReadOnlySpan<byte> line) => JsonInput.ParseLine(line, ReadGreeting);

    /// <summary>Reads the answer to a question.</summary>
    /// <exception cref="InputException">It is no answer; field and reason.</exception>
    public static GivenAnswer Answer(ReadOnlySpan<byte> line) => JsonInput.ParseLine(line, ReadAnswer);

    /// <summary>The answer to a question, or null and the reason. Whatever stands there, nothing is thrown.</summary>
    public static Answer? AnswerTo(string id, Question question, ReadOnlySpan<byte> line, out string reason)
    {
        ArgumentNullException.ThrowIfNull(question);
        int operations = question.Operations.Count;
        try
        {
            GivenAnswer given = Answer(line);
            int results = given.Outcomes.Count;
            reason = given.Id != id ? $"answers with the wrong id '{given.Id}': '{id}' was asked"
                : results > operations || (results < operations && given.Error == null) ? $"answers with {results} results where {operations} operations were asked"
                : "";
            return reason.Length > 0 ? null
                : given.Error == null ? new Answer(given.Outcomes)
                : new Answer([.. given.Outcomes.Take(operations - 1)], $"says: {given.Error}") { Located = true }; // also with every result: the last one is then not taken
        }
        catch (InputException e)
        {
            reason = $"answers with what is no answer: {e.Message}: '{Shown(line)}'";
            return null;
        }
    }

    /// <summary>The greeting, or null and the reason. Whatever stands there, nothing is thrown.</summary>
    public static Greeting? GreetingOr(ReadOnlySpan<byte> line, out string reason)
    {
        try
        {
            reason = "";
            return Greeting(line);
        }
        catch (InputException e)
        {
            reason = $"does not begin with a greeting but with '{Shown(line)}': {e.Message}";
            return null;
        }
    }

    /// <summary>The id in a line that is otherwise no message, or null.</summary>
    public static string? IdIn(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonInput.ParseLine(line, (ref json) => json.Find("id"u8) ? Id(ref json) : null);
        }
        catch (InputException)
        {
            return null;
        }
    }

    /// <summary>The start of a line that came from outside, fit to be shown.</summary>
    public static string Shown(ReadOnlySpan<byte> text)
    {
        const int MaxShown = 60;
        StringBuilder shown = new();
        foreach (byte each in text[..Math.Min(text.Length, MaxShown)])
        {
            shown.Append(each is >= (byte)' ' and < 0x7F ? (char)each : '?');
        }

        return shown.Append(text.Length > MaxShown ? "..." : "").ToString();
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,40}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdForm();

    private static string Id(ref JsonCursor json) => json.Text(IdForm().IsMatch, "letters, digits, - and _");

    // Anything that a person reads, on one line.
    private static string Text(ref JsonCursor json) => json.Text(MaxText).ReplaceLineEndings(" ");

    private static void Version(ref JsonCursor json)
    {
        if (json.Number() != MessageWriter.Version)
        {
            throw json.Wrong($"must be {MessageWriter.Version}, the version of the protocol");
        }
    }

    private static Operation? ReadOperationOrHello(ref JsonCursor json)
    {
        JsonCursor ahead = json;
        if (ahead.Find("op"u8))
        {
            return OperationJson.Read(ref json);
        }

        long begin = json.BeginObject();
        uint seen = 0;
        while (json.NextField(HelloNames, ref seen, out _))
        {
            Version(ref json);
        }

        return seen != 0 ? null : throw JsonCursor.WrongAt(begin, "field 'op' is missing");
    }

    private static Greeting ReadGreeting(ref JsonCursor json)
    {
        long begin = json.BeginObject();
        IReadOnlyList<Capability> capabilities = [];
        uint seen = 0;
        while (json.NextField(GreetingNames, ref seen, out int field))
        {
            switch (field)
            {
                case 0:
                    Version(ref json);
                    break;
                default:
                    capabilities = json.Set(TraceReader.Capability);
                    break;
            }
        }

        JsonCursor.Require(begin, GreetingNames, seen);
        return new Greeting(capabilities);
    }

    private static AskedQuestion ReadQuestion(ref JsonCursor json)
    {
        long begin = json.BeginObject();
        string id = "";
        bool hostHasCmma = true;
        IReadOnlyList<Operation> operations = [];
        uint seen = 0;
        while (json.NextField(QuestionNames, ref seen, out int field))
        {
            switch (field)
            {
                case 0:
                    id = Id(ref json);
                    break;
                case 1:
                    json.Flag(only: false);
                    hostHasCmma = false;
                    break;
                case 2:
                    operations = json.Items(OperationJson.Read);
                    break;
                default:
                    Version(ref json);
                    break;
            }
        }

        if ((seen & Hello) != 0)
        {
            return seen == Hello ? new AskedQuestion("", Question: null) : throw JsonCursor.WrongAt(begin, "a hello has no other field");
        }

        JsonCursor.Require(begin, QuestionNames, seen);
        return new AskedQuestion(id, new Question(hostHasCmma, operations));
    }

    private static GivenAnswer ReadAnswer(ref JsonCursor json)
    {
        long begin = json.BeginObject();
        string id = "";
        IReadOnlyList<Outcome> outcomes = [];
        string? error = null;
        uint seen = 0;
        while (json.NextField(AnswerNames, ref seen, out int field))
        {
            switch (field)
            {
                case 0:
                    id = Id(ref json);
                    break;
                case 1:
                    outcomes = json.Items(ResultJson.ReadOutcome);
                    break;
                default:
                    error = Text(ref json);
                    break;
            }
        }

        JsonCursor.Require(begin, AnswerNames, seen);
        return new GivenAnswer(id, outcomes, error);
    }
}
