using System;
using System.Collections.Generic;
using System.Linq;
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Traces;

namespace Cmma.Properties.Tests;

/// <summary>Kinds of random traces.</summary>
public enum Scenario
{
    /// <summary>As the generator makes them.</summary>
    Ordinary = 0,

    /// <summary>Ordinary, then GET after GET from any start (G9).</summary>
    Draining = 1,

    /// <summary>A migration of which nothing gets lost: the guest runs, GETs succeed, in the end all is drained (G10).</summary>
    Migration = 2,

    /// <summary>What no trace must hold: ESSA without a vCPU, and slots under ids in use.</summary>
    Malformed = 3,

    /// <summary>Ordinary, with ESSA in two steps; also such as no trace must hold: one begun before the end of another, an end alone.</summary>
    Steps = 4,
}

/// <summary>Makes the traces of each kind: the same seed, the same trace.</summary>
public static class Scenarios
{
    public const int OperationCount = 40;
    private const int DrainingCalls = 32;

    public static LayoutSize Size { get; } = new(MaxSlots: 5, MaxSlotPages: 96);

    public static Trace Random(Scenario scenario, ulong seed) => scenario switch
    {
        Scenario.Draining => Draining(seed),
        Scenario.Migration => Migration(seed),
        Scenario.Malformed => Malformed(seed),
        Scenario.Steps => InSteps(seed),
        _ => TraceGenerator.Random(seed, Size, OperationCount),
    };

    private static Trace Draining(ulong seed)
    {
        Trace trace = TraceGenerator.Random(seed, Size, OperationCount / 4);
        return trace with { Steps = [.. trace.Steps, .. Drain(Operations(trace), new RandomNumbers(~seed)).Select(get => new Step(get))] };
    }

    // Everything that could lose something is left out of an ordinary trace, and each GET gets a buffer that is large enough.
    private static Trace Migration(ulong seed)
    {
        RandomNumbers random = new(~seed);
        Operation[] ordinary = Operations(TraceGenerator.Random(seed, Size, 2 * OperationCount));
        Operation[] guest = [.. ordinary.Where(operation => operation is Operation.Essa or Operation.Touch or Operation.Evict)];
        int half = guest.Length / 2;
        Operation[] slots = [.. SlotsOf(ordinary).Select(slot => slot with { DirtyLog = true })];
        Operation[] operations = [
            .. slots,
            new Operation.EnableCmma(),
            new Operation.CreateVcpu(),
            .. guest.Take(half),
            .. ordinary.OfType<Operation.Set>().Take(1),
            new Operation.StartMigration(),
            .. guest.Skip(half).SelectMany(operation => random.OneIn(3) ? [operation, Get(slots, random)] : (Operation[])[operation]),
            .. Drain(slots, random)];
        return new Trace(HostHasCmma: true, [.. operations.Select(operation => new Step(operation))]);
    }

    private static Trace Malformed(ulong seed)
    {
        RandomNumbers random = new(~seed);
        Trace trace = TraceGenerator.Random(seed, Size, OperationCount);
        bool withoutVcpu = random.OneIn(2);
        List<Step> steps = [];
        foreach (Step step in trace.Steps.Where(step => !withoutVcpu || step.Operation is not Operation.CreateVcpu))
        {
            steps.Add(step);
            if (step.Operation is Operation.CreateSlot create && random.OneIn(2))
            {
                ulong pages = random.Of<ulong>(0, 1, create.Pages, Limits.MaxSlotPages + 1, ulong.MaxValue);
                ulong baseGfn = random.Of<ulong>(0, create.BaseGfn, create.BaseGfn + create.Pages, Limits.EndOfMemoryGfn, ulong.MaxValue);
                steps.Add(new Step(create with { BaseGfn = baseGfn, Pages = pages, DirtyLog = random.OneIn(2) }));
            }
        }

        return trace with { Steps = steps };
    }

    private static Trace InSteps(ulong seed)
    {
        RandomNumbers random = new(~seed);
        Trace trace = TraceGenerator.Random(seed, Size, OperationCount);
        List<Step> steps = [];
        foreach (Step step in trace.Steps)
        {
            bool begins = step.Operation is Operation.Essa { Pages: 1 } && random.OneIn(2);
            steps.Add(begins && step.Operation is Operation.Essa essa ? new Step(new Operation.EssaBegin(essa.Gfn, essa.Orc)) : step);
            if (random.OneIn(3))
            {
                steps.Add(new Step(new Operation.EssaEnd()));
            }
        }

        return trace with { Steps = steps };
    }

    private static IEnumerable<Operation> Drain(Operation[] operations, RandomNumbers random)
    {
        Operation.CreateSlot[] slots = [.. SlotsOf(operations)];
        return Enumerable.Range(0, DrainingCalls).Select(_ => Get(slots, random));
    }

    private static Operation.Get Get(Operation[] slots, RandomNumbers random)
    {
        Operation.CreateSlot slot = (Operation.CreateSlot)slots[(int)random.Below((ulong)slots.Length)];
        ulong start = random.OneIn(4) ? random.Of<ulong>(0, ulong.MaxValue, slot.BaseGfn + slot.Pages) : slot.BaseGfn + random.Below(slot.Pages);
        uint count = random.OneIn(3) ? (uint)random.Between(1, 40) : Limits.MaxCount;
        return new Operation.Get(start, count, BufferBytes: Math.Min(count, 1024));
    }

    private static Operation[] Operations(Trace trace) => [.. trace.Steps.Select(step => step.Operation)];

    // The slots that the trace begins with: they fit beside each other.
    private static IEnumerable<Operation.CreateSlot> SlotsOf(IEnumerable<Operation> operations) =>
        operations.TakeWhile(operation => operation is Operation.CreateSlot).Cast<Operation.CreateSlot>();
}
