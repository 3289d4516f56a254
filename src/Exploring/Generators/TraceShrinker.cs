// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Exploring.Generators;

/// <summary>Makes a trace smaller: fewer operations first, then no ESSA in two steps, then lower in memory, then smaller arguments. Never makes a malformed one.</summary>
public static class TraceShrinker
{
    private const ulong MostPagesToMake = 1 << 16;

    /// <summary>Traces that are smaller by one step, the boldest first.</summary>
    public static IEnumerable<Trace> Smaller(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return Shorter(trace).Concat(InOneStep(trace)).Concat(MovedDown(trace)).Concat(Simpler(trace)).Where(smaller => VectorLint.Malformed(smaller) == null);
    }

    /// <summary>The smallest trace that still fails, by taking smaller ones as long as there are any.</summary>
    /// <param name="trace">A trace that fails.</param>
    /// <param name="fails">Whether a trace fails.</param>
    /// <param name="maxTries">A bound on how often <paramref name="fails"/> is asked.</param>
    public static Trace Shrink(Trace trace, Func<Trace, bool> fails, int maxTries = 20_000)
    {
        Trace? next = trace;
        while (next != null)
        {
            trace = next;
            next = Smaller(trace).Take(Math.Max(0, maxTries)).FirstOrDefault(smaller => maxTries-- > 0 && fails(smaller));
        }

        return trace;
    }

    private static IEnumerable<Trace> Shorter(Trace trace)
    {
        int count = trace.Steps.Count;
        for (int length = count / 2; length >= 1; length /= 2)
        {
            for (int start = count - length; start >= 0; start -= length)
            {
                yield return trace with { Steps = [.. trace.Steps.Take(start), .. trace.Steps.Skip(start + length)] };
            }
        }
    }

    private static IEnumerable<Trace> InOneStep(Trace trace) => EssaInSteps.In(trace) ? [EssaInSteps.InOne(trace)] : [];

    // All gfns at once, so that what depends on distances stays.
    private static IEnumerable<Trace> MovedDown(Trace trace)
    {
        ulong lowest = trace.Steps.Select(step => step.Operation).OfType<Operation.CreateSlot>().Select(create => create.BaseGfn).DefaultIfEmpty().Min();
        for (ulong distance = lowest; distance > 0; distance /= 2)
        {
            ulong by = distance;
            yield return trace with { Steps = [.. trace.Steps.Select(step => step with { Operation = MovedDown(step.Operation, by) })] };
        }
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

    private static IEnumerable<Trace> Simpler(Trace trace)
    {
        for (int index = 0; index < trace.Steps.Count; index++)
        {
            foreach (Operation operation in Simpler(trace.Steps[index].Operation))
            {
                Step[] steps = [.. trace.Steps];
                steps[index] = steps[index] with { Operation = operation };
                yield return trace with { Steps = steps };
            }
        }
    }

    private static IEnumerable<Operation> Simpler(Operation operation) => operation switch
    {
        Operation.CreateSlot create => [
            .. If(create.AllocationFails, create with { AllocationFails = false }),
            .. Numbers(create.BaseGfn).Select(gfn => create with { BaseGfn = gfn }),
            .. Numbers(create.Pages).Where(CanBeMade).Select(pages => create with { Pages = pages })],
        Operation.MoveSlot move => [
            .. If(move.AllocationFails, move with { AllocationFails = false }),
            .. Numbers(move.BaseGfn).Select(gfn => move with { BaseGfn = gfn })],
        Operation.DeleteSlot delete => If(delete.AllocationFails, delete with { AllocationFails = false }),
        Operation.Touch touch => Numbers(touch.Gfn).Select(gfn => touch with { Gfn = gfn }),
        Operation.Evict evict => Numbers(evict.Gfn).Select(gfn => evict with { Gfn = gfn }),
        Operation.Essa essa => [
            .. Numbers(essa.Gfn).Select(gfn => essa with { Gfn = gfn }),
            .. Numbers(essa.Orc).Select(orc => essa with { Orc = (uint)orc })],
        Operation.EssaBegin begin => [
            .. Numbers(begin.Gfn).Select(gfn => begin with { Gfn = gfn }),
            .. Numbers(begin.Orc).Select(orc => begin with { Orc = (uint)orc })],
        Operation.Get get => SimplerGet(get),
        Operation.Set set => SimplerSet(set),
        _ => [],
    };

    private static IEnumerable<Operation> SimplerGet(Operation.Get get)
    {
        foreach (Operation.Get plainer in (Operation.Get[])[
            get with { AllocationFails = false, Argument = ArgumentMemory.Ok, BufferBytes = null, Remaining = 0 },
            get with { AllocationFails = false },
            get with { Argument = ArgumentMemory.Ok },
            get with { BufferBytes = null },
            get with { Remaining = 0 }])
        {
            if (plainer != get)
            {
                yield return plainer;
            }
        }

        foreach (ulong gfn in Numbers(get.StartGfn))
        {
            yield return get with { StartGfn = gfn };
        }

        foreach (ulong count in Numbers(get.Count))
        {
            yield return get with { Count = (uint)count };
        }
    }

    private static IEnumerable<Operation> SimplerSet(Operation.Set set)
    {
        if (set.AllocationFails)
        {
            yield return set with { AllocationFails = false };
        }

        if (set.Argument != ArgumentMemory.Ok)
        {
            yield return set with { Argument = ArgumentMemory.Ok };
        }

        foreach (ulong gfn in Numbers(set.StartGfn))
        {
            yield return set with { StartGfn = gfn };
        }

        byte[] values = set.Values.ToArray();
        foreach (ulong count in Numbers(set.Count))
        {
            int readable = (int)Math.Min(count, (ulong)values.Length);
            yield return set with { Count = (uint)count, Values = ByteRuns.Of(values.AsSpan(0, readable)) };
        }

        if (set.Mask != ulong.MaxValue)
        {
            yield return set with { Mask = ulong.MaxValue };
        }

        if (values.AsSpan().ContainsAnyExcept((byte)0))
        {
            yield return set with { Values = ByteRuns.Of(new byte[values.Length]) };
        }
    }

    private static IEnumerable<Operation> If(bool simpler, Operation operation) => simpler ? [operation] : [];

    // 0, the half, three quarters, seven eighths ... one less: smaller each time, so shrinking ends, and near any bound in few steps
    private static IEnumerable<ulong> Numbers(ulong number)
    {
        for (ulong less = number; less > 0; less /= 2)
        {
            yield return number - less;
        }
    }

    // A slot of very many pages fails; half of it may succeed, and then each of its pages is there.
    private static bool CanBeMade(ulong pages) => pages is <= MostPagesToMake or > Limits.MaxSlotPages;
}
