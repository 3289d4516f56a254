// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Cmma.Exploring.Generators;
using Cmma.Generators;
using Cmma.Reference;
using Cmma.Traces;
using Cmma.Traces.Json;
using Cmma.Traces.Vectors;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Properties.Tests;

/// <summary>The fuzzer's own generator, which is fast: what it generates, and that its shrinking ends with a trace that still fails.</summary>
public sealed class FuzzTraceTests
{
    private const int Cases = 2000;
    private const int OperationCount = 40;

    // Changing the generator changes this on purpose: a seed in an old report then means another trace.
    private const string HashOfSeed1 = "0a06ae90fbb9b4ae8822b0e1ed287f812e76b38e80e03f6eca589a4af2826f3b";

    private readonly ITestOutputHelper output;

    public FuzzTraceTests(ITestOutputHelper output)
    {
        Assert.SkipWhen(TestRun.IsSmall, "asks about the traces, not about the reference that a mutant is in");
        this.output = output;
    }

    private static LayoutSize Size { get; } = new(MaxSlots: 5, MaxSlotPages: 96);

    /// <summary>The fuzzer's traces: the same seed, the same trace.</summary>
    public static class FuzzTraces
    {
        public static Arbitrary<Trace> Arbitrary { get; } = Arb.From(
            Gen.Choose(0, int.MaxValue).Select(seed => TraceGenerator.Random((ulong)seed, Size, OperationCount)), TraceShrinker.Smaller);
    }

    [Fact]
    public void No_label_is_rarer_than_one_trace_in_200()
    {
        IReadOnlySet<string>[] labelled = [.. Enumerable.Range(0, Cases).Select(seed => TraceLabels.Of(TraceGenerator.Random((ulong)seed, Size, OperationCount)))];
        Assert.DoesNotContain(TraceLabels.All, label => labelled.Count(labels => labels.Contains(label)) * 200 < Cases);
        Assert.Empty(labelled.SelectMany(labels => labels).Except(TraceLabels.All, StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_trace_on_every_machine()
    {
        string json = TraceWriter.Trace(TraceGenerator.Random(1, Size, OperationCount));
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

    [TraceProperty(Traces = typeof(FuzzTraces), MaxTest = 250)]
    public bool Random_and_shrunk_traces_are_never_malformed(Trace trace) =>
        VectorLint.Malformed(trace) == null && TraceShrinker.Smaller(trace).Take(200).All(smaller => VectorLint.Malformed(smaller) == null);

    [TraceProperty(Traces = typeof(FuzzTraces), MaxTest = 100)]
    public bool Random_traces_are_read_back_as_they_were_written(Trace trace)
    {
        string json = TraceWriter.Trace(trace);
        return TraceWriter.Trace(TraceReader.Trace(Encoding.UTF8.GetBytes(json), "trace")) == json;
    }

    [SeededProperty(MaxTest = 50)]
    public bool Every_step_of_shrinking_makes_a_trace_smaller_so_it_ends(int seed)
    {
        Trace trace = TraceGenerator.Random((ulong)seed, Size, operationCount: 4);
        return TraceShrinker.Smaller(trace).All(smaller => SizeOf(smaller) < SizeOf(trace));
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

        Trace[] failing = [.. Enumerable.Range(0, 1000).Select(seed => TraceGenerator.Random((ulong)seed, Size, OperationCount)).Where(Fails).Take(5)];
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

    // Operations first, then all their numbers; a fault counts as one, and so does what is not the default.
    private static BigInteger SizeOf(Trace trace) => (new BigInteger(trace.Steps.Count) << 80) + trace.Steps.Aggregate(
        BigInteger.Zero, (sum, step) => sum + SizeOf(step.Operation));

    private static BigInteger SizeOf(Operation operation) => operation switch
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
