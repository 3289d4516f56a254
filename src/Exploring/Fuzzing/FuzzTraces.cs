// SPDX-License-Identifier: MIT
using Cmma.Exploring.Generators;
using Cmma.Traces;

namespace Cmma.Exploring.Fuzzing;

/// <summary>How large the memory of a fuzzer's traces is.</summary>
public enum FuzzMemory
{
    /// <summary>Mostly up to 256 pages, 1 in 25 traces more, up to 64 slots of 2^14 pages; 1 in 400 a slot of 2^18 and more.</summary>
    Mixed = 0,

    /// <summary>Up to 256 pages at first: the whole state is compared after every operation.</summary>
    Small = 1,
}

/// <summary>The traces of `cmma fuzz`: the same number gives the same trace everywhere.</summary>
public static class FuzzTraces
{
    private const int Operations = 60;
    private const int OperationsInLargeMemory = 30;

    // each 256 pages at most
    private static readonly LayoutSize FourSlots = new(MaxSlots: 4, MaxSlotPages: 64);
    private static readonly LayoutSize OneSlot = new(MaxSlots: 1, MaxSlotPages: 256);
    private static readonly LayoutSize Middle = new(MaxSlots: 4, MaxSlotPages: 1 << 14);
    private static readonly LayoutSize ManySlots = new(MaxSlots: 64, MaxSlotPages: 1 << 14);
    private static readonly LayoutSize Large = new(MaxSlots: 1, MaxSlotPages: (1 << 18) + 200);

    /// <summary>The trace of this number.</summary>
    public static Trace Random(ulong number, FuzzMemory memory)
    {
        RandomNumbers random = new(number);
        int kind = random.Between(0, memory == FuzzMemory.Small ? 1919 : 1999);
        Trace trace = kind switch
        {
            < 1280 => Random(random, FourSlots, Operations),
            < 1920 => Random(random, OneSlot, Operations),
            < 1980 => Random(random, Middle, Operations),
            < 1995 => Random(random, ManySlots, OperationsInLargeMemory),
            _ => EdgeTraces.Random(random.Next(), Large, Operations, Large.MaxSlotPages - 100),
        };
        return EssaInSteps.NowAndThen(trace, random);
    }

    private static Trace Random(RandomNumbers random, LayoutSize size, int operations) =>
        random.OneIn(3)
            ? EdgeTraces.Random(random.Next(), size, operations)
            : TraceGenerator.Random(random.Next(), size, operations);
}
