// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;
using Cmma.Traces.Vectors;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Generators;

/// <summary>
/// How FsCheck makes a trace smaller: fewer slots with all that names them, fewer operations, lower in memory, then each operation simpler. What is
/// not malformed stays so.
/// </summary>
public static class Shrinking
{
    private const ulong MostPagesToMake = 1 << 16;

    private static readonly Func<ulong, IEnumerable<ulong>> Number = ArbMap.Default.ArbFor<ulong>().Shrinker;

    // FsCheck's own way with arrays: halves first, then one after another, then each element by its own shrinker.
    private static readonly Func<Operation[], IEnumerable<Operation[]>> Some =
        ArbMap.Default.MergeArb(Arb.From(Gen.Constant<Operation>(new Operation.CreateVcpu()), Simpler)).ArbFor<Operation[]>().Shrinker;

    /// <summary>Traces that are smaller by one step, the boldest first.</summary>
    public static IEnumerable<Trace> Smaller(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        Operation[] operations = [.. trace.Steps.Select(step => step.Operation)];
        bool wellFormed = VectorLint.Malformed(trace) == null;
        IEnumerable<Trace> smaller = WithoutASlot(operations).Concat(InOneStep(operations)).Concat(Lower(operations)).Concat(Some(operations))
            .Select(fewer => trace with { Steps = [.. fewer.Select(operation => new Step(operation))] });
        return (trace.HostHasCmma ? smaller : smaller.Prepend(trace with { HostHasCmma = true }))
            .Where(candidate => !wellFormed || VectorLint.Malformed(candidate) == null);
    }

    // No operation is left that names the slot.
    private static IEnumerable<Operation[]> WithoutASlot(Operation[] operations) => operations.OfType<Operation.CreateSlot>().Select(create => create.Id).Distinct()
        .Select(id => (Operation[])[.. operations.Where(operation => SlotOf(operation) != id)]);

    private static uint? SlotOf(Operation operation) => operation switch
    {
        Operation.CreateSlot create => create.Id,
        Operation.MoveSlot move => move.Id,
        Operation.DeleteSlot delete => delete.Id,
        Operation.SetSlotFlags flags => flags.Id,
        _ => null,
    };

    // Each ESSA in two steps in one, where it began.
    private static IEnumerable<Operation[]> InOneStep(Operation[] operations) => operations.Any(operation => operation is Operation.EssaBegin)
        ? [[.. operations.Where(operation => operation is not Operation.EssaEnd)
            .Select(operation => operation is Operation.EssaBegin begin ? new Operation.Essa(begin.Gfn, begin.Orc) : operation)]]
        : [];

    // All gfns at once, so that distances stay.
    private static IEnumerable<Operation[]> Lower(Operation[] operations)
    {
        ulong lowest = operations.OfType<Operation.CreateSlot>().Select(create => create.BaseGfn).DefaultIfEmpty().Min();
        return Number(lowest).Where(to => to < lowest).Select(to => (Operation[])[.. operations.Select(operation => MovedDown(operation, lowest - to))]);
    }

    private static Operation MovedDown(Operation operation, ulong by)
    {
        ulong Lower(ulong gfn) => gfn >= by ? gfn - by : gfn;
        return operation switch
        {
            Operation.CreateSlot create => create with { BaseGfn = Lower(create.BaseGfn) },
            Operation.MoveSlot move => move with { BaseGfn = Lower(move.BaseGfn) },
            Operation.Touch touch => touch with { Gfn = Lower(touch.Gfn) },
            Operation.Evict evict => evict with { Gfn = Lower(evict.Gfn) },
            Operation.Essa essa => essa with { Gfn = Lower(essa.Gfn) },
            Operation.EssaBegin begin => begin with { Gfn = Lower(begin.Gfn) },
            Operation.Get get => get with { StartGfn = Lower(get.StartGfn) },
            Operation.Set set => set with { StartGfn = Lower(set.StartGfn) },
            _ => operation,
        };
    }

    // Faults and flags first, then numbers.
    private static IEnumerable<Operation> Simpler(Operation operation) => operation switch
    {
        Operation.CreateSlot create => Changed(create, [
            create with { AllocationFails = false },
            create with { DirtyLog = true },
            .. Number(create.BaseGfn).Select(gfn => create with { BaseGfn = gfn }),
            .. Number(create.Pages).Where(CanBeMade).Select(pages => create with { Pages = pages })]),
        Operation.MoveSlot move => Changed(move, [move with { AllocationFails = false }, .. Number(move.BaseGfn).Select(gfn => move with { BaseGfn = gfn })]),
        Operation.DeleteSlot delete => Changed(delete, [delete with { AllocationFails = false }]),
        Operation.Touch touch => Number(touch.Gfn).Select(gfn => touch with { Gfn = gfn }),
        Operation.Evict evict => Number(evict.Gfn).Select(gfn => evict with { Gfn = gfn }),
        Operation.Essa essa => [
            .. Number(essa.Gfn).Select(gfn => essa with { Gfn = gfn }), .. Number(essa.Orc).Select(orc => essa with { Orc = (uint)orc })],
        Operation.EssaBegin begin => [
            .. Number(begin.Gfn).Select(gfn => begin with { Gfn = gfn }), .. Number(begin.Orc).Select(orc => begin with { Orc = (uint)orc })],
        Operation.Get get => SimplerGet(get),
        Operation.Set set => SimplerSet(set),
        _ => [],
    };

    private static IEnumerable<Operation> SimplerGet(Operation.Get get) => Changed(get, [
        get with { AllocationFails = false, Argument = ArgumentMemory.Ok, BufferBytes = null, Remaining = 0 },
        get with { AllocationFails = false },
        get with { Argument = ArgumentMemory.Ok },
        get with { BufferBytes = null },
        get with { Remaining = 0 },
        .. Number(get.Flags).Select(flags => get with { Flags = (uint)flags }),
        .. Number(get.StartGfn).Select(gfn => get with { StartGfn = gfn }),
        .. Number(get.Count).Select(count => get with { Count = (uint)count })]);

    private static IEnumerable<Operation> SimplerSet(Operation.Set set)
    {
        byte[] values = set.Values.ToArray();
        ByteRuns First(ulong bytes) => ByteRuns.Of(values.AsSpan(0, (int)Math.Min(bytes, (ulong)values.Length)));
        return Changed(set, [
            set with { AllocationFails = false },
            set with { Argument = ArgumentMemory.Ok },
            set with { Flags = 0 },
            .. Number(set.StartGfn).Select(gfn => set with { StartGfn = gfn }),
            .. Number(set.Count).Select(count => set with { Count = (uint)count, Values = First(count) }),
            set with { Mask = ulong.MaxValue },
            .. values.AsSpan().ContainsAnyExcept((byte)0) ? [set with { Values = ByteRuns.Of(new byte[values.Length]) }] : Array.Empty<Operation.Set>()]);
    }

    private static IEnumerable<Operation> Changed(Operation operation, IEnumerable<Operation> simpler) => simpler.Where(each => each != operation);

    // A slot of very many pages fails; half of it may succeed, and then each of its pages is there.
    private static bool CanBeMade(ulong pages) => pages is <= MostPagesToMake or > Limits.MaxSlotPages;
}
