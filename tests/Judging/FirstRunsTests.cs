// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using System.Linq;
using Cmma.Conformance.Tests;
using Cmma.Traces;
using Xunit;

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

    [Fact]
    public void Fewer_vectors_than_first_runs_are_all_asked_alone() =>
        Assert.Equal("2 passed, 0 failed, 0 skipped", CheckResult.Of([.. Vectors.Take(2)], new Listening(), endsEarly: true).Totals);

    [Theory]
    [InlineData("r1", """{"op":"essa","gfn":"0x0","orc":0}""", "r1")]
    [InlineData("r1", """{"op":"essa_end"}""", "r1")]
    [InlineData("migrating", """{"op":"migration_status"}""", "migrating")]
    [InlineData("start_gfn", """{"op":"get","start_gfn":"0x0","count":2}""", "start_gfn")]
    [InlineData("count", """{"op":"get","start_gfn":"0x0","count":2}""", "count")]
    [InlineData("remaining", """{"op":"get","start_gfn":"0x0","count":2}""", "remaining")]
    [InlineData("values", """{"op":"get","start_gfn":"0x0","count":2}""", "values")]
    [InlineData("none", """{"op":"essa","gfn":"0x0","orc":0}""", null)]
    [InlineData("none", """{"op":"essa_end"}""", null)]
    [InlineData("none", """{"op":"migration_status"}""", null)]
    [InlineData("none", """{"op":"get","start_gfn":"0x0","count":2}""", null)]
    [InlineData("zeroed", """{"op":"get","start_gfn":"0x0","count":2}""", null)]
    [InlineData("no values", """{"op":"get","start_gfn":"0x0","count":2}""", null)]
    [InlineData("all", """{"op":"create_vcpu"}""", null)]
    [InlineData("error", """{"op":"get","start_gfn":"0x0","count":2}""", null)]
    [InlineData("breach", """{"op":"get","start_gfn":"0x0","count":2}""", null)]
    public void An_answer_of_ok_without_a_field_that_comes_with_it_ends_the_check(string without, string operation, string? missing)
    {
        Outcome whole = new(Outcome.Ok) { R1 = 0, Migrating = false, StartGfn = 0, Count = 2, Remaining = 0, Values = new byte[2] };
        Outcome outcome = without switch
        {
            "r1" => whole with { R1 = null },
            "migrating" => whole with { Migrating = null },
            "start_gfn" => whole with { StartGfn = null },
            "count" => whole with { Count = null },
            "remaining" => whole with { Remaining = null },
            "values" => whole with { Values = default },
            "none" => whole,
            "zeroed" => new(Outcome.Ok) { Zeroed = true },
            "no values" => whole with { Count = 0, Values = default },
            "error" => new("EINVAL"),
            "breach" => new(Outcome.Ok) { Breach = "flags became 0x1" },
            _ => new(Outcome.Ok),
        };
        Vector vector = Spec.Vector("one", operation);
        string name = OperationForm.Of(vector.Trace.Steps[0].Operation).Name;
        if (missing == null)
        {
            Assert.Single(CheckResult.Of([vector], new Always(outcome), endsEarly: true).Verdicts);
            return;
        }

        CouldNotRunException e = Assert.Throws<CouldNotRunException>(() => CheckResult.Of([vector], new Always(outcome), endsEarly: true));
        Assert.Equal($"always could not be run: it answers {name} with ok and without {missing}", e.Message);
        Assert.Equal($"asked:    {operation}", e.Details[0]);
        Assert.StartsWith("required: docs/protocol.md says ", e.Details[1], StringComparison.Ordinal);
        Assert.Single(CheckResult.Of([vector], new Always(outcome)).Verdicts); // elsewhere it is a verdict
    }

    [Fact]
    public void Memory_in_the_wrong_byte_order_ends_the_check()
    {
        Vector vector = Spec.Vector("one", """{"op":"create_vcpu"}""", """{"op":"set","start_gfn":"0x0","count":0,"mask":"0x0","values":""}""");
        Outcome turned = new(Outcome.Ok) { Breach = "sends the struct in big-endian order, where its greeting names the other one" };

        Assert.Equal(
            "always could not be run: it answers create_vcpu with memory of another machine: it sends the struct in big-endian order, where its greeting names the other one",
            Assert.Throws<CouldNotRunException>(() => CheckResult.Of([vector], new Always(turned), endsEarly: true)).Message);
    }

    /// <summary>Answers each operation alike.</summary>
    private sealed class Always(Outcome outcome) : IImplementation
    {
        public string Name => "always";

        public IReadOnlyList<Capability> Capabilities => [Capability.Essa, Capability.EssaSteps, Capability.Vcpu];

        public IRun NewVm(bool hostHasCmma) => throw new NotSupportedException();

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions) =>
            [.. questions.Select(question => new Answer([.. question.Operations.Select(_ => outcome)]))];
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

        private static Outcome Right(Expected expected) => new(expected.Result)
        {
            R1 = expected.R1, Migrating = expected.Migrating, Zeroed = expected.Zeroed,
            StartGfn = expected.StartGfn, Count = expected.Count, Remaining = expected.Remaining, Values = new byte[expected.Values?.Length ?? 0],
        };
    }
}
