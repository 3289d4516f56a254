// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Cmma.Optimized;

/// <summary>
/// The places between the atomic steps of the operations. Nothing in a normal build: the calls are there only where STEPS is defined, which the
/// test of all interleavings does when it compiles these files a second time.
/// </summary>
internal static class Steps
{
    /// <summary>Called at each place by the thread that comes there.</summary>
    public static Action<Step>? Reached { get; set; }

    /// <summary>The calling thread comes to a place.</summary>
    [Conditional("STEPS")]
    public static void Reach(Step step) => Reached?.Invoke(step); // not covered: only where STEPS is defined
}

/// <summary>The places, each named by what comes next.</summary>
internal enum Step
{
    /// <summary>The gate of a stripe is tried, for the first time or again.</summary>
    GateIsTried,

    /// <summary>The gate of a stripe opens.</summary>
    GateOpens,

    /// <summary>ESSA stores the new state of its page.</summary>
    EssaChanges,

    /// <summary>ESSA marks its page.</summary>
    EssaMarks,

    /// <summary>GET takes marks from a word that it has read.</summary>
    MarksAreTaken,

    /// <summary>Values go to the caller.</summary>
    ValuesAreRead,

    /// <summary>SET stores new values.</summary>
    SetStores,

    /// <summary>Migration mode goes off.</summary>
    ModeChanges,

    /// <summary>A mark is looked at from outside.</summary>
    MarkIsRead,

    /// <summary>The memory of a slot goes back to the host.</summary>
    MemoryIsFreed,

    /// <summary>A bit of the summary is set or cleared, or looked at once more.</summary>
    SummaryChanges,
}
