// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Properties.Tests;

/// <summary>What decides a GET before it looks for pages, in the order in which it wins (spec/clauses/get.md).</summary>
public enum GetCheck
{
    StructUnreadable = 1,
    NotEnabled = 2,
    UnknownFlag = 3,
    NotMigrating = 4,
    NothingAskedOrNeverUsed = 5,
    NothingDirty = 6,
    NoMemory = 7,

    /// <summary>No check ends the call.</summary>
    None = 8,
}

/// <summary>Two dirty pages with none between them.</summary>
/// <param name="Lower">A dirty page.</param>
/// <param name="Upper">The next dirty page above it.</param>
/// <param name="PagesExist">Every page between them exists.</param>
/// <param name="OneSlot">Both are in the same slot.</param>
public sealed record DirtyPair(ulong Lower, ulong Upper, bool PagesExist, bool OneSlot)
{
    public ulong PagesBetween => Upper - Lower - 1;
}

/// <summary>One GET, PEEK included.</summary>
public sealed class GetCall : Seen<Operation.Get>
{
    private IReadOnlyList<ulong>? lostMarks;

    public required UserSteps User { get; init; }

    public bool IsPeek => Operation.Flags == (uint)CmmaFlags.Peek;

    /// <summary>The count that the call works with (GET-COUNT-1).</summary>
    public uint Limit => Math.Min(Operation.Count, Limits.MaxCount);

    public ulong BufferBytes => Operation.BufferBytes ?? Limit;

    public bool StructWritable => Operation.Argument == ArgumentMemory.Ok;

    /// <summary>The first check that ends the call.</summary>
    public GetCheck Check =>
        Operation.Argument == ArgumentMemory.Unreadable ? GetCheck.StructUnreadable
        : !Before.Enabled ? GetCheck.NotEnabled
        : (Operation.Flags & ~(uint)CmmaFlags.Peek) != 0 ? GetCheck.UnknownFlag
        : !IsPeek && !Before.Migrating ? GetCheck.NotMigrating
        : Operation.Count == 0 || !Before.Used ? GetCheck.NothingAskedOrNeverUsed
        : !IsPeek && !Before.AnyDirty ? GetCheck.NothingDirty
        : Operation.AllocationFails ? GetCheck.NoMemory
        : GetCheck.None;

    /// <summary>It is a GET without PEEK that finds a block, whether or not it can write it.</summary>
    public bool FindsBlock => Check == GetCheck.None && !IsPeek;

    /// <summary>It is a PEEK that finds its first page, whether or not it can write the answer.</summary>
    public bool FindsPages => Check == GetCheck.None && IsPeek && Before.Memory.Exists(Operation.StartGfn);

    public bool IsZeroed => Result == 0 && User.Got == default;

    public bool IsAnswer => Result == 0 && User.Got != default;

    /// <summary>The bytes that the machine wrote to the buffer, or tried to.</summary>
    public byte[] Values => User.WritesOfValues.LastOrDefault()?.Written ?? [];

    /// <summary>Dirty before, and not after.</summary>
    public IReadOnlyList<ulong> LostMarks => lostMarks ??= [.. Before.Memory.Dirty.Where(gfn => !After.Memory[gfn].Dirty)];

    /// <summary>The first page of the block: what the answer says, or, where none could be written, the lowest lost mark.</summary>
    public ulong First => IsAnswer ? User.Got.StartGfn : LostMarks.Count > 0 ? LostMarks[0] : ulong.MaxValue;

    /// <summary>The last page of the block.</summary>
    public ulong Last => IsAnswer ? unchecked(First + User.Got.Count - 1) : LostMarks.Count > 0 ? LostMarks[^1] : ulong.MaxValue;

    public ulong BlockPages => unchecked(Last - First + 1);

    public bool InBlock(ulong gfn) => gfn >= First && gfn <= Last;

    /// <summary>Neighbouring dirty pages of which the lower one is in the block.</summary>
    public IEnumerable<DirtyPair> Pairs => Before.Memory.Dirty.Zip(Before.Memory.Dirty.Skip(1))
        .Where(pair => InBlock(pair.First))
        .Select(pair => new DirtyPair(
            pair.First,
            pair.Second,
            Before.Memory.EndOfRun(pair.First) > pair.Second,
            Before.Memory.Slots.Any(slot => pair.First >= slot.BaseGfn && pair.Second < slot.BaseGfn + slot.Pages)));

    /// <summary>Those of which only the number of clean pages between them decides (GET-BLOCK-4).</summary>
    public IEnumerable<DirtyPair> PairsWithin => Pairs.Where(pair => pair.PagesExist && Fits(pair.Upper));

    public bool Fits(ulong gfn) => gfn - First < Limit;
}
