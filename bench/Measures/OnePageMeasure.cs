// SPDX-License-Identifier: MIT
using Cmma.Exploring.Generators;
using Cmma.Optimized;

namespace Cmma.Measures;

/// <summary>GET of the one dirty page of guests of three sizes, searched from gfn 0.</summary>
internal sealed class OnePageMeasure : IMeasure
{
    private const int Turns = 3000;
    private const double MostMicroseconds = 3;

    private const int CallsPerTurn = 100;

    private static readonly (string Words, int Slots, ulong SlotPages)[] Guests = [("2^20", 1, 1UL << 20), ("2^28", 2, 1UL << 27), ("2^32", 4, 1UL << 30)];

    public string Name => "GET of one dirty page";

    public IEnumerable<Figure> Run()
    {
        OptimizedMachine[] machines = [.. Guests.Select(guest => NewGuest(guest.Slots, guest.SlotPages))];
        Client client = new(Guest.BufferBytes);
        RandomNumbers random = new(1);
        ulong[][] pages = [.. Guests.Select(guest => PagesOf(random, (ulong)guest.Slots * guest.SlotPages))];
        double[][] seconds = [.. Guests.Select(_ => new double[Turns])];
        for (int warm = 0; warm < 2; warm++)
        {
            for (int turn = 0; turn < Turns; turn++)
            {
                for (int guest = 0; guest < machines.Length; guest++)
                {
                    OptimizedMachine machine = machines[guest];
                    ulong[] gfns = pages[guest];
                    seconds[guest][turn] = new Work(() => Calls(machine, client, gfns)).Seconds() / CallsPerTurn;
                }
            }
        }

        double[] medians = [.. seconds.Select(Meter.Median)];
        Array.ForEach(machines, machine => machine.Dispose());
        for (int guest = 0; guest < medians.Length; guest++)
        {
            double microseconds = medians[guest] * 1e6;
            yield return new Figure($"GET, one dirty page of {Guests[guest].Words}, and the ESSA", Text.Microseconds(medians[guest]), "", microseconds, new Reach(MostMicroseconds, AtMost: true, " us"));
        }

        yield return new Figure("GET, one dirty page, 2^32 by 2^20", Text.Microseconds(medians[^1]), $"2^20 pages: {Text.Microseconds(medians[0])}", medians[^1] / medians[0], new Reach(2, AtMost: true));
    }

    // Many, since clocks have steps of up to 100 ns; so the ESSAs that make the pages dirty are measured too. They go to the same pages
    // each turn: the first touch of a page is the operating system's time, which gives it memory.
    private static void Calls(OptimizedMachine machine, Client client, ulong[] gfns)
    {
        foreach (ulong gfn in gfns)
        {
            machine.Essa(gfn, 1);
            client.Call(machine.Get, 0);
        }
    }

    private static ulong[] PagesOf(RandomNumbers random, ulong pages) => [.. Enumerable.Range(0, CallsPerTurn).Select(_ => random.Below(pages))];

    // Slots that come while migrating begin clean, so nothing has to be drained.
    private static OptimizedMachine NewGuest(int slots, ulong slotPages)
    {
        OptimizedMachine machine = new();
        machine.EnableCmma();
        machine.CreateVcpu();
        machine.Essa(0, 1); // in use
        machine.CreateSlot(99, (ulong)slots * slotPages, 1, dirtyLog: true);
        machine.StartMigration();
        for (int slot = 0; slot < slots; slot++)
        {
            machine.CreateSlot((uint)slot, (ulong)slot * slotPages, slotPages, dirtyLog: true);
        }

        Guest.Drain(new Client(1), machine.Get);
        return machine;
    }
}
