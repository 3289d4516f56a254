// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Exploring.Generators;
using Cmma.Optimized;

namespace Cmma.Measures;

/// <summary>How the cost of each call grows with what it is asked about.</summary>
public static class Scaling
{
    private const int SparsePages = 1024;
    private const ulong SlotPages = 4096;
    private const int EssasPerThread = 200_000;
    private const int PagesOfThreads = 1 << 20;

    private const int LeastTurns = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(0.15); // for each size

    /// <summary>The curves, each of which is measured when it is asked for; to be run one at a time.</summary>
    public static IReadOnlyList<(string Name, Func<ScalingCurve> Measure)> All { get; } =
    [
        Of("GET, every page dirty", "pages", Powers(16, 26, 2), "copying its bytes", Copy, GetDense),
        Of("GET, 1024 dirty pages", "pages", Powers(14, 30, 4), "calls", _ => SparsePages, GetSparse),
        Of("SET, mask all ones", "pages", Powers(16, 26, 2), "copying its bytes", Copy, Set),
        Of("start migration", "pages", Powers(20, 30, 2), "filling a bit a page", Fill, Start),
        Of("GET, one dirty page", "slots", Powers(0, 9, 1), "asking each slot", size => size, GetBySlots),
        Of("ESSA", "slots", Powers(0, 9, 1), "halving the slots", size => 1 + Math.Log2(size), EssaBySlots),
        Of("create and delete a slot", "slots", Powers(0, 9, 1), "copying the table", size => size, CreateBySlots),
        Of("ESSA, as many a thread", "threads", Powers(0, 3, 1), "turns of the processors", size => Math.Ceiling((double)size / Environment.ProcessorCount), EssaByThreads),
    ];

    private static (string Name, Func<ScalingCurve> Measure) Of(string name, string unit, int[] sizes, string workIs, Func<int, double> work, Func<int, double> seconds) =>
        ($"{name}, by {unit}", () => new ScalingCurve(name, unit, workIs, [.. sizes.Select(size => new ScalingPoint(size, work(size), seconds(size)))]));

    private static int[] Powers(int from, int to, int step) => [.. Enumerable.Range(0, ((to - from) / step) + 1).Select(index => 1 << (from + (index * step)))];

    private static double Copy(int pages)
    {
        byte[] from = new byte[pages];
        byte[] to = new byte[Guest.BufferBytes];
        from.AsSpan().Fill(1); // real memory
        return Median(new Work(() =>
        {
            for (int page = 0; page < pages; page += to.Length)
            {
                from.AsSpan(page, Math.Min(to.Length, pages)).CopyTo(to);
            }
        }));
    }

    private static double Fill(int pages)
    {
        byte[] bits = new byte[pages / 8];
        return Median(new Work(() => bits.AsSpan().Fill(byte.MaxValue)));
    }

    private static double GetDense(int pages)
    {
        using OptimizedMachine machine = Guest.Of(pages);
        Client client = new(Guest.BufferBytes);
        return Median(new Work(() => Guest.Drain(client, machine.Get), () => Restart(machine)));
    }

    // Slots that come while migrating begin clean, and need no memory for what nobody writes.
    private static double GetSparse(int pages)
    {
        using OptimizedMachine machine = Migrating();
        machine.CreateSlot(0, 0, (ulong)pages, dirtyLog: true);
        Client client = new(Guest.BufferBytes);
        return Median(new Work(() => Guest.Drain(client, machine.Get), () => Guest.Mark(machine, pages, pages / SparsePages > 16 ? pages / SparsePages : 17)));
    }

    private static double Set(int pages)
    {
        using OptimizedMachine machine = Guest.Of(pages);
        Client client = new(Math.Min(pages, Guest.BufferBytes));
        return Median(new Work(() =>
        {
            for (int page = 0; page < pages; page += client.Values.Length)
            {
                client.Call(machine.Set, (ulong)page, mask: ulong.MaxValue);
            }
        }));
    }

    private static double Start(int pages)
    {
        using OptimizedMachine machine = Guest.Of(1);
        machine.CreateSlot(1, 1, (ulong)pages, dirtyLog: true);
        return Median(new Work(() => machine.StartMigration(), () => machine.StopMigration()));
    }

    private static double GetBySlots(int slots)
    {
        using OptimizedMachine machine = WithSlots(slots);
        Client client = new(1);
        ulong gfn = ((ulong)slots * SlotPages) - 1; // of the last slot, so that each is asked
        return Median(new Work(() =>
        {
            for (int turn = 0; turn < 100; turn++)
            {
                machine.Essa(gfn, 1);
                client.Call(machine.Get, 0);
            }
        })) / 100;
    }

    private static double EssaBySlots(int slots)
    {
        using OptimizedMachine machine = WithSlots(slots);
        RandomNumbers random = new(1);
        ulong[] gfns = [.. Enumerable.Range(0, 4096).Select(_ => random.Below((ulong)slots * SlotPages))];
        return Median(new Work(() => Array.ForEach(gfns, gfn => machine.Essa(gfn, 1)))) / gfns.Length;
    }

    private static double CreateBySlots(int slots)
    {
        using OptimizedMachine machine = WithSlots(slots);
        return Median(new Work(() =>
        {
            for (int turn = 0; turn < 20; turn++)
            {
                machine.CreateSlot((uint)slots, (ulong)slots * SlotPages, 1, dirtyLog: true);
                machine.DeleteSlot((uint)slots);
            }
        })) / 20;
    }

    private static double EssaByThreads(int threads)
    {
        using OptimizedMachine machine = Guest.Of(PagesOfThreads);
        machine.StartMigration();
        return Median(new Work(() =>
        {
            List<Thread> running = [.. Enumerable.Range(0, threads).Select(index => new Thread(() => RunEssas(machine, new RandomNumbers((ulong)index))))];
            running.ForEach(thread => thread.Start());
            running.ForEach(thread => thread.Join());
        }));
    }

    private static void RunEssas(OptimizedMachine machine, RandomNumbers random)
    {
        for (int essa = 0; essa < EssasPerThread; essa++)
        {
            ulong number = random.Next();
            machine.Essa(number % PagesOfThreads, (uint)(number >> 61));
        }
    }

    private static OptimizedMachine WithSlots(int slots)
    {
        OptimizedMachine machine = Migrating();
        for (int slot = 0; slot < slots; slot++)
        {
            machine.CreateSlot((uint)slot, (ulong)slot * SlotPages, SlotPages, dirtyLog: true);
        }

        return machine;
    }

    // In use and migrating, with one clean page far above all others, which it takes to start.
    private static OptimizedMachine Migrating()
    {
        const ulong far = 1UL << 40;
        OptimizedMachine machine = new();
        machine.EnableCmma();
        machine.CreateVcpu();
        machine.Essa(far, 1);
        machine.CreateSlot(uint.MaxValue, far, 1, dirtyLog: true);
        machine.StartMigration();
        Guest.Drain(new Client(1), machine.Get);
        return machine;
    }

    private static void Restart(OptimizedMachine machine)
    {
        machine.StopMigration();
        machine.StartMigration();
    }

    private static double Median(Work work)
    {
        List<double> seconds = [];
        Repeat(work, seconds, WarmUp);
        seconds.Clear();
        Repeat(work, seconds, Enough);
        return Meter.Median(seconds);
    }

    private static void Repeat(Work work, List<double> seconds, TimeSpan time)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (seconds.Count < LeastTurns || watch.Elapsed < time)
        {
            seconds.Add(work.Seconds());
        }
    }
}
