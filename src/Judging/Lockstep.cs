// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>Where two implementations differ.</summary>
/// <param name="Step">The index of the operation in its trace.</param>
/// <param name="What">The first difference in one line.</param>
public sealed record Divergence(int Step, string What)
{
    /// <summary>The page whose state differs though every answer was the same, or null.</summary>
    public ulong? Gfn { get; init; }
}

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
    /// <param name="done">Called with each operation, with what came back from the implementation that is right and its state after it.</param>
    public Divergence? Run(Trace trace, Action<Operation, Outcome, IMachineState?>? done = null)
    {
        ArgumentNullException.ThrowIfNull(trace);
        using IRun tested = RunOf(implementation, trace);
        using IRun right = RunOf(against, trace);
        for (int index = 0; index < trace.Steps.Count; index++)
        {
            Operation operation = trace.Steps[index].Operation;
            Outcome expected = right.Do(operation);
            string? difference = OutcomeDifference(expected, tested.Do(operation));
            if (difference != null)
            {
                return new Divergence(BreaksOffSomewhere(tested) || BreaksOffSomewhere(right) ? trace.Steps.Count - 1 : index, difference);
            }

            bool atRest = index + 1 == trace.Steps.Count || (index + 1) % StepsBetweenStates == 0;
            difference = StateDifference(right.State, tested.State, atRest, out ulong? gfn);
            if (difference != null)
            {
                return new Divergence(index, difference) { Gfn = gfn };
            }

            done?.Invoke(operation, expected, right.State);
        }

        return null;
    }

    // So that whoever makes the trace shorter does not cut off the operation that does it.
    private static bool BreaksOffSomewhere(IRun run) => run is AnsweredRun { HasBrokenOff: true };

    // One in another process is asked the whole trace at once.
    private static IRun RunOf(IImplementation implementation, Trace trace) => implementation is MachineImplementation
        ? implementation.NewVm(trace.HostHasCmma)
        : new AnsweredRun(implementation.Ask([Question.Of(trace)])[0]);

    /// <summary>The first difference of two outcomes, or null.</summary>
    private static string? OutcomeDifference(Outcome expected, Outcome actual)
    {
        // One comparison of everything first: outcomes are equal nearly always. A struct that only one of them shows is no difference: what answers from outside may not.
        bool bothShow = expected.Struct != null && actual.Struct != null;
        if (Shown(expected, bothShow) == Shown(actual, bothShow) && expected.Values.Span.SequenceEqual(actual.Values.Span))
        {
            return null;
        }

        return expected.Breach ?? Judge.Difference(Expectations.Exactly(expected), actual) ?? "the outcomes differ";
    }

    private static Outcome Shown(Outcome outcome, bool withStruct) => outcome with { Values = default, Struct = withStruct ? outcome.Struct : null };

    private static string? StateDifference(IMachineState? expected, IMachineState? actual, bool whole, out ulong? gfn)
    {
        gfn = null;
        if (expected == null || actual == null)
        {
            return null;
        }

        return Field("vCPUs", expected.VcpuCount, actual.VcpuCount)
            ?? Field("enabled", expected.Enabled, actual.Enabled)
            ?? Field("used", expected.Used, actual.Used)
            ?? Field("migrating", expected.Migrating, actual.Migrating)
            ?? SlotsDifference(expected, actual, whole, ref gfn);
    }

    private static string? SlotsDifference(IMachineState expected, IMachineState actual, bool whole, ref ulong? gfn)
    {
        IReadOnlyList<Memslot> slots = expected.Slots;
        IReadOnlyList<Memslot> actualSlots = actual.Slots;
        string? difference = Field("number of slots", slots.Count, actualSlots.Count);
        if (difference != null)
        {
            return difference;
        }

        ulong pages = 0;
        for (int index = 0; index < slots.Count; index++)
        {
            pages += slots[index].Pages;
            if (slots[index] != actualSlots[index])
            {
                return $"slots: expected {StateText.Of(slots[index])}; got {StateText.Of(actualSlots[index])}";
            }
        }

        return whole || pages <= SmallMemoryPages ? PagesDifference(slots, expected, actual, ref gfn) : null;
    }

    // Many pages at a time, compared as bytes: this is what most of the time goes into.
    private static string? PagesDifference(IReadOnlyList<Memslot> slots, IMachineState expected, IMachineState actual, ref ulong? gfn)
    {
        Span<PageState> right = stackalloc PageState[(int)SmallMemoryPages];
        Span<PageState> tested = stackalloc PageState[(int)SmallMemoryPages];
        foreach (Memslot slot in slots)
        {
            for (ulong page = 0; page < slot.Pages; page += SmallMemoryPages)
            {
                int length = (int)Math.Min(SmallMemoryPages, slot.Pages - page);
                expected.CopyPages(slot.BaseGfn + page, right[..length]);
                actual.CopyPages(slot.BaseGfn + page, tested[..length]);
                if (!MemoryMarshal.AsBytes(right[..length]).SequenceEqual(MemoryMarshal.AsBytes(tested[..length])))
                {
                    int index = right[..length].CommonPrefixLength(tested[..length]);
                    gfn = slot.BaseGfn + page + (ulong)index;
                    return $"page {TraceWriter.Hex(gfn.Value)}: expected {StateText.Of(right[index])}; got {StateText.Of(tested[index])}";
                }
            }
        }

        return null;
    }

    private static string? Field<T>(string name, T expected, T actual)
        where T : IEquatable<T> =>
        expected.Equals(actual) ? null : $"{name}: expected {Word(expected)}, got {Word(actual)}";

    private static string Word<T>(T value) => value switch { true => "yes", false => "no", _ => $"{value}" };

    /// <summary>Gives the outcomes of an answer one by one.</summary>
    private sealed class AnsweredRun(Answer answer) : IRun
    {
        private int given;

        /// <summary>Whether it has no answer, for a reason that may be any of the operations that are left.</summary>
        public bool HasBrokenOff { get; private set; }

        public Outcome Do(Operation operation)
        {
            if (given < answer.Outcomes.Count)
            {
                return answer.Outcomes[given++];
            }

            HasBrokenOff = answer is { Failure: not null, Located: false };
            return new Outcome("none") { Breach = answer.Failure ?? "no answer" };
        }
    }
}
