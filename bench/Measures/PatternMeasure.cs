// SPDX-License-Identifier: MIT
using System;
using System.Collections.Generic;
using Cmma.Optimized;

namespace Cmma.Measures;

/// <summary>GET until nothing is dirty, with marks at even distances, against the kernels' way.</summary>
internal sealed class PatternMeasure : IMeasure
{
    private const int Pages = 1 << 22;

    private static readonly (int Distance, string Words, double Reach)[] Patterns =
        [(1, "every page", 20), (2, "every 2nd page", 15), (16, "every 16th page", 10), (17, "every 17th page", 1), (1000, "every 1000th page", 1)];

    public string Name => "GET of pages at even distances";

    public IEnumerable<Figure> Run()
    {
        Client client = new(Guest.BufferBytes);
        KernelsWay kernels = new(Pages);
        using OptimizedMachine machine = Guest.Of(Pages);
        foreach ((int distance, string words, double reach) in Patterns)
        {
            machine.StartMigration();
            Guest.Drain(client, machine.Get);
            Comparison comparison = Meter.Compare(
                new Work(() => Guest.Drain(client, machine.Get), () => Guest.Mark(machine, Pages, distance)),
                new Work(() => Guest.Drain(client, kernels.Get), () => kernels.Mark(distance)));
            yield return new Figure(
                $"GET, {words} dirty, 2^22 pages",
                Text.PerPage(comparison.Measured / Pages),
                $"the kernels' way: {Text.PerPage(comparison.Baseline / Pages)}",
                comparison.Speed,
                new Reach(reach));
        }
    }
}
