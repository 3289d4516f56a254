// SPDX-License-Identifier: MIT
namespace Cmma.Outside;

/// <summary>How an external implementation is run.</summary>
/// <param name="Timeout">How long one run may take.</param>
public sealed record RunOptions(TimeSpan Timeout)
{
    /// <summary>The defaults of the command line.</summary>
    public static RunOptions Default { get; } = new(TimeSpan.FromSeconds(10));

    /// <summary>Checks every message, in both directions; null: answers are only read.</summary>
    public ProtocolSchema? Schema { get; init; }

    /// <summary>Whether the runs after one that fails need no answer: each then has the failure of that one.</summary>
    public bool EndAtFailure { get; init; }

    /// <summary>Told, by the thread that asks, how many of the runs that it asks have an answer or a failure, and how many it asks: before the first and after each.</summary>
    public Action<int, int>? Progress { get; init; }

    /// <summary>How many runs may be asked before the first of them is answered.</summary>
    public int RunsInFlight { get; init; } = 256;
}
