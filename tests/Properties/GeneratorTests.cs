// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using Cmma.Traces.Vectors;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Properties.Tests;

/// <summary>
/// What the generators of the properties generate: FsCheck shows how often each kind comes, and none that is asked for may be rarer than one case in
/// 200.
/// </summary>
public sealed class GeneratorTests : IDisposable
{
    private const int Cases = 2000;

    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private IReadOnlyList<string> wanted = [];

    public GeneratorTests() => Assert.SkipWhen(TestRun.IsSmall, "asks about the traces, not about the reference that a mutant is in");

    public sealed record On<T>(Layout Layout, T Value);

    /// <summary>What the generators of traces are made of.</summary>
    public static class Parts
    {
        public static Arbitrary<Layout> Layout { get; } = Arb.From(RandomTraces.Layouts);

        public static Arbitrary<On<ulong>> Gfn { get; } = Arb.From(from layout in RandomTraces.Layouts from gfn in Gfns.Any(layout) select new On<ulong>(layout, gfn));

        public static Arbitrary<On<uint>> Count { get; } = Arb.From(from layout in RandomTraces.Layouts from count in Arguments.Counts(layout) select new On<uint>(layout, count));

        public static Arbitrary<On<Operation>> Operation { get; } = Arb.From(
            from layout in RandomTraces.Layouts from operations in Operations.Any(layout) select new On<Operation>(layout, operations[0]));
    }

    public void Dispose()
    {
        if (TestRun.HasFloors)
        {
            Assert.DoesNotContain(wanted, kind => counts.GetValueOrDefault(kind) * 200 < Cases);
        }
    }

    [SeededProperty(MaxTest = Cases, Arbitrary = new[] { typeof(Parts) })]
    public Property Layouts(Layout layout)
    {
        wanted = ["1 slot", "2 or 3 slots", "4 or 5 slots", "side by side", "with a hole", "at gfn 0", "up to gfn 2^52", "without dirty log", "one page"];
        return Shown(
            layout.Slots.Count switch { 1 => "1 slot", < 4 => "2 or 3 slots", _ => "4 or 5 slots" },
            layout.Slots.Count - 1 > layout.Holes.Count ? "side by side" : "",
            layout.Holes.Count > 0 ? "with a hole" : "",
            layout.Slots[0].BaseGfn == 0 ? "at gfn 0" : "",
            layout.EndGfn == Limits.EndOfMemoryGfn ? "up to gfn 2^52" : "",
            layout.Slots.Any(slot => !slot.DirtyLog) ? "without dirty log" : "",
            layout.Slots.Any(slot => slot.Pages == 1) ? "one page" : "");
    }

    [SeededProperty(MaxTest = Cases, Arbitrary = new[] { typeof(Parts) })]
    public Property Gfns_relative_to_a_layout(On<ulong> gfn)
    {
        wanted = ["a page", "first page of a slot", "last page of a slot", "in a hole", "below", "behind", "none that memory has"];
        return Shown(Kind(gfn.Layout, gfn.Value));
    }

    [SeededProperty(MaxTest = Cases, Arbitrary = new[] { typeof(Parts) })]
    public Property Counts(On<uint> count)
    {
        wanted = ["0", "1", "14 to 18", "63 to 65", "some", "as many as pages", "more", "2^20 - 1", "2^20", "2^20 + 1", "2^32 - 1"];
        return Shown(
            count.Value switch
            {
                0 or 1 => $"{count.Value}",
                >= 14 and <= 18 => "14 to 18",
                >= 63 and <= 65 => "63 to 65",
                Limits.MaxCount - 1 => "2^20 - 1",
                Limits.MaxCount => "2^20",
                Limits.MaxCount + 1 => "2^20 + 1",
                uint.MaxValue => "2^32 - 1",
                _ => "some",
            },
            count.Value == count.Layout.Pages ? "as many as pages" : count.Value > count.Layout.Pages ? "more" : "");
    }

    [SeededProperty(MaxTest = Cases, Arbitrary = new[] { typeof(Parts) })]
    public Property Kinds_of_operations(On<Operation> operation)
    {
        wanted = [
            "essa", "get", "set", "create_slot", "create_vcpu", "enable_cmma", "start_migration", "stop_migration", "touch", "evict",
            "clear_cmma", "set_slot_flags", "move_slot", "delete_slot"];
        return Shown(OperationForm.Of(operation.Value).Name);
    }

    [SeededProperty(MaxTest = Cases, Arbitrary = new[] { typeof(Parts) })]
    public Property Operation_request_codes(On<Operation> operation)
    {
        wanted = [.. Enumerable.Range(0, 8).Select(orc => $"ORC {orc}"), "unknown ORC"];
        return Shown(operation.Value is Operation.Essa essa ? essa.Orc <= Limits.MaxOrc ? $"ORC {essa.Orc}" : "unknown ORC" : "");
    }

    // Slots, starts, counts, flags, masks, buffers and allocation failures, each by its name, of whole traces. FsCheck would count each mixture.
    [TraceProperty(MaxTest = Cases)]
    public bool Labels_of_traces(Trace trace)
    {
        wanted = TraceLabels.All;
        IReadOnlySet<string> labels = TraceLabels.Of(trace);
        Count(labels);
        return labels.IsSubsetOf(wanted);
    }

    [TraceProperty]
    public Property Traces_grow_and_are_never_malformed(Trace trace) => (VectorLint.Malformed(trace) == null).Collect(Tens(trace.Steps.Count));

    [TraceProperty(Traces = typeof(MigrationTraces))]
    public bool Traces_of_a_migration_are_never_malformed(Trace trace) => VectorLint.Malformed(trace) == null;

    [TraceProperty(Traces = typeof(StepsTraces))]
    public Property Traces_with_ESSA_in_two_steps_are_never_malformed(Trace trace) =>
        (VectorLint.Malformed(trace) == null).Collect(Tens(trace.Steps.Count(step => step.Operation is Operation.EssaBegin)));

    [TraceProperty(MaxTest = 50)]
    public bool What_is_shrunk_is_not_malformed(Trace trace) => Shrinking.Smaller(trace).Take(100).All(smaller => VectorLint.Malformed(smaller) == null);

    [Fact]
    public void Shrinking_takes_a_slot_away_with_all_that_names_it()
    {
        Trace trace = new(HostHasCmma: true, [.. new Operation[]
        {
            new Operation.CreateSlot(0, 0, 1, DirtyLog: true), new Operation.CreateSlot(1, 1, 1, DirtyLog: true), new Operation.SetSlotFlags(1, DirtyLog: false),
            new Operation.MoveSlot(1, 5), new Operation.DeleteSlot(1),
        }.Select(operation => new Step(operation))]);
        Assert.Contains(Shrinking.Smaller(trace), smaller => smaller.Steps is [{ Operation: Operation.CreateSlot { Id: 0 } }]);
    }

    // The longest way down: a failure that every smaller trace shows too.
    [TraceProperty(MaxTest = 30)]
    public bool Shrinking_adds_no_operation_and_comes_to_an_end(Trace trace)
    {
        int steps = 0;
        for (Trace? next = trace; next != null; next = Shrinking.Smaller(next).FirstOrDefault())
        {
            if (next.Steps.Count > trace.Steps.Count || ++steps > 10_000)
            {
                return false;
            }
        }

        return true;
    }

    [Fact]
    public void Shrinking_makes_no_slot_of_very_many_pages() => Assert.DoesNotContain(
        Shrinking.Smaller(new Trace(HostHasCmma: true, [new Step(new Operation.CreateSlot(0, 0, 1UL << 40, DirtyLog: true))])),
        trace => trace.Steps is [{ Operation: Operation.CreateSlot { Pages: > 1 << 16 and <= int.MaxValue } }]);

    private static string Kind(Layout layout, ulong gfn) =>
        gfn >= Limits.EndOfMemoryGfn ? "none that memory has"
        : gfn >= layout.EndGfn ? "behind"
        : gfn < layout.Slots[0].BaseGfn ? "below"
        : layout.Holes.Any(hole => gfn >= hole.From && gfn < hole.To) ? "in a hole"
        : layout.Slots.Any(slot => gfn == slot.BaseGfn) ? "first page of a slot"
        : layout.Slots.Any(slot => gfn == Layout.End(slot) - 1) ? "last page of a slot"
        : "a page";

    private static string Tens(int number) => $"{number / 10 * 10} to {(number / 10 * 10) + 9}";

    [AssertionMethod]
    private Property Shown(params IReadOnlyList<string> kinds)
    {
        string[] named = [.. kinds.Where(kind => kind.Length > 0)];
        Count(named);
        return named.Aggregate(true.ToProperty(), (property, kind) => property.Classify(true, kind));
    }

    private void Count(IEnumerable<string> kinds)
    {
        foreach (string kind in kinds)
        {
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }
    }
}
