// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Cmma.Measures;
using Cmma.Optimized;

namespace Cmma.Benchmarks;

/// <summary>GET until nothing is dirty, with marks at even distances, against the kernels' way.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "BenchmarkDotNet calls End.")]
public class DrainBenchmarks
{
    private const int Pages = 1 << 22;

    private readonly OptimizedMachine machine = Guest.Of(Pages);
    private readonly KernelsWay kernels = new(Pages);
    private readonly Client client = new(Guest.BufferBytes);

    [Params(1, 2, 16, 17, 1000)]
    public int Distance { get; set; }

    [GlobalSetup]
    public void Start()
    {
        machine.StartMigration();
        Guest.Drain(client, machine.Get);
    }

    [IterationSetup]
    public void Mark()
    {
        Guest.Mark(machine, Pages, Distance);
        kernels.Mark(Distance);
    }

    [Benchmark(Baseline = true)]
    public void KernelsWay() => Guest.Drain(client, kernels.Get);

    [Benchmark]
    public void Optimized() => Guest.Drain(client, machine.Get);

    [GlobalCleanup]
    public void End() => machine.Dispose();
}
