// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Exploring.Fuzzing;

/// <summary>What a fuzzer did, counted: each operation with its results, and the cases that GET's blocks can be.</summary>
public sealed class Distribution
{
    private readonly Dictionary<(string Kind, string Case), long> counts = [];

    /// <summary>How many operations.</summary>
    public long Operations { get; private set; }

    /// <summary>The cases that a fuzzer must come to: a count of 0 is a hole in the test.</summary>
    public static IReadOnlyList<(string Kind, string Case)> Wanted { get; } = [
        .. Names("block", "1 page", "2 to 63", "64 to 4095", "4096 and more", "ends at a slot's end", "over more than one slot",
            "as long as the buffer", "buffer ends in a gap", "16 clean pages, then a mark"),
        .. Names("mark", "page 63", "page 64", "page 65", "page 4095", "page 4096", "page 262143", "page 262144"),
        .. Names("get", "ok", "zeroed", "EFAULT", "ENXIO", "EINVAL", "ENOMEM"),
        .. Names("peek", "ok", "zeroed", "EFAULT", "ENXIO", "ENOMEM"),
        .. Names("set", "ok", "EFAULT", "ENXIO", "EINVAL", "ENOMEM"),
        .. Names("create_slot", "ok", "EINVAL", "EEXIST", "ENOMEM"),
        .. Names("move_slot", "ok", "EINVAL", "EEXIST", "ENOMEM"),
        .. Names("essa", "ok", "operation", "specification", "addressing"),
        .. Names("essa_begin", "ok"),
        .. Names("essa_end", "ok"),
    ];

    /// <summary>Every case with its count, sorted.</summary>
    public IEnumerable<(string Kind, string Case, long Count)> Counts => counts
        .Select(entry => (entry.Key.Kind, entry.Key.Case, entry.Value))
        .OrderBy(entry => entry.Kind, StringComparer.Ordinal)
        .ThenBy(entry => entry.Case, StringComparer.Ordinal);

    /// <summary>How often this case came.</summary>
    public long Of(string kind, string @case) => counts.GetValueOrDefault((kind, @case));

    /// <summary>Counts an operation.</summary>
    /// <param name="operation">What was done.</param>
    /// <param name="outcome">What came back.</param>
    /// <param name="after">The state after it, where it is known.</param>
    public void Add(Operation operation, Outcome outcome, IMachineState? after)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Operations++;
        bool peek = operation is Operation.Get { Flags: (uint)CmmaFlags.Peek };
        Count(peek ? "peek" : OperationForm.Of(operation).Name, outcome.Zeroed ? "zeroed" : outcome.Result);
        if (after == null || outcome.Result != Outcome.Ok)
        {
            return;
        }

        if (operation is Operation.Get get && !peek && !outcome.Zeroed)
        {
            AddBlock(get, outcome.StartGfn ?? 0, outcome.Count ?? 0, after);
        }
        else if (operation is Operation.Essa { Orc: > 0 } essa && after.Migrating)
        {
            AddMark(essa.Gfn, after);
        }
    }

    /// <summary>Adds what another one counted.</summary>
    public void Add(Distribution other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Operations += other.Operations;
        foreach (((string kind, string @case), long count) in other.counts)
        {
            counts[(kind, @case)] = Of(kind, @case) + count;
        }
    }

    private void AddBlock(Operation.Get get, ulong first, ulong length, IMachineState after)
    {
        ulong end = first + length;
        ulong limit = first + Math.Min(get.Count, Limits.MaxCount);
        Count("block", length switch { 1 => "1 page", < 64 => "2 to 63", < 4096 => "64 to 4095", _ => "4096 and more" });
        CountIf(end == limit, "block", "as long as the buffer");
        foreach (Memslot slot in after.Slots)
        {
            ulong slotEnd = slot.BaseGfn + slot.Pages;
            CountIf(end == slotEnd, "block", "ends at a slot's end");
            CountIf(first < slotEnd && end > slotEnd, "block", "over more than one slot");
        }

        ulong next = end;
        while (next < end + Limits.GapPages && !after.Page(next).Dirty)
        {
            next++;
        }

        CountIf(end < limit && next >= limit && next < end + Limits.GapPages, "block", "buffer ends in a gap");
        CountIf(next == end + Limits.GapPages && next < limit && after.Page(next).Dirty, "block", "16 clean pages, then a mark");
    }

    private void AddMark(ulong gfn, IMachineState after)
    {
        foreach (Memslot slot in after.Slots)
        {
            ulong page = gfn - slot.BaseGfn;
            if (page < slot.Pages && page is 63 or 64 or 65 or 4095 or 4096 or 262_143 or 262_144)
            {
                Count("mark", $"page {page}");
            }
        }
    }

    private void CountIf(bool condition, string kind, string @case)
    {
        if (condition)
        {
            Count(kind, @case);
        }
    }

    private void Count(string kind, string @case) => counts[(kind, @case)] = Of(kind, @case) + 1;

    private static IEnumerable<(string Kind, string Case)> Names(string kind, params string[] cases) => cases.Select(@case => (kind, @case));
}
