// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Exploring.Generators;
using Cmma.Optimized;

namespace Cmma.Measures;

/// <summary>ESSA on random pages while migrating, by one and by two threads.</summary>
internal sealed class EssaMeasure : IMeasure
{
    private const int Pages = 1 << 22;
    private const int EssasPerThread = 1_000_000;
    private const int Turns = 15;

    public string Name => "ESSA by threads";

    public IEnumerable<Figure> Run()
    {
        using OptimizedMachine machine = Guest.Of(Pages);
        machine.StartMigration();
        Client client = new(Guest.BufferBytes);
        double Run(int count, int turn)
        {
            Guest.Drain(client, machine.Get); // each run begins with clean pages, and goes to others than the run before
            return RunThreads(machine, count, (ulong)((turn * 2) + count));
        }

        Run(2, 0);
        List<(double One, double Two)> turns = [];
        for (int turn = 1; turn <= Turns; turn++)
        {
            turns.Add((Run(1, turn), Run(2, turn)));
        }

        double one = Meter.Median(turns.Select(turn => turn.One));
        double two = Meter.Median(turns.Select(turn => turn.Two));
        yield return new Figure("ESSA, random pages, 1 thread", Text.PerSecond(one), "", one, Reach: null);
        yield return new Figure(
            "ESSA, random pages, 2 threads",
            Text.PerSecond(two),
            $"1 thread: {Text.PerSecond(one)}",
            Meter.Median(turns.Select(turn => turn.Two / turn.One)),
            new Reach(1.6));
    }

    // ESSAs per second of all threads together, from the moment when all have begun.
    private static double RunThreads(OptimizedMachine machine, int count, ulong seed)
    {
        using Barrier begin = new(count + 1);
        List<Thread> threads = [.. Enumerable.Range(0, count).Select(index => new Thread(() =>
        {
            begin.SignalAndWait();
            RunEssas(machine, new RandomNumbers((seed << 8) + (ulong)index));
        }))];
        threads.ForEach(thread => thread.Start());
        begin.SignalAndWait();
        long began = Stopwatch.GetTimestamp();
        threads.ForEach(thread => thread.Join());
        return count * EssasPerThread / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void RunEssas(OptimizedMachine machine, RandomNumbers random)
    {
        for (int essa = 0; essa < EssasPerThread; essa++)
        {
            ulong number = random.Next();
            machine.Essa(number % Pages, (uint)(number >> 61));
        }
    }
}
