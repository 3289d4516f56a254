// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Generators;

namespace Cmma.Exploring.Fuzzing.Threads;

/// <summary>
/// Two threads, again and again at the same moment: one does SET of all pages, the other ESSA of one of them. What comes out must be what one
/// of the two orders gives.
/// </summary>
/// <param name="machine">A new VM.</param>
/// <param name="table">What ESSA makes of attributes.</param>
/// <param name="seed">For this round.</param>
internal sealed class OrderRound(IMachine machine, EssaTable table, ulong seed) : Round(machine)
{
    private const int Meetings = 2000;

    private readonly byte[] before = new byte[Pages];
    private readonly byte[] given = new byte[Pages];
    private byte selected;
    private int page;
    private uint orc;
    private int meeting; // its number, when it may begin
    private int arrived; // how many ESSAs are done

    public override IReadOnlyList<Func<long>> Parts(int threads)
    {
        SetUp();
        return [Part(RunSets), Part(RunEssas)];
    }

    public override long AtRest() => 0;

    private long RunSets()
    {
        Caller caller = new(Pages);
        RandomNumbers random = new(seed);
        for (int number = 1; number <= Meetings; number++)
        {
            Prepare(caller, random);
            Volatile.Write(ref meeting, number);
            int result = caller.Set(Machine, 0, Pages, (ulong)selected << PageAttributes.PgsteShift);
            Await(ref arrived, number);
            Require(result == 0, $"SET: result {result}");
            Require(caller.Get(Machine, 0, Pages, CmmaFlags.Peek, out _) == 0, "PEEK fails");
            RequireOneOfTheOrders(caller.Values);
        }

        return 3 * Meetings;
    }

    private long RunEssas()
    {
        for (int number = 1; number <= Meetings; number++)
        {
            Await(ref meeting, number);
            ulong r1 = Machine.Essa((ulong)page, orc).R1;
            Require(r1 == EssaTable.R1(before[page]) || r1 == EssaTable.R1(AfterSet(before[page], page)), $"CONCURRENCY-3: r1 is 0x{r1:x}");
            Volatile.Write(ref arrived, number); // after the last look at what the next meeting changes
        }

        return Meetings;
    }

    private void Prepare(Caller caller, RandomNumbers random)
    {
        for (int index = 0; index < Pages; index++)
        {
            before[index] = (byte)(random.Next() & PageAttributes.All);
            given[index] = (byte)random.Next();
        }

        before.CopyTo(caller.Values);
        Require(caller.Set(Machine, 0, Pages, ulong.MaxValue) == 0, "SET fails");
        given.CopyTo(caller.Values);
        selected = (byte)(random.Next() & PageAttributes.All);
        page = (int)random.Below(Pages);
        orc = (uint)random.Below(Limits.MaxOrc + 1);
    }

    private void RequireOneOfTheOrders(ReadOnlySpan<byte> after)
    {
        for (int index = 0; index < Pages; index++)
        {
            byte set = AfterSet(before[index], index);
            bool allowed = index == page
                ? after[index] == table.After(set, orc) || after[index] == AfterSet(table.After(before[index], orc), index)
                : after[index] == set;
            Require(allowed, $"CONCURRENCY-3: page {index} had 0x{before[index]:x2}, SET 0x{given[index]:x2} for 0x{selected:x2} beside ESSA {orc} of page {page}: 0x{after[index]:x2}");
        }
    }

    private byte AfterSet(byte old, int index) => (byte)((old & ~selected) | (given[index] & selected));

    private void Await(ref int number, int wanted)
    {
        SpinWait wait = default;
        while (Volatile.Read(ref number) < wanted && !Broken)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }
}
