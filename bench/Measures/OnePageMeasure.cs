using System;
using System.Collections.Generic;
using System.Linq;
using Cmma.Conformance.Generators;
using Cmma.Optimized;

namespace Cmma.Measures;

/// <summary>GET of the one dirty page of guests of three sizes, searched from gfn 0.</summary>
internal sealed class OnePageMeasure : IMeasure
{
    private const int Turns = 3000;
    private const double MostMicroseconds = 3;

    private static readonly (string Words, int Slots, ulong SlotPages)[] Guests = [("2^20", 1, 1UL << 20), ("2^28", 2, 1UL << 27), ("2^32", 4, 1UL << 30)];

    public string Name => "GET of one dirty page";

    public IEnumerable<Figure> Run()
    {
        OptimizedMachine[] machines = [.. Guests.Select(guest => NewGuest(guest.Slots, guest.SlotPages))];
        Client client = new(Guest.BufferBytes);
        RandomNumbers random = new(1);
        double[][] seconds = [.. Guests.Select(_ => new double[Turns])];
        for (int warm = 0; warm < 2; warm++)
        {
            for (int turn = 0; turn < Turns; turn++)
            {
                for (int guest = 0; guest < machines.Length; guest++)
                {
                    OptimizedMachine machine = machines[guest];
                    ulong page = random.Below((ulong)Guests[guest].Slots * Guests[guest].SlotPages);
                    seconds[guest][turn] = new Work(() => client.Call(machine.Get, 0), () => machine.Essa(page, 1)).Seconds();
                }
            }
        }

        double[] medians = [.. seconds.Select(Meter.Median)];
        Array.ForEach(machines, machine => machine.Dispose());
        for (int guest = 0; guest < medians.Length; guest++)
        {
            double microseconds = medians[guest] * 1e6;
            yield return new Figure($"GET, one dirty page of {Guests[guest].Words}", Text.Microseconds(medians[guest]), "", microseconds, new Reach(MostMicroseconds, AtMost: true, " us"));
        }

        yield return new Figure("GET, one dirty page, 2^32 by 2^20", Text.Microseconds(medians[^1]), $"2^20 pages: {Text.Microseconds(medians[0])}", medians[^1] / medians[0], new Reach(2, AtMost: true));
    }

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
