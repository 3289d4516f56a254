// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Optimized;

namespace Cmma.Measures;

/// <summary>Calls on many pages against copying, or filling, as many bytes.</summary>
internal sealed class BulkMeasure : IMeasure
{
    private const int Pages = 1 << 26;
    private const int PagesToStart = 1 << 28;
    private const int MarksPerByte = 8;

    private readonly Client client = new(Guest.BufferBytes);
    private readonly byte[] others = new byte[Pages];

    public string Name => "GET, SET and PEEK of many pages";

    public IEnumerable<Figure> Run()
    {
        others.AsSpan().Fill(1); // real memory
        using (OptimizedMachine machine = Guest.Of(Pages))
        {
            yield return Of("GET, all pages dirty", 0.5, Copy(toOthers: false), new Work(() => Guest.Drain(client, machine.Get), () => Restart(machine)));
            yield return Of("PEEK", 0.8, Copy(toOthers: false), new Work(() => ForEachBuffer(gfn => client.Call(machine.Get, gfn, CmmaFlags.Peek))));
            yield return Of("SET, mask all ones", 0.5, Copy(toOthers: true), new Work(() => ForEachBuffer(gfn => client.Call(machine.Set, gfn, mask: ulong.MaxValue))));
            const ulong usage = (ulong)PageAttributes.UsageMask << PageAttributes.PgsteShift;
            yield return Of("SET, mask usage only", 0.15, Copy(toOthers: true), new Work(() => ForEachBuffer(gfn => client.Call(machine.Set, gfn, mask: usage))));
        }

        using OptimizedMachine large = Guest.Of(Guest.BufferBytes);
        large.CreateSlot(1, PagesToStart, PagesToStart, dirtyLog: true);
        byte[] bitmap = new byte[PagesToStart / MarksPerByte];
        Comparison start = Meter.Compare(
            new Work(() => large.StartMigration(), () => large.StopMigration()),
            new Work(() => bitmap.AsSpan().Fill(byte.MaxValue)));
        yield return new Figure("start migration, 2^28 pages", Text.Milliseconds(start.Measured), $"filling the bitmap's bytes: {Text.Milliseconds(start.Baseline)}", start.Speed, new Reach(0.5));
    }

    private static Figure Of(string name, double reach, Work copying, Work work)
    {
        Comparison comparison = Meter.Compare(work, copying);
        return new Figure($"{name}, 2^26 pages", Text.PerPage(comparison.Measured / Pages), $"copying the same bytes: {Text.PerPage(comparison.Baseline / Pages)}", comparison.Speed, new Reach(reach));
    }

    private static void Restart(OptimizedMachine machine)
    {
        machine.StopMigration();
        machine.StartMigration();
    }

    private Work Copy(bool toOthers) => new(() => ForEachBuffer(gfn =>
    {
        Span<byte> part = others.AsSpan((int)gfn, Guest.BufferBytes);
        if (toOthers)
        {
            client.Values.CopyTo(part);
        }
        else
        {
            part.CopyTo(client.Values);
        }
    }));

    private static void ForEachBuffer(Action<ulong> call)
    {
        for (ulong gfn = 0; gfn < Pages; gfn += Guest.BufferBytes)
        {
            call(gfn);
        }
    }
}
