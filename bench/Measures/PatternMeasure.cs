// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Optimized;

namespace Cmma.Measures;

/// <summary>GET until nothing is dirty, with marks at even distances, against the kernels' way; where each call returns one page, also against one with the same duties.</summary>
internal sealed class PatternMeasure : IMeasure
{
    private const int Pages = 1 << 22;

    private static readonly (int Distance, string Words, double? Reach)[] Patterns =
        [(1, "every page", 20), (2, "every 2nd page", 15), (16, "every 16th page", 10), (17, "every 17th page", null), (1000, "every 1000th page", null)];

    private readonly Client client = new(Guest.BufferBytes);

    public string Name => "GET of pages at even distances";

    public IEnumerable<Figure> Run()
    {
        using OptimizedMachine machine = Guest.Of(Pages);
        KernelsWay kernels = new(Pages);
        KernelsWay gated = new(Pages, isGated: true);
        foreach ((int distance, string words, double? reach) in Patterns)
        {
            machine.StartMigration();
            Guest.Drain(client, machine.Get);
            yield return Of(words, "the kernels' way", reach, Drain(machine.Get, () => Guest.Mark(machine, Pages, distance)), Drain(kernels.Get, () => kernels.Mark(distance)));
            if (distance > Limits.GapPages)
            {
                yield return Of(words, "the same duties", 1, Drain(machine.Get, () => Guest.Mark(machine, Pages, distance)), Drain(gated.Get, () => gated.Mark(distance)));
            }
        }
    }

    private Work Drain(Client.Ioctl get, Action mark) => new(() => Guest.Drain(client, get), mark);

    private static Figure Of(string words, string baseline, double? reach, Work work, Work against)
    {
        Comparison comparison = Meter.Compare(work, against);
        return new Figure(
            $"GET, {words} dirty, 2^22 pages",
            Text.PerPage(comparison.Measured / Pages),
            $"{baseline}: {Text.PerPage(comparison.Baseline / Pages)}",
            comparison.Speed,
            reach is { } bound ? new Reach(bound) : null);
    }
}
