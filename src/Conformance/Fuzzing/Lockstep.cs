using System;
using System.Collections.Generic;
using Cmma.Abi;
using Cmma.Conformance.Running;
using Cmma.Conformance.Traces;

namespace Cmma.Conformance.Fuzzing;

/// <summary>Where two implementations differ.</summary>
/// <param name="Step">The index of the operation in its trace.</param>
/// <param name="What">The first difference in one line.</param>
public sealed record Difference(int Step, string What);

/// <summary>
/// Runs a trace on two implementations side by side. After every operation what came back must be the same, and the whole state where both
/// show theirs: after each operation in memory up to 256 pages, beyond that after every 64th and at the end.
/// </summary>
/// <param name="implementation">The one that is tested.</param>
/// <param name="against">The one that is right.</param>
public sealed class Lockstep(IImplementation implementation, IImplementation against)
{
    private const ulong SmallMemoryPages = 256;
    private const int StepsBetweenStates = 64;

    /// <summary>The first difference, or null.</summary>
    /// <param name="trace">What to run.</param>
    /// <param name="done">Told of each operation, with what came back from the implementation that is right and its state after it.</param>
    public Difference? Run(Trace trace, Action<Operation, Outcome, IMachineState?>? done = null)
    {
        ArgumentNullException.ThrowIfNull(trace);
        IRun tested = implementation.NewVm(trace.HostHasCmma);
        IRun right = against.NewVm(trace.HostHasCmma);
        try
        {
            for (int index = 0; index < trace.Steps.Count; index++)
            {
                Operation operation = trace.Steps[index].Operation;
                Outcome expected = right.Do(operation);
                string? difference = OutcomeDifference(expected, tested.Do(operation));
                bool atRest = index + 1 == trace.Steps.Count || (index + 1) % StepsBetweenStates == 0;
                difference ??= StateDifference(right.State, tested.State, atRest);
                if (difference != null)
                {
                    return new Difference(index, difference);
                }

                done?.Invoke(operation, expected, right.State);
            }

            return null;
        }
        finally
        {
            (tested as IDisposable)?.Dispose();
            (right as IDisposable)?.Dispose();
        }
    }

    /// <summary>The first difference of two outcomes, or null.</summary>
    private static string? OutcomeDifference(Outcome expected, Outcome actual)
    {
        // One comparison of everything first: outcomes are equal nearly always.
        if (expected with { Values = default } == actual with { Values = default } && expected.Values.Span.SequenceEqual(actual.Values.Span))
        {
            return null;
        }

        return expected.Breach ?? Judge.Difference(Expectations.Exactly(expected), actual) ?? "the outcomes differ";
    }

    private static string? StateDifference(IMachineState? expected, IMachineState? actual, bool whole)
    {
        if (expected == null || actual == null)
        {
            return null;
        }

        return Field("vCPUs", expected.VcpuCount, actual.VcpuCount)
            ?? Field("enabled", expected.Enabled, actual.Enabled)
            ?? Field("used", expected.Used, actual.Used)
            ?? Field("migrating", expected.Migrating, actual.Migrating)
            ?? SlotsDifference(expected, actual, whole);
    }

    private static string? SlotsDifference(IMachineState expected, IMachineState actual, bool whole)
    {
        IReadOnlyList<Memslot> slots = expected.Slots;
        if (Field("number of slots", slots.Count, actual.Slots.Count) is { } difference)
        {
            return difference;
        }

        ulong pages = 0;
        for (int index = 0; index < slots.Count; index++)
        {
            pages += slots[index].Pages;
            if (Field($"slot {index}", slots[index], actual.Slots[index]) is { } slotDifference)
            {
                return slotDifference;
            }
        }

        return whole || pages <= SmallMemoryPages ? PagesDifference(slots, expected, actual) : null;
    }

    private static string? PagesDifference(IReadOnlyList<Memslot> slots, IMachineState expected, IMachineState actual)
    {
        foreach (Memslot slot in slots)
        {
            for (ulong gfn = slot.BaseGfn; gfn < slot.BaseGfn + slot.Pages; gfn++)
            {
                PageState right = expected.Page(gfn);
                PageState tested = actual.Page(gfn);
                if (right != tested)
                {
                    return $"page {TraceWriter.Hex(gfn)}: expected {right}, got {tested}";
                }
            }
        }

        return null;
    }

    private static string? Field<T>(string name, T expected, T actual)
        where T : IEquatable<T> =>
        expected.Equals(actual) ? null : $"{name}: expected {expected}, got {actual}";
}
