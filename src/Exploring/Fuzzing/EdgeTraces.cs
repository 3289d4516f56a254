// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Traces;

namespace Cmma.Exploring.Fuzzing;

/// <summary>
/// Random traces around the places where an implementation that works on words and levels of words can go wrong: marks at their edges and at the
/// ends of slots, gaps of 14 to 18 pages across them, buffers that end at a mark or in a gap.
/// </summary>
public sealed class EdgeTraces
{
    // Words of 64 pages, 64 words, 64 times 64 words; below, at, above.
    private static readonly ulong[] Edges = [63, 64, 65, 127, 128, 4095, 4096, 4097, 8191, 8192, 262_143, 262_144, 262_145];

    private readonly RandomNumbers random;
    private readonly List<Operation> operations = [];
    private List<Memslot> slots = [];

    private EdgeTraces(ulong seed, LayoutSize size, int minSlotPages)
    {
        random = new RandomNumbers(seed);
        AddSlots(size, (ulong)minSlotPages);
    }

    private ulong Pages => slots.Aggregate(0UL, (sum, slot) => sum + slot.Pages);

    /// <summary>A trace with about this many operations after those that set the VM up.</summary>
    public static Trace Random(ulong seed, LayoutSize size, int operationCount, int minSlotPages = 1)
    {
        ArgumentNullException.ThrowIfNull(size);
        EdgeTraces traces = new(seed, size, minSlotPages);
        bool lone = traces.random.OneIn(3);
        traces.SetUp(drained: lone || !traces.random.OneIn(4));
        int end = traces.operations.Count + operationCount;
        while (traces.operations.Count < end)
        {
            if (lone)
            {
                traces.AddLoneMark();
            }
            else
            {
                traces.AddRound();
            }
        }

        return new Trace(HostHasCmma: true, [.. traces.operations.Select(operation => new Step(operation))]);
    }

    private void AddSlots(LayoutSize size, ulong minSlotPages)
    {
        int count = random.OneIn(2) ? random.Between(1, Math.Min(2, size.MaxSlots)) : random.Between(1, size.MaxSlots);
        ulong next = random.Of<ulong>(0, 0, 1, 63, 4096, 1UL << 40);
        for (int index = 0; index < count; index++)
        {
            ulong pages = random.OneIn(3) ? Edges[random.Between(0, Edges.Length - 1)] + random.Of<ulong>(0, random.Below(20)) : 1 + random.Below((ulong)size.MaxSlotPages);
            pages = Math.Clamp(pages, minSlotPages, (ulong)size.MaxSlotPages);
            slots.Add(new Memslot((uint)index, next, pages, DirtyLog: true));
            next += pages + (random.OneIn(3) ? random.Of<ulong>(1, 14, 15, 16, 17, 64) : 0);
        }

        // now and then the last page is the last that memory can have
        ulong shift = random.OneIn(6) ? Limits.EndOfMemoryGfn - (slots[^1].BaseGfn + slots[^1].Pages) : 0;
        slots = slots.ConvertAll(slot => slot with { BaseGfn = slot.BaseGfn + shift });
    }

    private void SetUp(bool drained)
    {
        foreach (Memslot slot in slots.OrderBy(_ => random.Next()))
        {
            operations.Add(new Operation.CreateSlot(slot.Id, slot.BaseGfn, slot.Pages, slot.DirtyLog));
        }

        operations.Add(new Operation.EnableCmma());
        operations.Add(new Operation.CreateVcpu());
        AddSet(Page());
        operations.Add(new Operation.StartMigration());
        if (drained)
        {
            slots.ForEach(slot => AddGet(slot.BaseGfn, Limits.MaxCount)); // empties each row of slots
        }
    }

    // One dirty page in clean memory, searched from far away.
    private void AddLoneMark()
    {
        operations.Add(new Operation.Essa(Page(), (uint)random.Between(1, 7)));
        AddGet(random.Of<ulong>(0, ulong.MaxValue, Page(), Page()), Limits.MaxCount);
    }

    private void AddRound()
    {
        ulong first = Page();
        ulong last = first;
        ulong inGap = first;
        for (int mark = random.Between(1, 4); mark > 0; mark--)
        {
            operations.Add(new Operation.Essa(last, (uint)random.Between(1, 7)));
            ulong gap = random.OneIn(4) ? random.Of<ulong>(0, 1, 62, 63, 64) : random.Of<ulong>(14, 15, 16, 17, 18);
            inGap = last + 1 + random.Below(gap);
            last += gap + 1;
        }

        operations.Add(new Operation.Essa(last, (uint)random.Between(0, 7)));
        switch (random.Between(0, 11))
        {
            case < 6: AddGet(random.OneIn(3) ? Start(first) : first, Count(first, inGap, last)); break;
            case 6: AddPeek(first); break;
            case 7: AddSet(first); break;
            case 8: operations.Add(new Operation.Evict(Page())); break;
            case 9: AddStopOrStart(); break;
            case 10: AddSlotChange(); break;
            default: break; // marks gather
        }
    }

    // At an edge of a slot: of its words, of the levels above them, or of itself.
    private ulong Page()
    {
        Memslot slot = slots[random.Between(0, slots.Count - 1)];
        ulong fromEnd = random.Of<ulong>(1, 2, 15, 16, 17, 18, 64);
        ulong page = random.Between(0, 3) switch
        {
            0 => random.Below(slot.Pages),
            1 => slot.Pages - Math.Min(slot.Pages, fromEnd),
            _ => EdgeBelow(slot.Pages),
        };
        return slot.BaseGfn + page;
    }

    // Half of the time one of the three highest: few slots reach those.
    private ulong EdgeBelow(ulong pages)
    {
        int edges = Array.FindIndex(Edges, edge => edge >= pages);
        edges = edges < 0 ? Edges.Length : edges;
        return edges == 0
            ? random.Below(pages)
            : Edges[random.Between(random.OneIn(2) ? Math.Max(0, edges - 3) : 0, edges - 1)] - random.Of<ulong>(0, 0, random.Below(18));
    }

    private ulong Start(ulong first) => random.Of<ulong>(first + 1, unchecked(first - 1), 0, ulong.MaxValue, Page());

    // A buffer that ends in a gap, before, at or after a mark, or nowhere near.
    private uint Count(ulong first, ulong inGap, ulong last) => random.Between(0, 4) switch
    {
        0 => (uint)(inGap - first) + 1,
        1 => (uint)(last - first),
        2 => (uint)(last - first) + 1,
        3 => 1,
        _ => Limits.MaxCount,
    };

    private void AddGet(ulong start, uint count) =>
        operations.Add(new Operation.Get(start, count, BufferBytes: (uint)Math.Min(count, Pages + 80)));

    private void AddPeek(ulong start)
    {
        uint count = (uint)random.Between(1, 200);
        operations.Add(new Operation.Get(start, count, (uint)CmmaFlags.Peek, BufferBytes: count));
    }

    private void AddSet(ulong start)
    {
        byte[] values = new byte[random.Between(1, 200)];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = (byte)random.Next();
        }

        ulong mask = random.OneIn(2) ? ulong.MaxValue : random.Below(0x80) << PageAttributes.PgsteShift;
        operations.Add(new Operation.Set(start, (uint)values.Length, Flags: 0, mask, ByteRuns.Of(values)));
    }

    private void AddStopOrStart()
    {
        if (random.OneIn(4))
        {
            operations.Add(new Operation.StopMigration());
        }

        operations.Add(new Operation.StartMigration());
    }

    private void AddSlotChange()
    {
        Memslot slot = slots[random.Between(0, slots.Count - 1)];
        if (random.OneIn(2))
        {
            operations.Add(new Operation.MoveSlot(slot.Id, slot.BaseGfn)); // onto itself: its pages begin anew
        }
        else
        {
            operations.Add(new Operation.DeleteSlot(slot.Id));
            AddGet(slot.BaseGfn, Limits.MaxCount);
            operations.Add(new Operation.CreateSlot(slot.Id, slot.BaseGfn, slot.Pages, slot.DirtyLog));
        }
    }
}
