// SPDX-License-Identifier: MIT
using Cmma.Conformance.Tests;
using Cmma.Traces;

namespace Cmma.Judging.Tests;

/// <summary>The runs with which a check begins, where an implementation that does not speak the protocol is to end it.</summary>
public sealed class FirstRunsTests
{
    private static IReadOnlyList<Vector> Vectors { get; } =
    [
        .. Enumerable.Range(0, 8).Select(number => Spec.Vector($"vcpu-{number}", """{"op":"create_vcpu","expect":{"result":"ok"}}""")),
        Spec.Vector("status", """{"op":"migration_status","expect":{"result":"ok","migrating":false}}"""),
        Spec.Vector("zeroed", """{"op":"get","start_gfn":"0x0","count":1,"expect":{"result":"ok","zeroed":true}}"""),
        Spec.Vector("answer", """{"op":"get","start_gfn":"0x0","count":1,"expect":{"result":"ok","start_gfn":"0x0","count":1,"remaining":"0x0","values":"00"}}"""),
        Spec.Vector("letters", """{"op":"get","start_gfn":"0x0","count":1,"expect":{"result":"ok","start_gfn":"0xab","count":1,"remaining":"0x0","values":"00"}}"""),
        Spec.Vector("r1", """{"op":"essa","gfn":"0x0","orc":0,"expect":{"result":"ok","r1":"0x0"}}"""),
        Spec.Vector("no-r1", """{"op":"essa","gfn":"0x0","orc":0,"expect":{"result":"operation"}}"""),
    ];

    [Fact]
    public void They_have_each_operation_and_each_field_of_results_and_come_one_by_one()
    {
        Listening machine = new();
        CheckResult result = CheckResult.Of(Vectors, machine, endsEarly: true);

        Assert.Equal(["letters", "r1", "status", "vcpu-0", "zeroed"], machine.Asked.Take(5).SelectMany(asked => asked).Order(StringComparer.Ordinal));
        Assert.All(machine.Asked.Take(5), asked => Assert.Single(asked));
        Assert.Equal(Vectors.Count, machine.Asked.Take(6).Sum(asked => asked.Length)); // each once
        Assert.Equal(Vectors.Select(vector => vector.Id), result.Verdicts.Select(verdict => verdict.Vector.Id));
    }

    [Fact]
    public void What_does_not_speak_the_protocol_ends_the_check_with_what_helps()
    {
        Listening machine = new() { Misunderstands = "status" };
        CouldNotRunException e = Assert.Throws<CouldNotRunException>(() => CheckResult.Of(Vectors, machine, endsEarly: true));

        Assert.Equal("listening could not be run: it mumbles", e.Message);
        Assert.Equal(["speak up"], e.Details);
        Assert.InRange(machine.Asked.Count, 1, 5);
    }

    [Fact]
    public void Behind_the_first_runs_it_is_a_verdict_and_where_nobody_asks_for_an_end_always()
    {
        Assert.Equal(["speak up"], CheckResult.Of(Vectors, new Listening { Misunderstands = "vcpu-7" }, endsEarly: true).Verdicts[7].Hints);
        Assert.Equal("mumbles", CheckResult.Of(Vectors, new Listening { Misunderstands = "vcpu-7" }, endsEarly: true).Verdicts[7].Reason);
        Assert.Equal("mumbles", CheckResult.Of(Vectors, new Listening { Misunderstands = "status" }).Verdicts[8].Reason);
    }

    [Theory]
    [InlineData("""{"op":"essa","gfn":"0x0","orc":0,"expect":{"result":"operation"}}""", """{"op":"essa","gfn":"0x0","orc":0,"expect":{"result":"ok","r1":"0x0"}}""")]
    [InlineData("""{"op":"migration_status","expect":{"result":"EINVAL"}}""", """{"op":"migration_status","expect":{"result":"ok","migrating":false}}""")]
    [InlineData("""{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"EINVAL"}}""", """{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","zeroed":true}}""")]
    [InlineData("""{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"EINVAL"}}""", """{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0x1","count":2,"remaining":"0x0","values":"00 00"}}""")]
    [InlineData("""{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0x1","count":2,"remaining":"0x0","values":"00 00"}}""", """{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0xa1","count":2,"remaining":"0x0","values":"00 00"}}""")]
    [InlineData("""{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0x1","count":2,"remaining":"0x0","values":"00 00"}}""", """{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0x1","count":2,"remaining":"0x0","values":"00 01"}}""")]
    [InlineData("""{"op":"create_vcpu"}""", """{"op":"touch","gfn":"0x0"}""")]
    public void What_only_one_vector_shows_is_among_them(string common, string other)
    {
        Vector[] vectors = [.. Enumerable.Range(0, 6).Select(number => Spec.Vector($"common-{number}", common)), Spec.Vector("other", other)];

        Assert.Contains(6, FirstRuns.Of(vectors));
        Assert.Equal("vectors", Assert.Throws<ArgumentNullException>(() => FirstRuns.Of(null!)).ParamName);
        Assert.Equal("implementation", Assert.Throws<ArgumentNullException>(() => FirstRuns.Ask(null!, vectors[0])).ParamName);
        Assert.Equal("vector", Assert.Throws<ArgumentNullException>(() => FirstRuns.Ask(new Listening(), null!)).ParamName);
    }

    [Theory]
    [InlineData("""{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0x1","count":2,"remaining":"0xf8","values":"00 00"}}""")]
    [InlineData("""{"op":"essa","gfn":"0x0","orc":0,"expect":{"result":"ok","r1":"0xc"}}""")]
    public void One_of_them_has_a_hex_digit_that_is_a_letter_in_its_answer(string lettered)
    {
        string[] others = ["create_vcpu", "enable_cmma", "clear_cmma", "start_migration", "stop_migration", "migration_status"];
        Vector[] vectors =
        [
            Spec.Vector("most", """{"op":"essa","gfn":"0x0","orc":0,"expect":{"result":"ok","r1":"0x0"}}""", """{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0x1","count":2,"remaining":"0x8","values":"00 00"}}"""),
            .. others.Select(other => Spec.Vector(other, $$$"""{"op":"{{{other}}}","expect":{"result":"EINVAL"}}""", $$$"""{"op":"{{{other}}}"}""")),
            Spec.Vector("lettered", lettered),
        ];

        Assert.Contains(7, FirstRuns.Of(vectors));
    }

    [Fact]
    public void Only_one_is_taken_for_its_letters()
    {
        Vector[] vectors =
        [
            Spec.Vector(
                "most",
                """{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0x1","count":2,"remaining":"0x0","values":"00 01"}}""",
                """{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","zeroed":true}}"""),
            Spec.Vector("status", """{"op":"migration_status","expect":{"result":"ok","migrating":false}}"""),
            Spec.Vector("fails", """{"op":"create_vcpu","expect":{"result":"EINVAL"}}"""),
            Spec.Vector("enable", """{"op":"enable_cmma","expect":{"result":"ok"}}"""),
            Spec.Vector("start", """{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0xa","count":2,"remaining":"0x0","values":"00 00"}}"""),
            Spec.Vector("remaining", """{"op":"get","start_gfn":"0x0","count":2,"expect":{"result":"ok","start_gfn":"0x1","count":2,"remaining":"0xa","values":"00 00"}}"""),
        ];

        Assert.Equal([0, 1, 2, 3, 4], FirstRuns.Of(vectors).Order());
    }

    [Fact]
    public void Fewer_vectors_than_first_runs_are_all_asked_alone() =>
        Assert.Equal("2 passed, 0 failed, 0 skipped", CheckResult.Of([.. Vectors.Take(2)], new Listening(), endsEarly: true).Totals);

    [Theory]
    [InlineData(6, 0, true)]
    [InlineData(5, 0, false)] // each of them is known then
    [InlineData(1, 0, false)]
    [InlineData(6, 1, false)] // it did something
    [InlineData(6, -1, false)] // a recording that says nothing of these
    public void What_breaks_off_in_each_of_the_first_runs_without_an_answer_is_asked_no_more(int vectors, int outcomes, bool ends)
    {
        Vector[] few = [.. Vectors.Take(vectors)];
        Mute machine = new(new Answer([.. Enumerable.Repeat(new Outcome(Outcome.Ok), Math.Max(outcomes, 0))], "ends") { NeverAsked = outcomes < 0 });
        if (ends)
        {
            Assert.Equal("mute could not be run: in each of its first 5 runs it ends", Assert.Throws<CouldNotRunException>(() => CheckResult.Of(few, machine, endsEarly: true)).Message);
        }
        else
        {
            Assert.Equal(vectors, CheckResult.Of(few, machine, endsEarly: true).Verdicts.Count);
        }

        Assert.Equal(vectors, CheckResult.Of(few, machine).Verdicts.Count); // where nobody asks for an end
    }

    [Theory]
    [InlineData("success success EINVAL", "success")]
    [InlineData("success success failure", "success")]
    [InlineData("OK ok EINVAL", "OK")]
    [InlineData("ok ok -EINVAL", "-EINVAL")]
    [InlineData("ok ok einval", "einval")]
    [InlineData("ok ok -22", "-22")]
    [InlineData("0 0 EINVAL", "0")]
    [InlineData("ok ok 0", "0")]
    [InlineData("ok unsupported unsupported", null)] // a word of its own in some answers
    [InlineData("ENOTTY ENOTTY ENOTTY", null)] // wrong, and a word that all know
    [InlineData("-95 -95 -95", null)] // an errno that has no name here
    [InlineData("22 22 22", null)]
    public void Words_that_are_not_known_end_the_check_where_a_known_one_must_be(string words, string? wrong)
    {
        Vector vector = Spec.Vector("three", """{"op":"create_vcpu","expect":{"result":"ok"}}""", """{"op":"create_vcpu","expect":{"result":"ok"}}""", """{"op":"create_vcpu","expect":{"result":"EINVAL"}}""");
        Mute machine = new(new Answer([.. words.Split(' ').Select(word => new Outcome(word))]));
        if (wrong == null)
        {
            Assert.Equal(1, CheckResult.Of([vector], machine, endsEarly: true).Failed);
        }
        else
        {
            string message = Assert.Throws<CouldNotRunException>(() => CheckResult.Of([vector], machine, endsEarly: true)).Message;
            Assert.StartsWith($"mute could not be run: its results have the word '{wrong}', where these are known: ok, E", message, StringComparison.Ordinal);
            Assert.EndsWith(", operation, specification, addressing (docs/protocol.md)", message, StringComparison.Ordinal);
        }

        Assert.Equal(1, CheckResult.Of([vector], machine).Failed); // where nobody asks for an end
    }

    [Fact]
    public void Where_a_failure_is_right_too_a_word_of_its_own_does_not_end_the_check()
    {
        Vector either = Spec.Vector("either", """{"op":"create_vcpu","expect":{"one_of":[{"result":"ok"},{"result":"EINVAL"}]}}""");

        Assert.Equal(1, CheckResult.Of([either], new Mute(new Answer([new Outcome("unsupported")])), endsEarly: true).Failed);
    }

    [Fact]
    public void Words_of_our_own_machines_are_outcomes()
    {
        Vector vector = Spec.Vector("one", """{"op":"create_vcpu","expect":{"result":"ok"}}""");
        Mute machine = new(new Answer([new Outcome(Outcome.HostCrash) { Breach = "host crash: it did" }]));

        Assert.Equal(1, CheckResult.Of([vector], machine, endsEarly: true).Failed);
        Assert.Equal("implementation", Assert.Throws<ArgumentNullException>(() => FirstRuns.RequireWords(null!, [], [])).ParamName);
        Assert.Equal("vectors", Assert.Throws<ArgumentNullException>(() => FirstRuns.RequireWords(machine, null!, [])).ParamName);
        Assert.Equal("answers", Assert.Throws<ArgumentNullException>(() => FirstRuns.RequireWords(machine, [], null!)).ParamName);
    }

    [Fact]
    public void An_operation_that_must_fail_is_among_them()
    {
        Vector[] vectors = [.. Vectors.Where(vector => vector.Id != "no-r1"), .. Enumerable.Range(0, 8).Select(number => Spec.Vector($"vcpu-again-{number}", """{"op":"create_vcpu","expect":{"result":"ok"}}""")), Spec.Vector("may-fail", """{"op":"create_vcpu","expect":{"one_of":[{"result":"ok"},{"result":"EINVAL"}]}}"""), Spec.Vector("fails", """{"op":"create_vcpu","expect":{"result":"EINVAL"}}""")];

        Assert.Contains("fails", FirstRuns.Of(vectors).Select(index => vectors[index].Id));
    }

    /// <summary>Breaks off each run.</summary>
    private sealed class Mute(Answer answer) : IImplementation
    {
        public string Name => "mute";

        public IReadOnlyList<Capability> Capabilities => [Capability.Vcpu];

        public IRun NewVm(bool hostHasCmma) => throw new NotSupportedException();

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions) => [.. questions.Select(_ => answer)];
    }

    /// <summary>Answers as it should, and remembers which vectors it was asked together.</summary>
    private sealed class Listening : IImplementation
    {
        public string? Misunderstands { get; init; }

        public List<string[]> Asked { get; } = [];

        public string Name => "listening";

        public IReadOnlyList<Capability> Capabilities => [Capability.Essa, Capability.Vcpu, Capability.NoCmmaHost];

        public IRun NewVm(bool hostHasCmma) => throw new NotSupportedException();

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions)
        {
            Vector[] vectors = [.. questions.Select(question => Vectors.First(vector =>
                ReferenceEquals(vector.Trace.Steps[0].Operation, question.Operations[0])))];
            Asked.Add([.. vectors.Select(vector => vector.Id)]);
            return [.. vectors.Select(vector => vector.Id == Misunderstands
                ? new Answer([], "mumbles") { Misunderstanding = ["speak up"] }
                : new Answer([Right(vector.Trace.Steps[0].Expect!.Alternatives[0])]))];
        }

        private static Outcome Right(Expected expected) => new(expected) { Values = new byte[expected.Values?.Length ?? 0] };
    }
}
