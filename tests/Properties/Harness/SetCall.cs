// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Properties.Tests;

/// <summary>What decides a SET before it walks, in the order in which it wins (spec/clauses/set.md).</summary>
public enum SetCheck
{
    StructUnreadable = 1,
    NotEnabled = 2,
    UnknownFlag = 3,
    CountAboveLimit = 4,
    NothingAsked = 5,
    NoMemory = 6,
    ValuesUnreadable = 7,

    /// <summary>No check ends the call: it walks.</summary>
    None = 8,
}

/// <summary>One SET.</summary>
public sealed class SetCall : Seen<Operation.Set>
{
    private byte[]? values;

    public required UserSteps User { get; init; }

    /// <summary>The first check that ends the call.</summary>
    public SetCheck Check =>
        Operation.Argument == ArgumentMemory.Unreadable ? SetCheck.StructUnreadable
        : !Before.Enabled ? SetCheck.NotEnabled
        : Operation.Flags != 0 ? SetCheck.UnknownFlag
        : Operation.Count > Limits.MaxCount ? SetCheck.CountAboveLimit
        : Operation.Count == 0 ? SetCheck.NothingAsked
        : Operation.AllocationFails ? SetCheck.NoMemory
        : (uint)Operation.Values.Length < Operation.Count ? SetCheck.ValuesUnreadable
        : SetCheck.None;

    public bool Walks => Check == SetCheck.None;

    /// <summary>How many pages exist from start_gfn on without a hole, up to count.</summary>
    public ulong PagesInReach => Math.Min(Operation.Count, Before.Memory.EndOfRun(Operation.StartGfn) - Operation.StartGfn);

    /// <summary>Whether the call comes to a page that does not exist.</summary>
    public bool MeetsMissingPage => PagesInReach < Operation.Count;

    public bool InReach(ulong gfn) => gfn >= Operation.StartGfn && gfn - Operation.StartGfn < PagesInReach;

    /// <summary>The bytes of the caller's buffer for the pages in reach.</summary>
    public byte[] Values => values ??= Operation.Values.ToArray()[..(int)Math.Min(PagesInReach, (ulong)Operation.Values.Length)];
}
