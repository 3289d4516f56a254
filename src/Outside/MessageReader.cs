// SPDX-License-Identifier: MIT
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
public sealed record Greeting(IReadOnlyList<Capability> Capabilities)
{
    /// <summary>What it is called, and in which version, as far as it says so; or null.</summary>
    public string? Tested { get; init; }

    /// <summary>The byte order of the memory that it sends with each GET and SET; null if it sends none.</summary>
    public bool? MemoryIsBigEndian { get; init; }

    /// <summary>Whether another greeting says the same.</summary>
    public bool IsLike(Greeting other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Tested == other.Tested && MemoryIsBigEndian == other.MemoryIsBigEndian && Capabilities.ToHashSet().SetEquals(other.Capabilities);
    }
}

/// <summary>What an implementation answers, as it wrote it.</summary>
/// <param name="Id">The question's.</param>
/// <param name="Outcomes">Of its operations.</param>
/// <param name="Error">Why there are no more, or null.</param>
public sealed record GivenAnswer(string Id, IReadOnlyList<Outcome> Outcomes, string? Error);

/// <summary>Reads the messages of docs/protocol.md: exactly what spec/protocol.schema.json allows.</summary>
public static partial class MessageReader
{
    private const int MaxText = 1000;
    private const int MaxName = 200;

    private static readonly JsonNames HelloNames = new("hello");
    private static readonly JsonNames GreetingNames = new(["hello", "capabilities", "name", "version", "byte_order"], required: 0b011);
    private static readonly string[] ByteOrders = ["little", "big"];
    private static readonly JsonNames QuestionNames = new(["id", "host_has_cmma", "operations"], required: 0b101);
    private static readonly JsonNames AnswerNames = new(["id", "results", "error"], required: 0b011);

    /// <summary>Reads what an implementation is asked.</summary>
    /// <exception cref="InputException">It is not a message to an implementation; field and reason.</exception>
    public static AskedQuestion Question(ReadOnlySpan<byte> line) => JsonInput.ParseLine(line, ReadQuestion);

    /// <summary>Reads a line that is one operation, or null for a hello.</summary>
    /// <exception cref="InputException">It is neither; field and reason.</exception>
    public static Operation? Operation(ReadOnlySpan<byte> line) => JsonInput.ParseLine(line, ReadOperationOrHello);

    /// <summary>Reads the answer to a hello.</summary>
    /// <exception cref="InputException">It is not a greeting; field and reason.</exception>
    public static Greeting Greeting(ReadOnlySpan<byte> line) => JsonInput.ParseLine(line, ReadGreeting);

    /// <summary>Reads the answer to a question.</summary>
    /// <exception cref="InputException">It is not an answer; field and reason.</exception>
    public static GivenAnswer Answer(ReadOnlySpan<byte> line) => JsonInput.ParseLine(line, ReadAnswer);

    /// <summary>The answer to a question, or null and the reason. Nothing is thrown, whatever the line is.</summary>
    /// <param name="id">The question's.</param>
    /// <param name="question">The question.</param>
    /// <param name="line">What came.</param>
    /// <param name="memoryIsBigEndian">The byte order that the greeting names; null if it names none.</param>
    /// <param name="reason">Why there is no answer, or nothing.</param>
    public static Answer? AnswerTo(string id, Question question, ReadOnlySpan<byte> line, bool? memoryIsBigEndian, out string reason)
    {
        ArgumentNullException.ThrowIfNull(question);
        int operations = question.Operations.Count;
        try
        {
            GivenAnswer given = Answer(line);
            int results = given.Outcomes.Count;
            reason = given.Id != id ? $"answers with the wrong id '{given.Id}': '{id}' was asked"
                : results > operations || (results < operations && given.Error == null) ? $"answers with {results} results where {operations} operations were asked"
                : results == operations && given.Error != null ? $"answers with all results and an error as well, '{Shown(Encoding.UTF8.GetBytes(given.Error))}': where nothing is missing error is left out"
                : WrongFields(question, given.Outcomes, memoryIsBigEndian);
            if (reason.Length > 0)
            {
                return null;
            }

            IReadOnlyList<Outcome> outcomes = memoryIsBigEndian is { } bigEndian ? Shown(question, given.Outcomes, bigEndian) : given.Outcomes;
            return given.Error == null ? new Answer(outcomes)
                : new Answer(outcomes, $"says: {given.Error}") { Located = outcomes.Count > 0 || operations == 1 }; // without the results so far it may be about any
        }
        catch (InputException e)
        {
            reason = $"answers with what is no answer: {e.Message}: '{Shown(line)}'";
            return null;
        }
    }

    /// <summary>The greeting, or null and the reason. Nothing is thrown, whatever the line is.</summary>
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

    /// <summary>The id in a line that is otherwise not a message, or null.</summary>
    public static string? IdIn(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonInput.ParseLine(line, (ref json) => json.Find<string?>("id"u8, Id, nothing: null));
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

    // The table of results in docs/protocol.md says which fields come with which operation, and what the greeting says which of them lie in memory.
    private static string WrongFields(Question question, IReadOnlyList<Outcome> outcomes, bool? memoryIsBigEndian)
    {
        for (int index = 0; index < outcomes.Count; index++)
        {
            if (WrongField(question.Operations[index], outcomes[index], memoryIsBigEndian) is { } wrong)
            {
                return $"answers with what is no answer: results[{index}]: {wrong}";
            }
        }

        return "";
    }

    /// <summary>What is wrong with the fields of a result, each of which can be read; or null.</summary>
    internal static string? WrongField(Operation operation, Outcome outcome, bool? memoryIsBigEndian)
    {
        bool hasMemory = operation is Traces.Operation.Get or Traces.Operation.Set;
        return outcome.Memory == null && hasMemory && memoryIsBigEndian != null ? "field 'argument' is missing: the greeting names a byte_order"
            : outcome.Memory != null && !(hasMemory && memoryIsBigEndian != null) ? "unknown field 'argument': memory comes with get and set, once the greeting names a byte_order"
            : WrongForm(OperationForm.Of(operation), outcome) is { } form ? form
            : operation is Traces.Operation.Get get && WrongLength(get, outcome) is { } length ? length
            : outcome.Memory != null && memoryIsBigEndian is { } bigEndian ? AfterCall.Malformed(operation, outcome, bigEndian)
            : null;
    }

    // A success has the fields of one form, and nothing has a field of another form. Values may be left out where there are none.
    private static string? WrongForm(OperationForm form, Outcome outcome)
    {
        ResultField has = outcome.Fields;
        ResultField fields = has.HasFlag(ResultField.Zeroed) ? form.Results.Forms[^1] : form.Results.Forms[0];
        ResultField lacking = outcome.Result == Outcome.Ok && outcome.Breach == null ? fields & ~has & ~ResultField.Values : ResultField.None;
        ResultField surplus = has & ~fields;
        return lacking != ResultField.None ? $"field '{ResultJson.FirstOf(lacking)}' is missing: it comes with ok of {form.Name}"
            : surplus != ResultField.None ? $"unknown field '{ResultJson.FirstOf(surplus)}': it does not come with {form.Name}{(fields == ResultField.Zeroed ? " where zeroed is true" : "")}"
            : null;
    }

    // Only where the buffer holds as many: a count above what was asked for is a wrong answer.
    private static string? WrongLength(Traces.Operation.Get get, Outcome outcome) =>
        outcome is not { Result: Outcome.Ok, Breach: null, Count: { } count } || outcome.Values.Length == count || count > get.Count ? null
        : outcome.Values.IsEmpty ? $"values is missing or holds no byte where count is {count}"
        : $"values holds {outcome.Values.Length} byte{(outcome.Values.Length == 1 ? "" : "s")} where count is {count}";

    private static IReadOnlyList<Outcome> Shown(Question question, IReadOnlyList<Outcome> outcomes, bool bigEndian) =>
        [.. outcomes.Select((outcome, index) => outcome.Memory == null ? outcome : AfterCall.Shown(question.Operations[index], outcome, bigEndian))];

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,40}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdForm();

    private static string Id(ref JsonCursor json) => json.Text(IdForm().IsMatch, "letters, digits, - and _");

    // It tells nothing but must be right.
    private static T Version<T>(ref JsonCursor json, T known) =>
        json.Number() == MessageWriter.Version ? known : throw json.Wrong($"must be {MessageWriter.Version}, the version of the protocol");

    private static T ReadHello<T>(ref JsonCursor json, T hello) => json.Fields(HelloNames, hello, (ref json, _, known) => Version(ref json, known));

    private static Operation? ReadOperationOrHello(ref JsonCursor json) =>
        json.BeginsWith("hello"u8) ? ReadHello<Operation?>(ref json, null) : OperationJson.Read(ref json);

    private static Greeting ReadGreeting(ref JsonCursor json)
    {
        (IReadOnlyList<Capability> Capabilities, string Name, string Version, bool? BigEndian) nothing = ([], "", "", null);
        var read = json.Fields(GreetingNames, nothing, (ref json, field, known) => field switch
        {
            0 => Version(ref json, known),
            1 => known with { Capabilities = json.Set(TraceReader.Capability) },
            2 => known with { Name = json.OneLine(MaxName) },
            3 => known with { Version = json.OneLine(MaxName) },
            _ => known with { BigEndian = json.Word(ByteOrders) == 1 },
        });
        string tested = string.Join(", ", new[] { read.Name, read.Version.Length > 0 ? $"version {read.Version}" : "" }.Where(each => each.Length > 0));
        return new Greeting(read.Capabilities) { Tested = tested.Length > 0 ? tested : null, MemoryIsBigEndian = read.BigEndian };
    }

    private static AskedQuestion ReadQuestion(ref JsonCursor json)
    {
        if (json.BeginsWith("hello"u8))
        {
            return ReadHello(ref json, new AskedQuestion("", Question: null));
        }

        (string id, Question read) = json.Fields(QuestionNames, ("", new Question(HostHasCmma: true, [])), (ref json, field, known) =>
        {
            (string id, Question question) = known;
            return field switch
            {
                0 => (Id(ref json), question),
                1 => (id, question with { HostHasCmma = json.Flag(only: false) }),
                _ => (id, question with { Operations = json.Items(OperationJson.Read) }),
            };
        });
        return new AskedQuestion(id, read);
    }

    private static GivenAnswer ReadAnswer(ref JsonCursor json) => json.Fields(AnswerNames, new GivenAnswer("", [], Error: null), (ref json, field, answer) => field switch
    {
        0 => answer with { Id = Id(ref json) },
        1 => answer with { Outcomes = json.Items(ResultJson.ReadOutcome) },
        _ => answer with { Error = json.OneLine(MaxText) },
    });
}
