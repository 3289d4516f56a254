using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Cmma.Catalogue;
using Cmma.Exploring.Generators;
using Cmma.Reference;
using Cmma.Traces;
using Cmma.Traces.Json;
using Cmma.Traces.Vectors;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;

namespace Cmma.Properties.Tests;

/// <summary>What the generator of traces generates, and that shrinking ends with a trace that still fails.</summary>
public sealed class GeneratorTests
{
    private const int Cases = 2000;

    // Changing the generator changes this on purpose: a seed in an old report then means another trace.
    private const string HashOfSeed1 = "0a06ae90fbb9b4ae8822b0e1ed287f812e76b38e80e03f6eca589a4af2826f3b";

    private readonly ITestOutputHelper output;

    public GeneratorTests(ITestOutputHelper output)
    {
        Assert.SkipWhen(Checking.IsSmall, "asks about the traces, not about the reference that a mutant is in");
        this.output = output;
    }

    private static Arbitrary<Trace> Traces => TraceArbitrary.Of(Scenarios.Size, Scenarios.OperationCount);

    [Fact]
    public void No_label_is_rarer_than_one_trace_in_200()
    {
        List<IReadOnlySet<string>> labelled = [];
        Checking.Check(
            Prop.ForAll(Traces, trace =>
            {
                labelled.Add(TraceLabels.Of(trace));
                return true;
            }),
            Cases);

        // One label at a time: FsCheck counts each mixture of labels by itself. It shows whole per cents, so the limit is checked apart.
        List<string> rare = [];
        foreach (string label in TraceLabels.All)
        {
            int next = 0;
            FsCheck.TestResult result = Checking.Check(
                Prop.ForAll(Arb.From(Gen.Fresh(() => labelled[next++])), labels => true.Classify(labels.Contains(label), label)), Cases);
            output.WriteLine(FsCheck.Runner.onFinishedToStringWithFormatter(FSharpFunc<object, string>.FromConverter(Shown), "", result).Trim());
            int count = labelled.Count(labels => labels.Contains(label));
            if (count * 200 < Cases)
            {
                rare.Add($"{label}: {count} of {Cases}");
            }
        }

        Assert.Empty(rare);
    }

    [Fact]
    public void Every_label_of_a_trace_is_in_the_list() => Assert.True(
        Checking.Check(Prop.ForAll(Traces, trace => TraceLabels.Of(trace).IsSubsetOf(TraceLabels.All)), Cases).IsPassed);

    [Fact]
    public void The_same_seed_gives_the_same_trace_on_every_machine()
    {
        string json = TraceWriter.Trace(TraceGenerator.Random(1, Scenarios.Size, Scenarios.OperationCount));
        Assert.Equal(HashOfSeed1, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))));
    }

    [Fact]
    public void The_random_numbers_of_a_seed_are_those_that_the_algorithm_was_published_with()
    {
        RandomNumbers random = new(1234567);
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            (ulong[])[random.Next(), random.Next(), random.Next(), random.Next(), random.Next()]);
    }

    [Fact]
    public void Random_and_shrunk_traces_are_never_malformed()
    {
        Property property = Prop.ForAll(
            Traces, trace => VectorLint.Malformed(trace) == null && TraceShrinker.Smaller(trace).Take(200).All(smaller => VectorLint.Malformed(smaller) == null));
        Assert.True(Checking.Check(property, Checking.Cases / 4).IsPassed);
    }

    [Fact]
    public void Random_traces_are_read_back_as_they_were_written()
    {
        TraceReader reader = new(new JsonSchema(JsonDocumentText.ReadFile(Path.Combine(SpecFolder.Find().Vectors, "schema.json"), "schema.json"), "schema.json"));
        Property property = Prop.ForAll(Traces, trace =>
        {
            string json = TraceWriter.Trace(trace);
            return TraceWriter.Trace(reader.Trace(JsonDocumentText.Parse(Encoding.UTF8.GetBytes(json), "trace"), "trace")) == json;
        });
        Assert.True(Checking.Check(property, Checking.Cases / 10).IsPassed);
    }

    [Fact]
    public void Every_step_of_shrinking_makes_a_trace_smaller_so_it_ends()
    {
        Property property = Prop.ForAll(
            TraceArbitrary.Of(Scenarios.Size, operationCount: 4), trace => TraceShrinker.Smaller(trace).All(smaller => Size(smaller) < Size(trace)));
        Assert.True(Checking.Check(property, Math.Max(1, Checking.Cases / 20)).IsPassed);
    }

    [Fact]
    public void Shrinking_makes_no_slot_of_very_many_pages() => Assert.DoesNotContain(
        TraceShrinker.Smaller(new Trace(HostHasCmma: true, [new Step(new Operation.CreateSlot(0, 0, 1UL << 40, DirtyLog: true))])),
        trace => trace.Steps is [{ Operation: Operation.CreateSlot { Pages: > 1 << 16 and <= int.MaxValue } }]);

    [Fact]
    public void Shrinking_keeps_the_failure_and_leaves_little()
    {
        static bool Fails(Trace trace) => Recorder.Run(trace, _ => new ReferenceMachine(new GapOfSeventeen())).Observations
            .OfType<GetCall>().Any(call => call.FindsBlock && call.PairsWithin.Any(pair => pair.PagesBetween == 16 && call.InBlock(pair.Upper)));

        Trace[] failing = [.. Enumerable.Range(0, 1000).Select(seed => TraceGenerator.Random((ulong)seed, Scenarios.Size, Scenarios.OperationCount)).Where(Fails).Take(5)];
        Assert.Equal(5, failing.Length);
        foreach (Trace trace in failing)
        {
            Trace shrunk = TraceShrinker.Shrink(trace, Fails);
            output.WriteLine(TraceWriter.Trace(shrunk));
            Assert.True(Fails(shrunk));
            Assert.Null(VectorLint.Malformed(shrunk));
            Assert.DoesNotContain(TraceShrinker.Smaller(shrunk), smaller => Fails(smaller));
            Assert.InRange(shrunk.Steps.Count, 5, 12);
        }
    }

    private static string Shown(object value) => value.ToString() ?? "";

    // Operations first, then all their numbers; a fault counts as one, and so does what is not the default.
    private static BigInteger Size(Trace trace) => (new BigInteger(trace.Steps.Count) << 80) + trace.Steps.Aggregate(
        BigInteger.Zero, (sum, step) => sum + Size(step.Operation));

    private static BigInteger Size(Operation operation) => operation switch
    {
        Operation.CreateSlot create => (BigInteger)create.BaseGfn + create.Pages + Count(create.AllocationFails),
        Operation.MoveSlot move => (BigInteger)move.BaseGfn + Count(move.AllocationFails),
        Operation.DeleteSlot delete => Count(delete.AllocationFails),
        Operation.Touch touch => touch.Gfn,
        Operation.Evict evict => evict.Gfn,
        Operation.Essa essa => (BigInteger)essa.Gfn + essa.Orc,
        Operation.Get get => (BigInteger)get.StartGfn + get.Count + Count(get.AllocationFails, get.Argument != ArgumentMemory.Ok, get.BufferBytes != null, get.Remaining != 0),
        Operation.Set set => (BigInteger)set.StartGfn + set.Count
            + Count(set.AllocationFails, set.Argument != ArgumentMemory.Ok, set.Mask != ulong.MaxValue, set.Values.ToArray().AsSpan().ContainsAnyExcept((byte)0)),
        _ => 0,
    };

    private static int Count(params ReadOnlySpan<bool> conditions) => conditions.Count(value: true);
}
