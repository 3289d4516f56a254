// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Traces;

namespace Cmma.Exploring.Differences;

/// <summary>
/// Random traces on memory of two slots of 256 pages, which every kernel takes: few operations, and numbers at the places where implementations are
/// likely to differ. The same seed gives the same traces on every machine.
/// </summary>
internal sealed class SearchTraces
{
    private const uint SlotPages = 256;

    // one below, at and above each distance that some kernel bridges; one far off
    private static readonly ulong[] Gaps = [1, 2, 15, 16, 17, 18, 100];

    private readonly RandomNumbers random;
    private readonly List<Operation> operations = [];
    private readonly List<Operation.CreateSlot> slots = [];

    private SearchTraces(ulong seed) => random = new RandomNumbers(seed);

    /// <summary>A trace.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="essaSteps">Whether an ESSA may be in two steps.</param>
    public static Trace Random(ulong seed, bool essaSteps)
    {
        SearchTraces traces = new(seed);
        traces.SetUp();
        for (int left = traces.random.Between(1, 5); left > 0; left--)
        {
            traces.AddOperation();
        }

        traces.operations.Add(new Operation.Get(traces.Gfn(), 600));
        traces.operations.Add(new Operation.Get(traces.slots[0].BaseGfn, SlotPages, Flags: (uint)CmmaFlags.Peek));
        Trace trace = new(HostHasCmma: true, [.. traces.operations.Select(operation => new Step(operation))]);
        return essaSteps ? EssaInSteps.NowAndThen(trace, traces.random) : trace;
    }

    private void SetUp()
    {
        Operation start = new Operation.StartMigration();
        bool early = random.OneIn(24);
        CreateSlots();
        if (early)
        {
            operations.Add(start);
        }

        operations.Add(new Operation.EnableCmma());
        operations.Add(new Operation.CreateVcpu());
        if (!random.OneIn(12))
        {
            operations.Add(new Operation.Essa(slots[0].BaseGfn, Orc: 1));
        }

        if (random.OneIn(3))
        {
            AddSet();
        }

        if (!early && !random.OneIn(12))
        {
            operations.Add(start);
        }

        if (!random.OneIn(4))
        {
            operations.AddRange(slots.Select(slot => new Operation.Get(slot.BaseGfn, Limits.MaxCount)));
            Mark();
        }
    }

    private void CreateSlots()
    {
        ulong lowest = random.OneIn(4) ? SlotPages : 0;
        ulong second = lowest + SlotPages + (random.OneIn(2) ? SlotPages : 0);
        slots.Add(new Operation.CreateSlot(0, lowest, SlotPages, !random.OneIn(16)));
        if (random.OneIn(2))
        {
            slots.Add(new Operation.CreateSlot(1, second, SlotPages, !random.OneIn(16)));
        }

        operations.AddRange(random.OneIn(3) ? slots.AsEnumerable().Reverse() : slots);
    }

    private void Mark()
    {
        ulong gfn = slots[(int)random.Below((ulong)slots.Count)].BaseGfn + random.Below(100);
        for (int left = random.Between(1, 3); left > 0; left--)
        {
            operations.Add(new Operation.Essa(gfn, random.OneIn(2) ? 1u : (uint)random.Between(2, 7)));
            gfn += random.Of(Gaps);
        }
    }

    private void AddOperation()
    {
        Operation operation = random.Between(0, 23) switch
        {
            < 5 => new Operation.Get(Gfn(), Count()),
            < 7 => new Operation.Get(Gfn(), Count(), Flags: (uint)CmmaFlags.Peek),
            < 9 => new Operation.Essa(Gfn(), (uint)random.Below(8)),
            9 => new Operation.Evict(Gfn()),
            10 => new Operation.Touch(Gfn()),
            11 => new Operation.DeleteSlot((uint)random.Below(2), AllocationFails: random.OneIn(8)),
            12 => new Operation.MoveSlot((uint)random.Below(2), SlotPages * random.Below(6), AllocationFails: random.OneIn(8)),
            13 => new Operation.SetSlotFlags((uint)random.Below(2), DirtyLog: random.OneIn(3)),
            14 => new Operation.CreateSlot((uint)random.Between(0, 3), SlotPages * random.Of<ulong>(0, 1, 2, 3, 4, 4096), SlotPages, !random.OneIn(3), AllocationFails: random.OneIn(8)),
            15 => new Operation.ClearCmma(),
            16 => new Operation.StopMigration(),
            17 => new Operation.StartMigration(),
            18 => new Operation.MigrationStatus(),
            _ => Set(),
        };
        operations.Add(operation);
    }

    private void AddSet() => operations.Add(Set());

    private Operation.Set Set()
    {
        byte[] values = new byte[random.Of(1, 2, 17)];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = random.Of<byte>(0x00, 0x01, 0x03, 0x40, 0x41, 0x43);
        }

        ulong mask = random.OneIn(2) ? ulong.MaxValue : random.Of<ulong>(0, 0x0300_0000, 0x4000_0000);
        return new Operation.Set(Gfn(), (uint)values.Length, Flags: 0, mask, ByteRuns.Of(values), AllocationFails: random.OneIn(8));
    }

    private uint Count() => random.Of<uint>(0, 1, 8, 17, 101, 256, 600, 1024, Limits.MaxCount + 1);

    private ulong Gfn()
    {
        Operation.CreateSlot slot = slots[(int)random.Below((ulong)slots.Count)];
        return random.Between(0, 9) switch
        {
            < 6 => slot.BaseGfn + random.Below(120),
            6 => slot.BaseGfn + SlotPages - 1,
            7 => slot.BaseGfn + SlotPages + random.Of<ulong>(0, 44),
            8 => 0,
            _ => random.Of<ulong>(1 << 20, ulong.MaxValue),
        };
    }
}
