// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Fuzzing.Threads;
using Cmma.Exploring.Generators;
using Cmma.Optimized;
using Cmma.Reference;

namespace Cmma.Equivalence.Tests;

/// <summary>Both machines with slots of more than one stripe, side by side and with a hole: few of the random traces have so much memory.</summary>
public sealed class LongSlotsTests : IDisposable
{
    private const int Pages = 20_100; // up to the end of the last slot
    private static readonly int Rounds = RunSize.IsSmall ? 8 : 40;

    private static readonly ulong[] Edges = [0, 1, 4095, 4096, 4097, 4999, 5000, 5001, 8191, 8192, 9095, 9096, 13_191, 13_192, 19_999, 20_000, 20_099];

    private readonly OptimizedMachine optimized = new();
    private readonly ReferenceMachine reference = new();
    private readonly Caller caller = new(Pages);
    private readonly RandomNumbers random = new(1);

    public LongSlotsTests()
    {
        Same(machine => machine.CreateSlot(7, 5000, 8192, dirtyLog: true));
        Same(machine => machine.CreateSlot(2, 0, 5000, dirtyLog: true)); // ends within its second stripe, where the next slot begins
        Same(machine => machine.CreateSlot(9, 20_000, 100, dirtyLog: true));
        Same(machine => machine.EnableCmma());
        Same(machine => machine.CreateVcpu());
    }

    public void Dispose() => optimized.Dispose();

    [Fact]
    public void Random_calls_around_the_edges_of_stripes_do_the_same_on_both()
    {
        for (int round = 0; round < Rounds; round++)
        {
            Same(machine => machine.StartMigration());
            for (int call = 0; call < 8; call++)
            {
                Essas();
                Set();
                Get(CmmaFlags.None);
                Get(CmmaFlags.Peek);
            }

            Drain();
            Essas();
            Same(machine => round % 3 == 0 ? machine.ClearCmma() : 0);
            Same(machine => round % 4 == 0 ? machine.StopMigration() : 0);
            AssertSameStates();
        }
    }

    // GET-BLOCK-4. A stripe all dirty is taken at once.
    [Theory]
    [InlineData(9000UL, 9096UL)] // in one slot
    [InlineData(4970UL, 5000UL)] // in the slot below
    public void A_block_closed_by_clean_pages_ends_though_the_stripe_behind_them_is_all_dirty(ulong last, ulong firstOfStripe)
    {
        Same(machine => machine.Essa(0, 0)); // makes it used: GET-CHECK-5
        Same(machine => machine.StartMigration());
        while (Get(0, Pages, CmmaFlags.None) > 0)
        {
            // a block at a time
        }

        Same(machine => machine.Essa(last, 1));
        for (ulong page = 0; page < 4096; page++)
        {
            Same(machine => machine.Essa(firstOfStripe + page, 1));
        }

        Assert.Equal(1U, Get(last, Pages, CmmaFlags.None));
        Assert.Equal(4096U, Get(last, Pages, CmmaFlags.None));
        AssertSameStates();
    }

    private void Essas()
    {
        ulong gfn = Place();
        uint orc = (uint)random.Below(8);
        ulong pages = random.OneIn(4) ? random.Below(5000) : random.Below(40);
        for (ulong page = 0; page < pages; page++)
        {
            Same(machine => machine.Essa(gfn + page, orc));
        }

        Same(machine => machine.Evict(gfn));
        Same(machine => machine.Touch(gfn + 3));
    }

    private void Set()
    {
        ulong gfn = Place();
        int count = 1 + (int)random.Below(random.OneIn(2) ? 200UL : 9000UL);
        ulong mask = random.Of(ulong.MaxValue, 0x43UL << 24, 0x03UL << 24, 0x40UL << 24, 0UL);
        for (int index = 0; index < count; index++)
        {
            caller.Values[index] = (byte)random.Next();
        }

        Same(machine => caller.Set(machine, gfn, count, mask));
    }

    private bool Get(CmmaFlags flags)
    {
        ulong gfn = random.OneIn(10) ? Pages : Place();
        int count = 1 + (int)random.Below(random.OneIn(2) ? 100UL : Pages - 1UL);
        return Get(gfn, count, flags) == 0;
    }

    // How many pages the answer has.
    private uint Get(ulong gfn, int count, CmmaFlags flags)
    {
        uint pages = 0;
        string Answer(IMachine machine)
        {
            caller.Values.Clear();
            int result = caller.Get(machine, gfn, count, flags, out KvmS390CmmaLog answer);
            pages = answer.Count;
            return $"{result} {answer} {Convert.ToHexString(caller.Values[..(int)Math.Min(answer.Count, Pages)])}";
        }

        Assert.Equal(Answer(reference), Answer(optimized));
        return pages;
    }

    private void Drain()
    {
        for (int calls = 0; calls < 30 && !Get(CmmaFlags.None); calls++)
        {
            // a block at a time; what is left goes with a stop
        }
    }

    private void AssertSameStates()
    {
        PageState[] states = new PageState[Pages + 8];
        optimized.CopyPages(0, states);
        for (ulong gfn = 0; gfn < (ulong)states.Length; gfn++)
        {
            PageState expected = reference.Page(gfn);
            Assert.True(expected == states[gfn], $"page {gfn}: expected {expected}, got {states[gfn]}");
        }
    }

    private ulong Place() => random.OneIn(3) ? random.Below(Pages) : Edges[(int)random.Below((ulong)Edges.Length)];

    private void Same<T>(Func<IMachine, T> call) => Assert.Equal(call(reference), call(optimized));
}
