// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Cmma.Abi;
using Cmma.Measures;
using Cmma.Optimized;

namespace Cmma.Benchmarks;

/// <summary>Calls on 2^20 pages, with copying the same number of bytes as the baseline, and one ESSA.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "BenchmarkDotNet calls End.")]
public class CallBenchmarks
{
    private const int Pages = Guest.BufferBytes;
    private const ulong Usage = (ulong)PageAttributes.UsageMask << PageAttributes.PgsteShift;

    private readonly OptimizedMachine machine = Guest.Of(Pages);
    private readonly Client client = new(Pages);
    private readonly byte[] others = new byte[Pages];
    private ulong page;

    [Benchmark(Baseline = true)]
    public void Copy() => others.AsSpan().CopyTo(client.Values);

    [Benchmark]
    public KvmS390CmmaLog Peek() => client.Call(machine.Get, 0, CmmaFlags.Peek);

    [Benchmark]
    public KvmS390CmmaLog SetAll() => client.Call(machine.Set, 0, mask: ulong.MaxValue);

    [Benchmark]
    public KvmS390CmmaLog SetUsage() => client.Call(machine.Set, 0, mask: Usage);

    [Benchmark]
    public EssaResult Essa()
    {
        page = ((page * 5) + 1) % Pages; // every page once, in a wild order
        return machine.Essa(page, 2);
    }

    [GlobalCleanup]
    public void End() => machine.Dispose();
}
