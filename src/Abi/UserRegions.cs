// SPDX-License-Identifier: MIT
namespace Cmma.Abi;

/// <summary>User memory made of separate regions; everything outside them faults, and a step never runs from one into the next.</summary>
public sealed class UserRegions : IUserMemory
{
    private readonly List<Region> regions = [];

    /// <summary>Maps <paramref name="bytes"/> at an address. The caller makes sure that regions do not overlap or reach 2^64.</summary>
    public void Map(ulong address, Memory<byte> bytes, bool writable = true) => regions.Add(new Region(address, bytes, writable));

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Read(ulong address, int length)
    {
        foreach (Region region in regions)
        {
            if (region.Holds(address))
            {
                return region.From(address, length);
            }
        }

        return [];
    }

    /// <inheritdoc/>
    public int Write(ulong address, ReadOnlySpan<byte> source)
    {
        foreach (Region region in regions)
        {
            if (region.Writable && region.Holds(address))
            {
                Span<byte> target = region.From(address, source.Length);
                source[..target.Length].CopyTo(target);
                return target.Length;
            }
        }

        return 0;
    }

    private sealed record Region(ulong Address, Memory<byte> Bytes, bool Writable)
    {
        public bool Holds(ulong address) => address >= Address && address - Address < (ulong)Bytes.Length;

        public Span<byte> From(ulong address, int length)
        {
            int offset = (int)(address - Address);
            return Bytes.Span.Slice(offset, Math.Min(length, Bytes.Length - offset));
        }
    }
}
