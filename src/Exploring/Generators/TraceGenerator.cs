// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Exploring.Generators;

/// <summary>
/// Random traces, never malformed: the same seed gives the same trace on every machine. They lean towards what clauses tell apart:
/// gaps around 16, edges of slots, the limits of count, masks, faults.
/// </summary>
public sealed class TraceGenerator
{
    private readonly RandomNumbers random;
    private readonly Layout layout;
    private readonly List<Operation> operations = [];
    private readonly List<uint> idsInUse = [];
    private bool vcpu;

    private TraceGenerator(ulong seed, LayoutSize size)
    {
        random = new RandomNumbers(seed);
        layout = Layout.Random(random, size);
    }

    /// <summary>A trace with about this many operations after those that set the VM up.</summary>
    public static Trace Random(ulong seed, LayoutSize size, int operationCount)
    {
        TraceGenerator generator = new(seed, size);
        bool hostHasCmma = !generator.random.OneIn(40);
        generator.SetUp();
        while (operationCount-- > 0)
        {
            generator.AddOperation();
        }

        return new Trace(hostHasCmma, [.. generator.operations.Select(operation => new Step(operation))]);
    }

    private void SetUp()
    {
        bool startEarly = random.OneIn(16);
        foreach (Memslot slot in layout.Slots.OrderBy(_ => random.Next()))
        {
            Create(new Operation.CreateSlot(slot.Id, slot.BaseGfn, slot.Pages, startEarly ? random.OneIn(2) : slot.DirtyLog || !random.OneIn(4)));
        }

        if (startEarly)
        {
            operations.Add(new Operation.StartMigration()); // H4
            for (int change = random.Between(0, 4); change > 0; change--)
            {
                AddSlotOperation(); // while migrating, also of slots without dirty log
            }
        }

        if (!random.OneIn(20))
        {
            operations.Add(new Operation.EnableCmma());
        }

        if (random.OneIn(12))
        {
            operations.Add(new Operation.EnableCmma()); // once more, or too late for an early start
        }

        if (!random.OneIn(12))
        {
            AddEssa(new Operation.Essa(random.OneIn(8) ? layout.Gfn(random) : layout.Page(random), random.OneIn(2) ? 1u : 2));
        }

        if (!random.OneIn(4))
        {
            AddSet();
        }

        if (!random.OneIn(8))
        {
            operations.Add(new Operation.StartMigration());
        }

        if (!random.OneIn(3))
        {
            Drain();
            MarkWithGaps();
        }
    }

    private void AddOperation()
    {
        switch (random.Between(0, 99))
        {
            case < 24: AddEssa(new Operation.Essa(layout.Gfn(random), Orc())); break;
            case < 44: AddGet(flags: 0); break;
            case < 54: AddGet(flags: 1); break;
            case < 56: AddGet(random.Of<uint>(2, 3, 0x8000_0000, uint.MaxValue, 0xfeed_c0fe)); break;
            case < 66: AddSet(); break;
            case < 70: operations.Add(new Operation.Evict(layout.Gfn(random))); break;
            case < 72: PageOut(); break;
            case < 75: operations.Add(new Operation.Touch(layout.Gfn(random))); break;
            case < 78: operations.Add(new Operation.StartMigration()); break;
            case < 80: AddStop(); break;
            case < 81: operations.Add(new Operation.MigrationStatus()); break;
            case < 83: operations.Add(new Operation.ClearCmma()); break;
            case < 84: operations.Add(new Operation.EnableCmma()); break;
            case < 85: AddVcpu(); break;
            case < 92: AddSlotOperation(); break;
            case < 93: Drain(); break;
            default: MarkWithGaps(); break;
        }
    }

    // A counter or marks that outlive a stop show only after another start (STOP-MIGRATION-2).
    private void AddStop()
    {
        operations.Add(new Operation.StopMigration());
        if (random.OneIn(2))
        {
            return;
        }

        switch (random.Between(0, 3))
        {
            case 0: operations.Add(new Operation.ClearCmma()); break;
            case 1: AddSet(); break;
            case 2: AddSlotOperation(); break;
            default: AddEssa(new Operation.Essa(layout.Gfn(random), Orc())); break;
        }

        operations.Add(new Operation.StartMigration());
        Drain();
    }

    private uint Orc() => random.OneIn(20) ? random.Of<uint>(8, 9, 256, uint.MaxValue) : (uint)random.Below(8);

    private void AddEssa(Operation.Essa essa)
    {
        if (!vcpu)
        {
            AddVcpu(); // ESSA-CHECK-4
        }

        operations.Add(essa);
    }

    private void AddVcpu()
    {
        vcpu = true;
        operations.Add(new Operation.CreateVcpu());
    }

    private void AddGet(uint flags)
    {
        uint count = Count();
        operations.Add(new Operation.Get(
            layout.Gfn(random),
            count,
            flags,
            Remaining: random.OneIn(4) ? random.Next() : 0,
            BufferBytes: BufferBytes(count),
            Argument: random.OneIn(16) ? random.Of(ArgumentMemory.Unreadable, ArgumentMemory.ReadOnly) : ArgumentMemory.Ok,
            AllocationFails: random.OneIn(24)));
    }

    private uint Count() => random.Between(0, 9) switch
    {
        0 => random.Of<uint>(0, 1, Limits.MaxCount - 1, Limits.MaxCount, Limits.MaxCount + 1, uint.MaxValue),
        1 => (uint)random.Between(1, 3),
        2 => (uint)random.Between(14, 19),
        3 => random.Of<uint>(63, 64, 65, 128),
        4 => (uint)Math.Min(layout.Pages + random.Below(2), Limits.MaxCount),
        5 => Limits.MaxCount,
        _ => 1 + (uint)random.Below(layout.Pages + 4),
    };

    // An answer is never longer than memory, so a large buffer has no need to be there whole.
    private uint? BufferBytes(uint count)
    {
        uint enough = (uint)Math.Min(Math.Min(count, Limits.MaxCount), layout.Pages + 1);
        if (random.OneIn(10))
        {
            return random.OneIn(3) ? 0 : (uint)random.Below(enough);
        }

        return enough == count ? null : enough;
    }

    private void AddSet()
    {
        bool everyPage = random.OneIn(60);
        uint count = everyPage ? 0 : random.OneIn(12) ? random.Of<uint>(0, Limits.MaxCount - 1, Limits.MaxCount, Limits.MaxCount + 1, uint.MaxValue)
            : (uint)random.Between(1, (int)Math.Min(layout.Pages + 2, 80));
        byte[] values = new byte[everyPage ? Limits.MaxCount : Math.Min(count, 96)];
        if (everyPage)
        {
            count = Limits.MaxCount;
            values.AsSpan().Fill((byte)random.Next());
        }
        else
        {
            for (int index = 0; index < values.Length; index++)
            {
                values[index] = random.OneIn(4) ? (byte)random.Next() : random.Of<byte>(0, 1, 2, 3, 0x40, 0x41, 0x42, 0x43);
            }
        }

        ReadOnlySpan<byte> readable = random.OneIn(12) ? values.AsSpan(0, (int)random.Below((ulong)values.Length)) : values;
        operations.Add(new Operation.Set(
            layout.Gfn(random),
            count,
            random.OneIn(24) ? random.Of<uint>(1, 2, uint.MaxValue) : 0,
            Mask(),
            ByteRuns.Of(readable),
            random.OneIn(24) ? ArgumentMemory.Unreadable : ArgumentMemory.Ok,
            random.OneIn(24)));
    }

    // Subsets of 0x43 where they belong, elsewhere, and everything (SET-MASK-1, SET-MASK-2)
    private ulong Mask()
    {
        ulong subset = random.Of<ulong>(0, 1, 2, 3, 0x40, 0x41, 0x42, 0x43);
        return random.Between(0, 7) switch
        {
            < 4 => subset << PageAttributes.PgsteShift,
            4 => subset << random.Of(0, 16, 32, 56),
            5 => random.Next(),
            _ => ulong.MaxValue,
        };
    }

    private void AddSlotOperation()
    {
        uint id = idsInUse.Count > 0 && !random.OneIn(8) ? idsInUse[(int)random.Below((ulong)idsInUse.Count)] : 99;
        switch (random.Between(0, 3))
        {
            case 0:
                operations.Add(new Operation.SetSlotFlags(id, random.OneIn(2)));
                break;
            case 1:
                Delete(id);
                break;
            case 2:
                operations.Add(new Operation.MoveSlot(id, BaseFor(PagesOf(id)), AllocationFails: random.OneIn(8)));
                break;
            default:
                CreateAnother();
                break;
        }
    }

    private void Delete(uint id)
    {
        operations.Add(new Operation.DeleteSlot(id, AllocationFails: random.OneIn(8)));
        if (idsInUse.Remove(id) && random.OneIn(2))
        {
            Create(operations.OfType<Operation.CreateSlot>().Last(create => create.Id == id && !create.AllocationFails)); // where it was: H5
        }
    }

    private void CreateAnother()
    {
        uint id = 0;
        while (idsInUse.Contains(id))
        {
            id++; // ends: ids in use are fewer than the operations so far
        }

        ulong pages = random.OneIn(4) ? random.Of<ulong>(0, 1UL << 31, ulong.MaxValue, 1UL << 52) : 1 + random.Below(70);
        Operation.CreateSlot create = new(id, BaseFor(pages), pages, !random.OneIn(3));
        if (random.OneIn(8))
        {
            operations.Add(create with { AllocationFails = true }); // the id stays free
        }
        else
        {
            Create(create);
        }
    }

    // Where a slot of this many pages may fit: where one was, after one, up to the end of memory or one page past it, or anywhere
    private ulong BaseFor(ulong pages)
    {
        Memslot slot = layout.Slots[(int)random.Below((ulong)layout.Slots.Count)];
        return random.Between(0, 5) switch
        {
            0 => slot.BaseGfn,
            1 => slot.BaseGfn + random.Below(slot.Pages),
            2 => slot.BaseGfn + slot.Pages + random.Of<ulong>(0, 1, 1000),
            3 => layout.Slots[^1].BaseGfn + layout.Slots[^1].Pages,
            4 when pages <= Limits.EndOfMemoryGfn => Limits.EndOfMemoryGfn - pages + random.Below(2),
            _ => layout.Gfn(random),
        };
    }

    private ulong PagesOf(uint id) => operations.OfType<Operation.CreateSlot>().LastOrDefault(create => create.Id == id)?.Pages ?? 1;

    private void Create(Operation.CreateSlot create)
    {
        idsInUse.Add(create.Id);
        operations.Add(create);
    }

    // A block ends at 16 clean pages, so this many calls empty a small memory unless it is scattered.
    private void Drain()
    {
        for (int call = random.Between(1, 4); call > 0; call--)
        {
            operations.Add(new Operation.Get(0, Limits.MaxCount, BufferBytes: (uint)Math.Min(layout.Pages + 80, Limits.MaxCount)));
        }
    }

    // Dirty pages with gaps that lie around the limit of 16 (GET-BLOCK-4)
    private void MarkWithGaps()
    {
        ulong gfn = layout.Page(random);
        ulong first = gfn;
        for (int mark = random.Between(2, 5); mark > 0; mark--)
        {
            AddEssa(new Operation.Essa(gfn, (uint)random.Between(1, 7)));
            gfn += 1 + random.Of<ulong>(0, 1, 13, 14, 15, 15, 16, 16, 17, 18);
        }

        if (random.OneIn(2))
        {
            uint count = (uint)(gfn - first) + (uint)random.Below(40); // from just too short to long enough
            operations.Add(new Operation.Get(random.OneIn(2) ? first : layout.Gfn(random), random.OneIn(2) ? Limits.MaxCount : count, BufferBytes: 512));
        }
    }

    // A page that is paged out, perhaps discarded, and then used (ESSA-ORC-2 to ESSA-ORC-6)
    private void PageOut()
    {
        ulong gfn = layout.Page(random);
        operations.Add(new Operation.Evict(gfn));
        if (random.OneIn(2))
        {
            AddEssa(new Operation.Essa(gfn, random.Of<uint>(2, 3)));
        }

        AddEssa(new Operation.Essa(gfn, Orc()));
    }
}
