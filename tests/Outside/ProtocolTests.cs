// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.RegularExpressions;
using Cmma.Catalogue;
using Cmma.Generators;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Outside.Tests;

public class ProtocolTests
{
    private static readonly ProtocolSchema Schema = ProtocolSchema.Read(Outside.Spec);

    [Fact]
    public void Every_question_fits_the_schema_and_is_read_as_it_was_asked()
    {
        foreach (Vector vector in Outside.AllVectors)
        {
            Question question = Question.Of(vector.Trace);
            (string id, string line) = Written(question);
            Assert.Null(Schema.Breach(Encoding.UTF8.GetBytes(line), "question"));

            AskedQuestion asked = MessageReader.Question(Encoding.UTF8.GetBytes(line));
            Assert.Equal(id, asked.Id);
            Assert.Equal(line, Written(asked.Question!).Line);
        }
    }

    [Fact]
    public void Minus_0_is_0()
    {
        string line = Written(new Question(HostHasCmma: true, [new Operation.Get(StartGfn: 0, Count: 0)])).Line;

        AskedQuestion asked = MessageReader.Question(Encoding.UTF8.GetBytes(line.Replace("\"count\":0", "\"count\":-0", StringComparison.Ordinal)));

        Assert.Equal(line, Written(asked.Question!).Line);
    }

    [Fact]
    public void No_question_holds_an_expected_value() =>
        Assert.All(Outside.AllVectors, vector => Assert.DoesNotContain("expect", Written(Question.Of(vector.Trace)).Line, StringComparison.Ordinal));

    [Fact]
    public void Every_answer_fits_the_schema_and_is_read_as_it_was_given()
    {
        using IImplementation reference = Implementations.Find("reference");
        using MessageWriter writer = new();
        foreach (Vector vector in Outside.AllVectors.Where(vector => !vector.Capabilities.Contains(Capability.LargeMemory)))
        {
            Answer answer = reference.Ask([Question.Of(vector.Trace)])[0];
            writer.Clear();
            writer.AddAnswer("x", answer);
            byte[] line = writer.Lines[..^1].ToArray();
            Assert.Null(Schema.Breach(line, "answer"));
            Assert.NotNull(MessageReader.AnswerTo("x", Question.Of(vector.Trace), line, memoryIsBigEndian: null, out _) is { } read ? Same(answer, read) : null);
        }
    }

    [Fact]
    public void What_a_program_says_stays_on_one_line_and_commands_no_terminal()
    {
        GivenAnswer given = MessageReader.Answer("""{"id":"x","results":[{"result":"ok","breach":"a\u001b[2J\nok 2 b"}],"error":"c\u2028d\n"}"""u8);

        Assert.Equal(("a?[2J ...", "c?d"), (given.Outcomes[0].Breach, given.Error));
        Assert.Equal("e?f, version g ...", MessageReader.Greeting("""{"hello":1,"name":"e\u0007f","version":"g\nh","capabilities":[]}"""u8).Tested);
    }

    [Fact]
    public void The_same_operations_have_the_same_id_and_others_another()
    {
        Question question = new(HostHasCmma: true, [new Operation.CreateVcpu()]);
        string id = Written(question).Id;
        Assert.Equal(id, Written(question).Id);
        Assert.DoesNotContain(id, Written(question with { HostHasCmma = false }).Line, StringComparison.Ordinal);
        Assert.DoesNotContain(id, Written(question with { Operations = [new Operation.EnableCmma()] }).Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"hello":2}""")]
    [InlineData("""{"hello":1,"id":"x","operations":[]}""")]
    [InlineData("""{"id":"x"}""")]
    [InlineData("""{"id":"x","operations":[{}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"fly"}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"touch"}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"touch","gfn":5}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"touch","gfn":"0x05"}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"touch","gfn":"0xA"}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"touch","gfn":"0x10000000000000000"}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"touch","gfn":"0x5","orc":1}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"essa","gfn":"0x5","orc":1,"pages":65537}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"get","start_gfn":"0x0","count":4294967296}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"0"}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"00*"}]}""")]
    [InlineData("""{"id":"x","operations":[{"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"00*9999999"}]}""")]
    [InlineData("""{"id":"x","operations":[]} {}""")]
    [InlineData("""{"id":"x","operations":[],"expect":1}""")]
    public void What_is_no_question_is_refused(string line) => Assert.Throws<InputException>(() => MessageReader.Question(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("""{"id":"x"}""")]
    [InlineData("""{"id":"x","results":{}}""")]
    [InlineData("""{"id":"x","results":[{}]}""")]
    [InlineData("""{"id":"x","results":[{"result":""}]}""")]
    [InlineData("""{"id":"x","results":[{"result":"o k"}]}""")]
    [InlineData("""{"id":"x","results":[{"result":5}]}""")]
    [InlineData("""{"id":"x","results":[{"result":"ok","r1":"8"}]}""")]
    [InlineData("""{"id":"x","results":[{"result":"ok","migrating":1}]}""")]
    [InlineData("""{"id":"x","results":[{"result":"ok","values":"??"}]}""")]
    [InlineData("""{"id":"x","results":[{"result":"ok","values":"00*99999999"}]}""")]
    [InlineData("""{"id":"x","results":[{"result":"ok","values":"00*1048577 00"}]}""")]
    [InlineData("""{"id":"x","results":[{"result":"ok","count":-1}]}""")]
    [InlineData("""{"id":"x","results":[{"result":"ok"}]""")]
    [InlineData("""{"id":"x","results":[{"result":"\ud800"}]}""")]
    public void What_is_no_answer_has_a_reason(string line)
    {
        Assert.Null(MessageReader.AnswerTo("x", new Question(HostHasCmma: true, [new Operation.CreateVcpu()]), Encoding.UTF8.GetBytes(line), memoryIsBigEndian: null, out string reason));
        Assert.StartsWith("answers with ", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_breach_without_words_is_refused()
    {
        byte[] line = """{"id":"x","results":[{"result":"ok","breach":""}]}"""u8.ToArray();

        Assert.Null(MessageReader.AnswerTo("x", new Question(HostHasCmma: true, [new Operation.CreateVcpu()]), line, memoryIsBigEndian: null, out string reason));
        Assert.Contains("results[0].breach: empty: where there is no breach, it is left out", reason, StringComparison.Ordinal);
        Assert.NotNull(Schema.Breach(line, "answer"));
    }

    [Fact]
    public void A_capability_that_there_is_not_is_refused()
    {
        Assert.Null(MessageReader.GreetingOr("""{"hello":1,"capabilities":["flying"]}"""u8, out string reason));
        Assert.Contains("there is no capability 'flying'", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_the_schema_refuses_is_a_breach_of_the_protocol() => Assert.Equal(
        "breaks the protocol: answer: unknown field 'mood': '{\"id\":\"x\",\"results\":[],\"mood\":\"good\"}'",
        Schema.Breach("""{"id":"x","results":[],"mood":"good"}"""u8, "answer"));

    [Fact]
    public void Every_message_in_the_documentation_fits_the_schema()
    {
        string text = File.ReadAllText(Path.Combine(Outside.Root, "docs", "protocol.md"));
        Match[] messages = [.. Regex.Matches(text, "^(?<way>->|<-) (?<line>{.*})$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)).Cast<Match>()];
        Assert.NotEmpty(messages);
        foreach (Match message in messages)
        {
            string line = message.Groups["line"].Value;
            bool hello = line.StartsWith("{\"hello\"", StringComparison.Ordinal);
            bool sent = message.Groups["way"].Value == "->";
            Assert.Null(Schema.Breach(Encoding.UTF8.GetBytes(line), (sent, hello) switch { (true, true) => "hello", (true, false) => "question", (false, true) => "greeting", _ => "answer" }));
        }
    }

    [Fact]
    public void A_machine_of_ours_can_be_served_to_others()
    {
        IReadOnlyList<Vector> vectors = [.. Outside.AllVectors.Where(vector => vector.File.StartsWith("selftest/", StringComparison.Ordinal))];
        Assert.Equal($"{vectors.Count} passed, 0 failed, 0 skipped; breaches are self-reported", Outside.Check(Outside.Served("reference"), vectors).Totals);
    }

    [Fact]
    public void A_run_step_by_step_answers_as_the_whole_run_does()
    {
        Outside.Require("python3");
        using IImplementation implementation = Implementations.Find($"exec:python3 '{Outside.Harness}/python/cmma_impl.py'", Outside.Patient);
        IRun vm = implementation.NewVm(hostHasCmma: true);
        Assert.All(Outside.SixRuns[0].Trace.Steps, step => Assert.Null(Judge.Difference(step.Expect, vm.Do(step.Operation))));
    }

    [Fact]
    public void One_operation_at_a_time_is_answered_at_once_and_a_bad_line_does_nothing()
    {
        string[] lines =
        [
            """{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x100","dirty_log":true}""", """{"op":"enable_cmma"}""", """{"op":"essa","gfn":"0x0","orc":2,"page":2}""",
            "nonsense", """{"op":"essa","gfn":"0x0","orc":2}""", """{"hello":1}""", """{"op":"migration_status"}""", """{"op":"essa","gfn":"0x0","orc":2}""",
        ];
        using IImplementation machine = Implementations.Find("reference");
        using MemoryStream output = new();
        ProtocolServer.ServeOperations(machine, new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")), output);
        string[] answers = Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(lines.Length, answers.Length);
        Assert.Equal("""{"result":"ok"}""", answers[1]);
        Assert.StartsWith("""{"error":"nothing was done: """, answers[2], StringComparison.Ordinal);
        Assert.StartsWith("""{"error":"nothing was done: """, answers[3], StringComparison.Ordinal);
        Assert.Equal("""{"result":"ok","r1":"0x0"}""", answers[4]);
        Assert.StartsWith("""{"hello":1,"capabilities":[""", answers[5], StringComparison.Ordinal);
        Assert.Equal("""{"result":"ok","migrating":false}""", answers[6]);
        Assert.Equal("""{"result":"operation"}""", answers[7]);
    }

    [Fact]
    public void Serve_answers_a_bad_line_with_field_and_reason_and_then_the_next_question()
    {
        string[] lines =
        [
            """{"id":"a","operations":[{"op":"delete_slot","id":0,"allocation":"succeeds"}]}""",
            """{"id":"b","operations":[{"op":"get","start_gfn":"0x0","count":1,"argument":"read-only"}]}""",
            """{"id":"c","operations":[{"op":"get","start_gfn":"0x0","count":3,"flags":"0x0","count":4}]}""",
            """{"id":"d","operations":[{"op":"essa","gfn":"0x0","orc":0,"pages":0}]}""",
            "nonsense",
            """{"id":"e","operations":[{"op":"enable_cmma"}]}""",
        ];
        using IImplementation machine = Implementations.Find("reference");
        using MemoryStream output = new();
        ProtocolServer.Serve(machine, new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")), output);
        string[] answers = Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(
            [
                """{"id":"a","results":[],"error":"nothing was done: line 1: operations[0].allocation: must be 'fails'"}""",
                """{"id":"b","results":[],"error":"nothing was done: line 2: operations[0].argument: 'read-only' is none of unreadable, read_only"}""",
                """{"id":"c","results":[],"error":"nothing was done: line 3: operations[0]: field 'count' stands twice"}""",
                """{"id":"d","results":[],"error":"nothing was done: line 4: operations[0].pages: is below 2"}""",
                """{"error":"nothing was done: line 5: no valid JSON: 'nonsense' is an invalid JSON literal"}""",
                """{"id":"e","results":[{"result":"ok"}]}""",
            ],
            answers.Select(answer => answer.Replace("Expected the literal 'null'", "", StringComparison.Ordinal)));
        Assert.All(answers, answer => Assert.Null(Schema.Breach(Encoding.UTF8.GetBytes(answer), answer.StartsWith("{\"id\"", StringComparison.Ordinal) ? "answer" : "refusal")));
    }

    [Fact]
    public void What_the_contract_grants_is_told_without_a_machine_so_each_vector_needs_what_it_says() =>
        Assert.All(Outside.AllVectors, vector => Assert.Equal(vector.Capabilities, Capabilities.NeededBy(Question.Of(vector.Trace))));

    [Theory]
    [InlineData("reference", "this needs large_memory, which reference does not declare", """[{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x7fffff00","dirty_log":true}]""")]
    [InlineData("kernel:6.12", "this needs large_memory, which kernel:6.12 does not declare", """[{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x10000","dirty_log":true},{"op":"create_slot","id":1,"base_gfn":"0x10000","pages":"0x100","dirty_log":true}]""")]
    [InlineData("kernel:6.12", "this needs unaligned_slots, which kernel:6.12 does not declare", """[{"op":"create_slot","id":0,"base_gfn":"0x1","pages":"0x100","dirty_log":true}]""")]
    [InlineData("kernel:6.12", "malformed: slot 0 was created before (CREATE-SLOT-4)", """[{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x100","dirty_log":true},{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x0","dirty_log":true},{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x7fffff00","dirty_log":true},{"op":"enable_cmma"},{"op":"start_migration"}]""")]
    [Trait("Run", "alone")]
    public void What_a_machine_does_not_declare_is_refused_and_nothing_is_done(string name, string reason, string operations)
    {
        using IImplementation machine = Implementations.Find(name);
        using MemoryStream output = new();
        using MemoryStream input = new(Encoding.UTF8.GetBytes($$"""
            {"id":"a","operations":{{operations}}}
            {"id":"b","operations":[{"op":"create_vcpu"}]}

            """));
        long before = GC.GetTotalAllocatedBytes();
        ProtocolServer.Serve(machine, input, output);

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100_000_000);
        Assert.Equal(
            [$$"""{"id":"a","results":[],"error":"nothing was done: {{reason}}"}""", """{"id":"b","results":[{"result":"ok"}]}"""],
            Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("0x80000000")] // EINVAL
    [InlineData("0x0")]
    public void A_slot_that_is_refused_for_its_size_needs_nothing(string pages)
    {
        AskedQuestion asked = MessageReader.Question(Encoding.UTF8.GetBytes($$"""{"id":"x","operations":[{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"{{pages}}","dirty_log":true}]}"""));
        Assert.Empty(Capabilities.NeededBy(asked.Question!));
    }

    // Bytes and words that a slip of the finger, or a spiteful program, puts in place of others.
    private static readonly string[] Pieces =
    [
        "0", "1", "2", "-0", "3.0", "3e0", "0.5", "1e400", "-1", "4294967296", "true", "false", "null", "\"\"", "\"ok\"", "\"fails\"", "\"succeeds\"", "\"read-only\"",
        "\"read_only\"", "\"little\"", "\"0x0\"", "\"0x01\"", "\"0xA\"", "\"00*1\"", "\"00 *2\"", "\"a\\u0062\"", "\"\\ud800\"", "[]", "{}", ",", ":", "{", "}", "[", "]", "\\", " ", "\n", "\u00ff",
        "\"count\":4,", "\"op\":\"get\",", "\"pages\":0,", "\"mood\":1,", "\uFEFF", "x",
    ];

    private static readonly Lazy<(string Message, string Text)[]> Messages = new(() =>
    [
        ("hello", """{"hello":1}"""), ("greeting", """{"hello":1,"capabilities":["essa","vcpu"]}"""),
        ("greeting", """{"hello":1,"name":"mine","version":"2","byte_order":"big","capabilities":["essa"]}"""),
        .. Outside.AllVectors.Where(vector => vector.Trace.Steps.Sum(step => step.Operation is Operation.Set set ? set.Values.Length : 0) < 100).SelectMany((vector, index) =>
        {
            CallerMemory? memory = index % 2 == 0 ? null : new(new byte[] { 1, 0, 0, 0xa5 }, new byte[] { 2, 2, 0xa5, 0xa5 }, 0x1000);
            using MessageWriter writer = new();
            writer.AddQuestion(Question.Of(vector.Trace));
            string question = Encoding.UTF8.GetString(writer.Lines[..^1]);
            writer.Clear();
            writer.AddAnswer("x", new Answer([.. vector.Trace.Steps.Select(step => Given(step.Expect!.Alternatives[0]) with { Memory = memory })]));
            return ((string, string)[])[("question", question), ("answer", Encoding.UTF8.GetString(writer.Lines[..^1]))];
        }),
    ]);

    [SeededProperty(MaxTest = 5000)]
    public bool What_reads_accepts_a_changed_message_exactly_where_it_is_well_formed_and_fits_the_schema(int which, int at, int piece, int length)
    {
        (string message, string text) = Messages.Value[(int)((uint)which % Messages.Value.Length)];
        byte[] line = Changed(text, at, piece, length);
        string? once = Rewritten(message, line);
        bool reads = once != null;
        Assert.True(reads == (Schema.Breach(line, message) == null), $"{message} {(reads ? "is read" : "is refused")}: {Encoding.UTF8.GetString(line)}: {Schema.Breach(line, message)}");
        return once == null || Rewritten(message, Encoding.UTF8.GetBytes(once)) == once;
    }

    // Some bytes from a place on are another piece; one in eight times nothing is changed.
    private static byte[] Changed(string text, int at, int piece, int length)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int start = (int)((uint)at % bytes.Length);
        int end = Math.Min(bytes.Length, start + (int)((uint)length % 4));
        byte[] put = Pieces[(int)((uint)piece % Pieces.Length)] is var chosen && chosen == "\u00ff" ? [0xff] : Encoding.UTF8.GetBytes(chosen);
        int colon = text.IndexOf(':', start); // often the whole value of a field, so that much stays well-formed
        return (uint)length % 8 == 0 ? bytes
            : (uint)length % 8 < 5 && colon > 0 && text.IndexOfAny([',', '}', ']'], colon) is var behind and > 0 ? [.. bytes[..(colon + 1)], .. put, .. bytes[behind..]]
            : [.. bytes[..start], .. put, .. bytes[end..]];
    }

    // The message as it is written again, or null if it is refused.
    private static string? Rewritten(string message, byte[] line)
    {
        using MessageWriter writer = new();
        try
        {
            switch (message)
            {
                case "hello":
                    Assert.Null(MessageReader.Question(line).Question);
                    writer.AddHello();
                    break;
                case "greeting":
                    writer.AddGreeting(MessageReader.Greeting(line).Capabilities);
                    break;
                case "question":
                    writer.AddQuestion(MessageReader.Question(line).Question ?? throw new InputException("a hello"));
                    break;
                default:
                    GivenAnswer given = MessageReader.Answer(line);
                    writer.AddAnswer(given.Id, new Answer(given.Outcomes, given.Error));
                    break;
            }
        }
        catch (InputException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(writer.Lines[..^1]);
    }

    private static Outcome Given(Expected expected) => new(expected) { Breach = null, Values = expected.Values?.ToArray() };

    private static (string Id, string Line) Written(Question question)
    {
        using MessageWriter writer = new();
        string id = writer.AddQuestion(question);
        return (id, Encoding.UTF8.GetString(writer.Lines[..^1]));
    }

    private static Answer? Same(Answer one, Answer other)
    {
        Assert.Equal(one.Outcomes.Select(outcome => outcome with { Values = default, Struct = null }), other.Outcomes.Select(outcome => outcome with { Values = default }));
        Assert.Equal(one.Outcomes.SelectMany(outcome => outcome.Values.ToArray()), other.Outcomes.SelectMany(outcome => outcome.Values.ToArray()));
        return other;
    }
}
