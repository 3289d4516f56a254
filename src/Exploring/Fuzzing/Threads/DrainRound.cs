// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Traces;

namespace Cmma.Exploring.Fuzzing.Threads;

/// <summary>
/// vCPUs change pages, each its own, so that it knows every value that they had and when; one thread GETs and gives the blocks to a target, the
/// others PEEK. Every few microseconds all come to rest. Then the target, once all marks are drained, must have the source's attributes: else
/// a mark was lost.
/// </summary>
/// <param name="machine">A new VM.</param>
/// <param name="table">What ESSA makes of attributes.</param>
/// <param name="seed">For this round.</param>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A barrier that nobody waits at holds nothing.")]
internal sealed class DrainRound(IMachine machine, EssaTable table, ulong seed) : Round(machine)
{
    private const int Rests = 20;
    private const int EssasBetweenRests = 100;
    private const int Remembered = 1024; // values a page; a call during which it has more is not looked at

    private readonly byte[,] values = new byte[Pages, Remembered];
    private readonly long[] begun = new long[Pages]; // the number of the value that an ESSA is about to give a page
    private readonly long[] done = new long[Pages]; // of the value that it surely has
    private readonly byte[] target = new byte[Pages];
    private readonly Barrier rest = new(0);
    private int atWork; // vCPUs that have not come to this rest

    public override IReadOnlyList<Func<long>> Parts(int threads)
    {
        SetUp();
        int vcpus = Math.Max(1, threads / 2);
        rest.AddParticipants(threads);
        List<Func<long>> parts = [];
        for (int thread = 0; thread < threads; thread++)
        {
            int number = thread;
            RandomNumbers random = new(seed + (ulong)number);
            Func<long> work = number < vcpus ? () => RunVcpu(random, number, vcpus)
                : number == vcpus ? () => Collect(random)
                : Look;
            parts.Add(Part(() => RunToRests(vcpus, work)));
        }

        return parts;
    }

    public override long AtRest() => 0;

    // All parts begin and rest together. A part that breaks off must not keep the others waiting.
    private long RunToRests(int vcpus, Func<long> part)
    {
        try
        {
            long operations = 0;
            for (int number = 0; number < Rests && !Broken; number++)
            {
                Volatile.Write(ref atWork, vcpus);
                rest.SignalAndWait();
                operations += part();
                rest.SignalAndWait();
            }

            return operations;
        }
        finally
        {
            rest.RemoveParticipant();
        }
    }

    private long RunVcpu(RandomNumbers random, int number, int vcpus)
    {
        for (int essa = 0; essa < EssasBetweenRests; essa++)
        {
            int page = (int)random.Below((ulong)(Pages / vcpus)) * vcpus + number;
            uint orc = (uint)random.Between(1, Limits.MaxOrc);
            long next = done[page] + 1;
            byte before = values[page, done[page] % Remembered];
            values[page, next % Remembered] = table.After(before, orc);
            Volatile.Write(ref begun[page], next);
            EssaResult result = Machine.Essa((ulong)page, orc);
            Volatile.Write(ref done[page], next);
            Require(result == new EssaResult(ProgramInterruption.None, EssaTable.R1(before)), $"ESSA-R1: page {page}: {result}, it had 0x{before:x2}");
        }

        Interlocked.Decrement(ref atWork);
        return EssasBetweenRests;
    }

    // The one thread that takes marks: blocks reach the target in the order in which they were taken.
    private long Collect(RandomNumbers random)
    {
        Caller caller = new(Pages);
        long calls = 0;
        while (Volatile.Read(ref atWork) > 0 && !Broken)
        {
            GetBlock(caller, random.Below(Pages), random.OneIn(2) ? Pages : 1 + (int)random.Below(Pages));
            calls++;
        }

        return calls + (Broken ? 0 : RequireTargetToBeSource(caller));
    }

    private long RequireTargetToBeSource(Caller caller)
    {
        int calls = 0;
        while (GetBlock(caller, 0, Pages))
        {
            Require(++calls <= Pages, "CONCURRENCY-4: at rest GET finds no end of dirty pages");
        }

        for (int page = 0; page < Pages; page++)
        {
            byte value = values[page, done[page] % Remembered];
            Require(target[page] == value, $"CONCURRENCY-1: a mark was lost: page {page} has 0x{value:x2}, and 0x{target[page]:x2} was the last that GET returned");
        }

        return calls;
    }

    private long Look()
    {
        Caller caller = new(Pages);
        long calls = 0;
        Span<long> surely = stackalloc long[Pages];
        while (Volatile.Read(ref atWork) > 0 && !Broken)
        {
            Remember(surely);
            int result = caller.Get(Machine, 0, Pages, CmmaFlags.Peek, out KvmS390CmmaLog answer);
            Require(result == 0 && answer.Count == Pages, $"PEEK-2: result {result}, count {answer.Count}");
            RequireValues(caller, answer, surely);
            calls++;
        }

        return calls;
    }

    private bool GetBlock(Caller caller, ulong start, int count)
    {
        Span<long> surely = stackalloc long[Pages];
        Remember(surely);
        int result = caller.Get(Machine, start, count, CmmaFlags.None, out KvmS390CmmaLog answer);
        Require(result == 0, $"GET: result {result}");
        if (answer == default)
        {
            return false;
        }

        Require(answer.Count >= 1 && answer.Count <= (uint)count && answer.StartGfn + answer.Count <= Pages, $"GET-BLOCK-6: start {TraceWriter.Hex(answer.StartGfn)}, count {answer.Count}");
        RequireValues(caller, answer, surely);
        caller.Values[..(int)answer.Count].CopyTo(target.AsSpan((int)answer.StartGfn));
        return true;
    }

    private void Remember(Span<long> surely)
    {
        for (int page = 0; page < Pages; page++)
        {
            surely[page] = Volatile.Read(ref done[page]);
        }
    }

    private void RequireValues(Caller caller, KvmS390CmmaLog answer, ReadOnlySpan<long> surely)
    {
        Require(answer.RemainingOrMask <= Pages, $"CONCURRENCY-4: remaining is {TraceWriter.Hex(answer.RemainingOrMask)}");
        for (int index = 0; index < (int)answer.Count; index++)
        {
            int page = (int)answer.StartGfn + index;
            byte value = caller.Values[index];
            Require(WasThere(page, value, surely[page]), $"CONCURRENCY-2: page {page} never had 0x{value:x2} during the call");
        }
    }

    private bool WasThere(int page, byte value, long from)
    {
        long to = Volatile.Read(ref begun[page]);
        for (long version = from; version <= to; version++)
        {
            if (values[page, version % Remembered] == value)
            {
                return true;
            }
        }

        return to - from >= Remembered - 1; // some are forgotten
    }
}
