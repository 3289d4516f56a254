// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Abi;
using Cmma.Optimized;

namespace Cmma.Measures;

/// <summary>What a large VM costs before it is used, and what a page costs that was touched.</summary>
internal sealed class MemoryMeasure : IMeasure
{
    private const int Slots = 4;
    private const ulong SlotPages = 1UL << 30;
    private const int TouchedPages = 1 << 26;
    private const int Turns = 9;
    private const double MiB = 1 << 20;

    public string Name => "memory";

    public IEnumerable<Figure> Run()
    {
        List<double> seconds = [];
        List<double> bytes = [];
        for (int turn = 0; turn <= Turns; turn++)
        {
            using OptimizedMachine machine = new();
            long before = ResidentBytes();
            long began = Stopwatch.GetTimestamp();
            for (int slot = 0; slot < Slots; slot++)
            {
                machine.CreateSlot((uint)slot, (ulong)slot * SlotPages, SlotPages, dirtyLog: true);
            }

            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            bytes.Add(ResidentBytes() - before);
        }

        double milliseconds = Meter.Median(seconds) * 1e3;
        double resident = Meter.Median(bytes) / MiB;
        yield return new Figure("a new VM of 2^32 pages in 4 slots: time", Text.Milliseconds(milliseconds / 1e3), "", milliseconds, new Reach(10, AtMost: true, " ms"));
        yield return new Figure("a new VM of 2^32 pages in 4 slots: memory", Text.Number(resident) + " MiB", "", resident, new Reach(20, AtMost: true, " MiB"));

        double perPage = BytesOfTouchedPages() / TouchedPages;
        yield return new Figure("memory of a touched page", Text.Number(perPage) + " bytes", "", perPage, new Reach(1.45, AtMost: true, " bytes"));
    }

    // Attributes by SET, marks by start, content by paging out a page for each page of the host that holds contents.
    private static double BytesOfTouchedPages()
    {
        const int pagesPerHostPage = Limits.PageBytes * 4;
        long before = ResidentBytes();
        using OptimizedMachine machine = Guest.Of(TouchedPages);
        machine.StartMigration();
        for (ulong page = 0; page < TouchedPages; page += pagesPerHostPage)
        {
            machine.Evict(page);
        }

        return ResidentBytes() - before;
    }

    private static long ResidentBytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
