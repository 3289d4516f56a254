// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Generators;
using Cmma.Judging;
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Cmma.Equivalence.Tests;

/// <summary>
/// Both machines do the same in random traces: they run in lockstep, and each answer and the whole state are compared. Each property is named
/// after what varies most in its traces.
/// </summary>
public sealed class EquivalenceProperties
{
    private static readonly Lockstep Machines = new(Implementations.Find("optimized"), Implementations.Find("reference"));

    [TraceProperty]
    public Property Layouts_operations_and_arguments_vary(Trace trace) => Same(Machines, trace);

    [TraceProperty(Traces = typeof(SlotChangeTraces))]
    public Property Slots_come_go_move_and_change_their_dirty_log(Trace trace) => Same(Machines, trace);

    [TraceProperty(Traces = typeof(BlockTraces))]
    public Property Marks_gaps_starts_and_counts_vary(Trace trace) => Same(Machines, trace);

    [TraceProperty(Traces = typeof(PageStateTraces))]
    public Property Attributes_content_masks_and_values_vary(Trace trace) => Same(Machines, trace);

    [TraceProperty(Traces = typeof(FaultTraces))]
    public Property Faults_of_user_memory_and_allocation_and_flags_vary(Trace trace) => Same(Machines, trace);

    [TraceProperty(Traces = typeof(StepsTraces))]
    public Property What_comes_between_the_steps_of_an_ESSA_varies(Trace trace) => Same(Machines, trace);

    [TraceProperty(Traces = typeof(LongSlotTraces), PartOfCases = 20)]
    public Property Slots_of_more_than_one_stripe_vary(Trace trace) => Same(Machines, trace);

    [TraceProperty(Traces = typeof(DrainingTraces))]
    public Property GETs_that_drain_memory_begin_anywhere(Trace trace) => Same(Machines, trace);

    /// <summary>That they do the same; or where they differ first, and how to reproduce it.</summary>
    [AssertionMethod]
    internal static Property Same(Lockstep machines, Trace trace)
    {
        Divergence? difference = machines.Run(trace);
        return difference == null
            ? true.ToProperty()
            : false.Label($"operation {difference.Step}: {difference.What}\n{ReplayCommand.For("equivalence", trace, "optimized")}");
    }
}
