// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Exploring.Generators;

/// <summary>Makes one ESSA of a trace an ESSA in two steps with something between them (ESSA-STEPS-1, ESSA-STEPS-2), or takes that back.</summary>
public static class EssaInSteps
{
    // Most traces stay as they are: what comes between may stop the migration that the others are about.
    private const int OneTraceIn = 4;

    /// <summary>Now and then the trace with one of its ESSAs in two steps, else the trace. Never malformed if the trace is not.</summary>
    /// <param name="trace">A trace whose ESSAs are in one step.</param>
    /// <param name="random">Which ESSA, and what comes between.</param>
    public static Trace NowAndThen(Trace trace, RandomNumbers random)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(random);
        int[] choice = random.OneIn(OneTraceIn) ? [.. Places(trace)] : [];
        if (choice.Length == 0)
        {
            return trace;
        }

        int index = choice[(int)random.Below((ulong)choice.Length)];
        Operation.Essa essa = (Operation.Essa)trace.Steps[index].Operation;
        List<Operation> steps = [new Operation.EssaBegin(essa.Gfn, essa.Orc)];
        for (int left = random.Between(0, 2); left > 0; left--)
        {
            steps.AddRange(Between(essa, SlotOf(trace, essa.Gfn), random));
        }

        steps.Add(new Operation.EssaEnd());
        return trace with { Steps = [.. trace.Steps.Take(index), .. steps.Select(operation => new Step(operation)), .. trace.Steps.Skip(index + 1)] };
    }

    /// <summary>The trace with every ESSA in one step, where it began.</summary>
    public static Trace InOne(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace with
        {
            Steps = [.. trace.Steps.Where(step => step.Operation is not Operation.EssaEnd)
                .Select(step => step.Operation is Operation.EssaBegin begin ? new Step(new Operation.Essa(begin.Gfn, begin.Orc)) : step)],
        };
    }

    /// <summary>Whether a trace has an ESSA in two steps.</summary>
    public static bool In(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Steps.Any(step => step.Operation is Operation.EssaBegin);
    }

    private static IEnumerable<int> Places(Trace trace) =>
        trace.Steps.Index().Where(step => step.Item.Operation is Operation.Essa { Pages: 1 }).Select(step => step.Index);

    private static IEnumerable<Operation> Between(Operation.Essa essa, uint slot, RandomNumbers random) => random.Between(0, 6) switch
    {
        0 => [new Operation.Get(random.OneIn(2) ? essa.Gfn : 0, random.Of<uint>(1, 17, 256))],
        1 => [new Operation.StopMigration()],
        2 => [new Operation.StopMigration(), new Operation.StartMigration()],
        3 => [new Operation.StopMigration(), new Operation.ClearCmma(), new Operation.StartMigration()],
        4 => [new Operation.SetSlotFlags(slot, DirtyLog: random.OneIn(4))],
        5 => [new Operation.Set(essa.Gfn, Count: 1, Flags: 0, ulong.MaxValue, ByteRuns.Of([random.Of<byte>(0x00, 0x01, 0x03, 0x43)]))],
        _ => [new Operation.Essa(unchecked(essa.Gfn + random.Of<ulong>(1, 16)), (uint)random.Between(1, 7))],
    };

    // The slot of the page as it was created, or any.
    private static uint SlotOf(Trace trace, ulong gfn)
    {
        Operation.CreateSlot[] slots = [.. trace.Steps.Select(step => step.Operation).OfType<Operation.CreateSlot>()];
        return (Array.Find(slots, slot => gfn >= slot.BaseGfn && gfn - slot.BaseGfn < slot.Pages) ?? slots.FirstOrDefault())?.Id ?? 0;
    }
}
